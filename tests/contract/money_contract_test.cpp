// What every database behind the store must keep of money. Each test runs over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <array>
#include <map>
#include <random>
#include <string>

namespace money_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

/// One database and its gateway, which may be restarted.
struct house {
    house() { start(); }
    ~house() { check_sums(); }
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

    boost::system::result<outcome> try_once(const request& what) {
        return in_batch([&] { return behind->fulfil(what); });
    }
    outcome once(std::string_view id, effect what, instant now, msisdn who = anna) {
        return try_once(wish(with, id, std::move(what), now, who)).value();
    }
    [[nodiscard]] fingerprint mark(std::string_view code) const { return with.mark_voucher(secret{code}); }
    [[nodiscard]] top_up typed(std::string_view code) const { return top_up{mark(code), 5, 1h}; }
    vouchers_added bring_in(std::string_view code, money worth, std::optional<utc_time> expires = {}) {
        const std::array one{voucher{mark(code), worth, expires}};
        return in_batch([&] { return behind->add_vouchers(one); }).value();
    }
    purse_view purse_of(msisdn who = anna) {
        REQUIRE(behind->reader().begin_reading().has_value());
        auto seen = behind->reader().read_purse(who);
        REQUIRE(behind->reader().end_reading().has_value());
        return seen.value();
    }
    std::size_t return_due(instant now, std::size_t most = 100) {
        return in_batch([&] { return behind->return_promises(most, "told", now.utc); }).value();
    }
    ledger_check check_sums() {
        const ledger_check checked = behind->verify_ledger().value();
        CHECK_FALSE(checked.unbalanced);
        CHECK_FALSE(checked.wrong_sum);
        return checked;
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
};

transfer give(msisdn to, money amount) {
    return {to, amount, rubles(5), money{}, 3, rubles(1'000), "notice.told"};
}

take_promise promise(money amount = rubles(300), money fee = rubles(20), money floor = rubles(-30)) {
    return {"small", amount, fee, 72h, floor};
}

} // namespace

TEST_CASE("a voucher is worth what it was sold for, once") {
    house here;
    here.bring_in("1234567890", rubles(100));
    const auto came = here.once("step 1", here.typed("1234567890"), at(0s));
    CHECK(came.is == verdict::topped_up);
    CHECK(came.sums.amount == rubles(100));
    CHECK(came.sums.balance == rubles(100));
    CHECK(here.purse_of().balance == rubles(100));

    CHECK(here.once("step 2", here.typed("1234567890"), at(1s)).is == verdict::used_voucher);
    CHECK(here.once("step 3", here.typed("1234567890"), at(1s), boris).is == verdict::used_voucher);
    CHECK(here.purse_of().balance == rubles(100));
    CHECK(here.purse_of(boris).balance == money{});
}

TEST_CASE("a redelivered top-up gets the first outcome back, sums included, also after a restart") {
    house here;
    here.bring_in("1234567890", rubles(100));
    const auto first = here.once("step 1", here.typed("1234567890"), at(0s));
    here.start();
    const auto again = here.once("step 1", here.typed("1234567890"), at(5s));
    CHECK(again.is_repeat);
    CHECK(again.is == first.is);
    CHECK(again.sums == first.sums);
    CHECK(here.purse_of().balance == rubles(100));
}

TEST_CASE("the same step with another voucher is a conflict") {
    house here;
    here.bring_in("1234567890", rubles(100));
    here.once("step 1", here.typed("1234567890"), at(0s));
    const auto other = here.try_once(wish(here.with, "step 1", here.typed("0987654321"), at(1s)));
    CHECK(other.error() == store_error::conflict);
}

TEST_CASE("five wrong vouchers in a row close them for an hour, and the right one is not looked at") {
    house here;
    here.bring_in("1234567890", rubles(100));
    for (int nth = 1; nth < 5; ++nth)
        CHECK(here.once("wrong " + std::to_string(nth), here.typed("555"), at(0s)).is ==
              verdict::wrong_voucher);
    const auto last = here.once("wrong 5", here.typed("555"), at(1s));
    CHECK(last.is == verdict::vouchers_closed);
    CHECK(last.until == at(1s + 1h).utc);
    const auto closed = here.once("right", here.typed("1234567890"), at(59min));
    CHECK(closed.is == verdict::vouchers_closed);
    CHECK(closed.until == at(1s + 1h).utc);
    CHECK(here.purse_of().balance == money{});
    CHECK(here.once("later", here.typed("1234567890"), at(1s + 1h)).is == verdict::topped_up);
}

TEST_CASE("a right voucher lets five more be wrong") {
    house here;
    here.bring_in("1234567890", rubles(100));
    for (int nth = 0; nth < 4; ++nth)
        here.once("wrong " + std::to_string(nth), here.typed("555"), at(0s));
    CHECK(here.once("right", here.typed("1234567890"), at(1s)).is == verdict::topped_up);
    CHECK(here.once("wrong again", here.typed("555"), at(2s)).is == verdict::wrong_voucher);
}

TEST_CASE("an old voucher is told so, and one that was brought in before stays as it was") {
    house here;
    CHECK(here.bring_in("1234567890", rubles(100), at(1h).utc).added == 1);
    CHECK(here.bring_in("1234567890", rubles(900)).known == 1);
    CHECK(here.once("step 1", here.typed("1234567890"), at(1h)).is == verdict::old_voucher);
    CHECK(here.once("step 2", here.typed("1234567890"), at(30min)).sums.amount == rubles(100));
}

TEST_CASE("a promised payment is lent for its term and its fee is taken at once") {
    house here;
    const auto came = here.once("step 1", promise(), at(0s));
    CHECK(came.is == verdict::promised);
    CHECK(came.until == at(72h).utc);
    CHECK(came.sums.amount == rubles(300));
    CHECK(came.sums.fee == rubles(20));
    CHECK(came.sums.balance == rubles(280));
    const auto seen = here.purse_of();
    REQUIRE(seen.promise);
    CHECK(seen.promise->amount == rubles(300));
    CHECK(seen.promise->due == at(72h).utc);
}

TEST_CASE("there is one promised payment at a time, and none while it is unpaid") {
    house here;
    here.once("step 1", promise(), at(0s));
    const auto second = here.once("step 2", promise(), at(1h));
    CHECK(second.is == verdict::promise_open);
    CHECK(second.until == at(72h).utc);
    CHECK(here.return_due(at(72h)) == 1);
    CHECK(here.purse_of().balance == rubles(-20));
    CHECK_FALSE(here.purse_of().promise);
    const auto unpaid = here.once("step 3", promise(), at(73h));
    CHECK(unpaid.is == verdict::promise_unpaid);
    CHECK(unpaid.sums.balance == rubles(-20));
    here.once("till", pay_in{rubles(20)}, at(74h));
    CHECK(here.once("step 4", promise(), at(75h)).is == verdict::promised);
}

TEST_CASE("a promised payment is given down to the pack's floor") {
    house here;
    here.once("step 1", promise(rubles(100), rubles(20)), at(0s));
    here.return_due(at(72h)); // leaves a debt of the fee
    here.once("till", pay_in{rubles(20)}, at(72h));
    CHECK(here.once("at it", promise(rubles(100), rubles(20), money{}), at(73h)).is == verdict::promised);
    CHECK(here.once("boris", promise(rubles(100), rubles(20), rubles(1)), at(73h), boris).is ==
          verdict::below_floor);
    CHECK(here.purse_of(boris).balance == money{});
}

TEST_CASE("what is due is taken back once, however often and late the job comes, and not before") {
    house here;
    here.once("a", promise(), at(0s));
    here.once("b", promise(), at(1h), boris);
    CHECK(here.return_due(at(71h)) == 0);
    CHECK(here.return_due(at(80h), 1) == 1);
    here.start();
    CHECK(here.return_due(at(80h)) == 1);
    CHECK(here.return_due(at(80h)) == 0);
    CHECK(here.purse_of().balance == rubles(-20));
    CHECK(here.purse_of(boris).balance == rubles(-20));
}

TEST_CASE("a payment is entered once under its name, also after wishes are forgotten") {
    house here;
    const auto pay = [&](money amount, instant now) {
        auto asked = wish(here.with, "till 7", pay_in{amount, 5}, now);
        asked.by.by = channel::feed;
        asked.repeats_within = 24h;
        return here.try_once(asked);
    };
    CHECK(pay(rubles(50), at(0s)).value().is == verdict::paid_in);
    CHECK(pay(rubles(50), at(1s)).value().is_repeat);
    const auto later = pay(rubles(50), at(30 * 24h)).value();
    CHECK(later.is_repeat);
    CHECK(later.sums.amount == rubles(50));
    CHECK(later.sums.balance == rubles(50));
    CHECK(pay(rubles(60), at(30 * 24h)).error() == store_error::conflict);
    CHECK(here.purse_of().balance == rubles(50));
    CHECK(here.purse_of().points == 5);
}

TEST_CASE("a payment told again is the same where its number has another account since, or none") {
    house here;
    const auto pay = [&](msisdn whom, instant now) {
        auto asked = wish(here.with, "till 7", pay_in{rubles(50), 5}, now);
        asked.by.who = whom;
        asked.by.by = channel::feed;
        asked.repeats_within = 24h;
        return here.try_once(asked);
    };
    REQUIRE(pay(anna, at(0s)).value().is == verdict::paid_in);
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(1h).utc); }).value());
    const auto nobody = pay(anna, at(30 * 24h)).value();
    CHECK(nobody.is == verdict::paid_in);
    CHECK(nobody.is_repeat);
    CHECK(nobody.sums.amount == rubles(50));
    CHECK_FALSE(nobody.sums.balance.has_value());
    here.once("next owner", issue(), at(31 * 24h));
    const auto next = pay(anna, at(32 * 24h)).value();
    CHECK(next.is_repeat);
    CHECK_FALSE(next.sums.balance.has_value());
    CHECK(here.purse_of().points == 0);
    CHECK(pay(boris, at(32 * 24h)).error() == store_error::conflict);
    here.check_sums();
}

TEST_CASE("what no account can hold is refused, and nothing moves") {
    house here;
    CHECK(here.once("till 1", pay_in{most_money}, at(0s)).is == verdict::paid_in);
    CHECK(here.once("till 2", pay_in{money::from_minor(1)}, at(0s)).is == verdict::full_purse);
    CHECK(here.once("till 3", pay_in{money{}, most_money.minor() + 1}, at(0s)).is == verdict::full_purse);
    CHECK(here.purse_of().balance == most_money);
    here.bring_in("1234567890", rubles(1));
    CHECK(here.once("step", here.typed("1234567890"), at(1s)).is == verdict::full_purse);
    CHECK(here.once("promise", promise(rubles(1)), at(1s)).is == verdict::full_purse);
    CHECK(here.purse_of().balance == most_money);
}

TEST_CASE("a barred number, an untrusted link and a number of nobody's move nothing") {
    house here;
    here.bring_in("1234567890", rubles(100));
    auto untrusted = wish(here.with, "1", here.typed("1234567890"), at(0s));
    untrusted.by.is_vouched_for = false;
    CHECK(here.try_once(untrusted).value().is == verdict::untrusted);
    auto stranger = wish(here.with, "2", promise(), at(0s));
    stranger.by.may_register = false;
    CHECK(here.try_once(stranger).value().is == verdict::unknown_number);
    here.once("3", issue(), at(0s));
    here.in_batch([&] { return here.behind->change(anna, set_bar{true}, at(1s).utc); }).value();
    CHECK(here.once("4", here.typed("1234567890"), at(2s)).is == verdict::barred);
    CHECK(here.once("5", promise(), at(2s)).is == verdict::barred);
    CHECK(here.check_sums().operations == 0);
}

TEST_CASE("whoever gets the number next has nothing of what its owner before had") {
    house here;
    here.once("till", pay_in{rubles(50), 7}, at(0s));
    here.once("promise", promise(), at(1s));
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(2s).utc); }).value());
    here.check_sums();
    CHECK(here.purse_of().balance == money{});
    here.once("new owner", issue(), at(3s));
    CHECK(here.purse_of().balance == money{});
    CHECK(here.purse_of().points == 0);
    CHECK_FALSE(here.purse_of().promise);
    CHECK(here.return_due(at(80h)) == 0);
    here.start();
    here.once("till 2", pay_in{rubles(10)}, at(4s));
    CHECK(here.purse_of().balance == rubles(10));
}

TEST_CASE("what a new owner paid in before the feed told of him is his, and nothing else") {
    house here;
    here.once("till of the old one", pay_in{rubles(50), 7}, at(0s));
    here.once("till of the new one", pay_in{rubles(30)}, at(2h));
    here.once("his promise", promise(), at(3h));
    subscriber row;
    row.who = anna;
    row.owner_changed = at(1h).utc;
    const auto came = here.in_batch([&] {
        return here.behind->take_feed(std::span{&row, 1}, {}, at(4h).utc);
    });
    REQUIRE(came.has_value());
    CHECK(came->recycled.size() == 1);
    here.check_sums();
    CHECK(here.purse_of().balance == rubles(30));
    CHECK(here.purse_of().points == 0);
    CHECK_FALSE(here.purse_of().promise);
    const auto again = here.in_batch([&] {
        return here.behind->take_feed(std::span{&row, 1}, {}, at(5h).utc);
    });
    CHECK(again->recycled.empty());
    CHECK(here.purse_of().balance == rubles(30));
}

TEST_CASE("a new owner pays no loan of the one before him") {
    house here;
    here.once("boris dials", issue(), at(0s), boris);
    here.once("promise of the old one", promise(), at(0s));
    here.once("till of the new one", pay_in{rubles(500)}, at(2h));
    subscriber row;
    row.who = anna;
    row.owner_changed = at(1h).utc;
    REQUIRE(here.in_batch([&] {
                    return here.behind->take_feed(std::span{&row, 1}, {}, at(4h).utc);
                })
                .has_value());
    here.check_sums();
    CHECK(here.purse_of().balance == rubles(500));
}

TEST_CASE("a new owner gets no more than there is, and no debt") {
    house here;
    here.once("till of the new one", pay_in{rubles(30)}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    here.once("till of the new one again", pay_in{rubles(200)}, at(2h));
    here.once("what he gave", give(boris, rubles(200)), at(3h));
    subscriber row;
    row.who = anna;
    row.owner_changed = at(1h).utc;
    REQUIRE(here.in_batch([&] {
                    return here.behind->take_feed(std::span{&row, 1}, {}, at(4h).utc);
                })
                .has_value());
    here.check_sums();
    CHECK(here.purse_of().balance == rubles(25)); // the transfer had a fee of five
}

TEST_CASE("a transfer takes from one what it gives the other, and its fee") {
    house here;
    here.once("till", pay_in{rubles(200)}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    const auto came = here.once("step", give(boris, rubles(100)), at(1s));
    CHECK(came.is == verdict::transferred);
    CHECK(came.sums.amount == rubles(100));
    CHECK(came.sums.fee == rubles(5));
    CHECK(came.sums.balance == rubles(95));
    CHECK(came.sums.party == boris);
    CHECK(here.purse_of().balance == rubles(95));
    CHECK(here.purse_of(boris).balance == rubles(100));
    const auto again = here.once("step", give(boris, rubles(100)), at(2s));
    CHECK(again.is_repeat);
    CHECK(again.sums == came.sums);
    CHECK(here.purse_of(boris).balance == rubles(100));
    CHECK(here.try_once(wish(here.with, "step", give(boris, rubles(90)), at(3s))).error() ==
          store_error::conflict);
}

TEST_CASE("whoever holds the SIM of a number that was blocked as lost isn't told what came in") {
    house here;
    here.once("till", pay_in{rubles(200)}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    here.once("boris lost it", block_number{}, at(1s), boris);
    here.once("step", give(boris, rubles(100)), at(2s));
    waiting_notices how;
    how.plan.to = [](msisdn) { return address{}; };
    how.from = [](msisdn) { return address{}; };
    how.is_awake = [](msisdn, std::string_view) { return true; };
    const auto tell = [&] {
        return here.in_batch([&] { return here.behind->tell_waiting(how, 0, 10, at(3s).utc); }).value().sms;
    };
    CHECK(tell().empty());
    here.once("boris found it", unblock_number{}, at(4s), boris);
    CHECK(tell().empty()); // the statement has it
    CHECK(here.purse_of(boris).balance == rubles(100));
}

TEST_CASE("whom it goes to is told once, when he may be told") {
    house here;
    here.once("till", pay_in{rubles(200)}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    here.once("step", give(boris, rubles(100)), at(1s));
    waiting_notices how;
    how.plan.to = [](msisdn) { return address{}; };
    bool is_awake = false;
    how.from = [](msisdn who) {
        address made;
        made.characters = who == boris ? "Pilot" : "Usual";
        return made;
    };
    how.is_awake = [&](msisdn who, std::string_view) { return is_awake && who == boris; };
    const auto tell = [&] {
        return here.in_batch([&] { return here.behind->tell_waiting(how, 0, 10, at(2s).utc); }).value().sms;
    };
    CHECK(tell().empty());
    is_awake = true;
    const auto rows = tell();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].who == boris);
    CHECK(rows[0].action == "notice.told");
    CHECK(std::string_view{rows[0].from.characters.data(), rows[0].from.characters.size()} == "Pilot");
    CHECK(rows[0].what.sums.amount == rubles(100));
    CHECK(rows[0].what.sums.balance == rubles(100));
    CHECK(rows[0].what.sums.party == anna);
    CHECK(tell().empty());
}

TEST_CASE("a transfer that may not be is refused and moves nothing") {
    house here;
    const msisdn vera = msisdn::from_digits(79263334455);
    here.once("boris dials", issue(), at(0s), boris);
    here.once("till", pay_in{rubles(100)}, at(0s));
    CHECK(here.once("all", give(boris, rubles(96)), at(1s)).is == verdict::short_of); // the fee is 5
    CHECK(here.once("self", give(anna, rubles(10)), at(1s)).is == verdict::to_oneself);
    CHECK(here.once("stranger", give(vera, rubles(10)), at(1s)).is == verdict::unknown_party);
    here.in_batch([&] { return here.behind->change(boris, set_bar{true}, at(1s).utc); }).value();
    CHECK(here.once("barred", give(boris, rubles(10)), at(2s)).is == verdict::unknown_party);
    here.in_batch([&] { return here.behind->change(boris, set_bar{false}, at(2s).utc); }).value();
    here.once("promise", promise(rubles(50)), at(3s));
    const auto lent = here.once("lent", give(boris, rubles(10)), at(4s));
    CHECK(lent.is == verdict::promise_open);
    CHECK(lent.until == at(3s + 72h).utc);
    here.in_batch([&] { return here.behind->change(anna, cool_down{at(5h).utc}, at(4s).utc); }).value();
    CHECK(here.once("new SIM", give(boris, rubles(10)), at(5s)).is == verdict::cooldown);
    CHECK(here.purse_of(boris).balance == money{});
}

TEST_CASE("transfers have limits by hour and by what a day's come to, and say when they work again") {
    house here;
    here.once("boris dials", issue(), at(0s), boris);
    here.once("till", pay_in{rubles(10'000)}, at(0s));
    for (int nth = 0; nth < 3; ++nth)
        CHECK(here.once("hour " + std::to_string(nth), give(boris, rubles(100)), at(1s)).is ==
              verdict::transferred);
    const auto fourth = here.once("hour 4", give(boris, rubles(100)), at(2s));
    CHECK(fourth.is == verdict::limit);
    CHECK(fourth.until == at(1s + 1h).utc);
    CHECK(here.once("next hour", give(boris, rubles(600)), at(1s + 1h)).is == verdict::transferred);
    const auto day = here.once("day", give(boris, rubles(200)), at(2h));
    CHECK(day.is == verdict::day_limit); // 300 and 600 of 1,000
    CHECK(day.until == at(1s + 24h).utc);
    CHECK(here.once("what fits", give(boris, rubles(100)), at(2h)).is == verdict::transferred);
    CHECK(here.once("next day", give(boris, rubles(200)), at(1s + 24h)).is == verdict::transferred);
}

TEST_CASE("two that give each other all they have, again and again, lose nothing but fees") {
    house here;
    here.once("till", pay_in{rubles(1'000)}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    auto now = 1h;
    for (int nth = 0; nth < 6; ++nth, now += 25h) {
        const msisdn from = nth % 2 == 0 ? anna : boris;
        const money all = here.purse_of(from).balance - rubles(5);
        CHECK(here.once("give " + std::to_string(nth), give(nth % 2 == 0 ? boris : anna, all), at(now), from)
                  .is == verdict::transferred);
        CHECK(here.purse_of(from).balance == money{});
    }
    CHECK(here.purse_of(anna).balance == rubles(1'000 - 6 * 5));
}

TEST_CASE("an outcome's sums go with the SMS that tells it") {
    house here;
    here.bring_in("1234567890", rubles(100));
    auto asked = wish(here.with, "sms 1", here.typed("1234567890"), at(0s));
    asked.by.by = channel::sms;
    asked.sms = an_sms();
    asked.sms->action = "top_up";
    const auto came = here.try_once(asked).value();
    here.start();
    const auto rows = here.in_batch([&] { return here.behind->claim(10, at(1s).utc); }).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what.sums == came.sums);
    CHECK(rows[0].what.sums.balance == rubles(100));
}

TEST_CASE("movements are listed newest first, and sums leave out what was only lent") {
    house here;
    here.once("till", pay_in{rubles(200), 7}, at(0s));
    here.once("boris dials", issue(), at(0s), boris);
    here.once("give", give(boris, rubles(100)), at(1h));
    here.once("promise", promise(rubles(50), rubles(2)), at(2h));
    const auto look = [&](instant totals_since, instant listed_since, std::size_t most) {
        REQUIRE(here.behind->reader().begin_reading().has_value());
        auto seen = here.behind->reader().read_movements(anna, {totals_since.utc, listed_since.utc, most});
        REQUIRE(here.behind->reader().end_reading().has_value());
        return seen.value();
    };
    const auto all = look(at(0s), at(0s), 10);
    CHECK(all.income == rubles(200));
    CHECK(all.spent == rubles(107)); // what went, and both fees
    CHECK(all.totals == std::vector<total>{{entry_kind::payment, rubles(200)},
                                           {entry_kind::transfer, rubles(-100)},
                                           {entry_kind::transfer_fee, rubles(-5)},
                                           {entry_kind::promise_fee, rubles(-2)}});
    REQUIRE(all.last.size() == 5);
    CHECK(all.last[0].amount == rubles(-2));
    CHECK(all.last[1] == movement{at(2h).utc, entry_kind::promise, rubles(50)});
    CHECK(all.last[4] == movement{at(0s).utc, entry_kind::payment, rubles(200)});
    const auto later = look(at(1h), at(2h), 1);
    CHECK(later.income == money{});
    CHECK(later.spent == rubles(107));
    CHECK(later.last.size() == 1);
    const auto of_nobody = [&] {
        REQUIRE(here.behind->reader().begin_reading().has_value());
        auto seen = here.behind->reader().read_movements(msisdn::from_digits(79260000000), {});
        REQUIRE(here.behind->reader().end_reading().has_value());
        return seen.value();
    }();
    CHECK_FALSE(of_nobody.is_known);
    CHECK(of_nobody.last.empty());
}

TEST_CASE("what is told of an account is told as it is, also where the same was asked a moment ago") {
    house here;
    const auto ask = [&](std::string text, money balance, instant now) {
        tell said{std::move(text)};
        said.sums.balance = balance;
        auto asked = wish(here.with, "sms 1", std::move(said), now);
        asked.repeats_within = 10min;
        asked.by.by = channel::sms;
        asked.sms = an_sms();
        asked.sms->action = "show_balance.shown";
        return here.try_once(asked).value();
    };
    const auto first = ask("show_balance.shown", money{}, at(0s));
    here.in_batch([&] {
            const std::array one{settlement{*first.sms, settling::sent}};
            return here.behind->settle(one, at(1s).utc);
        })
        .value();
    const auto again = ask("show_balance.owing", rubles(500), at(1min));
    CHECK(again.is_repeat);
    CHECK(again.sums.balance == rubles(500));
    CHECK(again.sms);
}

TEST_CASE("wrong vouchers of a number without an account are the account's once there is one") {
    house here;
    for (int nth = 0; nth < 5; ++nth)
        here.once("wrong " + std::to_string(nth), here.typed("555"), at(0s));
    here.once("dial", issue(), at(1s));
    CHECK(here.once("after", here.typed("556"), at(2s)).is == verdict::vouchers_closed);
    here.in_batch([&] { return here.behind->change(anna, lift_limits{}, at(3s).utc); }).value();
    CHECK(here.once("lifted", here.typed("557"), at(4s)).is == verdict::wrong_voucher);
}

TEST_CASE("what the portal asks in vain doesn't push out of the archive what was done") {
    house here;
    here.once("till", pay_in{rubles(10)}, at(0s));
    for (int nth = 0; nth < 60; ++nth) {
        auto asked = wish(here.with, "vain " + std::to_string(nth), give(boris, rubles(500)), at(1s));
        asked.by.by = channel::portal;
        CHECK(here.try_once(asked).value().is == verdict::short_of);
    }
    const auto rows = here.in_batch([&] { return here.behind->trace(anna, 50); }).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what == effect_kind::pay_in);
}

TEST_CASE("movements go with the SMS that lists them, also after a restart") {
    house here;
    here.once("till", pay_in{rubles(200)}, at(0s));
    tell said{"list_movements.listed"};
    said.movements = {{at(0s).utc, entry_kind::payment, rubles(200)},
                      {at(-1h).utc, entry_kind::transfer, rubles(-100)}};
    auto asked = wish(here.with, "sms 1", said, at(1s));
    asked.by.by = channel::sms;
    asked.sms = an_sms();
    asked.sms->action = said.text;
    CHECK(here.try_once(asked).value().movements == said.movements);
    here.start();
    const auto rows = here.in_batch([&] { return here.behind->claim(10, at(1s).utc); }).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what.movements == said.movements);
}

TEST_CASE("operations go with the SMS that lists them, also after a restart") {
    house here;
    here.once("till", pay_in{rubles(200)}, at(0s));
    tell said{"list_archive.listed"};
    said.operations = {{at(0s).utc, effect_kind::pay_in, channel::feed},
                       {at(-1h).utc, effect_kind::issue_password, channel::ussd}};
    auto asked = wish(here.with, "sms 1", said, at(1s));
    asked.by.by = channel::sms;
    asked.sms = an_sms();
    asked.sms->action = said.text;
    CHECK(here.try_once(asked).value().operations == said.operations);
    here.start();
    const auto rows = here.in_batch([&] { return here.behind->claim(10, at(1s).utc); }).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what.operations == said.operations);
}

TEST_CASE("whatever order wishes, repeats, payments, returns, erasures and restarts come in, every sum is "
          "right") {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        CAPTURE(seed);
        house here;
        std::mt19937 dice{seed};
        const auto any = [&](unsigned sides) { return static_cast<unsigned>(dice() % sides); };
        std::map<msisdn, money> expected;
        std::array<bool, 40> is_used{};
        for (unsigned nth = 0; nth < is_used.size(); ++nth)
            here.bring_in("voucher " + std::to_string(nth), rubles(10));
        auto now = 0s;
        std::string last_id;
        effect last = tell{};
        msisdn last_who = anna;
        for (unsigned step = 0; step < 200; ++step) {
            const msisdn who = any(2) == 0 ? anna : boris;
            now += std::chrono::seconds{any(7200)};
            const std::string id = "step " + std::to_string(step);
            switch (any(10)) {
            case 0:
            case 1: {
                const unsigned nth = any(is_used.size());
                const auto came = here.once(id, here.typed("voucher " + std::to_string(nth)), at(now), who);
                CHECK((came.is == verdict::topped_up) == !is_used.at(nth));
                if (!std::exchange(is_used.at(nth), true))
                    expected[who] = expected[who] + rubles(10);
                CHECK(came.sums.balance == expected[who]);
                break;
            }
            case 2:
            case 3: {
                const auto before = here.purse_of(who);
                const take_promise asked = promise(rubles(100), rubles(5), rubles(-50));
                const auto came = here.once(id, asked, at(now), who);
                if (before.promise || before.balance < rubles(-50))
                    CHECK(is_refusal(came.is));
                else if (before.balance >= money{})
                    CHECK(came.is == verdict::promised);
                if (came.is != verdict::promised) // a refusal may be asked for anew once its time has come
                    break;
                expected[who] = expected[who] + rubles(95);
                last_id = id;
                last = asked;
                last_who = who;
                break;
            }
            case 4:
                here.once(id, pay_in{rubles(7)}, at(now), who);
                expected[who] = expected[who] + rubles(7);
                break;
            case 5: // the last promise is delivered again
                if (!last_id.empty()) {
                    auto again = wish(here.with, last_id, last, at(now), last_who);
                    again.repeats_within = std::chrono::hours{1000};
                    CHECK(here.try_once(again).value().is_repeat);
                }
                break;
            case 6:
                for (const msisdn each : {anna, boris})
                    if (const auto seen = here.purse_of(each);
                        seen.promise && seen.promise->due <= at(now).utc)
                        expected[each] = expected[each] - seen.promise->amount;
                here.return_due(at(now));
                break;
            case 8:
            case 9: {
                const msisdn to = who == anna ? boris : anna;
                const auto came = here.once(id, give(to, rubles(1 + any(40))), at(now), who);
                if (came.is != verdict::transferred)
                    break;
                expected[who] = expected[who] - *came.sums.amount - rubles(5);
                expected[to] = expected[to] + *came.sums.amount;
                CHECK(expected[who] >= money{});
                break;
            }
            case 7:
                if (any(4) == 0) {
                    here.start();
                } else if (any(6) == 0) {
                    here.in_batch([&] { return here.behind->erase(who, at(now).utc); }).value();
                    expected[who] = money{};
                    last_id.clear();
                }
                break;
            }
            CHECK(here.purse_of(anna).balance == expected[anna]);
            CHECK(here.purse_of(boris).balance == expected[boris]);
        }
    }
}

} // namespace money_contract_test
