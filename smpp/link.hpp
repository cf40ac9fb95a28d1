// A bound connection to an SMSC, kept up: dials, binds, rebinds, reads and writes, and hands messages and
// responses to its listener. With bind = "transmitter+receiver" it is a pair of connections that looks like
// one. All on one io_context thread; the protocol itself is in link_fsm.
#pragma once

#include "smpp/link_fsm.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace kabinet::smpp {

class link;

/// Which deliver_sm to answer. One that came over a connection that is gone since is not answered: the SMSC
/// will deliver it again.
struct delivery {
    std::uint64_t connection = 0; // numbered from 1 over the life of the link
    command kind = command::deliver_sm;
    std::uint32_t sequence_number = 0;
};

/// Called on the loop. Views die when the call returns. What it throws leaves by io_context::run, and the
/// link is dead then.
class link_listener {
  public:
    virtual void link_bound(link&, std::string_view smsc_system_id) = 0;
    virtual void bind_refused(link&, status why) = 0;
    /// The connection went, or never came; it is being dialled again unless the link was stopped.
    virtual void link_lost(link&, std::string_view why) = 0;
    virtual void message_arrived(link&, const delivery&, const message&) = 0;
    virtual void response_arrived(link&, const response&) = 0;
    /// No response in time, or the connection is gone: whether the SMSC took it is unknown.
    virtual void response_missing(link&, ticket) = 0;

  protected:
    ~link_listener() = default;
};

class link {
  public:
    link(boost::asio::io_context&, link_settings, link_listener&);
    ~link();
    link(const link&) = delete;
    link& operator=(const link&) = delete;

    void start();
    /// Unbinds, waits `unbind_timeout` at most, closes. `is_stopped` tells when that is done.
    void stop();
    [[nodiscard]] bool is_stopped() const;

    /// Whether all its connections are bound.
    [[nodiscard]] bool is_bound() const;
    [[nodiscard]] std::uint32_t in_flight() const;
    [[nodiscard]] link_counts counts() const;
    [[nodiscard]] const link_settings& settings() const { return settings_; }

    /// Leaves with the next write. Exactly one `response_arrived` or `response_missing` brings the ticket
    /// back; a response that comes after `response_missing` arrives as well, with `is_late`.
    [[nodiscard]] boost::system::result<void> submit(const submit_sm&, ticket);
    void respond(const delivery&, status);

  private:
    class connection;

    link_settings settings_;
    link_listener& listener_;
    std::vector<std::shared_ptr<connection>> connections_;
    std::uint64_t connected_times_ = 0;
};

} // namespace kabinet::smpp
