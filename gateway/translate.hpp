// From the wire's words to the house's and back, as pure functions of a message and its link's dialect.
#pragma once

#include "gateway/parts.hpp"
#include "gateway/request.hpp"
#include "smpp/dialect.hpp"
#include "smpp/message.hpp"

#include <array>

namespace kabinet::gateway {

/// What a deliver_sm or data_sm means: receipt, then USSD, then part of a long message, then SMS.
[[nodiscard]] incoming read(const smpp::message&, const smpp::dialect&, const numbering_plan&);

/// Where the octets that a submit_sm points to live while it is encoded.
struct submit_scratch {
    std::array<std::uint8_t, 640> text;
    std::array<std::uint8_t, 32> tlvs;
};

enum class screen_kind : std::uint8_t {
    ask,             // show and wait for input
    answer,          // show and end
    one_shot_answer, // the one answer to a PSSD
    release,         // end without a word: no text, and only where the dialect has an operation for it
};

/// What stands on a screen and whom it is for.
struct screen_words {
    screen_kind kind = screen_kind::answer;
    const address& subscriber;
    const address& service;
    const gateway::session& session;
    std::string_view text;
};

/// A USSD screen as the link's centre wants it. `not_in_alphabet` or `too_long` when the text can't travel:
/// `kabinet check` refuses packs with such screens.
[[nodiscard]] boost::system::result<smpp::submit_sm> write_screen(const smpp::dialect&, const screen_words&,
                                                                  submit_scratch&);

/// One part of an SMS: the whole of it where there is one.
struct sms_words {
    const address& from;
    const address& to;
    std::string_view text; // of the whole message
    sms_layout as;         // of that text by that link
    std::uint8_t part = 1;
    std::uint8_t reference = 0; // alike in all parts, different from the one of the message before
};

[[nodiscard]] boost::system::result<smpp::submit_sm> write_sms(const smpp::dialect&, const sms_words&,
                                                               submit_scratch&);

/// Of what nobody asked for: a number, or a name such as the pack's.
[[nodiscard]] address sender_address(std::string_view name);
[[nodiscard]] address subscriber_address(msisdn);

} // namespace kabinet::gateway
