// What subscribers do, written as deliver_sm octets: dialled strings, input, SMS and receipts.
// Numbers no request: sequence_number is 0 until a link sends it.
#pragma once

#include "simulator/session.hpp"
#include "smpp/dialect.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

using pdu_octets = std::vector<std::uint8_t>;

/// One step of a USSD dialogue as the subscriber's side of it goes to the ESME.
struct ussd_step {
    msisdn from;
    std::string_view to; // the service code's digits, or what was dialled where the dialect puts it there
    std::uint8_t op = 0;
    session_word session = 0;
    bool ends = false;
    std::string_view text; // UTF-8, cut at what a USSD string holds
};
[[nodiscard]] pdu_octets write_ussd(const ussd_step&, const smpp::dialect&);

/// One deliver_sm, or one a part with a UDH when the text is longer than 160 septets or 70 characters.
[[nodiscard]] std::vector<pdu_octets> write_sms(msisdn from, std::string_view to, std::string_view text,
                                                const smpp::dialect&, std::uint8_t reference);

/// "Delivered", SMPP 3.4 appendix B, with receipted_message_id and message_state.
[[nodiscard]] pdu_octets write_receipt(msisdn from, std::string_view to, std::string_view message_id,
                                       utc_time now);

/// `*105*00#` → `105`: what stands before the first separator; the whole string when nothing does.
[[nodiscard]] std::string_view service_code(std::string_view dialled);

} // namespace kabinet::simulator
