#include "gateway/translate.hpp"

#include <algorithm>

namespace kabinet::gateway {

using smpp::dialect;
using smpp::message;
using smpp::octets;
using smpp::tag;

namespace {

std::optional<address> own(const smpp::address_view& from) {
    address made{from.ton, from.npi, {}};
    if (from.characters.size() > made.characters.max_size())
        return std::nullopt;
    made.characters.assign(from.characters.begin(), from.characters.end());
    return made;
}

template <std::size_t Size>
void keep_first(boost::static_string<Size>& to, octets from) {
    to.assign(reinterpret_cast<const char*>(from.data()), std::min(from.size(), Size));
}

bool is_receipt(const message& came) {
    switch (came.esm_class & smpp::esm_class::message_type_mask) {
    case smpp::esm_class::delivery_receipt:
    case smpp::esm_class::delivery_acknowledgement:
    case smpp::esm_class::manual_acknowledgement:
    case smpp::esm_class::conversation_abort:
    case smpp::esm_class::intermediate_notification:
        return true;
    default: // some centres leave esm_class 0 and tell by the TLVs alone
        return came.tlv.find(tag::receipted_message_id) && came.tlv.find(tag::message_state);
    }
}

receipt read_receipt(const message& came) {
    receipt made;
    if (const auto id = came.tlv.find(tag::receipted_message_id))
        keep_first(made.message_id, id->empty() || id->back() != 0 ? *id : id->first(id->size() - 1));
    return made;
}

std::optional<std::uint32_t> read_number(const message& came, tag where) {
    const auto value = came.tlv.find(where);
    if (!value || value->empty() || value->size() > 4)
        return std::nullopt;
    std::uint32_t number = 0;
    for (std::uint8_t each : *value)
        number = number << 8U | each;
    return number;
}

session read_session(const message& came, const dialect& link) {
    std::optional<std::uint32_t> id;
    switch (link.session) {
    case smpp::session_id_kind::none:
        return {};
    case smpp::session_id_kind::its_session_info:
        id = came.tlv.find_u16(tag::its_session_info);
        return {id.value_or(0) & link.session_key_mask, id.value_or(0)};
    case smpp::session_id_kind::user_message_reference:
        id = came.tlv.find_u16(tag::user_message_reference);
        break;
    case smpp::session_id_kind::vendor_tlv:
        id = read_number(came, static_cast<tag>(link.session_tag));
        break;
    }
    return {id.value_or(0), id.value_or(0)};
}

std::optional<ussd_event> event_of(std::uint8_t op, const smpp::ussd_ops& ops) {
    if (op == ops.begin)
        return ussd_event::dial;
    if (op == ops.input)
        return ussd_event::input;
    if (op == ops.one_shot)
        return ussd_event::one_shot;
    if (op == ops.shown)
        return ussd_event::shown;
    if (op == ops.abort || op == ops.last_input)
        return ussd_event::gone;
    return std::nullopt;
}

/// Text as the house has it; false when its coding is binary, unknown, or broken.
bool read_text(octets from, std::uint8_t data_coding, const dialect& link, bool is_packed, short_text& to) {
    const auto coded = smpp::alphabet_of(link, data_coding);
    if (!coded)
        return false;
    std::array<std::uint8_t, 300> septets{};
    if (is_packed && *coded == alphabet::gsm7) {
        const auto unpacked = unpack_ussd(from, septets);
        if (!unpacked)
            return false;
        from = octets{septets}.first(*unpacked);
    }
    const auto text = decode(from, *coded);
    if (!text)
        return false;
    to = *text;
    return true;
}

incoming read_ussd(const message& came, std::uint8_t op, const dialect& link, const numbering_plan& plan) {
    const auto event = event_of(op, link.ops);
    if (!event)
        return unanswerable{unanswerable_reason::unknown_ussd_operation};
    const auto subscriber = own(came.source);
    const auto service = own(came.destination);
    if (!subscriber || !service)
        return unanswerable{unanswerable_reason::address_too_long};
    const auto who = normalise(came.source.characters, plan);
    const bool is_foreign = !who && who.error() == msisdn_error::foreign;
    if (!who && !is_foreign)
        return unanswerable{unanswerable_reason::not_a_subscriber};
    ussd_request made{.event = *event,
                      .who = who ? *who : msisdn{},
                      .subscriber = *subscriber,
                      .service = *service,
                      .session = read_session(came, link),
                      .text = {},
                      .is_readable = true,
                      .is_foreign = is_foreign};
    if (link.end_bit && (made.session.echo & 1U) != 0)
        made.event = ussd_event::gone;
    const bool begins = made.event == ussd_event::dial || made.event == ussd_event::one_shot;
    if (begins && link.dialled_in_destination)
        made.text.assign(came.destination.characters.begin(), came.destination.characters.end());
    else
        made.is_readable = read_text(came.text, came.data_coding, link, link.packed_ussd, made.text);
    while (!made.text.empty() && (made.text.back() == '\r' || made.text.back() == '\0'))
        made.text.pop_back(); // "1" arrives as 31 0D from some centres
    return made;
}

struct split_text {
    octets user_header;
    octets text;
};

/// The user data header off the text (3GPP TS 23.040 9.2.3.24); nothing when it runs past the end.
std::optional<split_text> split_header(octets text) {
    if (text.empty() || text[0] + std::size_t{1} > text.size())
        return std::nullopt;
    const std::size_t length = text[0];
    return split_text{text.subspan(1, length), text.subspan(1 + length)};
}

/// The beginning of a text that is longer than any command; a character cut in half would make it unreadable.
octets beginning_of(octets text, const dialect& link, std::uint8_t data_coding) {
    constexpr std::size_t longest_command = 200; // octets; no command of any pack comes near
    if (text.size() <= longest_command)
        return text;
    octets begin = text.first(longest_command);
    const auto coded = smpp::alphabet_of(link, data_coding);
    constexpr std::uint8_t escape = 0x1B;
    constexpr std::uint8_t high_surrogate = 0xD8; // to 0xDB: the first half of a UTF-16 pair
    if (coded == alphabet::ucs2 && (begin[longest_command - 2] & 0xFCU) == high_surrogate)
        return begin.first(longest_command - 2);
    while (coded == alphabet::gsm7 && !begin.empty() && begin.back() == escape)
        begin = begin.first(begin.size() - 1);
    return begin;
}

/// The part's number out of a concatenation element, 0x00 or 0x08; others are skipped.
segment read_segment(octets user_header) {
    while (user_header.size() >= 2) {
        const std::uint8_t element = user_header[0];
        const std::size_t length = user_header[1];
        if (user_header.size() - 2 < length)
            break;
        const octets value = user_header.subspan(2, length);
        if (element == 0x00 && length == 3)
            return {value[1], value[2]};
        if (element == 0x08 && length == 4)
            return {value[2], value[3]};
        user_header = user_header.subspan(2 + length);
    }
    return {};
}

segment read_sar(const message& came) {
    const bool has_reference = came.tlv.find_u16(tag::sar_msg_ref_num).has_value();
    const auto total = came.tlv.find_u8(tag::sar_total_segments);
    const auto number = came.tlv.find_u8(tag::sar_segment_seqnum);
    if (!has_reference || !total || !number)
        return {};
    return {*total, *number};
}

/// Total 0 or a number over the total: a message of its own.
segment or_single(segment part) {
    if (part.total == 0 || part.number == 0 || part.number > part.total)
        return {};
    return part;
}

incoming read_sms(const message& came, const dialect& link, const numbering_plan& plan) {
    const auto subscriber = own(came.source);
    const auto service = own(came.destination);
    if (!subscriber || !service)
        return unanswerable{unanswerable_reason::address_too_long};
    const auto who = normalise(came.source.characters, plan);
    if (!who)
        return unanswerable{who.error() == msisdn_error::foreign ? unanswerable_reason::foreign_number
                                                                 : unanswerable_reason::not_a_subscriber};
    const bool has_header = (came.esm_class & smpp::esm_class::udh_indicator) != 0;
    const std::optional<split_text> split = has_header ? split_header(came.text) : split_text{{}, came.text};
    sms_request made{.who = *who,
                     .subscriber = *subscriber,
                     .service = *service,
                     .segment = {},
                     .text = {},
                     .is_readable = false,
                     .mark = {came.esm_class, came.data_coding, {}, {}}};
    if (!split) {
        keep_first(made.mark.octets, came.text);
        return made;
    }
    keep_first(made.mark.user_header, split->user_header);
    keep_first(made.mark.octets, split->text);
    made.segment = or_single(has_header ? read_segment(split->user_header) : read_sar(came));
    made.is_readable = read_text(beginning_of(split->text, link, came.data_coding), came.data_coding, link,
                                 false, made.text);
    return made;
}

} // namespace

incoming read(const message& came, const dialect& link, const numbering_plan& plan) {
    if (is_receipt(came))
        return read_receipt(came);
    if (const auto op = came.tlv.find_u8(tag::ussd_service_op))
        return read_ussd(came, *op, link, plan);
    return read_sms(came, link, plan);
}

} // namespace kabinet::gateway
