#include "values/text.hpp"

#include "values/alphabets.hpp"

#include <array>
#include <string>

namespace kabinet {

namespace {

using octet_view = std::span<const std::uint8_t>;

class text_category_type final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "kabinet.text"; }

    [[nodiscard]] std::string message(int value) const override {
        switch (static_cast<text_error>(value)) {
        case text_error::lone_escape:
            return "the text ends in the GSM escape";
        case text_error::not_a_septet:
            return "an octet over 0x7F among septets";
        case text_error::odd_octets:
            return "UCS-2 text of odd length";
        case text_error::lone_surrogate:
            return "half a surrogate pair";
        case text_error::bad_utf8:
            return "broken UTF-8";
        case text_error::not_in_alphabet:
            return "a character the alphabet lacks";
        case text_error::too_long:
            return "the text is longer than its place";
        }
        return "unknown text error";
    }
};

constexpr bool is_low_surrogate(char32_t value) {
    return value >= 0xDC00 && value < 0xE000;
}
constexpr bool is_scalar(char32_t value) {
    return value < 0xD800 || (value >= 0xE000 && value <= 0x10FFFF);
}

/// One character as octets, UTF-8 or the air's; size 0 where there is none.
struct octets_of_one {
    std::array<std::uint8_t, 4> octets{};
    std::size_t size = 0;
};

constexpr std::uint8_t low_octet(char32_t value) {
    return static_cast<std::uint8_t>(value & 0xFFU);
}

constexpr octets_of_one to_utf8(char32_t value) {
    const auto continuation = [value](unsigned shift) { return low_octet(0x80U | (value >> shift & 0x3FU)); };
    if (value < 0x80)
        return {{low_octet(value)}, 1};
    if (value < 0x800)
        return {{low_octet(0xC0U | value >> 6U), continuation(0)}, 2};
    if (!is_scalar(value))
        return {};
    if (value < 0x10000)
        return {{low_octet(0xE0U | value >> 12U), continuation(6), continuation(0)}, 3};
    return {{low_octet(0xF0U | value >> 18U), continuation(12), continuation(6), continuation(0)}, 4};
}

/// One character read from the air; size 0 when `error` is what was found instead.
struct reading {
    char32_t value = 0;
    std::size_t size = 0;
    text_error error{};
};

constexpr reading failed(text_error error) {
    return {0, 0, error};
}

struct gsm7_air {
    static reading read(octet_view octets) {
        const std::uint8_t code = octets[0];
        if (code > 0x7F)
            return failed(text_error::not_a_septet);
        if (code != alphabets::gsm_escape)
            return {alphabets::gsm_basic[code], 1};
        if (octets.size() == 1)
            return failed(text_error::lone_escape);
        if (octets[1] > 0x7F)
            return failed(text_error::not_a_septet);
        return {alphabets::gsm_escaped[octets[1]], 2};
    }

    static octets_of_one write(char32_t value) {
        const std::uint16_t code = alphabets::gsm_code(value);
        if (code <= 0x7F)
            return {{low_octet(code)}, 1};
        if (code == alphabets::absent)
            return {};
        return {{alphabets::gsm_escape, low_octet(code)}, 2};
    }
};

struct ucs2_air {
    static char32_t unit_at(octet_view octets, std::size_t place) {
        return static_cast<char32_t>(octets[place] << 8U | octets[place + 1]);
    }

    static reading read(octet_view octets) {
        const char32_t high = unit_at(octets, 0);
        if (is_scalar(high))
            return {high, 2};
        if (is_low_surrogate(high) || octets.size() < 4)
            return failed(text_error::lone_surrogate);
        const char32_t low = unit_at(octets, 2);
        if (!is_low_surrogate(low))
            return failed(text_error::lone_surrogate);
        return {0x10000 + ((high & 0x3FFU) << 10U) + (low & 0x3FFU), 4};
    }

    static octets_of_one write(char32_t value) {
        if (value < 0x10000)
            return {{low_octet(value >> 8U), low_octet(value)}, 2};
        const char32_t above = value - 0x10000;
        const char32_t high = 0xD800U | above >> 10U;
        const char32_t low = 0xDC00U | (above & 0x3FFU);
        return {{low_octet(high >> 8U), low_octet(high), low_octet(low >> 8U), low_octet(low)}, 4};
    }
};

struct latin1_air {
    static reading read(octet_view octets) { return {octets[0], 1}; }

    static octets_of_one write(char32_t value) {
        return value <= 0xFF ? octets_of_one{{low_octet(value)}, 1} : octets_of_one{};
    }
};

struct cyrillic_air {
    static reading read(octet_view octets) { return {alphabets::cyrillic_character(octets[0]), 1}; }

    static octets_of_one write(char32_t value) {
        const std::uint16_t code = alphabets::cyrillic_code(value);
        return code == alphabets::absent ? octets_of_one{} : octets_of_one{{low_octet(code)}, 1};
    }
};

/// `next_code_point` of a text that isn't empty, with ASCII decided in place.
inline code_point first_code_point(std::string_view utf8) {
    const auto lead = static_cast<std::uint8_t>(utf8.front());
    return lead < 0x80 ? code_point{lead, 1} : next_code_point(utf8);
}

template <class Air>
boost::system::result<short_text> decode_from(octet_view octets) {
    std::array<char, short_text::static_capacity> utf8;
    std::size_t written = 0;
    while (!octets.empty()) {
        const reading next = Air::read(octets);
        if (next.size == 0)
            return next.error;
        const octets_of_one character = to_utf8(next.value);
        if (character.size > utf8.size() - written)
            return text_error::too_long;
        for (std::size_t i = 0; i < character.size; ++i)
            utf8[written + i] = static_cast<char>(character.octets[i]);
        written += character.size;
        octets = octets.subspan(next.size);
    }
    return short_text(utf8.data(), written);
}

template <class Air>
boost::system::result<std::size_t> encode_for(std::string_view utf8, std::span<std::uint8_t> out) {
    std::size_t written = 0;
    while (!utf8.empty()) {
        const code_point next = first_code_point(utf8);
        if (next.size == 0)
            return text_error::bad_utf8;
        const octets_of_one character = Air::write(next.value);
        if (character.size == 0)
            return text_error::not_in_alphabet;
        if (character.size > out.size() - written)
            return text_error::too_long;
        for (std::size_t i = 0; i < character.size; ++i)
            out[written + i] = character.octets[i];
        written += character.size;
        utf8.remove_prefix(next.size);
    }
    return written;
}

/// The octets `Air` would take for the whole text; nothing when a character has none or is broken.
template <class Air>
std::optional<std::size_t> count_octets(std::string_view utf8) {
    std::size_t octets = 0;
    while (!utf8.empty()) {
        const code_point next = first_code_point(utf8);
        const std::size_t size = next.size == 0 ? 0 : Air::write(next.value).size;
        if (size == 0)
            return std::nullopt;
        octets += size;
        utf8.remove_prefix(next.size);
    }
    return octets;
}

} // namespace

const boost::system::error_category& text_category() {
    static const text_category_type category;
    return category;
}

boost::system::error_code make_error_code(text_error error) {
    return {static_cast<int>(error), text_category()};
}

code_point next_code_point(std::string_view utf8) {
    if (utf8.empty())
        return {};
    const auto lead = static_cast<std::uint8_t>(utf8[0]);
    if (lead < 0x80)
        return {lead, 1};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || utf8.size() < size)
        return {};
    char32_t value = lead & (0x7FU >> size);
    for (std::size_t i = 1; i < size; ++i) {
        const auto octet = static_cast<std::uint8_t>(utf8[i]);
        if ((octet & 0xC0U) != 0x80)
            return {};
        value = value << 6U | (octet & 0x3FU);
    }
    const bool is_overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
    if (is_overlong || !is_scalar(value))
        return {};
    return {value, size};
}

bool append_code_point(short_text& to, char32_t value) {
    const octets_of_one character = to_utf8(value);
    if (character.size == 0 || character.size > to.max_size() - to.size())
        return false;
    to.append(character.octets.begin(), character.octets.begin() + character.size);
    return true;
}

boost::system::result<short_text> decode(octet_view octets, alphabet from) {
    switch (from) {
    case alphabet::gsm7:
        return decode_from<gsm7_air>(octets);
    case alphabet::ucs2:
        if (octets.size() % 2 != 0)
            return text_error::odd_octets;
        return decode_from<ucs2_air>(octets);
    case alphabet::latin1:
        return decode_from<latin1_air>(octets);
    case alphabet::cyrillic:
        return decode_from<cyrillic_air>(octets);
    }
    return text_error::not_in_alphabet;
}

boost::system::result<std::size_t> encode(std::string_view utf8, alphabet to, std::span<std::uint8_t> out) {
    switch (to) {
    case alphabet::gsm7:
        return encode_for<gsm7_air>(utf8, out);
    case alphabet::ucs2:
        return encode_for<ucs2_air>(utf8, out);
    case alphabet::latin1:
        return encode_for<latin1_air>(utf8, out);
    case alphabet::cyrillic:
        return encode_for<cyrillic_air>(utf8, out);
    }
    return text_error::not_in_alphabet;
}

std::optional<std::size_t> count_septets(std::string_view utf8) {
    return count_octets<gsm7_air>(utf8);
}

std::optional<std::size_t> count_utf16(std::string_view utf8) {
    const std::optional<std::size_t> octets = count_octets<ucs2_air>(utf8);
    return octets ? std::optional{*octets / 2} : std::nullopt;
}

} // namespace kabinet
