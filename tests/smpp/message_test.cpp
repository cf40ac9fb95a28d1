#include "smpp/message.hpp"
#include "tests/smpp/wire.hpp"

#include <doctest/doctest.h>

namespace message_test {

using namespace kabinet::smpp;

namespace {

std::string text_of(octets value) {
    return {value.begin(), value.end()};
}

/// The text of the deliver_sm with that body.
std::string delivered_text(const wire::bytes& body) {
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    return text_of(to_message(*pdu, 1).text);
}

wire::body data_sm_body() {
    return wire::body{}
        .text("USSD")
        .octet(1)
        .octet(1)
        .text("79261112233")
        .octet(0)
        .octet(9)
        .text("100")
        .octet(0x40)
        .octet(0)
        .octet(8);
}

} // namespace

TEST_CASE("a deliver_sm keeps what the rooms above ask of it") {
    const auto body = wire::deliver_sm_saying("1").tlv(tag::ussd_service_op, "\x12");
    const auto pdu = decode<deliver_sm>(body);
    REQUIRE(pdu.has_value());
    const message made = to_message(*pdu, 0xFFFFFFFF);
    CHECK(made.kind == command::deliver_sm);
    CHECK(made.sequence_number == 0xFFFFFFFF);
    CHECK(made.service_type == "USSD");
    CHECK(made.source.ton == 1);
    CHECK(made.source.npi == 1);
    CHECK(made.source.characters == "79261112233");
    CHECK(made.destination.ton == 0);
    CHECK(made.destination.npi == 1);
    CHECK(made.destination.characters == "*100#");
    CHECK(made.esm_class == 0);
    CHECK(made.data_coding == 15);
    CHECK(text_of(made.text) == "1");
    CHECK(made.tlv.find_u8(tag::ussd_service_op) == 18);
}

TEST_CASE("a data_sm has the shape of a deliver_sm with its text in the payload") {
    const auto body = data_sm_body().tlv(tag::message_payload, {"\0001", 2});
    const auto pdu = decode<data_sm>(body);
    REQUIRE(pdu.has_value());
    const message made = to_message(*pdu, 5);
    CHECK(made.kind == command::data_sm);
    CHECK(made.sequence_number == 5);
    CHECK(made.service_type == "USSD");
    CHECK(made.source.characters == "79261112233");
    CHECK(made.destination.npi == 9);
    CHECK(made.destination.characters == "100");
    CHECK(made.esm_class == 0x40);
    CHECK(made.data_coding == 8);
    CHECK(text_of(made.text) == std::string{"\0001", 2});
}

TEST_CASE("a data_sm without payload says nothing") {
    const auto pdu = decode<data_sm>(data_sm_body());
    REQUIRE(pdu.has_value());
    CHECK(to_message(*pdu, 1).text.empty());
}

TEST_CASE("the payload stands for an empty short message and never replaces a text") {
    CHECK(delivered_text(wire::deliver_sm_saying("").tlv(tag::message_payload, "PAS")) == "PAS");
    CHECK(delivered_text(wire::deliver_sm_saying("BAL").tlv(tag::message_payload, "PAS")) == "BAL");
    CHECK(delivered_text(wire::deliver_sm_saying("").tlv(tag::message_payload, "")).empty());
    CHECK(delivered_text(wire::deliver_sm_saying("")).empty());
}

TEST_CASE("an at sign in a text ends nothing") {
    CHECK(delivered_text(wire::deliver_sm_saying({"a\0b", 3})) == std::string{"a\0b", 3});
}

} // namespace message_test
