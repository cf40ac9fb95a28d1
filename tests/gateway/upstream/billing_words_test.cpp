#include "gateway/upstream/billing_words.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::upstream {

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

} // namespace

TEST_SUITE("words to a billing system") {
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

    TEST_CASE("what is asked stands in the path") {
        CHECK(ask_purse(anna).target == "/v1/accounts/79261112233");
        const utc_time day{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};
        CHECK(ask_movements(anna, {day, day - 24h, 10}).target ==
              "/v1/accounts/79261112233/movements?totals_since=2026-11-21T00:00:00Z"
              "&listed_since=2026-11-20T00:00:00Z&most=10");
        CHECK(ask_after(name).method == "GET");
        CHECK(ask_to_cancel(name).method == "DELETE");
        CHECK(ask_to_cancel(name).target == ask_after(name).target);
    }
}

TEST_SUITE("words of a billing system") {
    TEST_CASE("a purse, with what was lent and without") {
        const auto plain = read_purse(said(R"({"balance":"120.50","points":35})"));
        REQUIRE(plain);
        CHECK(plain->is_known);
        CHECK(plain->balance == money::from_minor(12'050));
        CHECK(plain->points == 35);
        CHECK_FALSE(plain->promise);
        const auto owing = read_purse(
            said(R"({"balance":"-1.00","promised":"300.00","promised_until":"2026-11-24T12:40:00Z"})"));
        REQUIRE(owing);
        CHECK(owing->points == 0);
        REQUIRE(owing->promise);
        CHECK(owing->promise->amount == rubles(300));
    }

    TEST_CASE("a number that is nobody's there isn't known") {
        CHECK_FALSE(read_purse(said("{}", 404))->is_known);
        CHECK_FALSE(read_movements(said("", 404))->is_known);
    }

    TEST_CASE("what isn't an answer of the contract is none") {
        for (const char* bad :
             {"", "{}", "[]", "null", R"({"balance":120.5})", R"({"balance":"120.505"})",
              R"({"balance":"1e3"})", R"({"balance":"100,50"})", R"({"balance":"100"})",
              R"({"balance":"10.5"})", R"({"balance":"10.00","points":-1})",
              R"({"balance":"10.00","points":"5"})", R"({"balance":"10.00","promised":"5.00"})",
              R"({"balance":"10.00","promised_until":"soon","promised":"5.00"})",
              R"({"balance":"10.00","balance":"20.00"})", R"({"balance":"10.00","more":{"a":{"b":{"c":1}}}})",
              "{\"balance\":\"10.00\"", "{\"balance\":\"\xff\xfe\"}"}) {
            CAPTURE(bad);
            CHECK_FALSE(read_purse(said(bad)));
        }
        CHECK_FALSE(read_purse(said(R"({"balance":"10.00"})", 500)));
        CHECK_FALSE(read_purse(said(R"({"balance":"10.00"})", 201)));
        CHECK(read_purse(said(R"({"balance":"10.00","more":[1,2]})"))); // a newer system says more
    }

    TEST_CASE("movements come newest first, each of a kind that texts have a word for") {
        const auto seen = read_movements(
            said(R"({"income":"500.00","spent":"379.50","movements":[)"
                 R"({"at":"2026-11-21T12:40:00Z","kind":"transfer","amount":"-50.00"},)"
                 R"({"at":"2026-11-20T09:00:00.401553Z","kind":"payment","amount":"500.00"}]})"));
        REQUIRE(seen);
        CHECK(seen->income == rubles(500));
        CHECK(seen->spent == money::from_minor(37'950));
        REQUIRE(seen->last.size() == 2);
        CHECK(seen->last[0].what == store::entry_kind::transfer);
        CHECK(seen->last[0].amount == rubles(-50));
        CHECK_FALSE(read_movements(said(
            R"({"income":"5.00","spent":"3.00","movements":[{"at":"2026-11-21T12:40:00Z","kind":"gift","amount":"1.00"}]})")));
        CHECK_FALSE(read_movements(said(R"({"income":"5.00","spent":"3.00"})")));
    }

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
}

} // namespace kabinet::gateway::upstream
