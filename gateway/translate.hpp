// From the wire's words to the house's and back, as pure functions of a message and its link's dialect.
#pragma once

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

/// A USSD screen as the link's centre wants it. `not_in_alphabet` or `too_long` when the text can't travel:
/// `kabinet check` refuses packs with such screens.
[[nodiscard]] boost::system::result<smpp::submit_sm> write_screen(const smpp::dialect&, screen_kind,
                                                                  const address& subscriber,
                                                                  const address& service, const session&,
                                                                  std::string_view text, submit_scratch&);

/// A short message in one part.
[[nodiscard]] boost::system::result<smpp::submit_sm> write_sms(const smpp::dialect&, const address& from,
                                                               const address& to, std::string_view text,
                                                               submit_scratch&);

/// Of what nobody asked for: a number, or a name such as the pack's.
[[nodiscard]] address sender_address(std::string_view name);
[[nodiscard]] address subscriber_address(msisdn);

/// A screen has 160 octets on the air: 182 septets, of which 160 are used so that every centre takes it, or
/// 80 UCS-2 characters. A message of one part has 140: 160 septets or 70 characters.
struct text_limits {
    std::size_t septets;
    std::size_t utf16;
};
inline constexpr text_limits screen_limits{160, 80};
inline constexpr text_limits sms_limits{160, 70};

} // namespace kabinet::gateway
