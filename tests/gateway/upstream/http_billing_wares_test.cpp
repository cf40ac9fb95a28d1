// What the pack sells, where the operator's own system has it: as it is answered, and as it is not.
#include "tests/gateway/upstream/billing_house.hpp"

namespace kabinet::gateway::upstream::http_billing_wares_test {

namespace {

constexpr std::chrono::hours month{720};

store::connect_service beep() {
    return {{"beep", rubles(5), rubles(30), month, 240h}, {"hush"}};
}
store::connect_service hush() {
    return {{"hush", {}, {}, {}, {}}, {"beep"}};
}
store::change_tariff wide() {
    return {{"wide", {}, rubles(20), month, {}}, false};
}
store::buy_package talk() {
    return {{"talk", {}, rubles(25), month, 240h}, {100, 20, 0}, true};
}

} // namespace

TEST_SUITE("what is sold by the operator's own system") {
    TEST_CASE("is charged there, and told with what it is about and when it is due") {
        billing_house on;
        const auto came = on.fulfil(on.asked(beep()));
        CHECK(came.is == verdict::connected);
        CHECK(came.about == store::subject{"service.beep", {}, month});
        CHECK(came.sums.amount == rubles(35));
        CHECK(came.sums.fee == rubles(30));
        CHECK(came.sums.balance == rubles(65));
        REQUIRE(came.until);
        CHECK(*came.until > read_clocks().utc + month - 1min);
        CHECK(on.kept == 1);
        CHECK(on.fulfil(on.asked(beep())).is == verdict::already_connected);
        const auto at_odds = on.fulfil(on.asked(hush()));
        CHECK(at_odds.is == verdict::conflict);
        CHECK(at_odds.about == store::subject{"service.hush", "service.beep", std::chrono::seconds{0}});
        const auto ended = on.fulfil(on.asked(store::disconnect_service{"beep"}));
        CHECK(ended.is == verdict::disconnected);
        CHECK(ended.sums.balance == rubles(65));
        CHECK(on.fulfil(on.asked(store::disconnect_service{"beep"})).is == verdict::not_connected);
        const auto free = on.fulfil(on.asked(hush()));
        CHECK(free.is == verdict::connected);
        CHECK_FALSE(free.until); // it has no fee
        CHECK(on.is_read());
    }

    TEST_CASE("a tariff and packages are ordered on the terms that were read") {
        billing_house on;
        CHECK(on.fulfil(on.asked(wide())).is == verdict::switched);
        CHECK(on.fulfil(on.asked(wide())).is == verdict::already_connected);
        const auto bought = on.fulfil(on.asked(talk()));
        CHECK(bought.is == verdict::bought);
        CHECK(bought.sums.balance == rubles(55));
        const auto extended = on.fulfil(on.asked(talk()));
        CHECK(extended.is == verdict::extended);
        CHECK(*extended.until > *bought.until);
        store::buy_package dear = talk();
        dear.on.fee = rubles(31);
        const auto poor = on.fulfil(on.asked(dear));
        CHECK(poor.is == verdict::short_of);
        CHECK(poor.sums.balance == rubles(30));
        CHECK(poor.sums.amount == rubles(31));
        const auto stopped = on.fulfil(on.asked(store::stop_package{"talk"}));
        CHECK(stopped.is == verdict::stopped);
        CHECK(stopped.until == extended.until);
        CHECK(stopped.about.what == "package.talk");
        CHECK(on.fulfil(on.asked(store::stop_package{"text"})).is == verdict::not_connected);
    }

    TEST_CASE("what a number has is that system's to say, of a number that is one of ours") {
        billing_house on;
        const auto nothing = on.holdings();
        REQUIRE(nothing.has_value());
        CHECK(nothing->has.empty());
        CHECK(nothing->balance == rubles(100));
        REQUIRE(on.fulfil(on.asked(talk())).is == verdict::bought);
        REQUIRE(on.fulfil(on.asked(wide())).is == verdict::switched);
        const auto seen = on.holdings();
        REQUIRE(seen.has_value());
        CHECK(seen->is_known);
        CHECK(seen->speaks.has_value());
        CHECK(seen->status == store::account_status::active);
        CHECK(seen->balance == rubles(55));
        REQUIRE(seen->has.size() == 2);
        const store::holding* const package = seen->find(store::ware_kind::package, "talk");
        REQUIRE(package != nullptr);
        CHECK(package->left == store::allowance{100, 20, 0});
        CHECK(package->fee == rubles(25));
        CHECK(package->renews);
        CHECK(seen->find_tariff()->name == "wide");
        CHECK(on.half->is_elsewhere());
        const auto stranger = on.holdings(nobody);
        REQUIRE(stranger.has_value());
        CHECK(stranger->status == store::account_status::left); // as good as
    }

    TEST_CASE("what isn't known is told as such, never as it was once") {
        billing_house on{5s, 1min};
        REQUIRE(on.holdings().has_value());
        on.theirs.go_away();
        CHECK_FALSE(on.holdings().has_value());
        CHECK(on.fulfil(on.asked(beep())).is == verdict::not_done);
        on.theirs.come_back();
        CHECK(on.theirs.figures().orders == 0);
    }

    TEST_CASE("rubbish isn't taken for what a number has") {
        billing_house on{5s, 1min};
        billing_faults rubbish;
        rubbish.reads.rubbish = 1;
        on.theirs.misbehave(rubbish);
        for (int each = 0; each < 4; ++each)
            CHECK_FALSE(on.holdings().has_value());
        CHECK(on.half->look().failed == 4);
    }

    TEST_CASE("an order that was done and not answered is done once, and told late with all that it says") {
        billing_house on{200ms};
        on.theirs.misbehave(of_operations(&fault_shares::mute));
        CHECK(on.fulfil(on.asked(beep())).is == verdict::under_way);
        CHECK(on.fulfil(on.asked(talk())).is == verdict::under_way);
        on.theirs.misbehave({});
        on.restart();
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::connected, verdict::bought});
        CHECK(on.holdings()->has.size() == 2);
        CHECK(on.seen().balance == rubles(40));
        CHECK(on.theirs.figures().orders == 2);
    }

    TEST_CASE("an order that never came there is cancelled, and may be wished again") {
        billing_house on{200ms};
        billing_faults swallows;
        swallows.swallowed = 1;
        on.theirs.misbehave(swallows);
        CHECK(on.fulfil(on.asked(wide())).is == verdict::under_way);
        on.theirs.misbehave({});
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::not_done});
        CHECK(on.holdings()->has.empty());
        CHECK(on.fulfil(on.asked(wide())).is == verdict::switched);
        CHECK(on.seen().balance == rubles(80));
    }

    TEST_CASE("a redelivered purchase is ordered once, and told alike") {
        billing_house on;
        store::request first = on.asked(talk());
        store::request again = on.asked(talk());
        again.id = first.id;
        const auto came = on.fulfil(std::move(first));
        const auto same = on.fulfil(std::move(again));
        CHECK(came.is == verdict::bought);
        CHECK(same.is == verdict::bought);
        CHECK(same.is_repeat);
        CHECK(same.about == came.about);
        CHECK(same.until == came.until);
        CHECK(on.seen().balance == rubles(75));
        CHECK(on.theirs.figures().orders == 1);
    }
}

} // namespace kabinet::gateway::upstream::http_billing_wares_test
