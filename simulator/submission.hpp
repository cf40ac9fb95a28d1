// What an ESME submitted, read as a screen or as an SMS. Whether it may come now is the centre's business.
#pragma once

#include "simulator/long_message.hpp"
#include "smpp/dialect.hpp"
#include "smpp/pdu.hpp"
#include "values/msisdn.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace kabinet::simulator {

/// Statuses of SMPP 3.4 5.1.3 and of USSD centres (protocol 1.3) that only a centre gives.
namespace centre_status {
inline constexpr auto submit_failed = static_cast<smpp::status>(0x45);
inline constexpr auto no_such_dialogue = static_cast<smpp::status>(0x407);
inline constexpr auto screen_too_long = static_cast<smpp::status>(0x408);
inline constexpr auto other_session = static_cast<smpp::status>(0x40E);
inline constexpr auto dialogue_busy = static_cast<smpp::status>(0x4C8);
} // namespace centre_status

struct refusal {
    smpp::status with{};
    std::string_view why; // a literal
};

struct submission {
    std::string_view source; // dead with the PDU
    msisdn destination;
    bool is_ussd = false;
    std::uint8_t op = 0;                  // with is_ussd
    std::optional<std::uint32_t> session; // with is_ussd
    bool has_end_bit = false;             // with is_ussd
    std::optional<part> piece;            // of a long SMS
    std::string text;                     // UTF-8
    bool wants_receipt = false;
};

/// The text in UTF-8, of the message or of this part. Refuses what no phone could show: an unknown
/// data_coding, broken text, a screen over 160 octets on the air or with a UDH, an address that is no number.
[[nodiscard]] boost::system::result<submission, refusal> read_submission(const smpp::submit_sm&,
                                                                         const smpp::dialect&);

/// A data_sm says the same with fewer fields; its text is always message_payload (SMPP 3.4 4.7.1).
[[nodiscard]] smpp::submit_sm as_submit_sm(const smpp::data_sm&);

} // namespace kabinet::simulator
