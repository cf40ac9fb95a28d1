// What every database behind the store must keep of orders of what is sold, where another system has it: the
// same is told of them as where the store has it itself. Over store::backend only.
#include "tests/contract/orders_house.hpp"

#include <array>

namespace ware_orders_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr std::chrono::hours month{24 * 30};

ware_terms on_terms(std::string name, std::chrono::seconds period = month) {
    return {std::move(name), rubles(10), rubles(50), period, month};
}
connect_service beep() {
    return {on_terms("beep"), {"hush"}};
}
buy_package talk() {
    return {on_terms("talk"), {100, 20, 0}, true};
}

order_end done(verdict is, std::optional<utc_time> until = {}) {
    order_end came = ended(is);
    came.says.balance = rubles(40);
    came.until = until;
    return came;
}

} // namespace

TEST_CASE("an order of a service says at its end what it is about, also after a restart") {
    orders_house here;
    const auto begun = here.begin("step 1", beep(), at(0s));
    CHECK(begun.came.is == verdict::under_way);
    REQUIRE(begun.name);
    here.start();
    const auto open = here.open();
    REQUIRE(open.size() == 1);
    CHECK(open[0].what == effect_kind::connect_service);
    const auto came = here.end(*begun.name, done(verdict::connected, at(month).utc), at(2s));
    REQUIRE(came);
    CHECK(came->is == verdict::connected);
    CHECK(came->about == subject{"service.beep", {}, month});
    CHECK(came->sums.amount == rubles(60));
    CHECK(came->sums.fee == rubles(50));
    CHECK(came->sums.balance == rubles(40));
    CHECK(came->until == at(month).utc);
    const auto again = here.begin("step 1", beep(), at(3s));
    CHECK(again.came.is_repeat);
    CHECK_FALSE(again.name);
    CHECK(again.came.is == verdict::connected);
    CHECK(again.came.about == came->about);
    CHECK(again.came.until == came->until);
}

TEST_CASE("what a service doesn't go with is told by screen, by SMS and to whoever asks again") {
    orders_house here;
    const auto begun = here.begin("step 1", beep(), at(0s));
    order_end at_odds = done(verdict::conflict);
    at_odds.conflict = "hush";
    const auto came = here.end(*begun.name, at_odds, at(2s), true);
    REQUIRE(came);
    const subject both{"service.beep", "service.hush", month};
    CHECK(came->is == verdict::conflict);
    CHECK(came->about == both);
    CHECK_FALSE(came->sums.fee); // nothing was taken
    const auto told = here.claim(at(3s));
    REQUIRE(told.size() == 1);
    CHECK(told[0].action == "connect_service");
    CHECK(told[0].what.is == verdict::conflict);
    CHECK(told[0].what.about == both);
    CHECK(here.begin("step 1", beep(), at(4s)).came.about == both);
}

TEST_CASE("each kind of order ends with its own subject, price and fee") {
    orders_house here;
    struct row {
        effect what;
        verdict is;
        subject about;
        std::optional<money> amount;
    };
    const std::array rows{
        row{disconnect_service{"beep"}, verdict::disconnected, {"service.beep", {}, {}}, {}},
        row{change_tariff{on_terms("wide"), false},
            verdict::switched,
            {"tariff.wide", {}, month},
            rubles(60)},
        row{change_tariff{{"plain", {}, {}, {}, {}}, true},
            verdict::switched,
            {"tariff.plain", {}, 0s},
            money{}},
        row{talk(), verdict::bought, {"package.talk", {}, month}, rubles(60)},
        row{talk(), verdict::extended, {"package.talk", {}, month}, rubles(60)},
        row{stop_package{"talk"}, verdict::stopped, {"package.talk", {}, {}}, {}},
    };
    int step = 0;
    for (const row& each : rows) {
        CAPTURE(step);
        const auto begun = here.begin("step " + std::to_string(++step), each.what, at(0s));
        REQUIRE(begun.name);
        const auto came = here.end(*begun.name, done(each.is, at(month).utc), at(1s));
        CHECK(came->is == each.is);
        CHECK(came->about == each.about);
        CHECK(came->sums.amount == each.amount);
        CHECK(came->sums.fee.has_value() == each.amount.has_value());
    }
}

TEST_CASE("what the rules refuse of what is sold is never ordered, whatever the account has here") {
    orders_house here;
    request stranger = here.asked("step 1", beep(), at(0s));
    stranger.by.is_vouched_for = false;
    CHECK(here.try_begin(stranger).value().came.is == verdict::untrusted);
    request unregistered = here.asked("step 2", talk(), at(0s));
    unregistered.by.may_register = false;
    CHECK(here.try_begin(unregistered).value().came.is == verdict::unknown_number);
    CHECK(here.open().empty());
    CHECK(
        here.begin("step 3", disconnect_service{"beep"}, at(0s)).name); // whether it is there is known there
    CHECK(here.begin("step 4", talk(), at(0s)).name);                   // and what there is to pay with
}

TEST_CASE("what has a fee is told with the end of its period, though that system doesn't say when it is") {
    orders_house here;
    const auto begun = here.begin("step 1", beep(), at(0s));
    CHECK(here.end(*begun.name, done(verdict::connected), at(2s))->until == at(month).utc);
    connect_service free = beep();
    free.on.fee = {};
    free.on.period = {};
    const auto of_free = here.begin("step 2", free, at(0s));
    CHECK_FALSE(here.end(*of_free.name, done(verdict::connected), at(2s))->until);
}

TEST_CASE("what wasn't done of what is sold is told by SMS once it is known, with nothing taken") {
    orders_house here;
    const auto begun = here.begin("step 1", talk(), at(0s));
    CHECK(here.claim(at(1s)).empty());
    const auto came = here.end(*begun.name, ended(verdict::not_done), at(2s), true);
    CHECK(came->is == verdict::not_done);
    CHECK_FALSE(came->sums.fee);
    CHECK_FALSE(here.end(*begun.name, done(verdict::bought), at(3s))); // an end is one for good
    const auto told = here.claim(at(3s));
    REQUIRE(told.size() == 1);
    CHECK(told[0].what.is == verdict::not_done);
    CHECK(here.claim(at(4s)).empty());
}

} // namespace ware_orders_contract_test
