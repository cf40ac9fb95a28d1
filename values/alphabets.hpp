// The characters of GSM 7-bit (3GPP TS 23.038 6.2.1) and of ISO-8859-5, both ways, in tables made at
// compile time. Knows single characters only; texts are text.cpp's business.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kabinet::alphabets {

/// What a code with no character, or a character with no code, looks up.
inline constexpr std::uint16_t absent = 0xFFFF;

inline constexpr std::uint8_t gsm_escape = 0x1B;

/// 23.038 6.2.1, in the order of its codes. The escape stands at its own place.
inline constexpr std::u16string_view gsm_basic = u"@£$¥èéùìòÇ\nØø\rÅå"
                                                 u"Δ_ΦΓΛΩΠΨΣΘΞ\x1BÆæßÉ"
                                                 u" !\"#¤%&'()*+,-./"
                                                 u"0123456789:;<=>?"
                                                 u"¡ABCDEFGHIJKLMNO"
                                                 u"PQRSTUVWXYZÄÖÑÜ§"
                                                 u"¿abcdefghijklmno"
                                                 u"pqrstuvwxyzäöñüà";
static_assert(gsm_basic.size() == 128);

struct extension_character {
    std::uint8_t code;
    char16_t character;
};

/// 23.038 6.2.1.1: what follows the escape. 0x0A is the page break.
inline constexpr std::array<extension_character, 10> gsm_extensions{{{0x0A, u'\f'},
                                                                     {0x14, u'^'},
                                                                     {0x28, u'{'},
                                                                     {0x29, u'}'},
                                                                     {0x2F, u'\\'},
                                                                     {0x3C, u'['},
                                                                     {0x3D, u'~'},
                                                                     {0x3E, u']'},
                                                                     {0x40, u'|'},
                                                                     {0x65, u'€'}}};

/// By the code after the escape. A code without an extension character reads as its basic one, and a second
/// escape, kept for tables yet to come, as a space (6.2.1.1 notes 1 and 3).
inline constexpr auto gsm_escaped = [] {
    std::array<char16_t, 128> table{};
    for (std::size_t code = 0; code < table.size(); ++code)
        table[code] = gsm_basic[code];
    table[gsm_escape] = u' ';
    for (const auto& extension : gsm_extensions)
        table[extension.code] = extension.character;
    return table;
}();

/// Codes of the characters from `first` on: a septet, or the escape in the high octet and a septet in the
/// low.
template <std::size_t size>
[[nodiscard]] constexpr std::array<std::uint16_t, size> gsm_codes_from(char16_t first) {
    std::array<std::uint16_t, size> codes{};
    codes.fill(absent);
    for (std::size_t code = 0; code < gsm_basic.size(); ++code) {
        const std::size_t place = static_cast<std::size_t>(gsm_basic[code]) - first;
        if (place < size && code != gsm_escape)
            codes[place] = static_cast<std::uint16_t>(code);
    }
    for (const auto& extension : gsm_extensions) {
        const std::size_t place = static_cast<std::size_t>(extension.character) - first;
        if (place < size)
            codes[place] = static_cast<std::uint16_t>(gsm_escape << 8U | extension.code);
    }
    return codes;
}

inline constexpr char16_t first_greek = 0x0390;
inline constexpr auto gsm_latin_codes = gsm_codes_from<0x100>(0);
inline constexpr auto gsm_greek_codes = gsm_codes_from<0x20>(first_greek);
inline constexpr std::uint16_t gsm_euro_code = gsm_codes_from<1>(u'€').front();

/// The septet of a character, over 0xFF when the escape precedes it; or `absent`.
[[nodiscard]] constexpr std::uint16_t gsm_code(char32_t character) {
    if (character < gsm_latin_codes.size())
        return gsm_latin_codes[character];
    if (character - first_greek < gsm_greek_codes.size())
        return gsm_greek_codes[character - first_greek];
    return character == U'€' ? gsm_euro_code : absent;
}

/// ISO/IEC 8859-5: the upper half is Unicode's Cyrillic block from U+0400, moved, but for four places.
[[nodiscard]] constexpr char16_t cyrillic_character(std::uint8_t code) {
    switch (code) {
    case 0xAD:
        return u'\u00AD';
    case 0xF0:
        return u'№';
    case 0xFD:
        return u'§';
    default:
        return static_cast<char16_t>(code <= 0xA0 ? code : code - 0xA0 + 0x0400);
    }
}

[[nodiscard]] constexpr std::uint16_t cyrillic_code(char32_t character) {
    if (character <= 0xA0 || character == 0xAD)
        return static_cast<std::uint16_t>(character);
    if (character == U'№')
        return 0xF0;
    if (character == U'§')
        return 0xFD;
    if (character <= 0x0400 || character > 0x045F)
        return absent;
    const auto code = static_cast<std::uint8_t>(character - 0x0400 + 0xA0);
    return cyrillic_character(code) == character ? code : absent;
}

} // namespace kabinet::alphabets
