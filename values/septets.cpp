#include "values/text.hpp"

namespace kabinet {

namespace {

constexpr std::uint8_t carriage_return = 0x0D;

} // namespace

boost::system::result<std::size_t> pack_ussd(std::span<const std::uint8_t> septets,
                                             std::span<std::uint8_t> out) {
    // Seven spare bits would read as `@`, and a CR in the last septet of a full octet as filling.
    const bool leaves_a_septet = septets.size() % 8 == 7;
    const bool would_lose_cr =
        !septets.empty() && septets.size() % 8 == 0 && septets.back() == carriage_return;
    const std::size_t count = septets.size() + (leaves_a_septet || would_lose_cr ? 1 : 0);
    if (out.size() < (count * 7 + 7) / 8)
        return text_error::too_long;

    std::size_t written = 0;
    unsigned pending = 0;
    unsigned pending_bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint8_t septet = i < septets.size() ? septets[i] : carriage_return;
        if (septet > 0x7F)
            return text_error::not_a_septet;
        pending |= static_cast<unsigned>(septet) << pending_bits;
        pending_bits += 7;
        if (pending_bits >= 8) {
            out[written++] = static_cast<std::uint8_t>(pending & 0xFFU);
            pending >>= 8U;
            pending_bits -= 8;
        }
    }
    if (pending_bits > 0)
        out[written++] = static_cast<std::uint8_t>(pending & 0xFFU);
    return written;
}

boost::system::result<std::size_t> unpack_ussd(std::span<const std::uint8_t> octets,
                                               std::span<std::uint8_t> septets) {
    const bool ends_in_filling =
        !octets.empty() && octets.size() % 7 == 0 && octets.back() >> 1U == carriage_return;
    const std::size_t count = octets.size() * 8 / 7 - (ends_in_filling ? 1 : 0);
    if (septets.size() < count)
        return text_error::too_long;

    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t first = i * 7 / 8;
        const std::size_t shift = i * 7 % 8;
        const unsigned next = first + 1 < octets.size() ? octets[first + 1] : 0U;
        septets[i] = static_cast<std::uint8_t>(((octets[first] | next << 8U) >> shift) & 0x7FU);
    }
    return count;
}

} // namespace kabinet
