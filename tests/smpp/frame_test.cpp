#include "smpp/frame.hpp"
#include "tests/smpp/wire.hpp"

#include <doctest/doctest.h>

namespace frame_test {

using namespace kabinet::smpp;

namespace {

cut cut_of_length(std::uint32_t command_length, std::size_t received) {
    wire::body octets_here;
    octets_here.u32(command_length).octet(0, received - 4);
    const cut made = cut_frame(octets_here);
    CHECK((made.state == cut_state::whole) == (made.pdu.size() == command_length && !made.pdu.empty()));
    return made;
}

} // namespace

TEST_CASE("a PDU is whole with its last octet and not before") {
    const wire::bytes whole = wire::pdu(command::deliver_sm, 1, wire::deliver_sm_saying("*100#"));
    for (std::size_t here = 0; here < whole.size(); ++here) {
        CAPTURE(here);
        CHECK(cut_frame(octets{whole}.first(here)).state == cut_state::incomplete);
    }
    const cut made = cut_frame(whole);
    CHECK(made.state == cut_state::whole);
    CHECK(made.pdu.data() == whole.data());
    CHECK(made.pdu.size() == whole.size());
}

TEST_CASE("only the first of several PDUs is cut") {
    wire::bytes stream = wire::pdu(command::enquire_link, 1);
    const wire::bytes second = wire::pdu(command::unbind, 2);
    stream.insert(stream.end(), second.begin(), second.end());
    CHECK(cut_frame(stream).pdu.size() == header_size);
    CHECK(cut_frame(octets{stream}.subspan(header_size)).pdu.size() == header_size);
}

TEST_CASE("a length below the header is broken as soon as it is read") {
    for (std::uint32_t length = 0; length < 16; ++length) {
        CAPTURE(length);
        CHECK(cut_of_length(length, 4).state == cut_state::broken);
        CHECK(cut_of_length(length, 64).state == cut_state::broken);
    }
    CHECK(cut_of_length(16, 16).state == cut_state::whole);
}

TEST_CASE("a length over the cap is broken without waiting for its octets") {
    CHECK(cut_of_length(65'536, 65'536).state == cut_state::whole);
    CHECK(cut_of_length(65'536, 65'535).state == cut_state::incomplete);
    for (const std::uint32_t length : {65'537U, 0x00FF'FFFFU, 0x7FFF'FFFFU, 0x8000'0000U, 0xFFFF'FFFFU}) {
        CAPTURE(length);
        CHECK(cut_of_length(length, 4).state == cut_state::broken);
    }
}

} // namespace frame_test
