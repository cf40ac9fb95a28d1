#include "simulator/delivery.hpp"

#include "simulator/long_message.hpp"
#include "smpp/codec.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

namespace kabinet::simulator {

namespace {

constexpr std::size_t most_octets = 160;       // of a USSD string on the air, protocol 1.4
constexpr std::size_t most_septets = 182;      // in those
constexpr std::uint8_t international = 1;      // TON, SMPP 3.4 5.2.5
constexpr std::uint8_t isdn = 1;               // NPI, SMPP 3.4 5.2.6
constexpr std::uint8_t delivered_state = 2;    // message_state, SMPP 3.4 5.2.28
constexpr std::size_t largest_delivery = 1024; // header, fields and 255 octets of text fit
constexpr std::size_t longest_address = 20;    // SMPP 3.4 5.2.9

struct encoded_text {
    alphabet in = alphabet::gsm7;
    std::uint8_t data_coding = 0;
    pdu_octets octets;
};

/// In GSM 7-bit where that can say it, else in UCS-2. Broken UTF-8 says nothing.
encoded_text encode_text(std::string_view text, const smpp::dialect& speaks) {
    encoded_text written{alphabet::gsm7, speaks.gsm_data_coding, pdu_octets(text.size() * 2)};
    auto size = encode(text, alphabet::gsm7, written.octets);
    if (!size) {
        written.in = alphabet::ucs2;
        written.data_coding = speaks.ucs2_data_coding;
        size = encode(text, alphabet::ucs2, written.octets);
    }
    written.octets.resize(size ? *size : 0);
    return written;
}

pdu_octets pack(const pdu_octets& septets) {
    pdu_octets packed(septets.size() + 1);
    packed.resize(pack_ussd(septets, packed).value());
    return packed;
}

smpp::deliver_sm between(std::string_view from, std::string_view to) {
    smpp::deliver_sm pdu;
    pdu.source_addr_ton = international;
    pdu.source_addr_npi = isdn;
    pdu.source_addr = from;
    pdu.dest_addr_npi = isdn;
    pdu.destination_addr = to.substr(0, longest_address);
    return pdu;
}

pdu_octets encode_delivery(const smpp::deliver_sm& pdu) {
    std::array<std::uint8_t, largest_delivery> place;
    const std::size_t size = smpp::encode(pdu, smpp::status::ok, 0, place).value();
    return {place.begin(), place.begin() + static_cast<std::ptrdiff_t>(size)};
}

} // namespace

std::string_view service_code(std::string_view dialled) {
    const auto first = dialled.find_first_not_of("*# ");
    if (first == std::string_view::npos)
        return dialled;
    dialled.remove_prefix(first);
    return dialled.substr(0, dialled.find_first_of("*# "));
}

pdu_octets write_ussd(const ussd_step& step, const smpp::dialect& speaks) {
    encoded_text text = encode_text(step.text, speaks);
    text.octets.resize(
        fit_part(text.octets, text.in, text.in == alphabet::gsm7 ? most_septets : most_octets));
    if (speaks.packed_ussd && text.in == alphabet::gsm7)
        text.octets = pack(text.octets);

    std::array<std::uint8_t, 32> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u8(smpp::tag::ussd_service_op, step.op);
    add_session(optional_part, speaks, step.session, step.ends);

    const std::string from = step.from.text();
    smpp::deliver_sm pdu = between(from, step.to);
    pdu.service_type = speaks.ussd_service_type;
    pdu.data_coding = text.data_coding;
    pdu.short_message = text.octets;
    pdu.tlv = optional_part.list();
    return encode_delivery(pdu);
}

std::vector<pdu_octets> write_sms(msisdn from, std::string_view to, std::string_view text,
                                  const smpp::dialect& speaks, std::uint8_t reference) {
    const encoded_text encoded = encode_text(text, speaks);
    const bool is_gsm = encoded.in == alphabet::gsm7;
    const std::string source = from.text();
    smpp::deliver_sm pdu = between(source, to);
    pdu.data_coding = encoded.data_coding;
    if (encoded.octets.size() <= (is_gsm ? 160U : 140U)) {
        pdu.short_message = encoded.octets;
        return {encode_delivery(pdu)};
    }

    std::vector<pdu_octets> parts;
    for (smpp::octets rest = encoded.octets; !rest.empty();) {
        const std::size_t size = fit_part(rest, encoded.in, is_gsm ? 153U : 134U);
        parts.emplace_back(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(size));
        rest = rest.subspan(size);
    }
    pdu.esm_class = smpp::esm_class::udh_indicator;
    const auto total = static_cast<std::uint8_t>(std::min<std::size_t>(parts.size(), 255));
    for (std::uint8_t number = 1; number <= total; ++number) {
        pdu_octets& each = parts[number - 1U];
        const std::array<std::uint8_t, 6> header{0x05, 0x00, 0x03, reference, total, number};
        each.insert(each.begin(), header.begin(), header.end());
        pdu.short_message = each;
        each = encode_delivery(pdu);
    }
    return parts;
}

pdu_octets write_receipt(msisdn from, std::string_view to, std::string_view message_id, utc_time now) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
    const std::string text =
        fmt::format("id:{} sub:001 dlvrd:001 submit date:{:%y%m%d%H%M} done date:{:%y%m%d%H%M} stat:DELIVRD "
                    "err:000 text:",
                    message_id, seconds, seconds);
    std::array<std::uint8_t, 96> place{};
    smpp::tlv_writer optional_part{place};
    const std::string id_with_nul = std::string{message_id} + '\0';
    optional_part.add(smpp::tag::receipted_message_id,
                      {reinterpret_cast<const std::uint8_t*>(id_with_nul.data()), id_with_nul.size()});
    optional_part.add_u8(smpp::tag::message_state, delivered_state);

    const std::string source = from.text();
    smpp::deliver_sm pdu = between(source, to);
    pdu.esm_class = smpp::esm_class::delivery_receipt;
    pdu.short_message = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    pdu.tlv = optional_part.list();
    return encode_delivery(pdu);
}

} // namespace kabinet::simulator
