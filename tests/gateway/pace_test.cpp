#include "gateway/pace.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::pace_test {

using namespace std::chrono_literals;

namespace {

/// How many of a steady stream of tries are admitted.
int admitted(pace& of, steady_time from, std::chrono::milliseconds span) {
    int count = 0;
    for (steady_time now = from; now < from + span; now += 1ms)
        if (of.admit(now)) {
            of.sent(now);
            ++count;
        }
    return count;
}

} // namespace

TEST_SUITE("pace") {
    TEST_CASE("without a rate everything leaves") {
        pace free{0, {}};
        CHECK(admitted(free, {}, 5s) == 5'000);
        CHECK_FALSE(free.is_slowed());
    }

    TEST_CASE("a rate is kept over time") {
        pace limited{50, {}};
        CHECK(admitted(limited, {}, 10s) >= 490);
        CHECK(admitted(limited, steady_time{10s}, 10s) <= 510);
    }

    TEST_CASE("a long silence saves up a tenth of a second and no more") {
        pace limited{100, {}};
        int at_once = 0;
        while (limited.admit(steady_time{1h}))
            ++at_once;
        CHECK(at_once == 10);
    }

    TEST_CASE("a throttled link rests for the pause") {
        pace free{0, {}};
        CHECK(free.admit(steady_time{10s}));
        free.slow_down(500ms, steady_time{10s});
        CHECK(free.is_slowed());
        CHECK_FALSE(free.admit(steady_time{10'499ms}));
        CHECK(admitted(free, steady_time{10'500ms}, 1'100ms) >= 1);
    }

    TEST_CASE("after a pause it goes half as fast as it lately went") {
        pace free{0, {}};
        for (steady_time now{3h}; now < steady_time{3h + 4s};
             now += 10ms) // a hundred a second after a quiet night
            if (free.admit(now))
                free.sent(now);
        free.slow_down(500ms, steady_time{3h + 4s});
        const int next_second = admitted(free, steady_time{3h + 4'500ms}, 1s);
        CHECK(next_second >= 40);
        CHECK(next_second <= 60);
    }

    TEST_CASE("what it sent long ago doesn't count as its speed") {
        pace free{0, {}};
        CHECK(admitted(free, {}, 2s) == 2'000);
        free.slow_down(500ms, steady_time{1h});
        CHECK(admitted(free, steady_time{1h + 500ms}, 1s) <= 2);
    }

    TEST_CASE("the answers to one burst slow it once") {
        pace limited{100, {}};
        for (int each = 0; each < 50; ++each)
            limited.slow_down(500ms, steady_time{10s + std::chrono::milliseconds{each}});
        CHECK(admitted(limited, steady_time{10'549ms}, 1s) >= 45);
    }

    TEST_CASE("the first complaint counts even when the clock has just begun") {
        pace limited{100, {}};
        limited.slow_down(0ms, steady_time{1ms});
        CHECK(limited.is_slowed());
    }

    TEST_CASE("complaints without end leave one a second") {
        pace limited{100, {}};
        for (int second = 10; second < 60; second += 2)
            limited.slow_down(500ms, steady_time{std::chrono::seconds{second}});
        const int in_ten_seconds = admitted(limited, steady_time{60s}, 10s);
        CHECK(in_ten_seconds >= 9);
        CHECK(in_ten_seconds <= 20);
    }

    TEST_CASE("without complaints it comes back to its rate") {
        pace limited{100, {}};
        limited.slow_down(500ms, steady_time{10s});
        CHECK(admitted(limited, steady_time{10'500ms}, 1s) < 65);
        CHECK(admitted(limited, steady_time{12s}, 20s) > 1'500);
        CHECK_FALSE(limited.is_slowed());
    }

    TEST_CASE("time heals also while nothing is sent") {
        pace free{0, {}};
        free.slow_down(500ms, steady_time{10s});
        CHECK(admitted(free, steady_time{10min}, 1s) == 1'000);
        CHECK_FALSE(free.is_slowed());
    }
}

} // namespace kabinet::gateway::pace_test
