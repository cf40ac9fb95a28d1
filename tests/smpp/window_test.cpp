#include "smpp/window.hpp"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>

namespace window_test {

using namespace kabinet;
using namespace kabinet::smpp;
using namespace std::chrono_literals;

namespace {

constexpr steady_time start{};
constexpr std::uint32_t last_number = 0x7FFFFFFF;

std::uint32_t opened(window<int>& of, int awaited, steady_time now = start) {
    const auto sequence = of.open(awaited, now);
    REQUIRE(sequence.has_value());
    return *sequence;
}

} // namespace

TEST_CASE("requests are numbered from one") {
    window<int> requests{3, 10s};
    CHECK(opened(requests, 100) == 1);
    CHECK(opened(requests, 101) == 2);
    CHECK(requests.number_alone() == 3);
    CHECK(opened(requests, 102) == 4);
}

TEST_CASE("responses in any order find their requests once") {
    window<int> requests{3, 10s};
    for (int i = 1; i <= 3; ++i)
        (void)opened(requests, i * 10);
    CHECK(requests.close(2) == 20);
    CHECK(requests.close(3) == 30);
    CHECK(requests.close(1) == 10);
    for (std::uint32_t sequence = 0; sequence < 9; ++sequence)
        CHECK_FALSE(requests.close(sequence).has_value());
    CHECK(requests.size() == 0);
    CHECK_FALSE(requests.next_deadline().has_value());
}

TEST_CASE("foreign numbers close nothing though they share a place with an open one") {
    window<int> requests{4, 10s};
    CHECK(opened(requests, 7) == 1);
    for (const std::uint32_t foreign : {0U, 2U, 9U, 17U, 0x80000001U, 0xFFFFFFFFU})
        CHECK_FALSE(requests.close(foreign).has_value());
    CHECK(requests.close(1) == 7);
}

TEST_CASE("a full window takes nothing until one is answered") {
    window<int> requests{2, 10s};
    (void)opened(requests, 1);
    (void)opened(requests, 2);
    CHECK(requests.is_full());
    CHECK_FALSE(requests.open(3, start).has_value());
    CHECK(requests.close(1) == 1);
    CHECK_FALSE(requests.is_full());
    CHECK(opened(requests, 3) == 3);
}

TEST_CASE("a window of no size is always full and still numbers") {
    window<int> requests{0, 10s};
    CHECK(requests.is_full());
    CHECK_FALSE(requests.open(1, start).has_value());
    CHECK(requests.number_alone() == 1);
}

TEST_CASE("the numbers wrap to one and never to zero") {
    window<int> requests{4, 10s};
    requests.continue_after(last_number - 1);
    CHECK(opened(requests, 1) == last_number);
    CHECK(opened(requests, 2) == 1);
    CHECK(requests.close(last_number) == 1);
    CHECK(requests.close(1) == 2);
    requests.continue_after(last_number);
    CHECK(requests.number_alone() == 1);
}

TEST_CASE("a number still awaited is passed over after the wrap") {
    window<int> requests{4, 10s};
    CHECK(opened(requests, 1) == 1);
    requests.continue_after(last_number);
    CHECK(opened(requests, 2) == 2);
    CHECK(requests.close(1) == 1);
    requests.continue_after(last_number);
    CHECK(requests.number_alone() == 1);
}

TEST_CASE("requests are late in the order they were sent and not before") {
    window<int> requests{4, 10s};
    (void)opened(requests, 1, start);
    (void)opened(requests, 2, start + 1s);
    (void)opened(requests, 3, start + 2s);
    CHECK(requests.next_deadline() == start + 10s);
    CHECK_FALSE(requests.take_late(start + 10s - 1ns).has_value());
    CHECK(requests.close(2) == 2);
    const auto late = requests.take_late(start + 10s);
    REQUIRE(late.has_value());
    CHECK(late->sequence_number == 1);
    CHECK(late->awaited == 1);
    CHECK_FALSE(requests.take_late(start + 11s).has_value());
    CHECK(requests.next_deadline() == start + 12s);
    CHECK(requests.take_late(start + 12s)->awaited == 3);
    CHECK_FALSE(requests.take_late(start + 1h).has_value());
}

TEST_CASE("all that is open can be taken back oldest first") {
    window<int> requests{4, 10s};
    for (int i = 1; i <= 4; ++i)
        (void)opened(requests, i);
    CHECK(requests.close(1) == 1);
    CHECK(requests.take_any() == 2);
    CHECK(requests.take_any() == 3);
    CHECK(requests.take_any() == 4);
    CHECK_FALSE(requests.take_any().has_value());
    CHECK(requests.size() == 0);
}

TEST_CASE("what an answered request held is let go") {
    window<std::shared_ptr<int>> requests{1, 10s};
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = held;
    const auto sequence = requests.open(std::move(held), start);
    REQUIRE(sequence.has_value());
    (void)requests.close(*sequence);
    CHECK(watched.expired());
}

TEST_CASE("ten thousand random openings and closings lose nothing across the wrap") {
    std::minstd_rand random{7};
    window<std::uint32_t> requests{50, 10s};
    requests.continue_after(last_number - 5'000);
    std::map<std::uint32_t, std::uint32_t> open;
    steady_time now = start;
    for (std::uint32_t i = 0; i < 10'000; ++i) {
        now += 1ms;
        if (const auto sequence = requests.open(i, now))
            REQUIRE(open.emplace(*sequence, i).second);
        if (open.size() == 50 || random() % 2 == 0) {
            const auto any = std::next(open.begin(), static_cast<std::ptrdiff_t>(random() % open.size()));
            REQUIRE(requests.close(any->first) == any->second);
            open.erase(any);
        }
        REQUIRE(requests.size() == open.size());
    }
    std::size_t late = 0;
    while (const auto overdue = requests.take_late(now + 10s)) {
        CHECK(open.at(overdue->sequence_number) == overdue->awaited);
        ++late;
    }
    CHECK(late == open.size());
}

} // namespace window_test
