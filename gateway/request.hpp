// What a subscriber asked, out of the wire's words and owning all it holds: it outlives the PDU it came in.
#pragma once

#include "values/address.hpp"
#include "values/msisdn.hpp"
#include "values/text.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace kabinet::gateway {

/// A USSD session as its centre names it. A centre without session ids has the zero of both.
struct session {
    std::uint32_t key = 0;  // what tells sessions of one subscriber apart
    std::uint32_t echo = 0; // what goes back in our answers, as it came

    friend bool operator==(const session&, const session&) = default;
};

enum class ussd_event : std::uint8_t {
    dial,     // PSSR: a dialogue begins
    one_shot, // PSSD: one answer, then nothing
    input,    // the subscriber's answer to our screen
    shown,    // a screen without input was shown
    gone,     // the subscriber or the network ended it
};

struct ussd_request {
    ussd_event event = ussd_event::dial;
    msisdn who;
    address subscriber; // as it came: what our answers go to
    address service;    // as it came: what our answers come from
    gateway::session session;
    short_text text;         // dialled string or input
    bool is_readable = true; // its data_coding and octets made sense
    bool is_foreign = false; // another country's number: `who` is nobody
};

/// One part of a long message; total 1 for a whole one.
struct segment {
    std::uint8_t total = 1;
    std::uint8_t number = 1;
};

/// What names a message for recognising its second delivery, beside its addresses: a vendor's id where the
/// link has one, else everything of the message that a subscriber's second wish within minutes would change.
struct message_mark {
    std::uint8_t esm_class = 0;
    std::uint8_t data_coding = 0;
    boost::static_string<140> user_header;
    boost::static_string<280> octets; // the first of the text; a command is shorter
};

struct sms_request {
    msisdn who;
    address subscriber;
    address service; // the short number texted
    gateway::segment segment;
    short_text text; // its beginning, where it is longer than any command: too long is refused either way
    bool is_readable = true;
    message_mark mark;
};

/// A delivery receipt or an acknowledgement: never a command.
struct receipt {
    boost::static_string<64> message_id;
};

enum class unanswerable_reason : std::uint8_t {
    not_a_subscriber, // alphanumeric, empty or short source: a robot or a service
    foreign_number,
    address_too_long,
    unknown_ussd_operation,
};
inline constexpr std::array unanswerable_reasons{
    unanswerable_reason::not_a_subscriber, unanswerable_reason::foreign_number,
    unanswerable_reason::address_too_long, unanswerable_reason::unknown_ussd_operation};
struct unanswerable {
    unanswerable_reason why{};
};

using incoming = std::variant<ussd_request, sms_request, receipt, unanswerable>;

[[nodiscard]] std::string_view name_of(unanswerable_reason);

} // namespace kabinet::gateway
