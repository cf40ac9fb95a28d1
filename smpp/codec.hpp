// Octets to PDUs and back, in place: bounds-checked, no allocation, no globals. What a PDU means, and
// whether it may come now, is the link's business.
#pragma once

#include "smpp/pdu.hpp"

#include <boost/system/result.hpp>

#include <span>

namespace kabinet::smpp {

inline constexpr std::size_t header_size = 16;

enum class codec_error {
    truncated = 1,        // a field runs past the end of the PDU
    unterminated,         // a C-octet string without its NUL
    string_too_long,      // over 255 octets read, or over the field's limit written
    broken_optional_part, // a TLV runs past the end of the PDU
    nul_in_string,        // a C-octet string to write holds a NUL: the peer would cut it there
    text_too_long,        // short_message to write is over 254 octets (SMPP 3.4 5.2.22)
    no_room,              // the place to write to is too small
};
const boost::system::error_category& codec_category();
boost::system::error_code make_error_code(codec_error);

/// The command_status that answers a PDU which could not be decoded.
[[nodiscard]] status answer_to(boost::system::error_code);

/// The first 16 octets of a PDU; the caller has at least those.
[[nodiscard]] header decode_header(octets pdu);
void encode_header(const header&, std::span<std::uint8_t, header_size> out);

/// The body of a PDU, the octets after its header. Octets after the last field of a frame without optional
/// part are ignored: peers append to responses.
template <class Pdu>
[[nodiscard]] boost::system::result<Pdu> decode(octets body);

/// A whole PDU with its header; command_length is reckoned. Returns the octets written.
template <class Pdu>
[[nodiscard]] boost::system::result<std::size_t> encode(const Pdu&, status, std::uint32_t sequence_number,
                                                        std::span<std::uint8_t> out);

/// The command_id that goes with a PDU type.
template <class Pdu>
inline constexpr command command_of = command{};
template <>
inline constexpr command command_of<bind_receiver> = command::bind_receiver;
template <>
inline constexpr command command_of<bind_receiver_resp> = command::bind_receiver_resp;
template <>
inline constexpr command command_of<bind_transmitter> = command::bind_transmitter;
template <>
inline constexpr command command_of<bind_transmitter_resp> = command::bind_transmitter_resp;
template <>
inline constexpr command command_of<bind_transceiver> = command::bind_transceiver;
template <>
inline constexpr command command_of<bind_transceiver_resp> = command::bind_transceiver_resp;
template <>
inline constexpr command command_of<outbind> = command::outbind;
template <>
inline constexpr command command_of<submit_sm> = command::submit_sm;
template <>
inline constexpr command command_of<submit_sm_resp> = command::submit_sm_resp;
template <>
inline constexpr command command_of<deliver_sm> = command::deliver_sm;
template <>
inline constexpr command command_of<deliver_sm_resp> = command::deliver_sm_resp;
template <>
inline constexpr command command_of<data_sm> = command::data_sm;
template <>
inline constexpr command command_of<data_sm_resp> = command::data_sm_resp;
template <>
inline constexpr command command_of<alert_notification> = command::alert_notification;

} // namespace kabinet::smpp

template <>
struct boost::system::is_error_code_enum<kabinet::smpp::codec_error> : std::true_type {};
