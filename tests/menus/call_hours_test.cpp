#include "menus/call_hours.hpp"

#include <doctest/doctest.h>

namespace call_hours_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view moscow = "Europe/Moscow"; // three hours before UTC

utc_time at(std::chrono::minutes of_day, int day = 0) { // of Moscow
    return utc_time{std::chrono::sys_days{std::chrono::year{2025} / 11 / 22} + std::chrono::days{day}} +
           of_day - 3h;
}

utc_time due(utc_time now, std::chrono::seconds within, std::uint32_t from, std::uint32_t until) {
    call_policy calls;
    calls.within = within;
    calls.from = from;
    calls.until = until;
    return call_due(calls, moscow, now);
}

} // namespace

TEST_CASE("where calls are made round the clock a promise counts from now") {
    CHECK(due(at(3h), 2h, 0, 24) == at(5h));
    CHECK(due(at(23h), 2h, 0, 24) == at(1h, 1));
}

TEST_CASE("before and after the hours it counts from their beginning") {
    CHECK(due(at(3h), 2h, 9, 21) == at(11h));
    CHECK(due(at(21h), 2h, 9, 21) == at(11h, 1));
    CHECK(due(at(23h + 59min), 2h, 9, 21) == at(11h, 1));
}

TEST_CASE("what doesn't fit before they end counts on the next day") {
    CHECK(due(at(18h), 2h, 9, 21) == at(20h));
    CHECK(due(at(19h), 2h, 9, 21) == at(21h)); // to the minute
    CHECK(due(at(20h + 30min), 2h, 9, 21) == at(10h + 30min, 1));
    CHECK(due(at(10h), 25h, 9, 21) == at(11h, 2));
}

TEST_CASE("hours may end at midnight") {
    CHECK(due(at(23h), 2h, 9, 24) == at(10h, 1));
    CHECK(due(at(1h), 2h, 9, 24) == at(11h));
}

TEST_CASE("a day with another offset is counted by its own hours") {
    // Berlin's clocks go back at 3 in the morning of 26 October: from CEST to CET
    call_policy calls;
    calls.within = 2h;
    calls.from = 9;
    calls.until = 18;
    const utc_time evening{std::chrono::sys_days{std::chrono::year{2025} / 10 / 25} + 20h};
    const utc_time morning{std::chrono::sys_days{std::chrono::year{2025} / 10 / 26} + 10h};
    CHECK(call_due(calls, "Europe/Berlin", evening) == morning); // 11 o'clock there
}

} // namespace call_hours_test
