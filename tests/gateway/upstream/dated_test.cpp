#include "gateway/upstream/dated.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::upstream::dated_test {

using namespace std::chrono_literals;

namespace {

constexpr utc_time noon{std::chrono::hours{12}};

msisdn number(std::uint64_t which) {
    return msisdn::from_digits(79260000000 + which);
}

} // namespace

TEST_SUITE("what was seen last") {
    TEST_CASE("is found with its time, unless it is too old or another by now") {
        dated<int> seen{10};
        seen.put(number(1), 5, noon);
        seen.put(number(1), 7, noon + 1h);
        REQUIRE(seen.find(number(1), noon));
        CHECK(seen.find(number(1), noon)->first == 7);
        CHECK(seen.find(number(1), noon)->second == noon + 1h);
        CHECK_FALSE(seen.find(number(1), noon + 2h));
        CHECK_FALSE(seen.find(number(2), noon));
        seen.forget(number(1));
        CHECK_FALSE(seen.find(number(1), noon));
        seen.put(number(1), 9, noon + 2h);
        CHECK(seen.find(number(1), noon)->first == 9);
    }

    TEST_CASE("of no more numbers than agreed: the oldest go") {
        dated<int> seen{3};
        for (std::uint64_t each = 0; each < 5; ++each)
            seen.put(number(each), static_cast<int>(each), noon);
        CHECK_FALSE(seen.find(number(0), noon));
        CHECK_FALSE(seen.find(number(1), noon));
        for (std::uint64_t each = 2; each < 5; ++each)
            CHECK(seen.find(number(each), noon)->first == static_cast<int>(each));
    }
}

} // namespace kabinet::gateway::upstream::dated_test
