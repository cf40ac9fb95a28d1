#include "store/rules.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

namespace ware_rules_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}
constexpr std::chrono::hours month{24 * 30};

caller vouched() {
    caller by;
    by.who = anna;
    return by;
}

standing with_balance(money balance) {
    standing account;
    account.exists = true;
    account.purse.balance = balance;
    return account;
}

connect_service beep(money price = rubles(10), money fee = rubles(50)) {
    return {{"beep", price, fee, month, month}, {}};
}

template <class Wish>
verdict judged(const Wish& wish, const standing& account) {
    return judge(wish, account, vouched(), at(0s).utc).is;
}

} // namespace

TEST_CASE("price and first fee together are within the balance, to the kopeck") {
    CHECK(judged(beep(), with_balance(rubles(60))) == verdict::connected);
    CHECK(judged(beep(), with_balance(rubles(60) - money::from_minor(1))) == verdict::short_of);
    CHECK(judge(beep(), with_balance(rubles(60)), vouched(), at(0s).utc).until == at(month).utc);
}

TEST_CASE("what costs nothing is given whatever is owed") {
    connect_service free = beep({}, {});
    free.on.period = {};
    const auto came = judge(free, with_balance(rubles(-30)), vouched(), at(0s).utc);
    CHECK(came.is == verdict::connected);
    CHECK_FALSE(came.until);
}

TEST_CASE("what is so already is said before what it conflicts with, and that before what is missing") {
    standing account = with_balance(money{});
    account.purse.ware.conflict = "hush";
    CHECK(judged(beep(), account) == verdict::conflict);
    account.purse.ware.is_held = true;
    CHECK(judged(beep(), account) == verdict::already_connected);
    account.purse.ware = {};
    CHECK(judged(beep(), account) == verdict::short_of);
}

TEST_CASE("nothing is sold where nothing may be changed") {
    const change_tariff tariff{beep().on, false};
    const buy_package package{beep().on, {1, 0, 0}, true};
    for (const auto status : {account_status::barred, account_status::left}) {
        standing account = with_balance(rubles(900));
        account.status = status;
        account.purse.ware.is_held = true;
        const verdict wanted = status == account_status::barred ? verdict::barred : verdict::unknown_number;
        CHECK(judged(beep(), account) == wanted);
        CHECK(judged(disconnect_service{"beep"}, account) == wanted);
        CHECK(judged(tariff, account) == wanted);
        CHECK(judged(package, account) == wanted);
        CHECK(judged(stop_package{"talk"}, account) == wanted);
    }
    caller by = vouched();
    by.is_vouched_for = false;
    CHECK(judge(beep(), with_balance(rubles(900)), by, at(0s).utc).is == verdict::untrusted);
}

TEST_CASE("only what is there is let go of") {
    standing account = with_balance(money{});
    CHECK(judged(disconnect_service{"beep"}, account) == verdict::not_connected);
    CHECK(judged(stop_package{"talk"}, account) == verdict::not_connected);
    account.purse.ware.is_held = true;
    account.purse.ware.due = at(5h).utc;
    CHECK(judged(disconnect_service{"beep"}, account) == verdict::disconnected);
    const auto came = judge(stop_package{"talk"}, account, vouched(), at(0s).utc);
    CHECK(came.is == verdict::stopped);
    CHECK(came.until == at(5h).utc);
}

TEST_CASE("a package is extended up to what can be told, and not a unit further") {
    buy_package talk{{"talk", {}, rubles(150), month, month}, {0, 0, 100}, true};
    standing account = with_balance(rubles(150));
    CHECK(judged(talk, account) == verdict::bought);
    account.purse.ware.is_held = true;
    account.purse.ware.left.megabytes = most_units - 100;
    CHECK(judged(talk, account) == verdict::extended);
    ++account.purse.ware.left.megabytes;
    CHECK(judged(talk, account) == verdict::full_purse);
}

} // namespace ware_rules_test
