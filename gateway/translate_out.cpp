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

/// What a text has room for, and whether its septets are packed.
struct room {
    std::size_t septets;
    std::size_t utf16;
    bool is_packed;
};
constexpr room screen{menus::most_screen_septets, menus::most_screen_characters, false};
constexpr room packed_screen{menus::most_screen_septets, menus::most_screen_characters, true};
constexpr room sms{menus::sms_septets, menus::sms_characters, false};

/// The text in the alphabet that the link's coding for GSM text means there, where it has all characters;
/// else in UCS-2.
boost::system::result<void> set_text(smpp::submit_sm& pdu, const dialect& link, const room& most,
                                     std::string_view text, std::span<std::uint8_t> scratch) {
    const alphabet narrow = smpp::alphabet_of(link, link.gsm_data_coding).value_or(alphabet::gsm7);
    const auto septets = count_septets(text);
    boost::system::result<std::size_t> size = text_error::not_in_alphabet;
    if (septets)
        size = encode(text, narrow, scratch);
    const bool is_narrow = size.has_value();
    if (!is_narrow)
        size = encode(text, alphabet::ucs2, scratch);
    if (!size)
        return size.error();
    if (is_narrow ? *septets > most.septets : *size / 2 > most.utf16)
        return text_error::too_long;
    pdu.data_coding = is_narrow ? link.gsm_data_coding : link.ucs2_data_coding;
    pdu.short_message = scratch.first(*size);
    if (is_narrow && most.is_packed && narrow == alphabet::gsm7) {
        const std::span<std::uint8_t> packed = scratch.subspan(*size);
        size = pack_ussd(pdu.short_message, packed);
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
    const auto most = link.packed_ussd ? packed_screen : screen;
    if (const auto set = set_text(pdu, link, most, of.text, scratch.text); !set)
        return set.error();
    smpp::tlv_writer tlvs{scratch.tlvs};
    tlvs.add_u8(tag::ussd_service_op, op_of(of.kind, link.ops));
    set_session(tlvs, link, of.session, of.kind != screen_kind::ask);
    pdu.tlv = tlvs.list();
    return pdu;
}

boost::system::result<smpp::submit_sm> write_sms(const dialect& link, const address& from, const address& to,
                                                 std::string_view text, submit_scratch& scratch) {
    smpp::submit_sm pdu;
    set_addresses(pdu, link, from, to);
    if (const auto set = set_text(pdu, link, sms, text, scratch.text); !set)
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
