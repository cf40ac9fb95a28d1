#include "simulator/billing_words.hpp"

#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::billing_words_test {

using namespace std::chrono_literals;

TEST_CASE("what came of an order is written as the contract's examples have it") {
    operation_end topped_up;
    topped_up.state = operation_state::done;
    topped_up.amount = roubles(100);
    topped_up.balance = money::from_minor(22050);
    topped_up.points = 35;
    CHECK(write_end(topped_up) == R"({"state":"done","amount":"100.00","balance":"220.50","points":35})");

    operation_end promised;
    promised.state = operation_state::done;
    promised.balance = money::from_minor(-1);
    promised.until = noon;
    CHECK(write_end(promised) == R"({"state":"done","balance":"-0.01","until":"2026-11-21T12:40:00Z"})");

    operation_end transferred;
    transferred.state = operation_state::done;
    transferred.balance = money::from_minor(6550);
    transferred.party_balance = roubles(150);
    CHECK(write_end(transferred) == R"({"state":"done","balance":"65.50","party_balance":"150.00"})");

    operation_end refused;
    refused.state = operation_state::refused;
    refused.reason = order_refusal::short_of;
    refused.balance = roubles(20);
    CHECK(write_end(refused) == R"({"state":"refused","reason":"short_of","balance":"20.00"})");

    operation_end cancelled;
    cancelled.state = operation_state::cancelled;
    CHECK(write_end(cancelled) == R"({"state":"cancelled"})");

    operation_end extended = promised;
    extended.is_extended = true;
    CHECK(write_end(extended) ==
          R"({"state":"done","balance":"-0.01","until":"2026-11-21T12:40:00Z","extended":true})");
    operation_end at_odds = refused;
    at_odds.reason = order_refusal::conflict;
    at_odds.conflict = "silent";
    CHECK(write_end(at_odds) ==
          R"({"state":"refused","reason":"conflict","balance":"20.00","conflict":"silent"})");
    for (const operation_end& each :
         {topped_up, promised, transferred, refused, cancelled, extended, at_odds})
        CHECK(read_end(write_end(each)) == each);
    for (const char* wrong : {"", "[]", "{}", R"({"state":"perhaps"})", R"({"state":1})",
                              R"({"state":"done","balance":1})", R"({"state":"done","balance":"1"})",
                              R"({"state":"done","points":"1"})", R"({"state":"refused","reason":"whim"})",
                              R"({"state":"done","extended":1})", R"({"state":"refused","conflict":1})"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_end(wrong));
    }
}

TEST_CASE("a purse and movements are written as the contract has them") {
    CHECK(write_purse({money::from_minor(12050), 35, {}}) == R"({"balance":"120.50","points":35})");
    CHECK(write_purse({money::from_minor(-2000), 0, purse_seen::loan{roubles(300), noon}}) ==
          R"({"balance":"-20.00","points":0,"promised":"300.00","promised_until":"2026-11-21T12:40:00Z"})");
    CHECK(write_movements({}) == R"({"income":"0.00","spent":"0.00","totals":[],"movements":[]})");
    const movements_seen some{roubles(500),
                              money::from_minor(37950),
                              {{movement_kind::payment, roubles(500)}},
                              {{noon, movement_kind::transfer, roubles(-50)},
                               {noon - 401553us, movement_kind::payment, roubles(500)}}};
    CHECK(
        write_movements(some) ==
        R"({"income":"500.00","spent":"379.50","totals":[{"kind":"payment","amount":"500.00"}],"movements":[)"
        R"({"at":"2026-11-21T12:40:00Z","kind":"transfer","amount":"-50.00"},)"
        R"({"at":"2026-11-21T12:39:59.598447Z","kind":"payment","amount":"500.00"}]})");
    for (const movement_kind each :
         {movement_kind::opening, movement_kind::voucher, movement_kind::payment, movement_kind::bonus,
          movement_kind::promise, movement_kind::promise_fee, movement_kind::promise_return,
          movement_kind::transfer, movement_kind::transfer_fee, movement_kind::service,
          movement_kind::service_fee, movement_kind::tariff, movement_kind::tariff_fee,
          movement_kind::package})
        CHECK(read_movement_kind(name_of(each)) == each);
    CHECK_FALSE(read_movement_kind("leaving"));
}

TEST_CASE("what a number has is written with its terms, and of a package what is left") {
    CHECK(write_holdings({roubles(20), {}}) == R"({"balance":"20.00","holdings":[]})");
    ware_held service{ware_kind::service, connect().on, noon, noon + month, {}, true, {}, {}};
    ware_held package{ware_kind::package, buy().on, noon, {}, noon, false, {100, 0, 50}, {62, 0, 7}};
    CHECK(write_holdings({roubles(20), {service, package}}) ==
          R"({"balance":"20.00","holdings":[{"kind":"service","name":"beep","fee":"30.00","seconds":2592000,)"
          R"("since":"2026-11-21T12:40:00Z","due":"2026-12-21T12:40:00Z","paused":false},)"
          R"({"kind":"package","name":"talk","fee":"60.00","seconds":2592000,)"
          R"("since":"2026-11-21T12:40:00Z","paused":true,"renews":false,"minutes":100,"sms":0,)"
          R"("megabytes":50,"minutes_left":62,"sms_left":0,"megabytes_left":7}]})");
    for (const ware_kind each : {ware_kind::service, ware_kind::tariff, ware_kind::package})
        CHECK(read_ware_kind(name_of(each)) == each);
    CHECK_FALSE(read_ware_kind("promise"));
}

TEST_CASE("a sum is digits, a point and two digits, and nothing else") {
    CHECK(read_sum("120.50") == money::from_minor(12050));
    CHECK(read_sum("-20.00") == roubles(-20));
    CHECK(read_sum("-0.00") == money{});
    CHECK(read_sum("007.05") == money::from_minor(705));
    CHECK(read_sum("999999999.99") == most_money);
    for (const char* wrong : {"", "-", ".50", "-.50", "120", "120.5", "120,50", "120.500", "+1.00", "--1.00",
                              " 1.00", "1.00 ", "1000000000.00", "0000000001.00", "1e2", "1.-5", "0x1.00"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_sum(wrong));
    }
}

TEST_CASE("a number and a name are what the contract says they are") {
    CHECK(read_number("79261112233") == anna);
    CHECK(read_number("1234567"));
    CHECK(read_number("999999999999999"));
    for (const char* wrong :
         {"", "123456", "1234567890123456", "09261112233", "+79261112233", "7926111223a", "7926 1112233"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_number(wrong));
    }
    CHECK(is_operation_name("0123456789abcdef0123456789abcdef"));
    for (const char* wrong : {"", "0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdef0",
                              "0123456789ABCDEF0123456789abcdef", "0123456789abcdef0123456789abcdeg"}) {
        CAPTURE(wrong);
        CHECK_FALSE(is_operation_name(wrong));
    }
}

} // namespace kabinet::simulator::billing_words_test
