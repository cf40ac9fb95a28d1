#include "gateway/upstream/billing_words.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::upstream::billing_words_test {

using namespace std::chrono_literals;

namespace {

const msisdn anna = msisdn::from_digits(79261112233);
constexpr store::request_id name{0x0a, 0xff};

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

http_answer said(std::string body, unsigned status = 200) {
    return {status, std::move(body)};
}

} // namespace

TEST_SUITE("words to a billing system") {
    TEST_CASE("what is asked stands in the path") {
        CHECK(ask_purse(anna).target == "/v1/accounts/79261112233");
        const utc_time day{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};
        CHECK(ask_movements(anna, {day, day - 24h, 10}).target ==
              "/v1/accounts/79261112233/movements?totals_since=2026-11-21T00:00:00Z"
              "&listed_since=2026-11-20T00:00:00Z&most=10");
        CHECK(ask_holdings(anna).method == "GET");
        CHECK(ask_holdings(anna).target == "/v1/accounts/79261112233/holdings");
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
        CHECK_FALSE(read_holdings(said("", 404))->is_known);
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
            said(R"({"income":"500.00","spent":"379.50","totals":[{"kind":"payment","amount":"500.00"},)"
                 R"({"kind":"transfer","amount":"-379.50"}],"movements":[)"
                 R"({"at":"2026-11-21T12:40:00Z","kind":"transfer","amount":"-50.00"},)"
                 R"({"at":"2026-11-20T09:00:00.401553Z","kind":"payment","amount":"500.00"}]})"));
        REQUIRE(seen);
        CHECK(seen->income == rubles(500));
        CHECK(seen->spent == money::from_minor(37'950));
        CHECK(seen->totals ==
              std::vector<store::total>{{store::entry_kind::payment, rubles(500)},
                                        {store::entry_kind::transfer, money::from_minor(-37'950)}});
        REQUIRE(seen->last.size() == 2);
        CHECK(seen->last[0].what == store::entry_kind::transfer);
        CHECK(seen->last[0].amount == rubles(-50));
        CHECK_FALSE(read_movements(said(
            R"({"income":"5.00","spent":"3.00","totals":[],"movements":[{"at":"2026-11-21T12:40:00Z","kind":"gift","amount":"1.00"}]})")));
        CHECK_FALSE(read_movements(said(
            R"({"income":"5.00","spent":"3.00","totals":[{"kind":"gift","amount":"1.00"}],"movements":[]})")));
        CHECK_FALSE(read_movements(said(R"({"income":"5.00","spent":"3.00","totals":[]})")));
        CHECK_FALSE(read_movements(said(R"({"income":"5.00","spent":"3.00","movements":[]})")));
    }

    TEST_CASE("what a number has of what is sold, each on its own terms") {
        const auto seen = read_holdings(
            said(R"({"balance":"120.50","holdings":[)"
                 R"({"kind":"service","name":"beep","fee":"30.00","seconds":2592000,)"
                 R"("since":"2026-11-21T12:40:00Z","due":"2026-12-21T12:40:00Z"},)"
                 R"({"kind":"tariff","name":"calm","fee":"0.00","seconds":0,"since":"2026-11-01T09:00:00Z"},)"
                 R"({"kind":"package","name":"talk","fee":"150.00","seconds":2592000,"paused":true,)"
                 R"("since":"2026-11-21T12:40:00Z","renews":false,"minutes":100,"minutes_left":62,)"
                 R"("megabytes":50,"colour":"green"}]})"));
        REQUIRE(seen);
        CHECK(seen->is_known);
        CHECK(seen->balance == money::from_minor(12'050));
        REQUIRE(seen->has.size() == 3);
        store::holding service;
        service.name = "beep";
        service.fee = rubles(30);
        service.period = 720h;
        service.since = utc_time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}} + 12h + 40min;
        service.due = service.since + 720h;
        CHECK(seen->has[0] == service);
        CHECK(seen->find_tariff()->name == "calm");
        CHECK_FALSE(seen->has[1].due);
        const store::holding& package = seen->has[2];
        CHECK(package.kind == store::ware_kind::package);
        CHECK(package.is_paused);
        CHECK_FALSE(package.renews);
        CHECK(package.holds == store::allowance{100, 0, 50});
        CHECK(package.left == store::allowance{62, 0, 0});
        CHECK(read_holdings(said(R"({"balance":"-1.00","holdings":[]})"))->has.empty());
    }

    TEST_CASE("a holding that can't be told of makes the whole answer none") {
        const std::string right =
            R"({"balance":"1.00","holdings":[{"kind":"package","name":"talk","fee":"150.00",)"
            R"("seconds":2592000,"since":"2026-11-21T12:40:00Z","paused":false,"minutes":100}]})";
        REQUIRE(read_holdings(said(right)));
        const auto spoiled = [&](std::string_view from, std::string_view to) {
            std::string text = right;
            return read_holdings(said(text.replace(text.find(from), from.size(), to)));
        };
        CHECK_FALSE(spoiled(R"("balance":"1.00",)", ""));
        CHECK_FALSE(spoiled(R"("package")", R"("gift")"));
        CHECK_FALSE(spoiled(R"("talk")", R"("")"));
        CHECK_FALSE(spoiled(R"("talk")", R"("Talk 2")")); // a line of an SMS is cut at blanks
        CHECK_FALSE(spoiled(R"("talk")", R"("abcdefghijklmnopqrstuvwxyz012345")"));
        CHECK_FALSE(spoiled(R"("150.00")", R"("-150.00")"));
        CHECK_FALSE(spoiled("2592000", "-1"));
        CHECK_FALSE(spoiled("2592000", "3155760001"));
        CHECK_FALSE(spoiled("2592000", "1.5"));
        CHECK_FALSE(spoiled(R"("seconds":2592000,)", ""));
        CHECK_FALSE(spoiled("2026-11-21T12:40:00Z", "today"));
        CHECK_FALSE(spoiled("false", R"("no")"));
        CHECK_FALSE(spoiled("100", "10000000"));
        CHECK_FALSE(spoiled("[{", "[7,{"));
        CHECK_FALSE(read_holdings(said(R"({"balance":"1.00"})")));
        CHECK_FALSE(read_holdings(said(right, 500)));
    }
}

} // namespace kabinet::gateway::upstream::billing_words_test
