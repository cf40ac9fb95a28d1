// Text as phones carry it: the alphabets, and how many septets or octets a text costs in each.
// Inside the house all text is UTF-8. What a data_coding means on a link is the dialect's business.
#pragma once

#include <boost/static_string/static_string.hpp>
#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace kabinet {

/// A screen or one message, in place: 182 septets of three-octet UTF-8 characters fit.
using short_text = boost::static_string<640>;

/// Boost's own conversion leads to another string_view than the standard's.
template <std::size_t Capacity>
[[nodiscard]] constexpr std::string_view view(const boost::static_string<Capacity>& of) {
    return {of.data(), of.size()};
}

enum class alphabet : std::uint8_t {
    gsm7,     // 3GPP TS 23.038 6.2.1 with its extension table, one septet an octet
    ucs2,     // UTF-16 big-endian (23.038 says UCS-2; phones send surrogate pairs)
    latin1,   // ISO-8859-1
    cyrillic, // ISO-8859-5
};

enum class text_error {
    lone_escape = 1, // the text ends in the GSM escape 0x1B
    not_a_septet,    // an octet over 0x7F where one septet an octet was promised
    odd_octets,      // UCS-2 of odd length
    lone_surrogate,  // half a surrogate pair
    bad_utf8,        // the house's own text is broken
    not_in_alphabet, // a character the alphabet lacks
    too_long,        // more than the place given for it
};
const boost::system::error_category& text_category();
boost::system::error_code make_error_code(text_error);

/// What came from the air, as UTF-8. An unknown GSM extension character reads as its basic one and a doubled
/// escape as a space (23.038 6.2.1.1). `too_long` over 640 octets of UTF-8, or what is wrong with the octets.
[[nodiscard]] boost::system::result<short_text> decode(std::span<const std::uint8_t> octets, alphabet);

/// UTF-8 as the air wants it. Returns the octets written; on `bad_utf8`, `not_in_alphabet` or `too_long`
/// what `out` holds means nothing. Nothing is transliterated.
[[nodiscard]] boost::system::result<std::size_t> encode(std::string_view utf8, alphabet,
                                                        std::span<std::uint8_t> out);

/// Septets in GSM 7-bit (`{}[]~\^|€` and the page break cost two); nothing when a character is not in the
/// alphabet.
[[nodiscard]] std::optional<std::size_t> count_septets(std::string_view utf8);

/// UTF-16 code units, two octets each; nothing for broken UTF-8.
[[nodiscard]] std::optional<std::size_t> count_utf16(std::string_view utf8);

/// Septets to octets as USSD packs them (23.038 6.1.2.3.1): seven spare bits are filled with CR, and a CR
/// that ends on an octet boundary is doubled, for it would be taken for filling. Returns the octets
/// written; `too_long` when `out` is too small, `not_a_septet` over 0x7F.
[[nodiscard]] boost::system::result<std::size_t> pack_ussd(std::span<const std::uint8_t> septets,
                                                           std::span<std::uint8_t> out);

/// The way back; a CR that ends on an octet boundary is dropped as filling, a doubled one stays doubled (it
/// means the same, 6.1.2.3.1). Returns the septets written; `too_long` when they don't fit.
[[nodiscard]] boost::system::result<std::size_t> unpack_ussd(std::span<const std::uint8_t> octets,
                                                             std::span<std::uint8_t> septets);

/// The next code point of valid UTF-8 and its size; size 0 at the end, or when the text is broken.
struct code_point {
    char32_t value = 0;
    std::size_t size = 0;
};
[[nodiscard]] code_point next_code_point(std::string_view utf8);

/// Appends `value` as UTF-8; false when it doesn't fit or is no character.
bool append_code_point(short_text& to, char32_t value);

} // namespace kabinet

template <>
struct boost::system::is_error_code_enum<kabinet::text_error> : std::true_type {};
