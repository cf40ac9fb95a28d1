// What every database behind the store must keep of orders to another system. Over store::backend only.
#include "tests/contract/orders_house.hpp"

#include <array>

namespace orders_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

top_up typed(const keys& with, std::string_view code) {
    return {with.mark_voucher(secret{code}), 3, 1h};
}

order_end topped_up(money worth) {
    order_end came;
    came.is = verdict::topped_up;
    came.says.amount = worth;
    came.says.balance = worth;
    return came;
}

transfer give(msisdn to, money amount) {
    return {to, amount, rubles(5), money{}, 3, rubles(1'000), "notice.told"};
}

} // namespace

TEST_CASE("an order is open until it is known what came of it, also after a restart") {
    orders_house here;
    const auto begun = here.begin("step 1", typed(here.with, "1234567890"), at(0s));
    CHECK(begun.came.is == verdict::under_way);
    REQUIRE(begun.name);
    here.start();
    const auto open = here.open();
    REQUIRE(open.size() == 1);
    CHECK(open[0].name == *begun.name);
    CHECK(open[0].what == effect_kind::top_up);

    const auto came = here.end(*begun.name, topped_up(rubles(100)), at(2s));
    REQUIRE(came);
    CHECK(came->is == verdict::topped_up);
    CHECK(came->sums.balance == rubles(100));
    CHECK(here.open().empty());
    CHECK_FALSE(here.end(*begun.name, ended(verdict::not_done), at(3s))); // an end is one for good
}

TEST_CASE("a second delivery is under way as long as the first is, and then told what came of it") {
    orders_house here;
    const auto begun = here.begin("step 1", typed(here.with, "1234567890"), at(0s));
    const auto again = here.begin("step 1", typed(here.with, "1234567890"), at(1s));
    CHECK(again.came.is == verdict::under_way);
    CHECK(again.came.is_repeat);
    CHECK_FALSE(again.name); // nothing is to be asked for twice
    here.end(*begun.name, topped_up(rubles(100)), at(2s));
    const auto later = here.begin("step 1", typed(here.with, "1234567890"), at(3s));
    CHECK(later.came.is == verdict::topped_up);
    CHECK(later.came.is_repeat);
    CHECK_FALSE(later.name);
    CHECK(here.try_begin(here.asked("step 1", typed(here.with, "0987654321"), at(4s))).error() ==
          store_error::conflict);
}

TEST_CASE("what was not done may be wished again in the same words a minute later") {
    orders_house here;
    const auto wish_at = [&](instant now) {
        request same = here.asked("ваучер", typed(here.with, "1234567890"), now);
        same.by.by = channel::sms;
        same.repeats_within = 10min;
        return here.try_begin(same).value();
    };
    const auto begun = wish_at(at(0s));
    here.end(*begun.name, ended(verdict::not_done), at(2s));
    const auto again = wish_at(at(20s)); // its centre has not heard the answer
    CHECK(again.came.is == verdict::not_done);
    CHECK_FALSE(again.name);
    const auto anew = wish_at(at(2min));
    CHECK(anew.came.is == verdict::under_way);
    REQUIRE(anew.name);
    CHECK(*anew.name != *begun.name);
}

TEST_CASE("the late end of a wish leaves alone what came of the same one wished anew meanwhile") {
    orders_house here;
    const auto wish_at = [&](instant now) {
        request same = here.asked("ваучер", typed(here.with, "1234567890"), now);
        same.by.by = channel::sms;
        same.repeats_within = 10min;
        return here.try_begin(same).value();
    };
    const auto slow = wish_at(at(0s));
    const auto anew = wish_at(at(11min)); // and nobody knows yet what came of the first
    REQUIRE(slow.name);
    REQUIRE(anew.name);
    REQUIRE(here.end(*anew.name, topped_up(rubles(100)), at(12min)));
    REQUIRE(here.end(*slow.name, ended(verdict::not_done), at(13min)));
    const auto delivered_again = wish_at(at(15min));
    CHECK(delivered_again.came.is == verdict::topped_up);
    CHECK(delivered_again.came.is_repeat);
    CHECK_FALSE(delivered_again.name);

    const auto third = wish_at(at(30min));
    const auto fourth = wish_at(at(41min));
    REQUIRE(here.end(*third.name, ended(verdict::not_done), at(42min)));
    CHECK(wish_at(at(44min)).came.is == verdict::under_way); // of which the fourth is
    REQUIRE(fourth.name);
}

TEST_CASE("what the rules refuse is never ordered") {
    orders_house here;
    request stranger = here.asked("step 1", typed(here.with, "1234567890"), at(0s));
    stranger.by.is_vouched_for = false;
    const auto refused = here.try_begin(stranger).value();
    CHECK(refused.came.is == verdict::untrusted);
    CHECK_FALSE(refused.name);
    CHECK(here.begin("step 2", give(anna, rubles(10)), at(0s)).came.is == verdict::to_oneself);
    CHECK(here.open().empty());
}

TEST_CASE("an SMS that waits for an end isn't sent before it, and goes out late whatever its birth") {
    orders_house here;
    const auto begun = here.begin("step 1", typed(here.with, "1234567890"), at(0s));
    CHECK(here.claim(at(1s)).empty());
    here.start();
    CHECK(here.claim(at(2s)).empty()); // nor by the next run
    here.end(*begun.name, topped_up(rubles(100)), at(49h), true);
    const auto told = here.claim(at(49h));
    REQUIRE(told.size() == 1);
    CHECK(told[0].who == anna);
    CHECK(told[0].what.is == verdict::topped_up);
    CHECK(told[0].what.sums.amount == rubles(100));
}

TEST_CASE("an end in time leaves the SMS as the wish wanted it") {
    orders_house here;
    request by_screen = here.asked("step 1", typed(here.with, "1234567890"), at(0s));
    by_screen.sms->when_done = result_sms::birth::held;
    const auto begun = here.try_begin(by_screen).value();
    const auto came = here.end(*begun.name, topped_up(rubles(100)), at(1s));
    REQUIRE(came->sms);
    CHECK(here.claim(at(1s)).empty());
    const std::array failed{settlement{*came->sms, settling::release}};
    CHECK(here.in_batch([&] { return here.behind->settle(failed, at(2s).utc); }).value() == 1);
    CHECK(here.claim(at(2s)).size() == 1);
}

TEST_CASE("vouchers whose end isn't known count as wrong ones: nobody guesses faster than answers come") {
    orders_house here; // three wrong ones close them
    const auto first = here.begin("step 1", typed(here.with, "1111111111"), at(0s));
    const auto second = here.begin("step 2", typed(here.with, "2222222222"), at(1s));
    const auto third = here.begin("step 3", typed(here.with, "3333333333"), at(2s));
    CHECK(here.begin("step 4", typed(here.with, "4444444444"), at(3s)).came.is == verdict::vouchers_closed);
    CHECK(here.end(*first.name, ended(verdict::wrong_voucher), at(4s))->is == verdict::wrong_voucher);
    here.end(*second.name, ended(verdict::not_done), at(4s)); // it was never looked at: it counts no more
    CHECK(here.begin("step 5", typed(here.with, "4444444444"), at(5s)).name);
    const auto last = here.end(*third.name, ended(verdict::wrong_voucher), at(6s));
    CHECK(last->is == verdict::vouchers_closed);
    CHECK(last->until.has_value());
}

TEST_CASE("a right voucher ends the count of wrong ones") {
    orders_house here;
    for (const std::string_view id : {"step 1", "step 2"}) {
        const auto begun = here.begin(id, typed(here.with, id), at(0s));
        here.end(*begun.name, ended(verdict::wrong_voucher), at(0s));
    }
    const auto right = here.begin("step 3", typed(here.with, "1234567890"), at(1s));
    here.end(*right.name, topped_up(rubles(100)), at(1s));
    for (const std::string_view id : {"step 4", "step 5"}) {
        const auto begun = here.begin(id, typed(here.with, id), at(2s));
        CHECK(here.end(*begun.name, ended(verdict::wrong_voucher), at(2s))->is == verdict::wrong_voucher);
    }
}

TEST_CASE("limits of transfers count what was given and what may have been") {
    orders_house here; // three an hour
    const auto first = here.begin("step 1", give(boris, rubles(10)), at(0s));
    const auto second = here.begin("step 2", give(boris, rubles(10)), at(1s));
    CHECK(here.begin("step 3", give(boris, rubles(981)), at(2s)).came.is == verdict::day_limit);
    const auto third = here.begin("step 4", give(boris, rubles(10)), at(2s));
    CHECK(here.begin("step 5", give(boris, rubles(10)), at(3s)).came.is == verdict::limit);
    here.end(*first.name, ended(verdict::transferred), at(4s));
    here.end(*second.name, ended(verdict::transferred), at(4s));
    here.end(*third.name, ended(verdict::short_of), at(4s)); // nothing went: it doesn't count
    CHECK(here.begin("step 6", give(boris, rubles(10)), at(5s)).name);
}

TEST_CASE("whom money came to is told once it came, with an account or without one") {
    orders_house here;
    const auto begun = here.begin("step 1", give(boris, rubles(150)), at(0s));
    waiting_notices how;
    how.plan.to = [](msisdn) { return address{}; };
    how.from = [](msisdn) { return address{}; };
    how.is_awake = [](msisdn, std::string_view) { return true; };
    const auto tell = [&] {
        return here.in_batch([&] { return here.behind->tell_waiting(how, 0, 10, at(1min).utc); }).value().sms;
    };
    CHECK(tell().empty());
    order_end came = ended(verdict::transferred);
    came.says.balance = rubles(65);
    came.party_balance = rubles(150);
    const auto outcome = here.end(*begun.name, came, at(1s));
    CHECK(outcome->sums.amount == rubles(150));
    CHECK(outcome->sums.fee == rubles(5));
    CHECK(outcome->sums.party == boris);
    const auto told = tell();
    REQUIRE(told.size() == 1);
    CHECK(told[0].who == boris);
    CHECK(told[0].what.sums.amount == rubles(150));
    CHECK(told[0].what.sums.balance == rubles(150));
    CHECK(told[0].what.sums.party == anna);
}

TEST_CASE("who was forgotten meanwhile is told nothing, and nothing keeps his number") {
    orders_house here;
    const auto begun = here.begin("step 1", give(boris, rubles(150)), at(0s));
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(1s).utc); }).value());
    CHECK(here.open().size() == 1); // its end is still to be asked for
    order_end came = ended(verdict::transferred);
    came.party_balance = rubles(150);
    const auto outcome = here.end(*begun.name, came, at(2s), true);
    CHECK(outcome->is == verdict::transferred);
    CHECK(here.claim(at(3s)).empty());
    here.behind.reset();
    const std::string rows = octets_of(here.place.path() / "kabinet.db");
    CHECK(rows.find("79261112233") == std::string::npos);
}

TEST_CASE("ended orders are forgotten after a day, open ones never") {
    orders_house here;
    const auto ended_one = here.begin("step 1", typed(here.with, "1111111111"), at(0s));
    const auto open_one = here.begin("step 2", typed(here.with, "2222222222"), at(0s));
    here.end(*ended_one.name, topped_up(rubles(100)), at(0s));
    while (here.in_batch([&] { return here.behind->tidy(at(240h).utc); }).value()) {
    }
    REQUIRE(here.open().size() == 1);
    CHECK(here.open()[0].name == *open_one.name);
    CHECK(here.end(*open_one.name, ended(verdict::not_done), at(241h), true)->is == verdict::not_done);
    CHECK(here.claim(at(241h)).size() == 1); // ten days late, and told all the same
}

} // namespace orders_contract_test
