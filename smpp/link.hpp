// A bound connection to an SMSC, kept up: dials, binds, rebinds, reads and writes, and hands messages and
// responses to its listener. With bind = "transmitter+receiver" it is a pair of connections that looks like
// one. All on one io_context thread; the protocol itself is in link_fsm.
#pragma once

#include "smpp/link_fsm.hpp"
#include "smpp/link_listener.hpp"

#include <boost/asio/io_context.hpp>

#include <memory>
#include <vector>

namespace kabinet::smpp {

class connection;

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
    /// Since when the oldest of them awaits its response: a link that is bound and stuck shows here.
    [[nodiscard]] std::optional<steady_time> oldest_in_flight() const;
    [[nodiscard]] link_counts counts() const;
    [[nodiscard]] const link_settings& settings() const { return settings_; }

    /// Leaves with the next write. Exactly one `response_arrived` or `response_missing` brings the ticket
    /// back; a response that comes after `response_missing` arrives as well, with `is_late`.
    /// Fails with not_bound, window_full or a codec_error.
    [[nodiscard]] boost::system::result<void> submit(const submit_sm&, ticket);
    /// Leaves before the submits that wait. With the dialect's `after_submit` it leaves after those submitted
    /// before it; a pair of connections can't promise that order.
    void respond(const delivery&, status);

  private:
    [[nodiscard]] connection& way_out() const { return *connections_.front(); }
    [[nodiscard]] connection& way_in() const { return *connections_.back(); }

    link_settings settings_;
    std::vector<std::shared_ptr<connection>> connections_; // one both ways, or the way out and the way in
};

} // namespace kabinet::smpp
