// What every database behind the store must keep of what is sold: the terms go with the account, and nothing
// is charged twice or below nothing. Each test runs over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>
#include <string>

namespace ware_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}
constexpr std::chrono::hours month{24 * 30};

ware_terms on_terms(std::string name, money price, money fee, std::chrono::seconds period = month) {
    return {std::move(name), price, fee, period, month};
}
connect_service beep(money fee = rubles(50)) {
    return {on_terms("beep", rubles(10), fee), {"hush"}};
}
connect_service hush() {
    return {on_terms("hush", money{}, money{}, {}), {"beep"}};
}
change_tariff wide(money fee = rubles(300)) {
    ware_terms on = on_terms("wide", rubles(100), fee);
    on.kept = {};
    return {on, false};
}
change_tariff plain() {
    return {{"plain", money{}, money{}, {}, {}}, true};
}
buy_package talk(bool renews = true) {
    return {on_terms("talk", money{}, rubles(150)), {100, 20, 0}, renews};
}

struct house {
    house() { start(); }
    ~house() {
        const ledger_check checked = behind->verify_ledger().value();
        CHECK_FALSE(checked.unbalanced);
        CHECK_FALSE(checked.wrong_sum);
    }
    house(const house&) = delete;
    house& operator=(const house&) = delete;

    void start() {
        behind.reset();
        behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
    }
    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin().has_value());
        auto came = work();
        REQUIRE(behind->commit().has_value());
        return came;
    }
    boost::system::result<outcome> try_once(std::string_view id, effect what, instant now,
                                            msisdn who = anna) {
        return in_batch([&] { return behind->fulfil(wish(with, id, std::move(what), now, who)); });
    }
    outcome once(effect what, instant now, msisdn who = anna) {
        return try_once("step " + std::to_string(++steps), std::move(what), now, who).value();
    }
    void pay(money amount, instant now = at(0s), msisdn who = anna) {
        REQUIRE(once(pay_in{amount}, now, who).is == verdict::paid_in);
    }
    std::size_t take_fees(instant now, std::size_t most = 100) {
        return in_batch([&] {
                   return behind->take_fees(
                       most,
                       [](ware_kind kind, ware_event came) {
                           return "told." + std::string{name_of(kind)} + "." +
                                  std::to_string(static_cast<int>(came));
                       },
                       now.utc);
               })
            .value();
    }
    holdings_view look(msisdn who = anna) {
        REQUIRE(behind->reader().begin_reading().has_value());
        auto seen = behind->reader().read_holdings(who);
        REQUIRE(behind->reader().end_reading().has_value());
        return seen.value();
    }
    /// The names of all notices that wait, which are taken out.
    std::vector<std::string> told(instant now) {
        waiting_notices how;
        how.plan.to = [](msisdn) { return address{}; };
        how.from = [](msisdn) { return address{}; };
        how.is_awake = [](msisdn, std::string_view) { return true; };
        const auto page = in_batch([&] { return behind->tell_waiting(how, 0, 1000, now.utc); }).value();
        std::vector<std::string> names;
        for (const outgoing_sms& each : page.sms)
            names.push_back(each.action + ' ' + each.what.about.what);
        return names;
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
    int steps = 0;
};

using names = std::vector<std::string>;

} // namespace

TEST_CASE("a service is connected for its price and its first fee, and the account has it on those terms") {
    house here;
    here.pay(rubles(100));
    const auto came = here.once(beep(), at(1s));
    CHECK(came.is == verdict::connected);
    CHECK(came.sums.amount == rubles(60));
    CHECK(came.sums.balance == rubles(40));
    CHECK(came.until == at(1s + month).utc);
    CHECK(came.about.what == "service.beep");
    here.start();
    const auto seen = here.look();
    CHECK(seen.balance == rubles(40));
    REQUIRE(seen.has.size() == 1);
    CHECK(seen.has[0].name == "beep");
    CHECK(seen.has[0].fee == rubles(50));
    CHECK(seen.has[0].due == at(1s + month).utc);
    CHECK(here.once(beep(), at(2s)).is == verdict::already_connected);
    CHECK(here.look().balance == rubles(40));
}

TEST_CASE(
    "a redelivered connection is charged once and told alike, and another one under its name is a conflict") {
    house here;
    here.pay(rubles(200));
    const auto first = here.try_once("one", beep(), at(1s)).value();
    here.start();
    const auto again = here.try_once("one", beep(), at(5s)).value();
    CHECK(again.is_repeat);
    CHECK(again.is == first.is);
    CHECK(again.sums == first.sums);
    CHECK(again.about == first.about);
    CHECK(here.try_once("one", hush(), at(6s)).error() == store_error::conflict);
    CHECK(here.look().balance == rubles(140));
}

TEST_CASE("what there isn't enough for is refused, naming what it takes, and nothing is entered") {
    house here;
    here.pay(rubles(59));
    const auto came = here.once(beep(), at(1s));
    CHECK(came.is == verdict::short_of);
    CHECK(came.sums.amount == rubles(60));
    CHECK(came.sums.balance == rubles(59));
    CHECK(here.look().has.empty());
    CHECK(here.look().balance == rubles(59));
}

TEST_CASE("what was refused is judged anew once it may be granted, and is a repeat as long as it isn't") {
    house here;
    here.pay(rubles(10));
    const auto ask = [&](instant now) { return here.try_once("sms 1", beep(), now).value(); };
    CHECK(ask(at(1s)).is == verdict::short_of);
    const auto repeated = ask(at(2s));
    CHECK(repeated.is == verdict::short_of);
    CHECK(repeated.is_repeat);
    here.pay(rubles(200), at(3s));
    CHECK(ask(at(4s)).is == verdict::connected);
    CHECK(ask(at(5s)).is_repeat); // what took effect takes it once
    CHECK(here.look().balance == rubles(150));
}

TEST_CASE("what costs nothing is given to whoever owes, and no fee is ever due") {
    house here;
    here.once(take_promise{"small", rubles(100), rubles(20), 72h, rubles(-30)}, at(0s));
    here.in_batch([&] { return here.behind->return_promises(9, "told", at(73h).utc); }).value();
    CHECK(here.look().balance == rubles(-20));
    const auto came = here.once(hush(), at(74h));
    CHECK(came.is == verdict::connected);
    CHECK_FALSE(came.until);
    CHECK(here.take_fees(at(1000h)) == 0);
}

TEST_CASE("services that don't go together name each other") {
    house here;
    here.pay(rubles(100));
    here.once(hush(), at(1s));
    const auto came = here.once(beep(), at(2s));
    CHECK(came.is == verdict::conflict);
    CHECK(came.about.what == "service.beep");
    CHECK(came.about.other == "service.hush");
    CHECK(here.once(disconnect_service{"hush"}, at(3s)).is == verdict::disconnected);
    CHECK(here.once(disconnect_service{"hush"}, at(4s)).is == verdict::not_connected);
    CHECK(here.once(beep(), at(5s)).is == verdict::connected);
}

TEST_CASE("a fee is taken when it is due, by the terms of the account and not those of today") {
    house here;
    here.pay(rubles(200));
    here.once(beep(rubles(50)), at(0s));
    CHECK(here.take_fees(at(month - 1s)) == 0);
    CHECK(here.take_fees(at(month)) == 1);
    CHECK(here.take_fees(at(month + 1s)) == 0);
    CHECK(here.look().balance == rubles(90));
    CHECK(here.look().has[0].due == at(2 * month).utc);
    CHECK(here.told(at(month)).empty()); // the statement tells of it
    // another account connects it dearer meanwhile
    here.pay(rubles(200), at(month), boris);
    here.once(beep(rubles(70)), at(month), boris);
    here.take_fees(at(2 * month));
    CHECK(here.look().balance == rubles(40));
    CHECK(here.look(boris).balance == rubles(50));
}

TEST_CASE("whom nobody served isn't charged for it: one fee is taken after a long silence") {
    house here;
    here.pay(rubles(1'000));
    here.once(beep(), at(0s));
    const auto late = at(5 * month + 3h);
    CHECK(here.take_fees(late) == 1);
    CHECK(here.take_fees(late) == 0);
    CHECK(here.look().balance == rubles(890));
    CHECK(here.look().has[0].due == late.utc + month);
    // a little late is no new beginning
    const auto next = at(6 * month + 4h);
    CHECK(here.take_fees(next) == 1);
    CHECK(here.look().has[0].due == late.utc + 2 * month);
}

TEST_CASE("what can't be paid waits for money, told once, and goes on when it comes") {
    house here;
    here.pay(rubles(100));
    here.once(beep(), at(0s));
    CHECK(here.take_fees(at(month)) == 1);
    CHECK(here.look().balance == rubles(40)); // less than the fee of 50: untouched
    CHECK(here.look().has[0].is_paused);
    CHECK(here.look().has[0].due == at(2 * month).utc); // then it ends
    CHECK(here.told(at(month)) == names{"told.service.0 service.beep"});
    CHECK(here.take_fees(at(month + 1h)) == 0);
    here.pay(rubles(5), at(month + 2h)); // looked at again, and still too little
    CHECK(here.take_fees(at(month + 2h)) == 1);
    CHECK(here.take_fees(at(month + 2h)) == 0);
    CHECK(here.look().has[0].due == at(2 * month).utc);
    CHECK(here.told(at(month + 2h)).empty());
    here.pay(rubles(5), at(month + 3h));
    CHECK(here.take_fees(at(month + 3h)) == 1);
    CHECK_FALSE(here.look().has[0].is_paused);
    CHECK(here.look().has[0].due == at(2 * month + 3h).utc);
    CHECK(here.look().balance == money{});
    CHECK(here.told(at(month + 3h)) == names{"told.service.1 service.beep"});
}

TEST_CASE("what stays unpaid for too long ends, and is told so") {
    house here;
    here.pay(rubles(60));
    here.once(beep(), at(0s));
    here.take_fees(at(month));
    here.told(at(month));
    CHECK(here.take_fees(at(2 * month)) == 1);
    CHECK(here.look().has.empty());
    CHECK(here.told(at(2 * month)) == names{"told.service.3 service.beep"});
    CHECK(here.take_fees(at(9 * month)) == 0);
    here.pay(rubles(60), at(9 * month));
    CHECK(here.once(beep(), at(9 * month)).is == verdict::connected);
}

TEST_CASE("a barred number pays no fee until it is free again") {
    house here;
    here.pay(rubles(200));
    here.once(beep(), at(0s));
    here.in_batch([&] { return here.behind->change(anna, set_bar{true}, at(1s).utc); }).value();
    CHECK(here.take_fees(at(month)) == 1);
    CHECK(here.take_fees(at(month)) == 0);
    CHECK(here.look().balance == rubles(140));
    CHECK_FALSE(here.look().has[0].is_paused);
    here.in_batch([&] { return here.behind->change(anna, set_bar{false}, at(month + 1s).utc); }).value();
    CHECK(here.take_fees(at(month + 24h)) == 1);
    CHECK(here.look().balance == rubles(90));
}

TEST_CASE(
    "what a number has rests while it is away, and nobody looks at it; when it is back its fee is due") {
    house here;
    here.pay(rubles(200));
    here.once(beep(), at(0s));
    const auto stand = [&](bool is_away, instant now) {
        subscriber row;
        row.who = anna;
        row.is_ported_out = is_away;
        here.in_batch([&] { return here.behind->take_feed(std::array{row}, {}, now.utc); }).value();
    };
    stand(true, at(1s));
    CHECK(here.take_fees(at(month)) == 1);
    for (int days = 1; days < 5; ++days)
        CHECK(here.take_fees(at(month + days * 24h)) == 0);
    CHECK(here.look().balance == rubles(140));
    stand(false, at(month + 200h));
    CHECK(here.take_fees(at(month + 201h)) == 1);
    CHECK(here.look().balance == rubles(90));
}

TEST_CASE("one tariff at a time: whoever chose none has the default one") {
    house here;
    here.pay(rubles(1'000));
    CHECK(here.once(plain(), at(1s)).is == verdict::already_connected);
    const auto came = here.once(wide(), at(2s));
    CHECK(came.is == verdict::switched);
    CHECK(came.sums.amount == rubles(400));
    CHECK(came.until == at(2s + month).utc);
    CHECK(here.once(wide(), at(3s)).is == verdict::already_connected);
    REQUIRE(here.look().find_tariff() != nullptr);
    CHECK(here.look().find_tariff()->name == "wide");
    CHECK(here.once(plain(), at(4s)).is == verdict::switched);
    CHECK(here.look().has.size() == 1);
    CHECK(here.take_fees(at(3 * month)) == 0); // the one before isn't paid for any more
    CHECK(here.look().balance == rubles(600));
}

TEST_CASE("a tariff whose fee can't be paid waits for good") {
    house here;
    here.pay(rubles(400));
    here.once(wide(), at(0s));
    CHECK(here.take_fees(at(month)) == 1);
    CHECK(here.look().find_tariff()->is_paused);
    CHECK_FALSE(here.look().find_tariff()->due);
    CHECK(here.told(at(month)) == names{"told.tariff.0 tariff.wide"});
    CHECK(here.take_fees(at(20 * month)) == 0);
    here.pay(rubles(300), at(20 * month));
    CHECK(here.take_fees(at(20 * month)) == 1);
    CHECK_FALSE(here.look().find_tariff()->is_paused);
    CHECK(here.told(at(20 * month)) == names{"told.tariff.1 tariff.wide"});
}

TEST_CASE(
    "a package is extended by what it holds and renewed to it, and what is left is what the operator says") {
    house here;
    here.pay(rubles(1'000));
    CHECK(here.once(talk(), at(0s)).is == verdict::bought);
    CHECK(here.in_batch([&] { return here.behind->tell_left(anna, "talk", {7, 0, 0}); }).value());
    CHECK_FALSE(here.in_batch([&] { return here.behind->tell_left(anna, "web", {7, 0, 0}); }).value());
    CHECK_FALSE(here.in_batch([&] { return here.behind->tell_left(boris, "talk", {7, 0, 0}); }).value());
    const auto came = here.once(talk(), at(24h));
    CHECK(came.is == verdict::extended);
    CHECK(came.until == at(24h + month).utc);
    REQUIRE(here.look().has.size() == 1);
    CHECK(here.look().has[0].left == allowance{107, 20, 0});
    CHECK(here.take_fees(at(month)) == 0); // its period began anew
    CHECK(here.take_fees(at(24h + month)) == 1);
    CHECK(here.look().has[0].left == allowance{100, 20, 0});
    CHECK(here.look().balance == rubles(550));
    CHECK(here.told(at(24h + month)) == names{"told.package.2 package.talk"});
}

TEST_CASE("a package that was stopped, or isn't of those that renew, ends with its period") {
    house here;
    here.pay(rubles(1'000));
    here.once(talk(), at(0s));
    const auto came = here.once(stop_package{"talk"}, at(1s));
    CHECK(came.is == verdict::stopped);
    CHECK(came.until == at(month).utc);
    CHECK(here.take_fees(at(month)) == 1);
    CHECK(here.look().has.empty());
    CHECK(here.look().balance == rubles(850));
    CHECK(here.told(at(month)) == names{"told.package.3 package.talk"});
    CHECK(here.once(stop_package{"talk"}, at(month)).is == verdict::not_connected);
    here.once(talk(false), at(month));
    CHECK(here.take_fees(at(2 * month)) == 1);
    CHECK(here.look().has.empty());
    CHECK(here.look().balance == rubles(700));
}

TEST_CASE("nobody's package holds more than can be told") {
    house here;
    here.pay(rubles(1'000));
    here.once(talk(), at(0s));
    here.in_batch([&] { return here.behind->tell_left(anna, "talk", {most_units, 0, 0}); }).value();
    CHECK(here.once(talk(), at(1s)).is == verdict::full_purse);
    CHECK(here.look().balance == rubles(850));
}

TEST_CASE("what an account had is nobody's when the person is erased") {
    house here;
    here.pay(rubles(200));
    here.once(beep(), at(0s));
    here.in_batch([&] { return here.behind->erase(anna, at(1s).utc); }).value();
    here.pay(rubles(200), at(2s)); // another account of the same number
    CHECK(here.look().has.empty());
    CHECK(here.take_fees(at(3 * month)) == 0);
    CHECK(here.look().balance == rubles(200));
}

TEST_CASE("a list of what the account has comes back from the outbox as it was") {
    house here;
    here.pay(rubles(500));
    here.once(beep(), at(0s));
    here.once(talk(), at(0s));
    tell said{"list_services.sent"};
    said.holdings = here.look().has;
    request asked = wish(here.with, "list", said, at(1s));
    asked.sms = an_sms();
    const auto came = here.in_batch([&] { return here.behind->fulfil(asked); }).value();
    REQUIRE(came.sms);
    const std::array back{settlement{*came.sms, settling::give_back}};
    here.in_batch([&] { return here.behind->settle(back, at(2s).utc); }).value();
    const auto rows = here.in_batch([&] { return here.behind->claim(9, at(2s).utc); }).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what.holdings == said.holdings);
}

TEST_CASE(
    "whatever is done in whatever order, no fee brings a balance below nothing and all sums are right") {
    const char* const wanted = std::getenv("KABINET_SEEDS");
    const unsigned seeds = wanted == nullptr ? 12U : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
    for (unsigned seed = 1; seed <= seeds; ++seed) {
        CAPTURE(seed);
        house here;
        std::mt19937 dice{seed};
        const std::array people{anna, boris};
        std::chrono::hours now{};
        for (int step = 0; step < 120; ++step) {
            now += std::chrono::hours{dice() % 200};
            const msisdn who = people.at(dice() % 2);
            const std::array<effect, 9> may{pay_in{rubles(1 + static_cast<std::int64_t>(dice() % 300))},
                                            beep(),
                                            hush(),
                                            disconnect_service{"beep"},
                                            wide(),
                                            plain(),
                                            talk(),
                                            talk(false),
                                            stop_package{"talk"}};
            const auto pick = dice() % 12;
            if (pick < may.size())
                static_cast<void>(here.once(may.at(pick), at(now), who));
            else if (pick == 9)
                here.start();
            else
                while (here.take_fees(at(now), 1 + dice() % 2) != 0) {
                }
            for (const msisdn each : people) {
                const auto seen = here.look(each);
                CHECK(seen.balance >= money{});
                const auto tariffs = std::ranges::count(seen.has, ware_kind::tariff, &holding::kind);
                CHECK(tariffs <= 1);
                const bool clash =
                    seen.find(ware_kind::service, "beep") && seen.find(ware_kind::service, "hush");
                CHECK_FALSE(clash);
            }
        }
    }
}

} // namespace ware_contract_test
