#include "gateway/translate.hpp"
#include "menus/fit.hpp"

#include <algorithm>

namespace kabinet::gateway {

using smpp::dialect;
using smpp::tag;

namespace {

void set_addresses(smpp::submit_sm& pdu, const dialect& link, const address& from, const address& to) {
    pdu.source_addr_ton = link.source_ton.value_or(from.ton);
    pdu.source_addr_npi = link.source_npi.value_or(from.npi);
    pdu.source_addr = {from.characters.data(), from.characters.size()};
    pdu.dest_addr_ton = to.ton;
    pdu.dest_addr_npi = to.npi;
    pdu.destination_addr = {to.characters.data(), to.characters.size()};
}

/// Writes the text behind what stands in `scratch` already.
boost::system::result<void> set_text(smpp::submit_sm& pdu, const dialect& link, alphabet in,
                                     std::string_view text, std::span<std::uint8_t> scratch,
                                     std::size_t header = 0) {
    const auto size = encode(text, in, scratch.subspan(header));
    if (!size)
        return size.error();
    pdu.data_coding = in == alphabet::ucs2 ? link.ucs2_data_coding : link.gsm_data_coding;
    pdu.short_message = scratch.first(header + *size);
    return {};
}

boost::system::result<void> set_screen_text(smpp::submit_sm& pdu, const dialect& link, std::string_view text,
                                            std::span<std::uint8_t> scratch) {
    const auto length = measure_text(link, text);
    if (!length)
        return length.error();
    const bool is_wide = length->in == alphabet::ucs2;
    if (length->units > (is_wide ? menus::most_screen_characters : menus::most_screen_septets))
        return text_error::too_long;
    if (const auto set = set_text(pdu, link, length->in, text, scratch); !set)
        return set.error();
    if (link.packed_ussd && length->in == alphabet::gsm7) {
        const std::span<std::uint8_t> packed = scratch.subspan(pdu.short_message.size());
        const auto size = pack_ussd(pdu.short_message, packed);
        if (!size)
            return size.error();
        pdu.short_message = packed.first(*size);
    }
    return {};
}

void set_session(smpp::tlv_writer& tlvs, const dialect& link, const session& of, bool is_last) {
    switch (link.session) {
    case smpp::session_id_kind::none:
        return;
    case smpp::session_id_kind::its_session_info: {
        const std::uint32_t end = link.end_bit && is_last ? 1U : 0U;
        return tlvs.add_u16(tag::its_session_info, static_cast<std::uint16_t>(of.echo | end));
    }
    case smpp::session_id_kind::user_message_reference:
        return tlvs.add_u16(tag::user_message_reference, static_cast<std::uint16_t>(of.echo));
    case smpp::session_id_kind::vendor_tlv: {
        const std::array<std::uint8_t, 4> all{
            static_cast<std::uint8_t>(of.echo >> 24U), static_cast<std::uint8_t>(of.echo >> 16U),
            static_cast<std::uint8_t>(of.echo >> 8U), static_cast<std::uint8_t>(of.echo)};
        return tlvs.add(static_cast<tag>(link.session_tag), all);
    }
    }
}

std::uint8_t op_of(screen_kind kind, const smpp::ussd_ops& ops) {
    switch (kind) {
    case screen_kind::ask:
        return ops.ask;
    case screen_kind::answer:
        return ops.answer;
    case screen_kind::one_shot_answer:
        return ops.one_shot_answer;
    case screen_kind::release:
        return ops.abort_request.value_or(ops.answer);
    }
    return ops.answer;
}

} // namespace

boost::system::result<smpp::submit_sm> write_screen(const dialect& link, const screen_words& of,
                                                    submit_scratch& scratch) {
    smpp::submit_sm pdu;
    pdu.service_type = link.ussd_service_type;
    set_addresses(pdu, link, of.service, of.subscriber);
    if (const auto set = set_screen_text(pdu, link, of.text, scratch.text); !set)
        return set.error();
    smpp::tlv_writer tlvs{scratch.tlvs};
    tlvs.add_u8(tag::ussd_service_op, op_of(of.kind, link.ops));
    set_session(tlvs, link, of.session, of.kind != screen_kind::ask);
    pdu.tlv = tlvs.list();
    return pdu;
}

boost::system::result<smpp::submit_sm> write_sms(const dialect& link, const sms_words& of,
                                                 submit_scratch& scratch) {
    smpp::submit_sm pdu;
    set_addresses(pdu, link, of.from, of.to);
    std::size_t header = 0;
    if (of.as.parts > 1) {
        const part_header first = write_part_header(of.reference, of.as, of.part);
        std::ranges::copy(first, scratch.text.begin());
        header = first.size();
        pdu.esm_class = smpp::esm_class::udh_indicator;
    }
    const std::string_view text = find_part(of.text, of.as, of.part);
    if (const auto set = set_text(pdu, link, of.as.in, text, scratch.text, header); !set)
        return set.error();
    return pdu;
}

address sender_address(std::string_view name) {
    const bool is_number = name.find_first_not_of("0123456789") == std::string_view::npos;
    address made;
    made.ton = is_number ? 0 : 5; // alphanumeric: SMPP 3.4 5.2.5
    made.npi = is_number ? 1 : 0;
    made.characters.assign(name.data(), std::min(name.size(), made.characters.max_size()));
    return made;
}

address subscriber_address(msisdn who) {
    address made;
    made.ton = 1; // international
    made.npi = 1;
    const std::string digits = who.text();
    made.characters.assign(digits.data(), digits.size());
    return made;
}

} // namespace kabinet::gateway
