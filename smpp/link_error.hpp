// What a link refuses its callers, and why it gives a connection up.
#pragma once

#include <boost/system/error_code.hpp>

namespace kabinet::smpp {

enum class link_error {
    // a submit
    not_bound = 1, // or bound as receiver, or about to stop
    window_full,
    // a connection
    stopped,
    bind_unwritable, // a part of the login is longer than a bind can hold
    bind_refused,
    bind_unanswered,
    enquire_link_unanswered,
    pdu_unfinished,
    broken_frame,
    bind_forgotten,  // a submit was answered 0x04: over there the connection isn't bound (any more)
    unbound_by_smsc, // with an unbind
    closed_by_smsc,  // without
};

const boost::system::error_category& link_category();
boost::system::error_code make_error_code(link_error);

} // namespace kabinet::smpp

template <>
struct boost::system::is_error_code_enum<kabinet::smpp::link_error> : std::true_type {};
