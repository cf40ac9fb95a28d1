#include "smpp/dialect.hpp"

#include <doctest/doctest.h>

#include <array>

namespace dialect_test {

using namespace kabinet;
using namespace kabinet::smpp;

TEST_CASE("each data_coding met in the field names its alphabet") {
    const dialect standard;
    const auto is = [&](std::uint8_t data_coding) { return alphabet_of(standard, data_coding); };
    CHECK(is(1) == alphabet::latin1);
    CHECK(is(3) == alphabet::latin1);
    CHECK(is(6) == alphabet::cyrillic);
    CHECK(is(8) == alphabet::ucs2);
    CHECK(is(15) == alphabet::gsm7);
    CHECK(is(72) == alphabet::ucs2);
    for (const std::uint8_t coding : std::array<std::uint8_t, 4>{0xF0, 0xF1, 0xF2, 0xF3})
        CHECK(is(coding) == alphabet::gsm7);
}

TEST_CASE("binary and unknown codings have no alphabet") {
    const dialect standard;
    std::size_t known = 0;
    for (unsigned coding = 0; coding <= 0xFF; ++coding)
        known += alphabet_of(standard, static_cast<std::uint8_t>(coding)).has_value() ? 1U : 0U;
    CHECK(known == 11);
    for (const std::uint8_t coding : std::array<std::uint8_t, 6>{2, 4, 5, 68, 0xF4, 0xFF})
        CHECK_FALSE(alphabet_of(standard, coding).has_value());
}

TEST_CASE("data_coding zero is what the link says it is") {
    dialect spoken;
    CHECK(alphabet_of(spoken, 0) == alphabet::gsm7);
    spoken.default_alphabet = alphabet::ucs2;
    CHECK(alphabet_of(spoken, 0) == alphabet::ucs2);
    CHECK(alphabet_of(spoken, 15) == alphabet::gsm7);
}

TEST_CASE("the standard dialect is that of SMPP 3.4") {
    const dialect standard;
    CHECK(standard.ussd_service_type == "USSD");
    CHECK(standard.session == session_id_kind::its_session_info);
    CHECK(standard.ops.begin == 1);
    CHECK(standard.ops.ask == 2);
    CHECK(standard.ops.answer == 17);
    CHECK(standard.ops.input == 18);
    CHECK(standard.ops.abort == 129);
    CHECK_FALSE(standard.source_ton.has_value());
    CHECK(standard == dialect{});
}

} // namespace dialect_test
