#include "simulator/session.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kabinet::simulator::session_test {

namespace {

smpp::dialect with(smpp::session_id_kind kind, std::uint16_t mask = 0xFFFE) {
    smpp::dialect speaks;
    speaks.session = kind;
    speaks.session_tag = 0x1501;
    speaks.session_key_mask = mask;
    return speaks;
}

/// A session written and found again.
std::optional<session_word> sent(const smpp::dialect& speaks, session_word word, bool ends = false) {
    std::array<std::uint8_t, 16> place{};
    smpp::tlv_writer to{place};
    add_session(to, speaks, word, ends);
    return find_session(to.list(), speaks);
}

using enum smpp::session_id_kind;

} // namespace

TEST_CASE("each kind of session comes back as it was sent") {
    CHECK(sent(with(its_session_info), 0x1234) == 0x1234);
    CHECK(sent(with(user_message_reference), 0xFFFF) == 0xFFFF);
    CHECK(sent(with(vendor_tlv), 0x89ABCDEF) == 0x89ABCDEF);
    CHECK_FALSE(sent(with(none), 1));
}

TEST_CASE("a session of its_session_info never begins with the end bit") {
    const auto speaks = with(its_session_info);
    for (std::uint32_t count = 0; count < 70000; count += 7)
        REQUIRE((first_word(speaks, count) & 0xFFFF0001) == 0);
    CHECK(first_word(speaks, 1) != first_word(speaks, 2));
    CHECK(first_word(with(none), 9) == 0);
    CHECK(first_word(with(user_message_reference), 0x12345) == 0x2345);
    CHECK(first_word(with(vendor_tlv), 0x12345) == 0x12345);
}

TEST_CASE("where only octet 1 names the session octet 2 counts its steps and leaves the end bit") {
    const auto speaks = with(its_session_info, 0xFF00);
    const session_word first = first_word(speaks, 5);
    CHECK(first == 0x0500);
    CHECK(next_word(speaks, first) == 0x0502);
    CHECK(next_word(speaks, 0x05FE) == 0x0500);
    CHECK(is_same_session(speaks, first, next_word(speaks, first)));
    CHECK_FALSE(is_same_session(speaks, first, first_word(speaks, 6)));
    CHECK(next_word(with(its_session_info), 0x0500) == 0x0500);
}

TEST_CASE("the end bit is no part of a session's number") {
    CHECK(is_same_session(with(its_session_info), 0x1234, 0x1235));
    CHECK_FALSE(is_same_session(with(its_session_info), 0x1234, 0x1236));
    CHECK_FALSE(is_same_session(with(user_message_reference), 0x1234, 0x1235));
}

TEST_CASE("the end bit is written and read only where the dialect has one") {
    auto speaks = with(its_session_info);
    CHECK(sent(speaks, 0x1234, true) == 0x1234);
    speaks.end_bit = true;
    CHECK(sent(speaks, 0x1234, true) == 0x1235);

    std::array<std::uint8_t, 16> place{};
    smpp::tlv_writer to{place};
    to.add_u16(smpp::tag::its_session_info, 1);
    CHECK(has_end_bit(to.list(), speaks));
    CHECK_FALSE(has_end_bit(to.list(), with(its_session_info)));
    CHECK_FALSE(has_end_bit({}, speaks));
}

TEST_CASE("a vendor's session of any size up to four octets is read") {
    const auto speaks = with(vendor_tlv);
    std::array<std::uint8_t, 16> place{};
    smpp::tlv_writer to{place};
    to.add(static_cast<smpp::tag>(0x1501), std::array<std::uint8_t, 2>{0x01, 0x02});
    CHECK(find_session(to.list(), speaks) == 0x0102);
    smpp::tlv_writer longer{place};
    longer.add(static_cast<smpp::tag>(0x1501), std::array<std::uint8_t, 5>{});
    CHECK_FALSE(find_session(longer.list(), speaks));
}

} // namespace kabinet::simulator::session_test
