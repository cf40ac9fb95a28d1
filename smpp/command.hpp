// Numbers of the protocol: commands, statuses and optional parameters we act on. A peer may send any other
// value; these are names, not limits.
#pragma once

#include <cstdint>
#include <string_view>

namespace kabinet::smpp {

/// SMPP 3.4 5.1.2.1. A response is its request with the top bit set.
enum class command : std::uint32_t {
    generic_nack = 0x80000000,
    bind_receiver = 0x00000001,
    bind_receiver_resp = 0x80000001,
    bind_transmitter = 0x00000002,
    bind_transmitter_resp = 0x80000002,
    query_sm = 0x00000003,
    submit_sm = 0x00000004,
    submit_sm_resp = 0x80000004,
    deliver_sm = 0x00000005,
    deliver_sm_resp = 0x80000005,
    unbind = 0x00000006,
    unbind_resp = 0x80000006,
    replace_sm = 0x00000007,
    cancel_sm = 0x00000008,
    bind_transceiver = 0x00000009,
    bind_transceiver_resp = 0x80000009,
    outbind = 0x0000000B,
    enquire_link = 0x00000015,
    enquire_link_resp = 0x80000015,
    submit_multi = 0x00000021,
    alert_notification = 0x00000102,
    data_sm = 0x00000103,
    data_sm_resp = 0x80000103,
};

inline constexpr std::uint32_t response_bit = 0x80000000;

[[nodiscard]] constexpr bool is_response(command id) {
    return (static_cast<std::uint32_t>(id) & response_bit) != 0;
}
[[nodiscard]] constexpr command response_to(command request) {
    return static_cast<command>(static_cast<std::uint32_t>(request) | response_bit);
}

/// SMPP 3.4 5.1.3. 0x400 to 0x4FF belong to vendors and are as good as any other.
enum class status : std::uint32_t {
    ok = 0x00,
    invalid_message_length = 0x01,
    invalid_command_length = 0x02,
    invalid_command_id = 0x03,
    invalid_bind_status = 0x04,
    already_bound = 0x05,
    system_error = 0x08,
    invalid_source = 0x0A,
    invalid_destination = 0x0B,
    bind_failed = 0x0D,
    invalid_password = 0x0E,
    invalid_system_id = 0x0F,
    queue_full = 0x14,
    throttled = 0x58,
    temporary_error = 0x64,
    permanent_error = 0x65,
    reject_message = 0x66,
    invalid_optional_part = 0xC0,
    invalid_parameter_length = 0xC2,
    delivery_failure = 0xFE,
    unknown_error = 0xFF,
};

/// SMPP 3.4 5.3.2.
enum class tag : std::uint16_t {
    receipted_message_id = 0x001E,
    user_message_reference = 0x0204,
    sar_msg_ref_num = 0x020C,
    sar_total_segments = 0x020E,
    sar_segment_seqnum = 0x020F,
    sc_interface_version = 0x0210,
    message_payload = 0x0424,
    message_state = 0x0427,
    ussd_service_op = 0x0501,
    its_session_info = 0x1383,
};

/// esm_class bits, SMPP 3.4 5.2.12.
namespace esm_class {
inline constexpr std::uint8_t message_type_mask = 0x3C;
inline constexpr std::uint8_t delivery_receipt = 0x04;
inline constexpr std::uint8_t delivery_acknowledgement = 0x08;
inline constexpr std::uint8_t manual_acknowledgement = 0x10;
inline constexpr std::uint8_t conversation_abort = 0x18;
inline constexpr std::uint8_t intermediate_notification = 0x20;
inline constexpr std::uint8_t udh_indicator = 0x40;
} // namespace esm_class

/// The specification's names, for logs; empty for a value it doesn't name.
[[nodiscard]] std::string_view name_of(command);
[[nodiscard]] std::string_view name_of(status);
[[nodiscard]] std::string_view name_of(tag);

} // namespace kabinet::smpp
