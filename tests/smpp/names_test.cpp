#include "smpp/command.hpp"

#include <doctest/doctest.h>

namespace names_test {

using namespace kabinet::smpp;

TEST_CASE("commands go by the names of the specification") {
    CHECK(name_of(command::generic_nack) == "GENERIC_NACK");
    CHECK(name_of(command::bind_transceiver) == "BIND_TRANSCEIVER");
    CHECK(name_of(command::unbind) == "UNBIND");
    CHECK(name_of(command::data_sm_resp) == "DATA_SM_RESP");
    CHECK(name_of(command{0x00010200}).empty());
    CHECK(name_of(command{0xFFFFFFFF}).empty());
}

TEST_CASE("statuses go by the names of the specification") {
    CHECK(name_of(status::ok) == "ESME_ROK");
    CHECK(name_of(status::already_bound) == "ESME_RALYBND");
    CHECK(name_of(status::throttled) == "ESME_RTHROTTLED");
    CHECK(name_of(status::unknown_error) == "ESME_RUNKNOWNERR");
}

TEST_CASE("a vendor's status has no name and is no error") {
    for (const std::uint32_t vendor : {0x400U, 0x40EU, 0x4C8U, 0x4FFU})
        CHECK(name_of(status{vendor}).empty());
}

TEST_CASE("parameters go by the names of the specification") {
    CHECK(name_of(tag::ussd_service_op) == "ussd_service_op");
    CHECK(name_of(tag::its_session_info) == "its_session_info");
    CHECK(name_of(tag::message_payload) == "message_payload");
    CHECK(name_of(tag::sc_interface_version) == "sc_interface_version");
    CHECK(name_of(tag{0x1501}).empty());
}

TEST_CASE("a response is its request with the top bit set") {
    CHECK(response_to(command::deliver_sm) == command::deliver_sm_resp);
    CHECK(response_to(command::bind_receiver) == command::bind_receiver_resp);
    CHECK(is_response(command::generic_nack));
    CHECK(is_response(command::unbind_resp));
    CHECK_FALSE(is_response(command::alert_notification));
    CHECK(is_response(command{0x80000100}));
}

} // namespace names_test
