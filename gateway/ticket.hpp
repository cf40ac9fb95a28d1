// What a link gives back with a response: which of the gateway's tables the submit stands in, and where.
#pragma once

#include "gateway/places.hpp"
#include "smpp/link_fsm.hpp"

namespace kabinet::gateway {

enum class ticket_of : std::uint8_t { screen = 1, sms = 2 };

struct ticket {
    ticket_of table = ticket_of::screen;
    place_key place;

    // 8 bits of table, 24 of slot, 32 of generation: a window holds 10,000 at most
    [[nodiscard]] smpp::ticket write() const {
        return static_cast<smpp::ticket>(table) << 56U | static_cast<smpp::ticket>(place.slot) << 32U |
               place.generation;
    }
    [[nodiscard]] static ticket read(smpp::ticket from) {
        return {static_cast<ticket_of>(from >> 56U),
                {static_cast<std::uint32_t>(from >> 32U) & 0xFFFFFFU, static_cast<std::uint32_t>(from)}};
    }
};

} // namespace kabinet::gateway
