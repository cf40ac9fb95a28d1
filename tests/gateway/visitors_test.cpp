#include "gateway/visitors.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::visitors_test {

using namespace std::chrono_literals;

namespace {

visitor from(std::uint8_t last) {
    visitor made{};
    made.back() = last;
    return made;
}

msisdn number(std::uint64_t last) {
    return msisdn::from_digits(79260000000 + last);
}

constexpr steady_time start{1'000h};

} // namespace

TEST_CASE("a visitor tries so many numbers an hour, each again and again") {
    visitors all{3};
    for (std::uint64_t each : {1, 2, 3, 1, 2, 3, 3})
        CHECK_FALSE(all.admit(from(1), number(each), start));
    CHECK(all.admit(from(1), number(4), start + 1min) == start + 1h);
    CHECK_FALSE(all.admit(from(2), number(4), start + 1min));
}

TEST_CASE("a number is forgotten an hour after it was tried first") {
    visitors all{2};
    CHECK_FALSE(all.admit(from(1), number(1), start));
    CHECK_FALSE(all.admit(from(1), number(2), start + 30min));
    CHECK(all.admit(from(1), number(3), start + 59min) == start + 1h);
    CHECK_FALSE(all.admit(from(1), number(3), start + 1h));
    CHECK(all.admit(from(1), number(4), start + 1h) == start + 90min);
}

TEST_CASE("a visitor who never ends with a number is stopped for it alone, until its hour is over") {
    visitors all{3};
    for (std::uint32_t count = 0; count < visitors::tries_of_a_number; ++count)
        CHECK_FALSE(all.admit(from(1), number(1), start + 10min));
    CHECK(all.admit(from(1), number(1), start + 20min) == start + 70min);
    all.take_back(from(1), number(1)); // one was put off
    CHECK_FALSE(all.admit(from(1), number(1), start + 20min));
    CHECK(all.admit(from(1), number(1), start + 20min) == start + 70min);
    CHECK_FALSE(all.admit(from(1), number(2), start + 20min));
    CHECK_FALSE(all.admit(from(2), number(1), start + 20min));
    CHECK_FALSE(all.admit(from(1), number(1), start + 70min));
}

TEST_CASE("a number whose password he knew doesn't count") {
    visitors all{1};
    for (std::uint64_t each = 1; each < 100; ++each) {
        CHECK_FALSE(all.admit(from(1), number(each), start));
        all.forgive(from(1), number(each));
    }
    all.forgive(from(9), number(1));
}

TEST_CASE("no limit is no limit") {
    visitors all{0};
    for (std::uint64_t each = 0; each < 1'000; ++each)
        CHECK_FALSE(all.admit(from(1), number(each), start));
    CHECK(all.size() == 0);
}

TEST_CASE("so many visitors are remembered and no more") {
    visitors all{1, 10};
    for (std::uint8_t each = 0; each < 10; ++each)
        CHECK_FALSE(all.admit(from(each), number(1), start));
    CHECK(all.admit(from(3), number(2), start));
    CHECK_FALSE(all.admit(from(100), number(1), start + 1min));
    CHECK(all.size() == 10);
    // after an hour those who left make room, and the newest stays
    CHECK_FALSE(all.admit(from(101), number(1), start + 1h));
    CHECK(all.size() == 2);
    CHECK(all.admit(from(100), number(2), start + 1h));
}

} // namespace kabinet::gateway::visitors_test
