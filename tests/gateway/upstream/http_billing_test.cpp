#include "tests/gateway/upstream/billing_house.hpp"

namespace kabinet::gateway::upstream::http_billing_test {

TEST_SUITE("money that the operator's own system keeps") {
    TEST_CASE("is what that system says, and what it did is told") {
        billing_house on;
        CHECK(on.seen().balance == rubles(100));
        const auto came = on.fulfil(on.voucher());
        CHECK(came.is == verdict::topped_up);
        CHECK(came.sums.amount == rubles(100));
        CHECK(came.sums.balance == rubles(200));
        CHECK(on.kept == 1);
        CHECK(on.fulfil(on.voucher()).is == verdict::used_voucher);
        const auto given = on.fulfil(on.transfer(rubles(50)));
        CHECK(given.is == verdict::transferred);
        CHECK(given.sums.balance == rubles(145));
        CHECK(given.sums.party == boris);
        CHECK(on.seen().balance == rubles(145));
        CHECK(on.seen(boris).balance == rubles(150));
        CHECK(on.is_read());
    }

    TEST_CASE("a promised payment is taken on the terms that were read, once") {
        billing_house on;
        const auto lend = [&] {
            return on.fulfil(on.asked(store::take_promise{"small", rubles(300), rubles(20), 72h, money{}}));
        };
        const auto first = lend();
        CHECK(first.is == verdict::promised);
        CHECK(first.sums.amount == rubles(300));
        CHECK(first.sums.fee == rubles(20));
        CHECK(first.sums.balance == rubles(380));
        CHECK(first.until.has_value());
        const auto second = lend();
        CHECK(second.is == verdict::promise_open);
        CHECK(second.until == first.until);
        CHECK(on.seen().promise->amount == rubles(300));
    }

    TEST_CASE("a second delivery asks for nothing a second time") {
        billing_house on;
        store::request first = on.voucher();
        store::request again = on.voucher();
        again.id = first.id;
        CHECK(on.fulfil(std::move(first)).is == verdict::topped_up);
        const auto came = on.fulfil(std::move(again));
        CHECK(came.is == verdict::topped_up);
        CHECK(came.is_repeat);
        CHECK(on.theirs.figures().orders == 1);
    }

    TEST_CASE("a payment from elsewhere isn't told here: who keeps the money is to be told") {
        billing_house on;
        CHECK(on.fulfil(on.asked(store::pay_in{rubles(10)})).is == verdict::elsewhere);
        CHECK(on.theirs.figures().orders == 0);
    }
}

TEST_SUITE("a billing system that answers badly") {
    TEST_CASE("what was done and never answered is asked after: done once, and told late") {
        billing_house on{200ms};
        on.theirs.misbehave(of_operations(&fault_shares::mute));
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave({});
        CHECK(on.open_orders().size() == 1);
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::topped_up});
        CHECK(on.seen().balance == rubles(200));
        CHECK(on.theirs.figures().orders == 1);
    }

    TEST_CASE("what never came there is cancelled, and told to have not been done") {
        billing_house on{200ms};
        billing_faults swallows;
        swallows.swallowed = 1;
        on.theirs.misbehave(swallows);
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave({});
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::not_done});
        CHECK(on.seen().balance == rubles(100));
        CHECK(on.fulfil(on.voucher()).is == verdict::topped_up); // the voucher is good still
    }

    TEST_CASE("a run that is over leaves what is open to the next") {
        billing_house on{200ms};
        on.theirs.misbehave(of_operations(&fault_shares::mute));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::under_way);
        on.theirs.misbehave({});
        on.restart();
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::transferred});
        CHECK(on.seen().balance == rubles(45));
    }

    TEST_CASE("what this run has in hand isn't taken for what one before it left open") {
        billing_house on;
        billing_faults slow = of_operations(&fault_shares::late);
        slow.late_for = 200ms;
        on.theirs.misbehave(slow);
        std::optional<store::outcome> came;
        on.half->fulfil(
            on.voucher(), [&] { ++on.kept; }, [&](const auto& is) { came = is.value(); });
        on.wait([&] { return on.kept == 1; });
        CHECK(on.half->look().open == 0); // its answer may come yet
        on.wait([&] {
            on.half->work(read_clocks());
            return came.has_value();
        });
        CHECK(came->is == verdict::topped_up);
        CHECK(on.theirs.figures().asked == 0);
        CHECK(on.told_by_sms().empty());
    }

    TEST_CASE("an error and rubbish aren't taken for an answer") {
        billing_house on;
        on.theirs.misbehave(of_operations(&fault_shares::failed));
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave(of_operations(&fault_shares::rubbish));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::under_way);
        on.theirs.misbehave({});
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::not_done, verdict::transferred});
    }

    TEST_CASE("one that turns an order away has done nothing, and the subscriber hears so at once") {
        billing_house on;
        billing_faults turns_away;
        turns_away.turned_away = 1;
        on.theirs.misbehave(turns_away);
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done);
        CHECK(on.is_read());
    }

    TEST_CASE("one that isn't there is known not to have done it") {
        billing_house on;
        on.theirs.go_away();
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done);
        CHECK(on.is_read());
        on.theirs.come_back();
        CHECK(on.fulfil(on.voucher()).is == verdict::topped_up);
    }

    TEST_CASE("a connection that went with it isn't used for an order") {
        billing_house on;
        CHECK(on.fulfil(on.transfer(rubles(10))).is == verdict::transferred);
        on.theirs.go_away();
        on.theirs.come_back();
        CHECK(on.fulfil(on.transfer(rubles(10))).is == verdict::transferred);
    }

    TEST_CASE("after failures it is left alone, and a balance is told as it was last seen") {
        billing_house on{5s, 1min};
        const auto before = on.purse();
        CHECK_FALSE(before->seen);
        on.theirs.go_away();
        for (int each = 0; each < 8; ++each) {
            const auto old = on.purse();
            REQUIRE(old.has_value());
            CHECK(old->balance == rubles(100));
            CHECK(old->seen.has_value());
        }
        CHECK(on.half->look().is_left_alone);
        CHECK(on.half->look().spared >= 3);
        CHECK_FALSE(on.purse(boris).has_value());               // never seen
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done); // without asking
        on.theirs.come_back();
        CHECK(on.theirs.figures().orders == 0);
    }

    TEST_CASE("whoever has the number next isn't told what was seen of the one before") {
        billing_house on;
        CHECK(on.seen().balance == rubles(100));
        on.half->forget(anna);
        on.theirs.go_away();
        CHECK_FALSE(on.purse().has_value());
    }

    TEST_CASE("whoever had his number blocked sees what that system says of it, not the store's own books") {
        billing_house on;
        std::optional<verdict> blocked;
        on.lane.once(on.asked(store::block_number{}),
                     [&](const boost::system::result<store::outcome>& is) { blocked = is.value().is; });
        on.wait([&] { return blocked.has_value(); });
        CHECK(*blocked == verdict::number_blocked);
        const store::purse_view seen = on.seen();
        CHECK(seen.balance == rubles(100));
        CHECK(seen.bar == store::bar_reason::by_owner); // what a SIM may see is judged by this
        CHECK(on.holdings().has_value());
    }

    TEST_CASE("what an order may have changed isn't told as it was before") {
        billing_house on;
        CHECK(on.seen().balance == rubles(100));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::transferred);
        on.theirs.go_away();
        CHECK_FALSE(on.purse().has_value());
    }

    TEST_CASE("more at once than connections wait their turn, and what waits too long was never asked") {
        billing_house on{300ms};
        billing_faults slow;
        slow.operations.late = 1;
        slow.late_for = 200ms;
        on.theirs.misbehave(slow);
        constexpr int wishes = 40; // over four connections
        std::vector<verdict> came;
        for (int each = 0; each < wishes; ++each) {
            store::request one = on.transfer(rubles(1));
            one.by.who = msisdn::from_digits(79265550000 + static_cast<std::uint64_t>(each));
            on.half->fulfil(
                std::move(one), [] {}, [&](const auto& is) { came.push_back(is.value().is); });
        }
        on.wait([&] { return came.size() == wishes; });
        on.theirs.misbehave({});
        on.bring_to_end();
        const auto not_done = std::count(came.begin(), came.end(), verdict::not_done);
        CHECK(not_done > 0);
        CHECK(on.theirs.figures().orders + static_cast<std::size_t>(not_done) == wishes);
    }
}

} // namespace kabinet::gateway::upstream::http_billing_test
