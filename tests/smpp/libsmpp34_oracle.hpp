// libsmpp34's own pack and unpack, asked the same as our codec: a PDU as its fields in wire order, each the
// octets of its value. Its headers leak macros, so they stay behind this one.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kabinet::smpp::oracle {

using fields = std::vector<std::string>;

struct unpacked {
    std::uint32_t command_status = 0;
    std::uint32_t sequence_number = 0;
    oracle::fields fields; // the optional part is one field, as it stands on the wire
};

/// What smpp34_unpack2 reads: the binds, submit_sm, deliver_sm and data_sm, with at most 20 optional
/// parameters (its trace overflows from the 28th). Nothing when the library refuses.
[[nodiscard]] std::optional<unpacked> unpack(std::span<const std::uint8_t> pdu);

/// What smpp34_pack2 writes of the same. Nothing when the library refuses.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> pack(std::uint32_t command_id, const unpacked&);

} // namespace kabinet::smpp::oracle
