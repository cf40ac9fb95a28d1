#include "gateway/upstream/breaker.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::upstream::breaker_test {

using namespace std::chrono_literals;

namespace {

constexpr steady_time start{1h};

void fail(breaker& one, int times, steady_time now) {
    for (int at = 0; at < times; ++at) {
        REQUIRE(one.may_ask(now));
        one.note_failure(now);
    }
}

} // namespace

TEST_SUITE("a system that fails is left alone") {
    TEST_CASE("after failures in a row, and not after as many with a success between") {
        breaker one{3, 2s};
        fail(one, 2, start);
        one.note_success();
        fail(one, 2, start);
        CHECK_FALSE(one.is_open());
        fail(one, 1, start);
        CHECK(one.is_open());
        CHECK_FALSE(one.may_ask(start + 1s));
        CHECK(one.rests(start + 1s));
        CHECK_FALSE(one.rests(start + 2s));
    }

    TEST_CASE("then one question at a time shows whether it is back") {
        breaker one{3, 2s};
        fail(one, 3, start);
        CHECK(one.may_ask(start + 2s));
        CHECK_FALSE(one.may_ask(start + 2s)); // the first is under way
        one.note_failure(start + 3s);
        CHECK_FALSE(one.may_ask(start + 4s));
        CHECK(one.may_ask(start + 5s));
        one.note_success();
        CHECK_FALSE(one.is_open());
        CHECK(one.may_ask(start + 5s));
        CHECK(one.may_ask(start + 5s));
    }

    TEST_CASE("a question whose answer nobody noted doesn't shut it for ever") {
        breaker one{3, 2s};
        fail(one, 3, start);
        CHECK(one.may_ask(start + 2s));
        CHECK(one.may_ask(start + 4s));
    }
}

} // namespace kabinet::gateway::upstream::breaker_test
