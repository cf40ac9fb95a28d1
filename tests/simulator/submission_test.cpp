#include "simulator/submission.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kabinet::simulator::submission_test {

namespace {

smpp::octets octets_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

smpp::submit_sm sms(std::string_view octets, std::uint8_t data_coding = 0, std::uint8_t esm_class = 0) {
    smpp::submit_sm pdu;
    pdu.source_addr = "000110";
    pdu.destination_addr = "79261112233";
    pdu.data_coding = data_coding;
    pdu.esm_class = esm_class;
    pdu.short_message = octets_of(octets);
    return pdu;
}

std::string_view reason(const smpp::submit_sm& pdu, const smpp::dialect& speaks = {}) {
    const auto read = read_submission(pdu, speaks);
    return read ? std::string_view{"taken"} : read.error().why;
}

using namespace std::string_view_literals;
constexpr std::uint8_t udhi = smpp::esm_class::udh_indicator;

} // namespace

TEST_CASE("a submission is a screen by its operation or its service type") {
    CHECK_FALSE(read_submission(sms("hi"), {})->is_ussd);
    auto screen = sms("hi");
    screen.service_type = "USSD";
    CHECK(read_submission(screen, {})->is_ussd);
    CHECK(read_submission(screen, {})->op == 2);
    std::array<std::uint8_t, 8> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u8(smpp::tag::ussd_service_op, 17);
    screen.service_type = "";
    screen.tlv = optional_part.list();
    CHECK(read_submission(screen, {})->is_ussd);
    CHECK(read_submission(screen, {})->op == 17);
    smpp::dialect unnamed;
    unnamed.ussd_service_type = "";
    CHECK_FALSE(read_submission(sms("hi"), unnamed)->is_ussd);
}

TEST_CASE("text is read in the alphabet its data coding names") {
    CHECK(read_submission(sms("\x00\x1b\x65"sv), {})->text == "@€");
    CHECK(read_submission(sms("\x04\x14\x04\x10"sv, 8), {})->text == "ДА");
    CHECK(read_submission(sms("\xE9"sv, 3), {})->text == "é");
    CHECK(reason(sms("x", 4)) == "no phone reads this data_coding");
    CHECK(reason(sms("\x04", 8)) == "the text is not in the alphabet it names");
    CHECK(reason(sms("\x1b")) == "the text is not in the alphabet it names");
}

TEST_CASE("a long payload is read whole whatever falls on its cuts") {
    for (std::size_t before = 0; before < 3; ++before) {
        std::string octets(before, 'x');
        std::string text = octets;
        for (int each = 0; each < 300; ++each) {
            octets += "\x1b\x65";
            text += "€";
        }
        std::array<std::uint8_t, 1024> place{};
        smpp::tlv_writer optional_part{place};
        optional_part.add(smpp::tag::message_payload, octets_of(octets));
        auto pdu = sms("");
        pdu.tlv = optional_part.list();
        CHECK(read_submission(pdu, {})->text == text);
    }
}

TEST_CASE("a part is numbered by its header among other elements") {
    const auto read = read_submission(sms("\x09\x24\x01\x00\x08\x04\x12\x34\x03\x02z"sv, 0, udhi), {});
    REQUIRE(read.has_value());
    REQUIRE(read->piece);
    CHECK(read->piece->reference == 0x1234);
    CHECK(read->piece->total == 3);
    CHECK(read->piece->number == 2);
    CHECK(read->text == "z");
    CHECK_FALSE(read_submission(sms("\x03\x24\x01\x00z"sv, 0, udhi), {})->piece);
}

TEST_CASE("a header that runs past its end is refused") {
    for (const std::string_view broken :
         {""sv, "\x05"sv, "\x05\x00\x03\x01\x02"sv, "\x01\x00"sv, "\x02\x00\x03z"sv}) {
        CAPTURE(broken.size());
        CHECK(reason(sms(broken, 0, udhi)) == "the user data header is broken");
    }
}

TEST_CASE("a part is no longer than a message has room behind its header") {
    const std::string header{"\x05\x00\x03\x01\x02\x01", 6};
    CHECK(reason(sms(header + std::string(153, 'x'), 0, udhi)) == "taken");
    CHECK(reason(sms(header + std::string(154, 'x'), 0, udhi)) == "the part is longer than the air carries");
    CHECK(reason(sms(header + std::string(134, '\x04'), 8, udhi)) == "taken");
    CHECK(reason(sms(header + std::string(136, '\x04'), 8, udhi)) ==
          "the part is longer than the air carries");
    const std::string only_header = '\x8C' + std::string("\x70\x8A", 2) + std::string(138, 'x');
    CHECK(reason(sms(only_header + "z", 0, udhi)) == "the part is longer than the air carries");
}

TEST_CASE("a screen in parts or too long for the air is refused") {
    auto screen = sms("\x05\x00\x03\x01\x02\x01z"sv, 0, udhi);
    screen.service_type = "USSD";
    CHECK(reason(screen) == "a screen can't come in parts");
    const std::string wide(162, '\x04');
    screen = sms(wide, 8);
    CHECK(reason(screen) == "taken");
    screen.service_type = "USSD";
    CHECK(reason(screen) == "the screen is longer than the air carries");
}

TEST_CASE("a destination is digits and maybe a plus") {
    auto pdu = sms("hi");
    pdu.destination_addr = "+79261112233";
    CHECK(read_submission(pdu, {})->destination == msisdn::from_digits(79261112233));
    for (const std::string_view wrong : {"", "+", "MegaFon", "7926x", "7926111223344556"}) {
        pdu.destination_addr = wrong;
        CAPTURE(wrong);
        CHECK(reason(pdu) == "the destination is not a number");
    }
}

TEST_CASE("a receipt is wanted for delivery or failure only by the lowest bits") {
    auto pdu = sms("hi");
    pdu.registered_delivery = 0x11;
    CHECK(read_submission(pdu, {})->wants_receipt);
    pdu.registered_delivery = 0x10;
    CHECK_FALSE(read_submission(pdu, {})->wants_receipt);
}

} // namespace kabinet::simulator::submission_test
