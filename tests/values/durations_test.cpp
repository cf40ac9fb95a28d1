#include "values/durations.hpp"

#include <doctest/doctest.h>

namespace durations_test {

using namespace kabinet;
using namespace std::chrono_literals;

TEST_CASE("a duration is counted under the first bound that it doesn't exceed") {
    const std::pair<std::chrono::nanoseconds, std::size_t> rows[] = {
        {0ns, 0}, {-5ns, 0}, {1ns, 0},     {1us, 0},     {1001ns, 1}, {2us, 1},   {2001ns, 2},
        {4us, 2}, {5us, 3},  {1024us, 10}, {1025us, 11}, {67s, 26},   {134s, 27}, {24h, 27},
    };
    for (const auto& [took, bucket] : rows) {
        CAPTURE(took.count());
        durations all;
        all.add(took);
        CHECK(all.look().counts[bucket] == 1);
    }
}

TEST_CASE("durations add up") {
    durations all;
    for (int count = 0; count < 10; ++count)
        all.add(3us);
    CHECK(all.look().counts[2] == 10);
    CHECK(all.look().sum == 30us);
}

} // namespace durations_test
