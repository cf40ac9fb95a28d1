// Cutting a byte stream into PDUs. Looks at command_length only, and allocates nothing from it.
#pragma once

#include "smpp/tlv.hpp"

namespace kabinet::smpp {

inline constexpr std::size_t smallest_pdu = 16;
inline constexpr std::size_t largest_pdu = 65'536;

enum class cut_state : std::uint8_t {
    whole,      // `pdu` is the first of what was given
    incomplete, // more octets are needed
    broken,     // a command_length nobody can mean: nack 0x02 and close (SMPP 3.4 4.3)
};

struct cut {
    cut_state state = cut_state::incomplete;
    octets pdu;
};

[[nodiscard]] cut cut_frame(octets received);

} // namespace kabinet::smpp
