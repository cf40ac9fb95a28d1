#include "simulator/session.hpp"

#include <array>

namespace kabinet::simulator {

namespace {

using smpp::session_id_kind;

constexpr session_word end_bit = 0x0001;
constexpr session_word step_bits = 0x00FE;

/// Some centres count the steps of a session in octet 2 of its_session_info (protocol 1.2).
bool counts_steps(const smpp::dialect& speaks) {
    return speaks.session == session_id_kind::its_session_info && (speaks.session_key_mask & step_bits) == 0;
}

} // namespace

session_word first_word(const smpp::dialect& speaks, std::uint32_t count) {
    switch (speaks.session) {
    case session_id_kind::none:
        return 0;
    case session_id_kind::its_session_info:
        return counts_steps(speaks) ? (count & 0xFFU) << 8U : (count & 0x7FFFU) << 1U;
    case session_id_kind::user_message_reference:
        return count & 0xFFFFU;
    case session_id_kind::vendor_tlv:
        return count;
    }
    return 0;
}

session_word next_word(const smpp::dialect& speaks, session_word word) {
    if (!counts_steps(speaks))
        return word;
    return (word & ~step_bits) | ((word + 2) & step_bits);
}

bool is_same_session(const smpp::dialect& speaks, session_word one, session_word other) {
    const session_word mask = speaks.session == session_id_kind::its_session_info
                                  ? session_word{speaks.session_key_mask} & ~end_bit
                                  : ~session_word{0};
    return (one & mask) == (other & mask);
}

void add_session(smpp::tlv_writer& to, const smpp::dialect& speaks, session_word word, bool ends) {
    switch (speaks.session) {
    case session_id_kind::none:
        return;
    case session_id_kind::its_session_info: {
        const session_word bit = ends && speaks.end_bit ? end_bit : 0;
        return to.add_u16(smpp::tag::its_session_info, static_cast<std::uint16_t>(word | bit));
    }
    case session_id_kind::user_message_reference:
        return to.add_u16(smpp::tag::user_message_reference, static_cast<std::uint16_t>(word));
    case session_id_kind::vendor_tlv: {
        const std::array<std::uint8_t, 4> octets{
            static_cast<std::uint8_t>(word >> 24U), static_cast<std::uint8_t>(word >> 16U),
            static_cast<std::uint8_t>(word >> 8U), static_cast<std::uint8_t>(word)};
        return to.add(static_cast<smpp::tag>(speaks.session_tag), octets);
    }
    }
}

std::optional<session_word> find_session(const smpp::tlv_list& optional_part, const smpp::dialect& speaks) {
    switch (speaks.session) {
    case session_id_kind::none:
        return std::nullopt;
    case session_id_kind::its_session_info:
        return optional_part.find_u16(smpp::tag::its_session_info);
    case session_id_kind::user_message_reference:
        return optional_part.find_u16(smpp::tag::user_message_reference);
    case session_id_kind::vendor_tlv: {
        const auto octets = optional_part.find(static_cast<smpp::tag>(speaks.session_tag));
        if (!octets || octets->empty() || octets->size() > 4)
            return std::nullopt;
        session_word word = 0;
        for (const std::uint8_t octet : *octets)
            word = word << 8U | octet;
        return word;
    }
    }
    return std::nullopt;
}

bool has_end_bit(const smpp::tlv_list& optional_part, const smpp::dialect& speaks) {
    if (!speaks.end_bit)
        return false;
    const auto word = optional_part.find_u16(smpp::tag::its_session_info);
    return word && (*word & end_bit) != 0;
}

} // namespace kabinet::simulator
