// The moment something happens, as every room is told it. No room below the gateway reads a clock.
#pragma once

#include <chrono>

namespace kabinet {

/// UTC with the store's resolution. Expiries are kept in it.
using utc_time = std::chrono::sys_time<std::chrono::microseconds>;

/// Never stepped by an administrator. Timers are kept in it.
using steady_time = std::chrono::steady_clock::time_point;

struct instant {
    utc_time utc;
    steady_time steady;

    friend bool operator==(const instant&, const instant&) = default;
};

/// Whether something that was to live for `life` is over. An expiry further away than the whole life
/// means that the clock was stepped since: that counts as over too, so no code becomes immortal.
[[nodiscard]] constexpr bool is_over(utc_time expires, utc_time now, std::chrono::microseconds life) {
    return now >= expires || expires - now > life;
}

} // namespace kabinet
