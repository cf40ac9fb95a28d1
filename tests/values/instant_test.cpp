#include "values/instant.hpp"

#include <doctest/doctest.h>

namespace instant_test {

using namespace kabinet;
using namespace std::chrono_literals;

namespace {

constexpr utc_time noon = std::chrono::sys_days{std::chrono::year{2024} / 3 / 1} + 12h;

static_assert(is_over(noon, noon, 10min));

} // namespace

TEST_CASE("a code lives until its expiry and not a microsecond longer") {
    const utc_time expires = noon + 10min;
    CHECK_FALSE(is_over(expires, noon, 10min));
    CHECK_FALSE(is_over(expires, expires - 1us, 10min));
    CHECK(is_over(expires, expires, 10min));
    CHECK(is_over(expires, expires + 24h, 10min));
}

TEST_CASE("a clock that was set back makes no code live longer than its life") {
    const utc_time expires = noon + 10min;
    CHECK(is_over(expires, noon - 1us, 10min));
    CHECK(is_over(expires, noon - 24h, 10min));
    CHECK(is_over(utc_time::max(), noon, 10min));
}

TEST_CASE("something with no life is always over") {
    CHECK(is_over(noon, noon, 0us));
    CHECK(is_over(noon + 1us, noon, 0us));
    CHECK(is_over(noon - 1us, noon, 0us));
}

TEST_CASE("instants are equal when both their clocks are") {
    const instant first{noon, steady_time{5s}};
    CHECK(first == instant{noon, steady_time{5s}});
    CHECK_FALSE(first == instant{noon, steady_time{6s}});
    CHECK_FALSE(first == instant{noon + 1us, steady_time{5s}});
}

} // namespace instant_test
