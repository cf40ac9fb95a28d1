// What one received PDU means to the rooms above. Views into the PDU: dead when the next is taken.
#pragma once

#include "smpp/message.hpp"

#include <variant>

namespace kabinet::smpp {

/// What the rooms above gave a submit to know its response by.
using ticket = std::uint64_t;

struct bound_now {
    std::string_view system_id; // the SMSC's
};
struct response {
    smpp::ticket ticket = 0;
    status result{};
    std::string_view message_id;
    bool is_late = false; // its request had been given up
};
struct subscriber_available { // alert_notification; has no response
    address_view source;
};

/// Most PDUs mean nothing to the rooms above.
using link_event = std::variant<std::monostate, bound_now, message, response, subscriber_available>;

} // namespace kabinet::smpp
