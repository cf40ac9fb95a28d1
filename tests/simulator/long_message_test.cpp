#include "simulator/long_message.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::long_message_test {

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79261112244);

std::size_t fit(std::vector<std::uint8_t> text, alphabet of, std::size_t most) {
    return fit_part(text, of, most);
}

} // namespace

TEST_CASE("a part ends between characters") {
    CHECK(fit({'a', 'b', 'c'}, alphabet::gsm7, 5) == 3);
    CHECK(fit({'a', 'b', 'c'}, alphabet::gsm7, 2) == 2);
    CHECK(fit({'a', 0x1B, 0x65}, alphabet::gsm7, 2) == 1);
    CHECK(fit({'a', 0x1B, 0x65}, alphabet::gsm7, 3) == 3);
    CHECK(fit({0x1B, 0x1B, 'a'}, alphabet::gsm7, 2) == 2);
    CHECK(fit({0x04, 0x10, 0x04, 0x11}, alphabet::ucs2, 3) == 2);
    CHECK(fit({0x04, 0x10, 0xD8, 0x3D, 0xDE, 0x00}, alphabet::ucs2, 4) == 2);
    CHECK(fit({0x1B, 0xFF}, alphabet::latin1, 1) == 1);
}

TEST_CASE("parts make a whole in any order and doubled ones change nothing") {
    long_messages of;
    CHECK_FALSE(of.join("000110", anna, {7, 3, 3}, "c"));
    CHECK_FALSE(of.join("000110", anna, {7, 3, 1}, "a"));
    CHECK_FALSE(of.join("000110", anna, {7, 3, 1}, "a"));
    CHECK(of.join("000110", anna, {7, 3, 2}, "b") == "abc");
    CHECK(of.unfinished() == 0);
}

TEST_CASE("parts of other messages are not mixed in") {
    long_messages of;
    CHECK_FALSE(of.join("000110", anna, {0, 2, 1}, "a"));
    CHECK_FALSE(of.join("000110", boris, {0, 2, 2}, "x"));
    CHECK_FALSE(of.join("0500", anna, {0, 2, 2}, "x"));
    CHECK_FALSE(of.join("000110", anna, {1, 2, 2}, "x"));
    CHECK_FALSE(of.join("000110", anna, {0, 3, 2}, "x"));
    CHECK(of.join("000110", anna, {0, 2, 2}, "b") == "ab");
}

TEST_CASE("a part whose numbers can't be is a message of its own") {
    long_messages of;
    CHECK(of.join("000110", anna, {7, 0, 0}, "a") == "a");
    CHECK(of.join("000110", anna, {7, 2, 0}, "b") == "b");
    CHECK(of.join("000110", anna, {7, 2, 3}, "c") == "c");
    CHECK(of.unfinished() == 0);
}

TEST_CASE("beyond the most that is kept the oldest message is forgotten") {
    long_messages of;
    for (std::size_t each = 0; each <= long_messages::most_unfinished; ++each)
        CHECK_FALSE(of.join("000110", anna, {static_cast<std::uint16_t>(each), 2, 1}, "a"));
    CHECK(of.unfinished() == long_messages::most_unfinished);
    CHECK(of.join("000110", anna, {1, 2, 2}, "b") == "ab");
    CHECK_FALSE(of.join("000110", anna, {0, 2, 2}, "b"));
}

} // namespace kabinet::simulator::long_message_test
