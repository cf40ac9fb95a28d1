#include "gateway/turns.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kabinet::gateway::turns_test {

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);

} // namespace

TEST_SUITE("turns") {
    TEST_CASE("who comes first begins at once and who comes next waits") {
        turns all;
        std::string begun;
        CHECK(all.enter(anna, [&] { begun += 'a'; }));
        CHECK(all.enter(anna, [&] { begun += 'b'; }));
        CHECK(all.enter(anna, [&] { begun += 'c'; }));
        CHECK(begun == "a");
        all.leave(anna);
        CHECK(begun == "ab");
        all.leave(anna);
        CHECK(begun == "abc");
        all.leave(anna);
        CHECK(all.size() == 0);
    }

    TEST_CASE("subscribers don't wait for each other") {
        turns all;
        std::string begun;
        CHECK(all.enter(anna, [&] { begun += 'a'; }));
        CHECK(all.enter(boris, [&] { begun += 'b'; }));
        CHECK(begun == "ab");
        CHECK(all.size() == 2);
    }

    TEST_CASE("a few may wait and no more") {
        turns all;
        int begun = 0;
        const auto begin = [&] { ++begun; };
        for (int each = 0; each < 5; ++each)
            CHECK(all.enter(anna, begin));
        CHECK_FALSE(all.enter(anna, begin));
        CHECK(all.enter(boris, begin));
        all.leave(anna);
        CHECK(all.enter(anna, begin));
        CHECK(begun == 3);
    }

    TEST_CASE("after everybody left the next begins at once") {
        turns all;
        int begun = 0;
        CHECK(all.enter(anna, [&] { ++begun; }));
        all.leave(anna);
        CHECK(all.enter(anna, [&] { ++begun; }));
        CHECK(begun == 2);
    }

    TEST_CASE("an action that is over at once lets the others through") {
        turns all;
        std::string begun;
        const auto at_once = [&] {
            begun += 'x';
            all.leave(anna);
        };
        CHECK(all.enter(anna, at_once));
        CHECK(all.size() == 0);
        CHECK(all.enter(anna, [&] { begun += 'a'; }));
        CHECK(all.enter(anna, at_once));
        CHECK(all.enter(anna, at_once));
        all.leave(anna);
        CHECK(begun == "xaxx");
        CHECK(all.size() == 0);
    }
}

} // namespace kabinet::gateway::turns_test
