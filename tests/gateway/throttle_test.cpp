#include "gateway/throttle.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::throttle_test {

using namespace std::chrono_literals;
using answer = throttle::answer;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);
constexpr steady_time start{100s};

} // namespace

TEST_SUITE("throttle") {
    TEST_CASE("so many are admitted and the first refusal is told from the rest") {
        throttle of{2, 60s, start};
        CHECK(of.admit(anna, start) == answer::yes);
        CHECK(of.admit(anna, start + 1s) == answer::yes);
        CHECK(of.admit(anna, start + 2s) == answer::no_for_the_first_time);
        CHECK(of.admit(anna, start + 3s) == answer::no);
        CHECK(of.admit(anna, start + 59s) == answer::no);
    }

    TEST_CASE("subscribers don't share a count") {
        throttle of{1, 60s, start};
        CHECK(of.admit(anna, start) == answer::yes);
        CHECK(of.admit(boris, start) == answer::yes);
        CHECK(of.admit(anna, start) == answer::no_for_the_first_time);
    }

    TEST_CASE("the next window begins with nothing") {
        throttle of{1, 60s, start};
        CHECK(of.admit(anna, start) == answer::yes);
        CHECK(of.admit(anna, start + 59'999ms) == answer::no_for_the_first_time);
        CHECK(of.admit(anna, start + 60s) == answer::yes);
        CHECK(of.admit(anna, start + 119s) == answer::no_for_the_first_time);
    }

    TEST_CASE("windows after a long silence are as long as any") {
        throttle of{1, 60s, start};
        CHECK(of.admit(anna, start + 1h) == answer::yes);
        CHECK(of.admit(anna, start + 1h + 59s) == answer::no_for_the_first_time);
        CHECK(of.admit(anna, start + 1h + 60s) == answer::yes);
    }

    TEST_CASE("another number allowed holds from then on") {
        throttle of{1, 60s, start};
        CHECK(of.admit(anna, start) == answer::yes);
        of.allow(3);
        CHECK(of.admit(anna, start) == answer::yes);
        CHECK(of.admit(anna, start) == answer::yes);
        CHECK(of.admit(anna, start) == answer::no_for_the_first_time);
    }

    TEST_CASE("none allowed is none") {
        throttle of{0, 60s, start};
        CHECK(of.admit(anna, start) == answer::no_for_the_first_time);
        CHECK(of.admit(anna, start) == answer::no);
    }
}

} // namespace kabinet::gateway::throttle_test
