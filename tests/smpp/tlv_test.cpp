#include "smpp/tlv.hpp"
#include "tests/smpp/wire.hpp"

#include <doctest/doctest.h>

namespace tlv_test {

using namespace kabinet::smpp;

namespace {

tlv_list list_over(octets raw) {
    const auto list = tlv_list::over(raw);
    REQUIRE(list.has_value());
    return *list;
}

std::string text_of(octets value) {
    return {value.begin(), value.end()};
}

} // namespace

TEST_CASE("no octets are an empty optional part") {
    CHECK(list_over({}).empty());
    CHECK(tlv_list{}.empty());
    CHECK(tlv_list{}.begin() == tlv_list{}.end());
    CHECK_FALSE(tlv_list{}.find(tag::ussd_service_op).has_value());
}

TEST_CASE("parameters are walked in the order they came") {
    const auto raw =
        wire::body{}.tlv(tag::ussd_service_op, "a").tlv(tag{0x1501}, "").tlv(tag::message_payload, "xyz");
    std::vector<std::pair<tag, std::string>> seen;
    for (const tlv each : list_over(raw))
        seen.emplace_back(each.tag, text_of(each.value));
    CHECK(seen == std::vector<std::pair<tag, std::string>>{
                      {tag::ussd_service_op, "a"}, {tag{0x1501}, ""}, {tag::message_payload, "xyz"}});
}

TEST_CASE("a parameter that ends beyond the PDU spoils the whole optional part") {
    const auto raw = wire::body{}.tlv(tag::ussd_service_op, "a").tlv(tag::message_payload, "text");
    for (std::size_t size = 0; size <= raw.size(); ++size) {
        CAPTURE(size);
        const bool ends_between = size == 0 || size == 5 || size == raw.size();
        CHECK(tlv_list::over(octets{raw}.first(size)).has_value() == ends_between);
    }
    CHECK_FALSE(tlv_list::over(wire::body{}.u16(0x0501).u16(0xFFFF).octet(1)).has_value());
}

TEST_CASE("of a doubled parameter the first counts") {
    const auto raw = wire::body{}.tlv(tag::ussd_service_op, "\x01").tlv(tag::ussd_service_op, "\x12");
    CHECK(list_over(raw).find_u8(tag::ussd_service_op) == 1);
}

TEST_CASE("a number of another size counts as absent") {
    const auto raw = wire::body{}
                         .tlv(tag::ussd_service_op, {"\0\x01", 2})
                         .tlv(tag::its_session_info, "\x01")
                         .tlv(tag::user_message_reference, "")
                         .tlv(tag::sar_msg_ref_num, {"\0\0\x01", 3});
    const tlv_list list = list_over(raw);
    CHECK_FALSE(list.find_u8(tag::ussd_service_op).has_value());
    CHECK_FALSE(list.find_u16(tag::its_session_info).has_value());
    CHECK_FALSE(list.find_u16(tag::user_message_reference).has_value());
    CHECK_FALSE(list.find_u8(tag::user_message_reference).has_value());
    CHECK_FALSE(list.find_u16(tag::sar_msg_ref_num).has_value());
    CHECK(list.find(tag::user_message_reference)->empty());
}

TEST_CASE("two octets are read with the high one first") {
    CHECK(list_over(wire::body{}.tlv(tag::its_session_info, "\x12\xFF")).find_u16(tag::its_session_info) ==
          0x12FF);
}

TEST_CASE("sixty-four parameters are all found and the longest is whole") {
    wire::body raw;
    for (std::uint16_t i = 0; i < 64; ++i)
        raw.tlv(static_cast<tag>(0x1400 + i), std::string(i, 'x'));
    const tlv_list list = list_over(raw);
    for (std::uint16_t i = 0; i < 64; ++i)
        CHECK(list.find(static_cast<tag>(0x1400 + i))->size() == i);
    const auto longest = wire::body{}.tlv(tag::message_payload, std::string(0xFFFF, 'p'));
    CHECK(list_over(longest).find(tag::message_payload)->size() == 0xFFFF);
}

TEST_CASE("what is written is what is read") {
    std::array<std::uint8_t, 64> place{};
    tlv_writer writer{place};
    writer.add_u8(tag::ussd_service_op, 17);
    writer.add_u16(tag::its_session_info, 0xABCD);
    writer.add(tag::message_payload, octets{});
    CHECK(writer.is_whole());
    const tlv_list list = list_over(writer.list().raw());
    CHECK(list.raw().size() == 5 + 6 + 4);
    CHECK(list.find_u8(tag::ussd_service_op) == 17);
    CHECK(list.find_u16(tag::its_session_info) == 0xABCD);
    CHECK(list.find(tag::message_payload)->empty());
}

TEST_CASE("a parameter that doesn't fit is left out whole and told") {
    for (std::size_t room = 0; room < 11; ++room) {
        CAPTURE(room);
        std::array<std::uint8_t, 11> place{};
        tlv_writer writer{std::span{place}.first(room)};
        writer.add_u8(tag::ussd_service_op, 17);
        writer.add_u16(tag::its_session_info, 0xABCD);
        CHECK_FALSE(writer.is_whole());
        const std::size_t fits = room < 5 ? 0 : 5;
        CHECK(writer.list().raw().size() == fits);
        CHECK(tlv_list::over(writer.list().raw()).has_value());
    }
}

TEST_CASE("a value longer than a parameter can say is not written") {
    std::vector<std::uint8_t> place(70'000);
    const std::vector<std::uint8_t> value(0x10000);
    tlv_writer writer{place};
    writer.add(tag::message_payload, value);
    CHECK_FALSE(writer.is_whole());
    CHECK(writer.list().empty());
    tlv_writer longest{place};
    longest.add(tag::message_payload, octets{value}.first(0xFFFF));
    CHECK(longest.is_whole());
}

} // namespace tlv_test
