#include "values/text.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

namespace septets_test {

using namespace kabinet;

namespace {

using octets = std::vector<std::uint8_t>;

octets septets_of(std::string_view digits) {
    return {digits.begin(), digits.end()};
}

octets packed(const octets& septets) {
    octets out(septets.size() + 1);
    const auto size = pack_ussd(septets, out);
    REQUIRE(size.has_value());
    out.resize(*size);
    return out;
}

octets unpacked(const octets& from) {
    octets septets(2 * from.size());
    const auto size = unpack_ussd(from, septets);
    REQUIRE(size.has_value());
    septets.resize(*size);
    return septets;
}

constexpr std::uint8_t cr = 0x0D;

} // namespace

TEST_CASE("seven septets are filled up with CR and eight are not") {
    CHECK(packed(septets_of("0123456")) == octets{0xB0, 0x98, 0x6C, 0x46, 0xAB, 0xD9, 0x1A});
    CHECK(packed(septets_of("01234567")) == octets{0xB0, 0x98, 0x6C, 0x46, 0xAB, 0xD9, 0x6E});
}

TEST_CASE("the CR that only fills is dropped on the way back") {
    CHECK(unpacked({0xB0, 0x98, 0x6C, 0x46, 0xAB, 0xD9, 0x1A}) == septets_of("0123456"));
    CHECK(unpacked({0xB0, 0x98, 0x6C, 0x46, 0xAB, 0xD9, 0x6E}) == septets_of("01234567"));
}

TEST_CASE("a dialled code packs as handsets pack it") {
    CHECK(packed(septets_of("*100#")) == octets{0xAA, 0x18, 0x0C, 0x36, 0x02});
    CHECK(unpacked({0xAA, 0x18, 0x0C, 0x36, 0x02}) == septets_of("*100#"));
    CHECK(packed(septets_of("1")) == octets{0x31});
    CHECK(unpacked({0x31}) == septets_of("1"));
}

TEST_CASE("nothing packs to nothing") {
    CHECK(packed({}).empty());
    CHECK(unpacked({}).empty());
}

TEST_CASE("texts of every length up to a whole USSD string come back unchanged") {
    for (std::size_t length = 0; length <= 182; ++length) {
        CAPTURE(length);
        octets septets(length);
        for (std::size_t i = 0; i < length; ++i)
            septets[i] = static_cast<std::uint8_t>((i * 37 + length + 1) & 0x7FU);
        if (!septets.empty())
            septets.back() = 0x7F;
        const octets air = packed(septets);
        CHECK(air.size() == (length * 7 + 7) / 8);
        CHECK(unpacked(air) == septets);
    }
}

TEST_CASE("an at sign that ends a text is not lost whatever its length") {
    for (std::size_t length = 1; length <= 24; ++length) {
        CAPTURE(length);
        const octets ats(length, 0x00);
        CHECK(unpacked(packed(ats)) == ats);
    }
}

TEST_CASE("a CR of the text that ends on an octet boundary is doubled and so survives") {
    for (const std::size_t length : {8U, 16U, 176U}) {
        CAPTURE(length);
        octets text(length, '7');
        text.back() = cr;
        const octets air = packed(text);
        CHECK(air.size() == length / 8 * 7 + 1);
        CHECK(air.back() == cr);
        octets doubled = text;
        doubled.push_back(cr);
        CHECK(unpacked(air) == doubled);
    }
}

TEST_CASE("a CR that ends elsewhere than on an octet boundary comes back once") {
    for (std::size_t length = 1; length <= 23; ++length) {
        if (length % 8 == 0)
            continue;
        CAPTURE(length);
        octets text(length, '7');
        text.back() = cr;
        CHECK(unpacked(packed(text)) == text);
    }
}

TEST_CASE("only one CR is dropped on an octet boundary") {
    octets text(7, '7');
    text.back() = cr;
    CHECK(packed(text).size() == 7);
    CHECK(unpacked(packed(text)) == text);
}

TEST_CASE("a whole USSD string of 182 septets is 160 octets") {
    const octets text(182, 'a');
    CHECK(packed(text).size() == 160);
    CHECK(unpacked(octets(160, 0xFF)).size() == 182);
}

TEST_CASE("an octet over 0x7F cannot be packed") {
    octets out(10);
    CHECK(pack_ussd(octets{0x31, 0x80}, out).error() == text_error::not_a_septet);
    CHECK(pack_ussd(octets{0xFF}, out).error() == text_error::not_a_septet);
}

TEST_CASE("packing needs room for every octet and for the filling") {
    octets six(6);
    CHECK(pack_ussd(septets_of("0123456"), six).error() == text_error::too_long);
    octets seven(7);
    CHECK(pack_ussd(septets_of("0123456"), seven).value() == 7);
    CHECK(pack_ussd(septets_of("0123456\r"), seven).error() == text_error::too_long);
    octets eight(8);
    CHECK(pack_ussd(septets_of("0123456\r"), eight).value() == 8);
}

TEST_CASE("unpacking needs room for the text but none for the filling") {
    const octets filled = packed(septets_of("0123456"));
    octets six(6);
    CHECK(unpack_ussd(filled, six).error() == text_error::too_long);
    octets seven(7);
    CHECK(unpack_ussd(filled, seven).value() == 7);
    CHECK(unpack_ussd(packed(septets_of("01234567")), seven).error() == text_error::too_long);
}

} // namespace septets_test
