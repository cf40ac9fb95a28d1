// Who is told what happens on a link, and in what words.
#pragma once

#include "smpp/link_event.hpp"

#include <boost/system/error_code.hpp>

#include <optional>

namespace kabinet::smpp {

class link;

/// Which deliver_sm to answer. One that came over a connection that is gone since is not answered: the SMSC
/// will deliver it again.
struct delivery {
    std::uint64_t connection = 0; // numbered from 1 over the life of the link
    command kind = command::deliver_sm;
    std::uint32_t sequence_number = 0;
};

/// How a connection ended, or why it never came.
struct link_loss {
    boost::system::error_code why; // a link_error, or what the socket or the name lookup said
    std::optional<status> refusal; // of the bind, by the SMSC
    std::uint32_t tries = 1;       // in a row that ended without a bind, this one included: 1 is news
    bool was_bound = false;        // this one
};

/// Called on the loop. Views die when the call returns. What it throws leaves by io_context::run, and the
/// link is dead then.
class link_listener {
  public:
    virtual void link_bound(link&, std::string_view smsc_system_id) = 0;
    /// It is being dialled again unless the link was stopped. Each connection of a pair tells its own.
    virtual void link_lost(link&, const link_loss&) = 0;
    virtual void message_arrived(link&, const delivery&, const message&) = 0;
    virtual void response_arrived(link&, const response&) = 0;
    /// No response in time, or the connection is gone: whether the SMSC took it is unknown.
    virtual void response_missing(link&, ticket) = 0;

  protected:
    ~link_listener() = default;
};

} // namespace kabinet::smpp
