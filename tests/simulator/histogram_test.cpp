#include "simulator/histogram.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::histogram_test {

using namespace std::chrono_literals;

TEST_CASE("an empty histogram has nothing to say") {
    const histogram of;
    CHECK(of.count() == 0);
    CHECK(of.quantile(0.5) == 0ns);
    CHECK(of.longest() == 0ns);
}

TEST_CASE("small values are exact") {
    histogram of;
    for (std::int64_t value = 1; value <= 100; ++value)
        of.add(std::chrono::nanoseconds{value});
    CHECK(of.count() == 100);
    CHECK(of.quantile(0) == 1ns);
    CHECK(of.quantile(0.5) == 50ns);
    CHECK(of.quantile(0.9) == 90ns);
    CHECK(of.quantile(0.99) == 99ns);
    CHECK(of.quantile(1) == 100ns);
}

TEST_CASE("any value is found to one part in sixty four and never below itself") {
    for (std::int64_t value = 1; value < std::chrono::nanoseconds{1h}.count(); value = value * 17 / 16 + 1) {
        histogram of;
        of.add(std::chrono::nanoseconds{value});
        of.add(2h);
        const std::int64_t found = of.quantile(0.5).count();
        CAPTURE(value);
        REQUIRE(found >= value);
        REQUIRE(found - value <= value / 64);
    }
}

TEST_CASE("a quantile is never over the longest value") {
    histogram of;
    of.add(1000001ns);
    CHECK(of.quantile(0.5) == 1000001ns);
    CHECK(of.quantile(1) == of.longest());
}

TEST_CASE("values outside what is counted are counted at the ends") {
    histogram of;
    of.add(-5ns);
    CHECK(of.quantile(1) == 0ns);
    of.add(24h);
    CHECK(of.count() == 2);
    CHECK(of.quantile(1) == 24h);
    CHECK(of.longest() == 24h);
}

TEST_CASE("one slow value in a thousand shows in the longest and not in the ninety ninth percentile") {
    histogram of;
    for (int each = 0; each < 999; ++each)
        of.add(1ms);
    of.add(1s);
    CHECK(of.quantile(0.99) < 2ms);
    CHECK(of.quantile(0.9995) == 1s);
}

} // namespace kabinet::simulator::histogram_test
