#include "gateway/closed_actions.hpp"

#include <doctest/doctest.h>

namespace closed_actions_test {

using namespace kabinet;
using namespace kabinet::gateway;
using menus::action_kind;
using namespace std::chrono_literals;

namespace {

constexpr utc_time noon{1'700'000'000s};

} // namespace

TEST_CASE("an action is closed alone, until its time or until it is opened") {
    closed_actions of;
    CHECK_FALSE(of.find(action_kind::transfer, noon));
    of.close(action_kind::transfer, noon + 1h);
    of.close(action_kind::top_up, std::nullopt);
    CHECK(of.find(action_kind::transfer, noon)->until == noon + 1h);
    CHECK_FALSE(of.find(action_kind::transfer, noon + 1h));
    CHECK_FALSE(of.find(action_kind::take_promise, noon));
    REQUIRE(of.find(action_kind::top_up, noon + 24h));
    CHECK_FALSE(of.find(action_kind::top_up, noon + 24h)->until);
    of.open(action_kind::top_up);
    CHECK_FALSE(of.find(action_kind::top_up, noon));
    CHECK(of.find(action_kind::transfer, noon));
    of.open_all();
    CHECK_FALSE(of.find(action_kind::transfer, noon));
}

} // namespace closed_actions_test
