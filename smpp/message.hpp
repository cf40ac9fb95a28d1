// A deliver_sm or data_sm as the rooms above see it: one shape for both, views into the received octets.
#pragma once

#include "smpp/pdu.hpp"

namespace kabinet::smpp {

struct address_view {
    std::uint8_t ton = 0;
    std::uint8_t npi = 0;
    std::string_view characters;
};

struct message {
    command kind = command::deliver_sm; // or data_sm
    std::uint32_t sequence_number = 0;
    std::string_view service_type;
    address_view source;
    address_view destination;
    std::uint8_t esm_class = 0;
    std::uint8_t data_coding = 0;
    octets text; // short_message; message_payload where sm_length is 0
    tlv_list tlv;
};

[[nodiscard]] message to_message(const deliver_sm&, std::uint32_t sequence_number);
[[nodiscard]] message to_message(const data_sm&, std::uint32_t sequence_number);

} // namespace kabinet::smpp
