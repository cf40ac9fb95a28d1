#include "simulator/submission.hpp"

#include "simulator/session.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace kabinet::simulator {

namespace {

constexpr std::size_t most_screen_octets = 160;  // on the air, protocol 1.4
constexpr std::size_t most_screen_septets = 182; // in 160 octets
constexpr std::size_t most_sms_octets = 140;
constexpr std::size_t chunk_octets = 140; // decodes to less than short_text holds, in any alphabet

std::optional<msisdn> read_destination(std::string_view address) {
    if (address.starts_with('+'))
        address.remove_prefix(1);
    std::uint64_t digits = 0;
    const char* const end = address.data() + address.size();
    const auto [stop, error] = std::from_chars(address.data(), end, digits);
    if (error != std::errc{} || stop != end || address.size() > 15)
        return std::nullopt;
    return msisdn::from_digits(digits);
}

struct headed_text {
    std::optional<part> piece;
    smpp::octets text;
};

/// Takes the user data header off (3GPP TS 23.040 9.2.3.24): IE 0x00 and 0x08 number a part, others are
/// skipped. Nothing when a length runs past the end.
std::optional<headed_text> strip_header(smpp::octets octets) {
    if (octets.empty() || octets.size() < octets[0] + 1U)
        return std::nullopt;
    headed_text read{std::nullopt, octets.subspan(octets[0] + 1U)};
    smpp::octets elements = octets.subspan(1, octets[0]);
    while (!elements.empty()) {
        if (elements.size() < 2 || elements.size() < elements[1] + 2U)
            return std::nullopt;
        const smpp::octets value = elements.subspan(2, elements[1]);
        if (elements[0] == 0x00 && value.size() == 3)
            read.piece = part{value[0], value[1], value[2]};
        else if (elements[0] == 0x08 && value.size() == 4)
            read.piece = part{static_cast<std::uint16_t>(value[0] << 8U | value[1]), value[2], value[3]};
        elements = elements.subspan(elements[1] + 2U);
    }
    return read;
}

std::optional<part> find_sar(const smpp::tlv_list& optional_part) {
    const auto reference = optional_part.find_u16(smpp::tag::sar_msg_ref_num);
    const auto total = optional_part.find_u8(smpp::tag::sar_total_segments);
    const auto number = optional_part.find_u8(smpp::tag::sar_segment_seqnum);
    if (!reference || !total || !number)
        return std::nullopt;
    return part{*reference, *total, *number};
}

std::optional<std::string> decode_whole(smpp::octets octets, alphabet from) {
    std::string text;
    while (!octets.empty()) {
        const std::size_t size = fit_part(octets, from, chunk_octets);
        const auto decoded = decode(octets.first(size), from);
        if (!decoded)
            return std::nullopt;
        text.append(decoded->data(), decoded->size());
        octets = octets.subspan(size);
    }
    return text;
}

std::optional<std::string> decode_packed(smpp::octets octets) {
    std::array<std::uint8_t, most_screen_septets + 1> septets{};
    const auto count = unpack_ussd(octets, septets);
    if (!count)
        return std::nullopt;
    return decode_whole(smpp::octets{septets}.first(*count), alphabet::gsm7);
}

bool is_too_long_for_screen(smpp::octets octets, alphabet in, bool is_packed) {
    const bool is_septets = in == alphabet::gsm7 && !is_packed;
    return octets.size() > (is_septets ? most_screen_septets : most_screen_octets);
}

/// What stands behind a header in the 140 octets of one message (3GPP TS 23.040 9.2.3.24.1), an octet a
/// septet in any coding but UCS-2.
bool is_too_long_for_part(smpp::octets with_header, smpp::octets text, alphabet in) {
    const std::size_t header = with_header.size() - text.size();
    const std::size_t room = most_sms_octets - std::min(header, most_sms_octets);
    return text.size() > (in == alphabet::ucs2 ? room : room * 8 / 7);
}

smpp::octets text_of(const smpp::submit_sm& pdu) {
    if (!pdu.short_message.empty())
        return pdu.short_message;
    return pdu.tlv.find(smpp::tag::message_payload).value_or(smpp::octets{});
}

/// Protocol 2, steps 3 to 6 of telling messages apart, seen from the centre.
void read_ussd_mark(submission& read, const smpp::submit_sm& pdu, const smpp::dialect& speaks) {
    const auto op = pdu.tlv.find_u8(smpp::tag::ussd_service_op);
    read.is_ussd = op || (!speaks.ussd_service_type.empty() && pdu.service_type == speaks.ussd_service_type);
    if (!read.is_ussd)
        return;
    read.op = op.value_or(speaks.ops.ask);
    read.session = find_session(pdu.tlv, speaks);
    read.has_end_bit = has_end_bit(pdu.tlv, speaks);
}

} // namespace

smpp::submit_sm as_submit_sm(const smpp::data_sm& pdu) {
    smpp::submit_sm same;
    same.service_type = pdu.service_type;
    same.source_addr_ton = pdu.source_addr_ton;
    same.source_addr_npi = pdu.source_addr_npi;
    same.source_addr = pdu.source_addr;
    same.dest_addr_ton = pdu.dest_addr_ton;
    same.dest_addr_npi = pdu.dest_addr_npi;
    same.destination_addr = pdu.destination_addr;
    same.esm_class = pdu.esm_class;
    same.registered_delivery = pdu.registered_delivery;
    same.data_coding = pdu.data_coding;
    same.tlv = pdu.tlv;
    return same;
}

boost::system::result<submission, refusal> read_submission(const smpp::submit_sm& pdu,
                                                           const smpp::dialect& speaks) {
    const auto destination = read_destination(pdu.destination_addr);
    if (!destination)
        return refusal{smpp::status::invalid_destination, "the destination is not a number"};
    submission read;
    read.source = pdu.source_addr;
    read.destination = *destination;
    read.wants_receipt = (pdu.registered_delivery & 0x03U) == 0x01; // SMPP 3.4 5.2.17
    read_ussd_mark(read, pdu, speaks);

    headed_text body{find_sar(pdu.tlv), text_of(pdu)};
    const bool has_header = (pdu.esm_class & smpp::esm_class::udh_indicator) != 0;
    if (has_header) {
        const auto stripped = strip_header(body.text);
        if (!stripped)
            return refusal{centre_status::submit_failed, "the user data header is broken"};
        body = *stripped;
    }
    if (read.is_ussd && body.piece)
        return refusal{centre_status::submit_failed, "a screen can't come in parts"};
    read.piece = body.piece;

    const auto in = alphabet_of(speaks, pdu.data_coding);
    if (!in)
        return refusal{centre_status::submit_failed, "no phone reads this data_coding"};
    if (has_header && is_too_long_for_part(text_of(pdu), body.text, *in))
        return refusal{centre_status::submit_failed, "the part is longer than the air carries"};
    const bool is_packed = read.is_ussd && speaks.packed_ussd && *in == alphabet::gsm7;
    if (read.is_ussd && is_too_long_for_screen(body.text, *in, is_packed))
        return refusal{centre_status::screen_too_long, "the screen is longer than the air carries"};
    auto text = is_packed ? decode_packed(body.text) : decode_whole(body.text, *in);
    if (!text)
        return refusal{centre_status::submit_failed, "the text is not in the alphabet it names"};
    read.text = std::move(*text);
    return read;
}

} // namespace kabinet::simulator
