#include "gateway/upstream/billing_words.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kabinet::gateway::upstream::billing_order_words_test {

using namespace std::chrono_literals;
using store::effect_kind;
using store::verdict;

namespace {

const msisdn anna = msisdn::from_digits(79261112233);
const msisdn boris = msisdn::from_digits(79262223344);
constexpr store::request_id name{0x0a, 0xff};

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

store::request wished(store::effect what) {
    store::request made;
    made.by.who = anna;
    made.what = std::move(what);
    return made;
}

http_answer said(std::string body, unsigned status = 200) {
    return {status, std::move(body)};
}

/// The verdict that an answer to an order of that kind ends with; `told` where it is no answer at all.
verdict end_of(std::string body, effect_kind what) {
    const auto read = read_order(said(std::move(body)), what);
    return read && read->is == order_answer::state::ended ? read->end.is : verdict::told;
}

/// The reason that it is refused with.
verdict refused(effect_kind what, std::string_view why, std::string_view more = R"("balance":"1.00")") {
    return end_of(R"({"state":"refused","reason":")" + std::string{why} + "\"," + std::string{more} + "}",
                  what);
}

store::ware_terms on_terms(std::string called) {
    return {std::move(called), rubles(5), rubles(30), 720h, 240h};
}

} // namespace

TEST_SUITE("orders to a billing system") {
    TEST_CASE("an order says all that it takes to do it, under its name") {
        auto lent =
            ask_order(name, wished(store::take_promise{"medium", rubles(300), rubles(20), 72h, rubles(-30)}));
        CHECK(lent.method == "PUT");
        CHECK(lent.target == "/v1/operations/0aff0000000000000000000000000000");
        CHECK(lent.body == R"({"amount":"300.00","fee":"20.00","floor":"-30.00","kind":"take_promise",)"
                           R"("msisdn":"79261112233","offer":"medium","seconds":259200})");
        store::transfer what;
        what.to = boris;
        what.amount = rubles(150);
        what.fee = rubles(5);
        what.least = rubles(10);
        CHECK(ask_order(name, wished(what)).body ==
              R"({"amount":"150.00","fee":"5.00","kind":"transfer","least":"10.00",)"
              R"("msisdn":"79261112233","to":"79262223344"})");
        store::request voucher = wished(store::top_up{});
        voucher.carried = secret{"4929175307183316"};
        CHECK(ask_order(name, voucher).body ==
              R"({"kind":"top_up","msisdn":"79261112233","voucher":"4929175307183316"})");
    }

    TEST_CASE("an order of what is sold says all its terms, for nobody there knows the pack") {
        const auto body = [](store::effect what) { return ask_order(name, wished(std::move(what))).body; };
        CHECK(body(store::connect_service{on_terms("beep"), {"silent", "hush"}}) ==
              R"({"conflicts":["silent","hush"],"fee":"30.00","kept":864000,"kind":"connect_service",)"
              R"("msisdn":"79261112233","name":"beep","price":"5.00","seconds":2592000})");
        CHECK(body(store::connect_service{{"free", {}, {}, {}, {}}, {}}) ==
              R"({"conflicts":[],"fee":"0.00","kept":0,"kind":"connect_service",)"
              R"("msisdn":"79261112233","name":"free","price":"0.00","seconds":0})");
        CHECK(body(store::disconnect_service{"beep"}) ==
              R"({"kind":"disconnect_service","msisdn":"79261112233","name":"beep"})");
        CHECK(body(store::change_tariff{on_terms("wide"), true}) ==
              R"({"default":true,"fee":"30.00","kept":864000,"kind":"change_tariff",)"
              R"("msisdn":"79261112233","name":"wide","price":"5.00","seconds":2592000})");
        CHECK(body(store::buy_package{on_terms("talk"), {100, 20, 0}, false}) ==
              R"({"fee":"30.00","kept":864000,"kind":"buy_package","megabytes":0,"minutes":100,)"
              R"("msisdn":"79261112233","name":"talk","price":"5.00","renews":false,)"
              R"("seconds":2592000,"sms":20})");
        CHECK(body(store::stop_package{"talk"}) ==
              R"({"kind":"stop_package","msisdn":"79261112233","name":"talk"})");
    }
}

TEST_SUITE("what a billing system did") {
    TEST_CASE("an order is done only where all is said that its texts say") {
        CHECK(end_of(R"({"state":"done","amount":"100.00","balance":"220.50"})", effect_kind::top_up) ==
              verdict::topped_up);
        CHECK(end_of(R"({"state":"done","balance":"220.50"})", effect_kind::top_up) == verdict::told);
        CHECK(end_of(R"({"state":"done","balance":"4.00","until":"2026-11-24T12:40:00Z"})",
                     effect_kind::take_promise) == verdict::promised);
        CHECK(end_of(R"({"state":"done","balance":"4.00"})", effect_kind::take_promise) == verdict::told);
        CHECK(end_of(R"({"state":"done","balance":"4.00","party_balance":"9.00"})", effect_kind::transfer) ==
              verdict::transferred);
        CHECK(end_of(R"({"state":"done","balance":"4.00"})", effect_kind::transfer) == verdict::told);
        CHECK(end_of(R"({"state":"finished","balance":"4.00"})", effect_kind::transfer) == verdict::told);
    }

    TEST_CASE("refusals are those of the contract, and any other is declined") {
        const auto refused = [](std::string_view more) {
            return end_of(R"({"state":"refused",)" + std::string{more} + "}", effect_kind::transfer);
        };
        CHECK(refused(R"("reason":"short_of","balance":"20.00")") == verdict::short_of);
        CHECK(refused(R"("reason":"short_of")") == verdict::declined); // its text says the balance
        CHECK(refused(R"("reason":"promise_open","until":"2026-11-24T12:40:00Z")") == verdict::promise_open);
        CHECK(refused(R"("reason":"promise_open")") == verdict::declined);
        CHECK(refused(R"("reason":"unknown_party")") == verdict::unknown_party);
        CHECK(refused(R"("reason":"full moon")") == verdict::declined);
        CHECK(refused(R"("reason":"topped_up")") == verdict::declined); // no refusal at all
        CHECK(refused(R"("balance":"1.00")") == verdict::declined);
        CHECK(end_of(R"({"state":"cancelled"})", effect_kind::top_up) == verdict::not_done);
    }

    TEST_CASE("of an order some statuses say for certain that nothing was done, and others say nothing") {
        for (const unsigned status : {400U, 401U, 403U, 409U, 422U, 429U})
            CHECK(read_order(said("", status), effect_kind::top_up)->is ==
                  order_answer::state::refused_unread);
        for (const unsigned status : {404U, 408U, 500U, 502U, 503U, 504U, 302U, 204U})
            CHECK_FALSE(read_order(said("", status), effect_kind::top_up));
        CHECK(read_order(said("", 202), effect_kind::top_up)->is == order_answer::state::open);
    }

    TEST_CASE("asked after, a name may be absent; being turned away says nothing of it") {
        CHECK(read_state(said("", 404), effect_kind::top_up)->is == order_answer::state::absent);
        CHECK(read_state(said("", 202), effect_kind::top_up)->is == order_answer::state::open);
        for (const unsigned status : {401U, 403U, 429U, 500U, 503U})
            CHECK_FALSE(read_state(said("", status), effect_kind::top_up));
    }

    TEST_CASE("of what is sold it is said whether it was there, and when it is due or ends") {
        const std::string dated = R"({"state":"done","balance":"4.00","until":"2026-12-21T12:40:00Z"})";
        const std::string undated = R"({"state":"done","balance":"4.00"})";
        const std::string extended =
            R"({"state":"done","balance":"4.00","until":"2026-12-21T12:40:00Z","extended":true})";
        CHECK(end_of(dated, effect_kind::connect_service) == verdict::connected);
        CHECK(end_of(undated, effect_kind::connect_service) == verdict::connected); // one without a fee
        CHECK(end_of(undated, effect_kind::disconnect_service) == verdict::disconnected);
        CHECK(end_of(dated, effect_kind::change_tariff) == verdict::switched);
        CHECK(end_of(dated, effect_kind::buy_package) == verdict::bought);
        CHECK(end_of(extended, effect_kind::buy_package) == verdict::extended);
        CHECK(end_of(undated, effect_kind::buy_package) == verdict::told);
        CHECK(end_of(dated, effect_kind::stop_package) == verdict::stopped);
        CHECK(end_of(undated, effect_kind::stop_package) == verdict::told);
        CHECK(end_of(R"({"state":"done"})", effect_kind::disconnect_service) == verdict::told);
        CHECK(end_of(R"({"state":"done","balance":"4.00","until":"soon"})", effect_kind::connect_service) ==
              verdict::told);
        CHECK(end_of(R"({"state":"done","balance":"4.00","extended":"yes"})", effect_kind::connect_service) ==
              verdict::told);
        const auto due = read_order(said(dated), effect_kind::connect_service);
        REQUIRE(due);
        CHECK(due->end.until ==
              utc_time{std::chrono::sys_days{std::chrono::year{2026} / 12 / 21}} + 12h + 40min);
    }

    TEST_CASE(
        "a refusal counts for the orders that there are texts of it for, and is declined for the rest") {
        constexpr std::array wares{effect_kind::connect_service, effect_kind::disconnect_service,
                                   effect_kind::change_tariff, effect_kind::buy_package,
                                   effect_kind::stop_package};
        for (const effect_kind each : wares) {
            CAPTURE(store::name_of(each));
            const bool begins = each == effect_kind::connect_service || each == effect_kind::change_tariff;
            const bool ends = each == effect_kind::disconnect_service || each == effect_kind::stop_package;
            const bool is_package = each == effect_kind::buy_package;
            const auto either = [](bool is_so, verdict what) { return is_so ? what : verdict::declined; };
            CHECK(refused(each, "already_connected") == either(begins, verdict::already_connected));
            CHECK(refused(each, "not_connected") == either(ends, verdict::not_connected));
            CHECK(refused(each, "short_of") == either(begins || is_package, verdict::short_of));
            CHECK(refused(each, "full_purse") == either(is_package, verdict::full_purse));
            CHECK(refused(each, "wrong_voucher") == verdict::declined);
            CHECK(refused(each, "unknown_party") == verdict::declined);
        }
        CHECK(refused(effect_kind::transfer, "already_connected") == verdict::declined);
        CHECK(refused(effect_kind::connect_service, "short_of", R"("until":"2026-12-21T12:40:00Z")") ==
              verdict::declined); // its text says the balance
    }

    TEST_CASE("a conflict names the service that is there, or isn't one") {
        const auto at_odds = read_order(
            said(R"({"state":"refused","reason":"conflict","conflict":"silent","balance":"1.00"})"),
            effect_kind::connect_service);
        REQUIRE(at_odds);
        CHECK(at_odds->end.is == verdict::conflict);
        CHECK(at_odds->end.conflict == "silent");
        CHECK(refused(effect_kind::connect_service, "conflict") == verdict::declined);
        CHECK(refused(effect_kind::buy_package, "conflict", R"("conflict":"silent")") == verdict::declined);
        CHECK(refused(effect_kind::connect_service, "conflict", R"("conflict":"Not so")") ==
              verdict::declined); // nothing that a pack could name; that it is refused is certain
    }
}

} // namespace kabinet::gateway::upstream::billing_order_words_test
