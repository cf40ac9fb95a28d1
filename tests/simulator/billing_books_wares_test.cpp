#include "simulator/billing_books.hpp"

#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <stdexcept>

namespace kabinet::simulator::billing_books_wares_test {

namespace {

using namespace std::chrono_literals;
using step = billing_change::step;

constexpr auto day = 24h;

operation_end order(kept_books& in, const billing_order& what, utc_time now = noon) {
    static unsigned number = 0;
    return in.books.order(name(++number), what, now).value();
}

order_refusal why_refused(kept_books& in, const billing_order& what, utc_time now = noon) {
    const auto came = order(in, what, now);
    REQUIRE(came.state == operation_state::refused);
    return came.reason.value();
}

holdings_seen has(kept_books& in, utc_time now = noon, msisdn who = anna) {
    return in.books.read_holdings(who, now).value();
}

void pay(kept_books& in, std::int64_t whole, utc_time now) {
    REQUIRE(in.books.pay_in(anna, roubles(whole), movement_kind::payment, now));
}

std::size_t count(const kept_books& in, step is) {
    return static_cast<std::size_t>(std::ranges::count(in.kept, is, &billing_change::is));
}

} // namespace

TEST_CASE("a service takes its price and first fee at once, and says when the next is due") {
    kept_books in;
    CHECK(has(in).has.empty());
    const auto came = order(in, connect());
    CHECK(came.state == operation_state::done);
    CHECK(came.balance == roubles(65));
    CHECK(came.points == 35);
    CHECK(came.until == noon + month);
    CHECK_FALSE(came.is_extended);
    const auto seen = has(in);
    CHECK(seen.balance == roubles(65));
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].kind == ware_kind::service);
    CHECK(seen.has[0].on == connect().on);
    CHECK(seen.has[0].since == noon);
    CHECK(seen.has[0].due == noon + month);
    CHECK(why_refused(in, connect()) == order_refusal::already_connected);
    CHECK(has(in, noon, boris).has.empty());
    const auto moved = in.books.read_movements(anna, {noon, noon, 10}, noon).value();
    REQUIRE(moved.last.size() == 2);
    CHECK(moved.last[0].kind == movement_kind::service_fee);
    CHECK(moved.last[1].kind == movement_kind::service);
    CHECK(moved.spent == roubles(35));
    CHECK(in.books.sum() == money{});
}

TEST_CASE("what has no fee is never due, and what costs nothing is for the poor as well") {
    books_settings poor = sample_books();
    poor.opening = roubles(-10);
    kept_books in{poor};
    CHECK(why_refused(in, connect()) == order_refusal::short_of);
    connect_service free = connect();
    free.on = {"free", {}, {}, {}, {}};
    const auto came = order(in, free);
    CHECK(came.state == operation_state::done);
    CHECK(came.balance == roubles(-10));
    CHECK_FALSE(came.until);
    CHECK_FALSE(has(in, noon + 1000 * day).has[0].due);
    CHECK(count(in, step::charged) + count(in, step::paused) == 0);
}

TEST_CASE("a service that doesn't go with another is refused by its name, until that is disconnected") {
    kept_books in;
    connect_service silent = connect("silent");
    silent.conflicts = {"beep"};
    REQUIRE(order(in, silent).state == operation_state::done);
    const auto refused = order(in, connect());
    CHECK(refused.reason == order_refusal::conflict);
    CHECK(refused.conflict == "silent");
    CHECK(refused.balance == roubles(65));
    CHECK(why_refused(in, disconnect_service{anna, "beep"}) == order_refusal::not_connected);
    const auto ended = order(in, disconnect_service{anna, "silent"});
    CHECK(ended.state == operation_state::done);
    CHECK(ended.balance == roubles(65)); // nothing is paid back
    CHECK(has(in).has.empty());
    CHECK(order(in, connect()).state == operation_state::done);
    CHECK(has(in, noon + 31 * day).has.size() == 1);
    CHECK(count(in, step::charged) == 1); // of the one that is there
}

TEST_CASE("a tariff takes the place of the one before, and the default is had by whoever chose none") {
    kept_books in;
    change_tariff usual = change_to("usual");
    usual.on.fee = {};
    usual.on.period = {};
    usual.is_default = true;
    CHECK(why_refused(in, usual) == order_refusal::already_connected);
    CHECK(order(in, change_to()).balance == roubles(60));
    CHECK(why_refused(in, change_to()) == order_refusal::already_connected);
    CHECK(order(in, usual, noon + day).state == operation_state::done);
    const auto seen = has(in, noon + 40 * day);
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].on.name == "usual");
    CHECK(seen.balance == roubles(60)); // the other one's fee is due no more
    CHECK(order(in, change_to(), noon + 40 * day).state == operation_state::done);
    change_tariff dear = change_to("dear", boris);
    dear.on.fee = roubles(101);
    CHECK(why_refused(in, dear) == order_refusal::short_of);
}

TEST_CASE("a package is extended by what it holds, from now on, and stops at the end of its period") {
    kept_books in;
    pay(in, 200, noon);
    const auto first = order(in, buy());
    CHECK(first.until == noon + month);
    CHECK_FALSE(first.is_extended);
    const auto second = order(in, buy(), noon + 10 * day);
    CHECK(second.is_extended);
    CHECK(second.until == noon + 40 * day);
    auto seen = has(in, noon + 39 * day);
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].left == allowance{200, 0, 100});
    CHECK(seen.has[0].since == noon);
    seen = has(in, noon + 40 * day);
    CHECK(seen.has[0].left == allowance{100, 0, 50}); // a period that begins by itself has no more
    CHECK(seen.balance == roubles(120));

    const auto stopped = order(in, stop_package{anna, "talk"}, noon + 41 * day);
    CHECK(stopped.state == operation_state::done);
    CHECK(stopped.until == noon + 70 * day);
    CHECK_FALSE(has(in, noon + 41 * day).has[0].renews);
    CHECK(has(in, noon + 70 * day).has.empty());
    CHECK(has(in, noon + 70 * day).balance == roubles(120));
    CHECK(why_refused(in, stop_package{anna, "talk"}, noon + 70 * day) == order_refusal::not_connected);

    buy_package whole = buy("whole", boris);
    whole.holds = {most_units, 0, 0};
    whole.on.fee = roubles(1);
    CHECK(order(in, whole).state == operation_state::done);
    CHECK(why_refused(in, whole) == order_refusal::full_purse);
}

TEST_CASE("each fee is taken at its time, one a period, though nobody asked meanwhile") {
    kept_books in;
    REQUIRE(order(in, connect()).state == operation_state::done);
    CHECK(has(in, noon + month - 1us).balance == roubles(65));
    CHECK(has(in, noon + month).balance == roubles(35));
    CHECK(in.kept.back().is == step::charged);
    CHECK(in.kept.back().at == noon + month);
    CHECK(in.kept.back().ware == ware_name{ware_kind::service, "beep"});
    pay(in, 100, noon + month);
    CHECK(has(in, noon + 3 * month).balance == roubles(75)); // two more
    CHECK(count(in, step::charged) == 3);
    CHECK(in.books.sum() == money{});
}

TEST_CASE(
    "what can't be paid is paused, begins anew when money comes, and ends when it was kept long enough") {
    kept_books in;
    REQUIRE(order(in, buy()).state == operation_state::done); // 40 is left, and the next fee is 60
    auto seen = has(in, noon + month);
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].paused == noon + month);
    CHECK(seen.has[0].due == noon + 40 * day);
    CHECK(seen.has[0].left == allowance{});
    CHECK(seen.balance == roubles(40)); // never below nothing
    pay(in, 10, noon + 31 * day);       // not enough
    CHECK(has(in, noon + 32 * day).has[0].paused.has_value());
    pay(in, 10, noon + 33 * day);
    seen = has(in, noon + 33 * day);
    CHECK_FALSE(seen.has[0].paused);
    CHECK(seen.has[0].due == noon + 63 * day);
    CHECK(seen.has[0].left == allowance{100, 0, 50});
    CHECK(seen.balance == money{});

    CHECK(has(in, noon + 72 * day).has.size() == 1); // paused at 63, kept to 73
    CHECK(has(in, noon + 73 * day).has.empty());
    CHECK(count(in, step::charged) == 1);
    CHECK(count(in, step::paused) == 2);
    CHECK(count(in, step::dropped) == 1);
    pay(in, 500, noon + 74 * day);
    CHECK(has(in, noon + 200 * day).balance == roubles(500));
}

TEST_CASE("what is kept for good waits for ever, but a paused package that is stopped ends at once") {
    kept_books in;
    REQUIRE(order(in, change_to()).state == operation_state::done);
    pay(in, 40, noon);
    buy_package patient = buy();
    patient.on.kept = {};
    REQUIRE(order(in, patient).state == operation_state::done); // 40 is left for one of the two
    auto seen = has(in, noon + 500 * day);
    REQUIRE(seen.has.size() == 2);
    CHECK(seen.has[0].paused == noon + 60 * day);
    CHECK_FALSE(seen.has[0].due);
    CHECK(seen.has[1].paused == noon + month);
    const auto stopped = order(in, stop_package{anna, "talk"}, noon + 500 * day);
    CHECK(stopped.until == noon + 500 * day);
    CHECK(has(in, noon + 500 * day).has.size() == 1);
}

TEST_CASE("an order that takes its time is judged by what there is then") {
    kept_books in;
    CHECK(in.books.begin(name(900), connect(), noon + 5s, noon)->state == operation_state::open);
    CHECK(has(in, noon + 4s).has.empty());
    CHECK(order(in, connect(), noon + 4s).state == operation_state::done);
    CHECK(in.books.ask_after(name(900), noon + 5s)->reason == order_refusal::already_connected);
    CHECK(has(in, noon + 5s).balance == roubles(65));
}

TEST_CASE("the steps alone make the same holdings, and what they can't have made isn't entered") {
    kept_books in;
    REQUIRE(order(in, buy()).state == operation_state::done);
    pay(in, 10, noon + 31 * day);
    (void)has(in, noon + 32 * day); // it was looked at, to no avail
    pay(in, 5, noon + 33 * day);
    billing_books again;
    for (const billing_change& each : in.kept)
        again.enter(each);
    REQUIRE(again.pay_in(anna, roubles(5), movement_kind::payment, noon + 34 * day));
    const auto seen = again.read_holdings(anna, noon + 34 * day).value();
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].due == noon + 64 * day);
    CHECK(seen.balance == money{});

    billing_change of_nothing;
    of_nothing.who = anna;
    of_nothing.ware = {ware_kind::service, "beep"};
    for (const step each : {step::charged, step::paused, step::dropped}) {
        of_nothing.is = each;
        CHECK_THROWS_AS(again.enter(of_nothing), std::logic_error);
    }
    billing_change done;
    done.is = step::ended;
    done.came.state = operation_state::done;
    unsigned number = 900;
    for (const billing_order& each :
         {billing_order{disconnect_service{anna, "beep"}}, billing_order{stop_package{anna, "beep"}}}) {
        done.id = name(++number);
        done.order = each;
        CHECK_THROWS_AS(again.enter(done), std::logic_error);
    }
    done.id = name(++number);
    done.order = connect();
    again.enter(done);
    done.id = name(++number);
    CHECK_THROWS_AS(again.enter(done), std::logic_error); // it is there
}

TEST_CASE("a stranger has nothing and buys nothing") {
    kept_books in;
    CHECK_FALSE(in.books.read_holdings(nobody, noon));
    CHECK(why_refused(in, connect("beep", nobody)) == order_refusal::declined);
}

} // namespace kabinet::simulator::billing_books_wares_test
