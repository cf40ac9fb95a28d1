#include "smpp/message.hpp"

namespace kabinet::smpp {

message to_message(const deliver_sm& pdu, std::uint32_t sequence_number) {
    message made{.kind = command::deliver_sm,
                 .sequence_number = sequence_number,
                 .service_type = pdu.service_type,
                 .source = {pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr},
                 .destination = {pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr},
                 .esm_class = pdu.esm_class,
                 .data_coding = pdu.data_coding,
                 .text = pdu.short_message,
                 .tlv = pdu.tlv};
    if (made.text.empty())
        made.text = pdu.tlv.find(tag::message_payload).value_or(octets{});
    return made;
}

message to_message(const data_sm& pdu, std::uint32_t sequence_number) {
    return {.kind = command::data_sm,
            .sequence_number = sequence_number,
            .service_type = pdu.service_type,
            .source = {pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr},
            .destination = {pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr},
            .esm_class = pdu.esm_class,
            .data_coding = pdu.data_coding,
            .text = pdu.tlv.find(tag::message_payload).value_or(octets{}),
            .tlv = pdu.tlv};
}

} // namespace kabinet::smpp
