#include "smpp/frame.hpp"

namespace kabinet::smpp {

cut cut_frame(octets received) {
    if (received.size() < 4)
        return {};
    const std::size_t length = static_cast<std::size_t>(received[0]) << 24U |
                               static_cast<std::size_t>(received[1]) << 16U |
                               static_cast<std::size_t>(received[2]) << 8U | received[3];
    if (length < smallest_pdu || length > largest_pdu)
        return {cut_state::broken, {}};
    if (received.size() < length)
        return {};
    return {cut_state::whole, received.first(length)};
}

} // namespace kabinet::smpp
