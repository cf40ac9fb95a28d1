#include "menus/call_hours.hpp"

#include "menus/format.hpp"

namespace kabinet::menus {

utc_time call_due(const call_policy& calls, std::string_view zone, utc_time now) {
    const bool is_always = calls.from == 0 && calls.until == 24;
    if (is_always)
        return now + calls.within;
    std::chrono::microseconds left = calls.within;
    while (true) {
        if (!calls.holds(hour_in(zone, now)))
            now = next_time_of_day(zone, std::chrono::hours{calls.from}, now);
        const utc_time end = next_time_of_day(zone, std::chrono::hours{calls.until % 24}, now);
        if (now + left <= end)
            return now + left;
        left -= end - now;
        now = end;
    }
}

} // namespace kabinet::menus
