// The PDUs we read and write, with the fields libsmpp34's frame definitions give them, in that order.
// A decoded PDU is a set of views into the received octets: it is dead when the callback that got it returns.
#pragma once

#include "smpp/tlv.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace kabinet::smpp {

/// SMPP 3.4 3.2: what stands before every body.
struct header {
    std::uint32_t command_length = 16;
    command id{};
    smpp::status status{};
    std::uint32_t sequence_number = 0;
};

/// The longest C-octet string we write into a field, without its NUL. The frames give names and order, not
/// limits (deliver_sm_resp.message_id has size 1 there), so those stand here with their clause.
consteval std::size_t field_limit(std::string_view pdu, std::string_view field) {
    struct row {
        std::string_view pdu, field; // an empty pdu: any
        std::size_t most;
    };
    constexpr row rows[] = {
        {"", "system_id", 15},          // 5.2.1
        {"", "password", 63},           // 5.2.2 says 8; longer ones exist and are sent as configured
        {"", "system_type", 12},        // 5.2.3
        {"", "address_range", 40},      // 5.2.7
        {"", "service_type", 5},        // 5.2.11
        {"data_sm", "source_addr", 64}, // 4.7.1
        {"data_sm", "destination_addr", 64},
        {"alert_notification", "source_addr", 64}, // 4.12.1
        {"", "esme_addr", 64},
        {"", "source_addr", 20},            // 5.2.8
        {"", "destination_addr", 20},       // 5.2.9
        {"", "schedule_delivery_time", 16}, // 5.2.15
        {"", "validity_period", 16},        // 5.2.16
        {"", "message_id", 64},             // 5.2.23
    };
    for (const row& each : rows)
        if ((each.pdu.empty() || each.pdu == pdu) && each.field == field)
            return each.most;
    throw "a frame has a field without a limit: add its row above";
}

#define KABINET_QUOTE(name) #name
#define KABINET_NAME(name) KABINET_QUOTE(name)

#define KABINET_PDU bind_receiver
#define KABINET_FRAME <libsmpp34/def_frame/bind_receiver.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU bind_receiver_resp
#define KABINET_FRAME <libsmpp34/def_frame/bind_receiver_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU bind_transmitter
#define KABINET_FRAME <libsmpp34/def_frame/bind_transmitter.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU bind_transmitter_resp
#define KABINET_FRAME <libsmpp34/def_frame/bind_transmitter_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU bind_transceiver
#define KABINET_FRAME <libsmpp34/def_frame/bind_transceiver.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU bind_transceiver_resp
#define KABINET_FRAME <libsmpp34/def_frame/bind_transceiver_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU outbind
#define KABINET_FRAME <libsmpp34/def_frame/outbind.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU submit_sm
#define KABINET_FRAME <libsmpp34/def_frame/submit_sm.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU submit_sm_resp
#define KABINET_FRAME <libsmpp34/def_frame/submit_sm_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU deliver_sm
#define KABINET_FRAME <libsmpp34/def_frame/deliver_sm.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU deliver_sm_resp
#define KABINET_FRAME <libsmpp34/def_frame/deliver_sm_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU data_sm
#define KABINET_FRAME <libsmpp34/def_frame/data_sm.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU data_sm_resp
#define KABINET_FRAME <libsmpp34/def_frame/data_sm_resp.frame>
#include "smpp/expand_frame.inc"

#define KABINET_PDU alert_notification
#define KABINET_FRAME <libsmpp34/def_frame/alert_notification.frame>
#include "smpp/expand_frame.inc"

#undef KABINET_QUOTE
#undef KABINET_NAME

} // namespace kabinet::smpp
