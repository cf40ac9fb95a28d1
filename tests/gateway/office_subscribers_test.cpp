#include "gateway/clocks.hpp"
#include "tests/gateway/desk.hpp"
#include "values/written_time.hpp"

#include <boost/asio/co_spawn.hpp>

#include <algorithm>

namespace kabinet::gateway::office_subscribers_test {

using namespace tests;

namespace {

int take(desk& on, std::deque<std::string> lines) {
    return on.run({"subscribers", "import", "feed.csv"}, std::move(lines));
}

std::vector<std::string> exported(desk& on) {
    REQUIRE(on.run({"subscribers", "export"}) == errand_done);
    return on.at.printed;
}

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

void fulfil(desk& on, store::effect what, utc_time now) {
    store::request asked;
    asked.id = store::keys::draw_request_id();
    asked.by.who = anna;
    asked.by.speaks = menus::russian;
    asked.what = std::move(what);
    asked.now = {now, {}};
    const auto done =
        in_store(on.loop, on.lane, [&asked](store::backend& rows) { return rows.fulfil(asked); });
    REQUIRE_FALSE(store::is_refusal(done.value().is));
}

} // namespace

TEST_SUITE("subscribers at the office") {
    TEST_CASE("a file is taken and exported again without its code words") {
        desk on;
        CHECK(take(on, {"\xEF\xBB\xBFmsisdn,region,code_word\r", "79261112233,\"Казань, центр\",fakeword\r",
                        "", "8 926 222 33 44,,\r"}) == errand_done);
        CHECK(on.said("2 new, 0 known before, 0 with another owner, 0 accesses ended, 0 lines bad"));
        const auto lines = exported(on);
        REQUIRE(lines.size() == 3);
        CHECK(lines[0].starts_with("msisdn,status,"));
        CHECK(lines[0].find("code_word") == std::string::npos);
        CHECK(lines[1].starts_with("79261112233,,,,\"Казань, центр\","));
        CHECK(std::ranges::none_of(lines, [](const std::string& line) {
            return line.find("fakeword") != std::string::npos || line.find("argon") != std::string::npos;
        }));
    }

    TEST_CASE("bad lines are told by number and reason and good ones are kept") {
        desk on;
        CHECK(take(on, {"msisdn,status", "79261112233,active", "lots,active", "", "79262223344,asleep",
                        "79263334455,barred"}) == errand_refused);
        CHECK(on.at.complaints == std::vector<std::string>{"line 3: msisdn: no number of ours",
                                                           "line 5: status: active or barred"});
        CHECK(on.said("2 new, 0 known before, 0 with another owner, 0 accesses ended, 2 lines bad"));
        CHECK(exported(on).size() == 3);
    }

    TEST_CASE("an unknown column or an empty file takes nothing") {
        desk on;
        CHECK(take(on, {"msisdn,sattus", "79261112233,active"}) == errand_broken);
        CHECK(on.complained("line 1: there is no column \"sattus\""));
        CHECK(take(on, {}) == errand_broken);
        CHECK(take(on, {"#full"}) == errand_broken);
        CHECK(exported(on).size() == 1);
    }

    TEST_CASE("a full file removes whom it does not name") {
        desk on;
        REQUIRE(take(on, {"msisdn", "79261112233", "79262223344"}) == errand_done);
        CHECK(take(on, {"#full", "msisdn", "79262223344", "#end"}) == errand_done);
        CHECK(on.said("1 numbers are not in the file and have left"));
        const auto lines = exported(on);
        REQUIRE(lines.size() == 2);
        CHECK(lines[1].starts_with("79262223344"));
    }

    TEST_CASE("a full file with a bad line or without its end removes nobody") {
        desk on;
        REQUIRE(take(on, {"msisdn", "79261112233", "79262223344"}) == errand_done);
        CHECK(take(on, {"#full", "msisdn", "79262223344"}) == errand_refused);
        CHECK(on.complained("nobody was removed: a full file ends with a line #end"));
        CHECK(take(on, {"#full", "msisdn", "79262223344", "lots", "#end"}) == errand_refused);
        CHECK(on.complained("nobody was removed: some lines were bad"));
        CHECK(exported(on).size() == 3);
    }

    TEST_CASE("many lines go in batches and come out in pages") {
        desk on;
        std::deque<std::string> lines{"msisdn,code_word"};
        for (std::uint64_t each = 0; each < 2'100; ++each)
            lines.push_back(std::to_string(79260000000 + each) + (each % 500 == 0 ? ",fakeword" : ","));
        CHECK(take(on, std::move(lines)) == errand_done);
        CHECK(on.said("2100 new"));
        CHECK(exported(on).size() == 2'101);
        CHECK(on.at.flushes == 2);
    }

    TEST_CASE("a number with another owner is forgotten by the gateway that runs") {
        desk on;
        REQUIRE(take(on, {"msisdn,email", "79261112233,old@example.net"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        CHECK(take(on, {"msisdn,owner_changed_at", "79261112233," + write_iso(read_clocks().utc + 1h)}) ==
              errand_done);
        CHECK(on.said("1 with another owner"));
        CHECK(on.gateway.forgotten == std::vector{anna});
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_done);
        CHECK(on.said("none yet"));
        CHECK_FALSE(on.said("old@example.net"));
    }

    TEST_CASE("one subscriber is shown with the account and what the feed says") {
        desk on;
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_refused);
        REQUIRE(take(on, {"msisdn,region", "79261112233,Казань"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        CHECK(on.run({"subscribers", "show", "+7 926 111-22-33"}) == errand_done);
        CHECK(on.said("status    active"));
        CHECK(on.said("password  generated, number 1, live"));
        CHECK(on.said("Казань"));
    }

    TEST_CASE("what a subscriber has and owes and what became of his money is shown") {
        desk on;
        REQUIRE(take(on, {"msisdn", "79261112233"}) == errand_done);
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_done);
        CHECK_FALSE(on.said("balance")); // no account yet
        const utc_time now = read_clocks().utc;
        fulfil(on, store::pay_in{rubles(500), 30}, now);
        fulfil(on, store::connect_service{{"beep", {}, rubles(50), 24h * 30, 48h}, {}}, now);
        fulfil(on, store::connect_service{{"gift", {}, {}, {}, {}}, {}}, now);
        fulfil(on, store::buy_package{{"talk", {}, rubles(150), 24h, {}}, {200, 0, 0}, false}, now);
        fulfil(on, store::take_promise{"small", rubles(100), rubles(10), 72h, {}}, now);
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_done);
        CHECK(on.said("balance   390.00, 30 points"));
        CHECK(on.said("promised  100.00, goes back " + write_for_eyes(now + 72h)));
        const std::string since = write_for_eyes(now);
        CHECK(on.said("has       service beep, 50.00 for 30 days, since " + since + ", next fee " +
                      write_for_eyes(now + 24h * 30)));
        CHECK(on.said("has       service gift, free, since " + since));
        CHECK(on.said("has       package talk, 150.00 for a day, 200 of 200 minutes left, since " + since +
                      ", not renewed, ends " + write_for_eyes(now + 24h)));
        CHECK(on.said("moved     " + since + "  +500.00 payment"));
        CHECK(on.said("moved     " + since + "  -150.00 package"));
    }

    TEST_CASE("with no gateway to ask the billing system only what the store knows is shown") {
        desk on{false};
        REQUIRE(take(on, {"msisdn", "79261112233"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_done);
        CHECK(on.said("password  generated"));
        CHECK(on.said("balance   is kept by the billing system"));
        CHECK(on.run({"vouchers", "import", "vouchers.csv"}, {"code,amount"}) == errand_refused);
        CHECK(on.complained("vouchers are the billing system's"));
    }

    TEST_CASE("an erased person is forgotten everywhere and the audit still verifies") {
        desk on;
        CHECK(on.run({"subscribers", "erase", "79261112233"}) == errand_refused);
        REQUIRE(take(on, {"msisdn", "79261112233"}) == errand_done);
        REQUIRE(on.run({"accounts", "issue", "79261112233"}) == errand_done);
        CHECK(on.run({"subscribers", "erase", "79261112233"}) == errand_done);
        CHECK(on.gateway.forgotten == std::vector{anna});
        CHECK(on.run({"subscribers", "show", "79261112233"}) == errand_refused);
        CHECK(exported(on).size() == 1);
        CHECK(on.run({"audit", "verify"}) == errand_done);
    }
}

TEST_SUITE("the archive") {
    TEST_CASE("it tells what took effect and by which way and is empty before") {
        desk on;
        const auto ask = [&] {
            wish made;
            made.asked = menus::list_archive{};
            made.by.who = anna;
            made.pack = std::make_shared<const menus::definition>(menus::sample_pack());
            std::optional<performed> came;
            boost::asio::co_spawn(on.loop, on.performs.run(std::move(made)),
                                  [&](std::exception_ptr, performed done) { came.emplace(std::move(done)); });
            REQUIRE(run_until(on.loop, [&] { return came.has_value(); }));
            return std::move(*came);
        };
        CHECK(view(ask().text(menus::channel::screen)) == "list_archive.empty.screen");
        REQUIRE(take(on, {"msisdn", "79261112233"}) == errand_done);
        for (int each = 0; each < 4; ++each) // the last is one too many an hour
            static_cast<void>(on.run({"accounts", "issue", "79261112233"}));
        REQUIRE(on.run({"accounts", "unblock", "79261112233"}) == errand_done);
        const performed done = ask();
        CHECK(done.is_done);
        CHECK(view(done.text(menus::channel::screen)) == "list_archive.listed.screen");
        REQUIRE(done.came.operations.size() == 4);
        CHECK(done.came.operations[0].what == store::effect_kind::lift_limits);
        CHECK(done.came.operations[1].what == store::effect_kind::issue_password);
        CHECK(done.came.operations[1].by == store::channel::staff);
    }
}

} // namespace kabinet::gateway::office_subscribers_test
