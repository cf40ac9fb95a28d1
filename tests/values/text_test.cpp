#include "values/text.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>
#include <vector>

namespace text_test {

using namespace kabinet;

namespace {

using octets = std::vector<std::uint8_t>;

std::string decoded(const octets& from, alphabet as) {
    const auto text = decode(from, as);
    REQUIRE(text.has_value());
    return {text->data(), text->size()};
}

octets encoded(std::string_view utf8, alphabet as) {
    octets out(4 * utf8.size());
    const auto size = encode(utf8, as, out);
    REQUIRE(size.has_value());
    out.resize(*size);
    return out;
}

boost::system::error_code decode_error(const octets& from, alphabet as) {
    return decode(from, as).error();
}

boost::system::error_code encode_error(std::string_view utf8, alphabet as, std::size_t room = 1000) {
    octets out(room);
    return encode(utf8, as, out).error();
}

std::string utf8_of(char32_t value) {
    short_text text;
    REQUIRE(append_code_point(text, value));
    return {text.data(), text.size()};
}

std::string repeated(std::string_view what, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += what;
    return all;
}

/// 3GPP TS 23.038 6.2.1 copied as code points, apart from the tables under test.
constexpr std::array<char32_t, 128> basic_characters{
    0x40,  0xA3, 0x24,  0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  0x0A,  0xD8, 0xF8, 0x0D, 0xC5, 0xE5,
    0x394, 0x5F, 0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0,    0xC6, 0xE6, 0xDF, 0xC9,
    0x20,  0x21, 0x22,  0x23,  0xA4,  0x25,  0x26,  0x27,  0x28,  0x29,  0x2A,  0x2B, 0x2C, 0x2D, 0x2E, 0x2F,
    0x30,  0x31, 0x32,  0x33,  0x34,  0x35,  0x36,  0x37,  0x38,  0x39,  0x3A,  0x3B, 0x3C, 0x3D, 0x3E, 0x3F,
    0xA1,  0x41, 0x42,  0x43,  0x44,  0x45,  0x46,  0x47,  0x48,  0x49,  0x4A,  0x4B, 0x4C, 0x4D, 0x4E, 0x4F,
    0x50,  0x51, 0x52,  0x53,  0x54,  0x55,  0x56,  0x57,  0x58,  0x59,  0x5A,  0xC4, 0xD6, 0xD1, 0xDC, 0xA7,
    0xBF,  0x61, 0x62,  0x63,  0x64,  0x65,  0x66,  0x67,  0x68,  0x69,  0x6A,  0x6B, 0x6C, 0x6D, 0x6E, 0x6F,
    0x70,  0x71, 0x72,  0x73,  0x74,  0x75,  0x76,  0x77,  0x78,  0x79,  0x7A,  0xE4, 0xF6, 0xF1, 0xFC, 0xE0};

struct extension {
    std::uint8_t code;
    char32_t character;
};
constexpr std::array<extension, 10> extension_characters{{{0x0A, 0x0C},
                                                          {0x14, '^'},
                                                          {0x28, '{'},
                                                          {0x29, '}'},
                                                          {0x2F, '\\'},
                                                          {0x3C, '['},
                                                          {0x3D, '~'},
                                                          {0x3E, ']'},
                                                          {0x40, '|'},
                                                          {0x65, 0x20AC}}};

} // namespace

TEST_CASE("every character of the GSM alphabet goes there and back as one septet") {
    for (std::uint8_t code = 0; code < 0x80; ++code) {
        if (code == 0x1B)
            continue;
        CAPTURE(code);
        const std::string utf8 = utf8_of(basic_characters[code]);
        CHECK(decoded({code}, alphabet::gsm7) == utf8);
        CHECK(encoded(utf8, alphabet::gsm7) == octets{code});
        CHECK(count_septets(utf8) == 1);
    }
}

TEST_CASE("every character of the GSM extension table goes there and back as two septets") {
    for (const extension& each : extension_characters) {
        CAPTURE(each.code);
        const std::string utf8 = utf8_of(each.character);
        CHECK(decoded({0x1B, each.code}, alphabet::gsm7) == utf8);
        CHECK(encoded(utf8, alphabet::gsm7) == octets{0x1B, each.code});
        CHECK(count_septets(utf8) == 2);
    }
}

TEST_CASE("the GSM alphabet has no other character of the basic plane") {
    const auto is_listed = [](char32_t value) {
        return (value != 0 && std::ranges::find(basic_characters, value) != basic_characters.end()) ||
               std::ranges::find(extension_characters, value, &extension::character) !=
                   extension_characters.end();
    };
    for (char32_t value = 0; value <= 0xFFFF; ++value) {
        if (value >= 0xD800 && value < 0xE000)
            continue;
        const std::string utf8 = utf8_of(value);
        const bool is_counted = count_septets(utf8).has_value();
        const bool is_encoded = !encode_error(utf8, alphabet::gsm7);
        if (is_counted != is_listed(value) || is_encoded != is_counted)
            FAIL_CHECK("U+" << static_cast<std::uint32_t>(value));
    }
}

TEST_CASE("an unknown extension character reads as its basic one") {
    for (std::uint8_t code = 0; code < 0x80; ++code) {
        if (code == 0x1B ||
            std::ranges::find(extension_characters, code, &extension::code) != extension_characters.end())
            continue;
        CAPTURE(code);
        CHECK(decoded({0x1B, code}, alphabet::gsm7) == utf8_of(basic_characters[code]));
    }
}

TEST_CASE("a doubled GSM escape reads as a space and takes nothing with it") {
    CHECK(decoded({0x1B, 0x1B}, alphabet::gsm7) == " ");
    CHECK(decoded({0x1B, 0x1B, 0x65}, alphabet::gsm7) == " e");
}

TEST_CASE("the at sign is septet zero and ends no text") {
    CHECK(decoded({0x00, 0x61, 0x00}, alphabet::gsm7) == "@a@");
    CHECK(encoded("a@b", alphabet::gsm7) == octets{0x61, 0x00, 0x62});
}

TEST_CASE("a GSM text that ends in the escape is refused") {
    CHECK(decode_error({0x1B}, alphabet::gsm7) == text_error::lone_escape);
    CHECK(decode_error({0x61, 0x62, 0x1B}, alphabet::gsm7) == text_error::lone_escape);
    CHECK(decode_error({0x1B, 0x1B, 0x1B}, alphabet::gsm7) == text_error::lone_escape);
}

TEST_CASE("an octet over 0x7F is no septet with or without the escape") {
    CHECK(decode_error({0x80}, alphabet::gsm7) == text_error::not_a_septet);
    CHECK(decode_error({0x61, 0xFF}, alphabet::gsm7) == text_error::not_a_septet);
    CHECK(decode_error({0x1B, 0xE5}, alphabet::gsm7) == text_error::not_a_septet);
}

TEST_CASE("what GSM lacks is not replaced by something alike") {
    for (const std::string_view lacking : {"ж", "`", "ç", "Α", "\t", "\x1B", "\u00A0", "😀"}) {
        CAPTURE(lacking);
        CHECK(encode_error(lacking, alphabet::gsm7) == text_error::not_in_alphabet);
        CHECK_FALSE(count_septets(lacking).has_value());
    }
    const std::string_view nul{"\0", 1};
    CHECK(encode_error(nul, alphabet::gsm7) == text_error::not_in_alphabet);
}

TEST_CASE("UCS-2 gives every character of the basic plane back") {
    for (char32_t value = 0; value <= 0xFFFF; ++value) {
        if (value >= 0xD800 && value < 0xE000)
            continue;
        const std::string utf8 = utf8_of(value);
        const octets wanted{static_cast<std::uint8_t>(value >> 8U), static_cast<std::uint8_t>(value & 0xFFU)};
        if (encoded(utf8, alphabet::ucs2) != wanted || decoded(wanted, alphabet::ucs2) != utf8 ||
            count_utf16(utf8) != 1)
            FAIL_CHECK("U+" << static_cast<std::uint32_t>(value));
    }
}

TEST_CASE("characters beyond the basic plane travel as surrogate pairs") {
    CHECK(encoded("😀", alphabet::ucs2) == octets{0xD8, 0x3D, 0xDE, 0x00});
    CHECK(decoded({0xD8, 0x3D, 0xDE, 0x00}, alphabet::ucs2) == "😀");
    CHECK(count_utf16("a😀") == 3);
    for (const char32_t value : {0x10000U, 0x103FFU, 0x10400U, 0xFFFFFU, 0x10FFFFU}) {
        CAPTURE(static_cast<std::uint32_t>(value));
        const std::string utf8 = utf8_of(value);
        CHECK(decoded(encoded(utf8, alphabet::ucs2), alphabet::ucs2) == utf8);
    }
}

TEST_CASE("UCS-2 of odd length is refused whatever else is wrong with it") {
    CHECK(decode_error({0x00}, alphabet::ucs2) == text_error::odd_octets);
    CHECK(decode_error({0x00, 0x31, 0x00}, alphabet::ucs2) == text_error::odd_octets);
    CHECK(decode_error({0xD8, 0x3D, 0xDE}, alphabet::ucs2) == text_error::odd_octets);
}

TEST_CASE("half a surrogate pair is refused wherever it stands") {
    CHECK(decode_error({0xD8, 0x3D}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0xDE, 0x00}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0xD8, 0x3D, 0x00, 0x31}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0xD8, 0x3D, 0xD8, 0x3D}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0xDB, 0xFF, 0xE0, 0x00}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0xDE, 0x00, 0xD8, 0x3D}, alphabet::ucs2) == text_error::lone_surrogate);
    CHECK(decode_error({0x00, 0x31, 0xDF, 0xFF}, alphabet::ucs2) == text_error::lone_surrogate);
}

TEST_CASE("every octet of Latin-1 is its own code point") {
    for (unsigned code = 0; code <= 0xFF; ++code) {
        CAPTURE(code);
        const octets one{static_cast<std::uint8_t>(code)};
        CHECK(decoded(one, alphabet::latin1) == utf8_of(code));
        CHECK(encoded(utf8_of(code), alphabet::latin1) == one);
    }
    CHECK(encode_error("Ā", alphabet::latin1) == text_error::not_in_alphabet);
    CHECK(encode_error("€", alphabet::latin1) == text_error::not_in_alphabet);
}

TEST_CASE("ISO-8859-5 writes Russian in one octet a letter") {
    CHECK(encoded("Ёё№", alphabet::cyrillic) == octets{0xA1, 0xF1, 0xF0});
    CHECK(encoded("АЯая", alphabet::cyrillic) == octets{0xB0, 0xCF, 0xD0, 0xEF});
    CHECK(encoded("§ўџ\u00AD\u00A0", alphabet::cyrillic) == octets{0xFD, 0xFE, 0xFF, 0xAD, 0xA0});
    CHECK(decoded({0xBF, 0xE0, 0xD8, 0xD2, 0xD5, 0xE2}, alphabet::cyrillic) == "Привет");
}

TEST_CASE("every octet of ISO-8859-5 goes there and back and has its own character") {
    std::string all;
    for (unsigned code = 0; code <= 0xFF; ++code) {
        CAPTURE(code);
        const octets one{static_cast<std::uint8_t>(code)};
        const std::string utf8 = decoded(one, alphabet::cyrillic);
        CHECK(encoded(utf8, alphabet::cyrillic) == one);
        all += utf8;
    }
    CHECK(count_utf16(all) == 256);
}

TEST_CASE("ISO-8859-5 has exactly 256 characters") {
    std::size_t has = 0;
    for (char32_t value = 0; value <= 0xFFFF; ++value)
        if ((value < 0xD800 || value >= 0xE000) && !encode_error(utf8_of(value), alphabet::cyrillic))
            ++has;
    CHECK(has == 256);
    for (const std::string_view lacking : {"Ѐ", "Ѝ", "ѐ", "ѝ", "Ѡ", "é", "€", "😀"})
        CHECK(encode_error(lacking, alphabet::cyrillic) == text_error::not_in_alphabet);
}

TEST_CASE("broken UTF-8 is refused in every alphabet and never counted") {
    const std::initializer_list<std::string_view> broken = {
        "\x80",             // a continuation alone
        "\xC3",             // cut short
        "\xC3\x28",         // no continuation
        "\xC0\xAF",         // overlong
        "\xC1\xBF",         //
        "\xE0\x9F\xBF",     //
        "\xF0\x8F\xBF\xBF", //
        "\xE2\x82",         // cut short
        "\xED\xA0\x80",     // surrogates
        "\xED\xBF\xBF",     //
        "\xF4\x90\x80\x80", // over U+10FFFF
        "\xF5\x80\x80\x80", //
        "\xF0\x9F\x98",     // cut short
        "\xFF",             //
    };
    for (const std::string_view text : broken) {
        const std::string after = "a" + std::string{text};
        for (const alphabet as : {alphabet::gsm7, alphabet::ucs2, alphabet::latin1, alphabet::cyrillic})
            CHECK(encode_error(after, as) == text_error::bad_utf8);
        CHECK_FALSE(count_septets(after).has_value());
        CHECK_FALSE(count_utf16(after).has_value());
        CHECK(next_code_point(text).size == 0);
    }
}

TEST_CASE("code points are walked one at a time to the end") {
    std::string_view text = "aж€😀";
    const std::initializer_list<code_point> wanted = {{'a', 1}, {U'ж', 2}, {U'€', 3}, {U'😀', 4}};
    for (const code_point& each : wanted) {
        const code_point next = next_code_point(text);
        CHECK(next.value == each.value);
        CHECK(next.size == each.size);
        text.remove_prefix(next.size);
    }
    CHECK(next_code_point(text).size == 0);
    CHECK(next_code_point(std::string_view{"\0", 1}).size == 1);
}

TEST_CASE("only characters that fit whole are appended") {
    short_text text;
    CHECK_FALSE(append_code_point(text, 0xD800));
    CHECK_FALSE(append_code_point(text, 0xDFFF));
    CHECK_FALSE(append_code_point(text, 0x110000));
    CHECK(text.empty());
    text.assign(text.max_size() - 2, 'a');
    CHECK_FALSE(append_code_point(text, U'€'));
    CHECK(text.size() == text.max_size() - 2);
    CHECK(append_code_point(text, U'ж'));
    CHECK_FALSE(append_code_point(text, 'a'));
}

TEST_CASE("an empty text costs nothing in any alphabet") {
    for (const alphabet as : {alphabet::gsm7, alphabet::ucs2, alphabet::latin1, alphabet::cyrillic}) {
        CHECK(decoded({}, as).empty());
        CHECK(encoded("", as).empty());
    }
    CHECK(count_septets("") == 0);
    CHECK(count_utf16("") == 0);
}

TEST_CASE("texts are counted as the air counts them and not in octets of UTF-8") {
    CHECK(count_septets("Password: {a}") == 15);
    CHECK(count_septets("[]{}\\^~|€") == 18);
    CHECK(count_utf16("Пароль") == 6);
    CHECK_FALSE(count_septets("Пароль").has_value());
}

TEST_CASE("a text longer than its place is refused and one that fits exactly is not") {
    CHECK(encode_error("12345", alphabet::gsm7, 4) == text_error::too_long);
    CHECK_FALSE(encode_error("12345", alphabet::gsm7, 5));
    CHECK(encode_error("123€", alphabet::gsm7, 4) == text_error::too_long);
    CHECK_FALSE(encode_error("123€", alphabet::gsm7, 5));
    CHECK(encode_error("ж😀", alphabet::ucs2, 5) == text_error::too_long);
    CHECK_FALSE(encode_error("ж😀", alphabet::ucs2, 6));
    CHECK(encode_error("é", alphabet::latin1, 0) == text_error::too_long);
}

TEST_CASE("decoding stops where the house's text would overflow") {
    const octets full(short_text::static_capacity, 'a');
    CHECK(decoded(full, alphabet::gsm7).size() == short_text::static_capacity);
    const octets over(short_text::static_capacity + 1, 'a');
    for (const alphabet as : {alphabet::gsm7, alphabet::latin1, alphabet::cyrillic})
        CHECK(decode_error(over, as) == text_error::too_long);
    octets euros;
    for (int i = 0; i < 214; ++i)
        euros.insert(euros.end(), {0x20, 0xAC});
    CHECK(decode_error(euros, alphabet::ucs2) == text_error::too_long);
    euros.resize(426);
    CHECK(decoded(euros, alphabet::ucs2) == repeated("€", 213));
}

TEST_CASE("the longest USSD texts fit in a short text") {
    octets euros;
    for (int i = 0; i < 91; ++i)
        euros.insert(euros.end(), {0x1B, 0x65});
    CHECK(decoded(euros, alphabet::gsm7) == repeated("€", 91));
    CHECK(decoded(octets(182, 0x10), alphabet::gsm7) == repeated("Δ", 182));
}

TEST_CASE("each text error says what it is in a category of its own") {
    for (int value = 1; value <= static_cast<int>(text_error::too_long); ++value) {
        const boost::system::error_code error = static_cast<text_error>(value);
        CHECK(error.category() == text_category());
        CHECK(error.message() != "unknown text error");
    }
    CHECK(text_category().message(99) == "unknown text error");
    CHECK(std::string{text_category().name()} == "kabinet.text");
}

} // namespace text_test
