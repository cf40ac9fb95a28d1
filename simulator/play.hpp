// Drives what is played on a centre, a script or a load: waits for its gateway and keeps the time.
#pragma once

#include "simulator/centre.hpp"
#include "simulator/clock_file.hpp"
#include "simulator/load.hpp"
#include "simulator/player.hpp"
#include "simulator/portal.hpp"

#include <boost/asio/awaitable.hpp>

namespace kabinet::simulator {

// While each of these runs, the centre's events go to it. What is passed by reference must outlive it.

/// Whether a gateway is bound that takes deliver_sm, or binds within the limit.
[[nodiscard]] boost::asio::awaitable<bool> wait_for_gateway(centre&, std::chrono::milliseconds limit);

/// Of a script that asks at a door or lets time pass: each needs its own.
struct surroundings {
    std::optional<portal> door;
    std::optional<clock_file> clock;
};

/// Waits for a gateway, plays, and returns what failed, or nothing.
[[nodiscard]] boost::asio::awaitable<std::optional<failure>>
play(centre&, const script&, std::chrono::milliseconds bind_wait, surroundings around = {});

/// Waits for a gateway and dials; nothing when none has bound.
[[nodiscard]] boost::asio::awaitable<std::optional<load_report>> carry(centre&, load_settings,
                                                                       std::chrono::milliseconds bind_wait);

} // namespace kabinet::simulator
