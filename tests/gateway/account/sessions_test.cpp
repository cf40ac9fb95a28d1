#include "gateway/account/sessions.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::account::sessions_test {

using namespace std::chrono_literals;

namespace {

const store::keys some_keys = store::keys::parse(store::tests::key_lines, "test.key");

guest of_number(std::string number) {
    guest made;
    made.number = std::move(number);
    return made;
}

} // namespace

TEST_CASE("a session is found by its name until it was silent for ten minutes, an hour at most") {
    sessions all{some_keys};
    const steady_time began{};
    const auto one = all.open(began);
    CHECK(one->id.size() == 32);
    CHECK(all.find(one->id, began + 9min) == one);
    CHECK(all.find("", began) == nullptr);
    CHECK(all.find(one->id.substr(1), began) == nullptr);
    for (auto at = began + 9min; at < began + 60min; at += 9min)
        CHECK(all.find(one->id, at) == one);
    CHECK(all.find(one->id, began + 60min) == nullptr);
    const auto other = all.open(began);
    CHECK(all.find(other->id, began + 10min) == nullptr);
    CHECK(all.size() == 0);
}

TEST_CASE("a guest's session is over with what the API gave") {
    sessions all{some_keys};
    const steady_time began{};
    guest who = of_number("79261112233");
    who.until = began + 5min;
    const auto one = all.let_in(std::move(who), began);
    CHECK(all.find(one->id, began + 4min) == one);
    CHECK(all.find(one->id, began + 5min) == nullptr);
}

TEST_CASE("who was silent longest makes room, and a crowd of strangers puts no guest out") {
    sessions all{some_keys, 3};
    const steady_time now{};
    const auto guest_there = all.let_in(of_number("79261112233"), now);
    const auto first = all.open(now);
    const auto second = all.open(now);
    const auto third = all.open(now);
    CHECK(all.find(first->id, now + 1s) == first);
    const auto fourth = all.open(now + 1s);
    CHECK(all.find(second->id, now + 1s) == nullptr);
    for (const auto& each : {first, third, fourth, guest_there})
        CHECK(all.find(each->id, now + 1s) == each);
    CHECK(all.size() == 4);
}

TEST_CASE("one number is logged in five times at most") {
    sessions all{some_keys};
    const steady_time now{};
    const auto other = all.let_in(of_number("79262223344"), now);
    const auto first = all.let_in(of_number("79261112233"), now);
    for (std::size_t count = 1; count < sessions::most_of_number; ++count)
        CHECK(all.let_in(of_number("79261112233"), now));
    CHECK(all.find(first->id, now) == first);
    const auto last = all.let_in(of_number("79261112233"), now);
    CHECK(all.size() == 1 + sessions::most_of_number);
    CHECK(all.find(first->id, now) == first); // it was used since
    all.end_all_of("79261112233", *last);
    CHECK(all.size() == 2);
    CHECK(all.find(last->id, now) == last);
    CHECK(all.find(other->id, now) == other);
    all.end(*last);
    CHECK(all.find(last->id, now) == nullptr);
}

TEST_CASE("a form is a session's own by its token alone") {
    sessions all{some_keys};
    const auto one = all.open({});
    const auto other = all.open({});
    CHECK(all.is_own(*one, one->form_token));
    CHECK_FALSE(all.is_own(*one, other->form_token));
    CHECK_FALSE(all.is_own(*one, ""));
    CHECK_FALSE(all.is_own(*one, one->id));
}

} // namespace kabinet::gateway::account::sessions_test
