// Calls that subscribers ask for, in every database behind the store. Runs over store::backend only.
#include "store/sqlite_connection.hpp"
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <span>

namespace call_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

struct house {
    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin().has_value());
        auto came = work();
        REQUIRE(behind->commit().has_value());
        return came;
    }
    outcome ask(instant now, msisdn who = anna, channel by = channel::ussd, std::string name = {}) {
        request made = wish(with, name.empty() ? std::to_string(++wishes) : name, call_back{}, now, who);
        made.repeats_within = 10min;
        made.by.by = by;
        made.by.speaks = *language::from("en");
        return in_batch([&] { return behind->fulfil(made); }).value();
    }
    std::vector<awaited_call> list(msisdn after = {}, std::size_t most = 10) {
        return in_batch([&] { return behind->list_calls(after, most); }).value();
    }
    bool end(instant now, msisdn who = anna) {
        return in_batch([&] { return behind->end_call(who, now.utc); }).value();
    }
    call_figures count(instant now) {
        return in_batch([&] { return behind->count_calls(now.utc); }).value();
    }
    void feed(subscriber row, instant now) {
        REQUIRE(in_batch([&] { return behind->take_feed(std::span{&row, 1}, {}, now.utc); }).has_value());
    }
    std::vector<audit_entry> trace(msisdn who = anna) {
        return in_batch([&] { return behind->trace(who, 10); }).value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
    int wishes = 0;
};

} // namespace

TEST_CASE("a call that was promised is awaited after a restart, too") {
    house here;
    here.ask(at(0s));
    here.behind.reset();
    here.behind = std::make_unique<sqlite_backend>(here.place.path() / "kabinet.db", here.with);
    REQUIRE(here.list().size() == 1);
    CHECK(here.list().front().due == at(2h).utc);
    CHECK(here.ask(at(1h)).is == verdict::call_awaited);
    CHECK(here.end(at(90min)));
}

TEST_CASE("one call is awaited at a time, and staff see by when it was promised") {
    house here;
    const outcome came = here.ask(at(0s));
    CHECK(came.is == verdict::call_promised);
    CHECK(came.until == at(2h).utc);
    const outcome again = here.ask(at(5min), anna, channel::sms);
    CHECK(again.is == verdict::call_awaited);
    CHECK(again.until == at(2h).utc);
    CHECK(here.list() ==
          std::vector{awaited_call{anna, at(0s).utc, at(2h).utc, channel::ussd, *language::from("en")}});
    CHECK(here.count(at(1h)).awaited == 1);
    CHECK(here.count(at(1h)).overdue == 0);
    CHECK(here.count(at(2h + 1s)).overdue == 1);
}

TEST_CASE("a call that was made is awaited no more, stands in the archive, and another may be asked for") {
    house here;
    CHECK_FALSE(here.end(at(0s)));
    CHECK(here.ask(at(0s)).is == verdict::call_promised);
    CHECK(here.end(at(1min)));
    CHECK_FALSE(here.end(at(2min)));
    CHECK(here.list().empty());
    CHECK(here.count(at(3h)).awaited == 0);
    CHECK(here.trace().front().what == effect_kind::make_call);
    CHECK(here.trace().front().by == channel::staff);
    CHECK(here.ask(at(3min)).is == verdict::call_promised);
    CHECK(here.behind->verify_audit()->first_broken == std::nullopt);
}

TEST_CASE("a number has so many calls in a day, and is told when it may ask again") {
    house here;
    for (int hour = 0; hour < 3; ++hour) {
        CHECK(here.ask(at(std::chrono::hours{hour})).is == verdict::call_promised);
        CHECK(here.end(at(std::chrono::hours{hour} + 1min)));
    }
    const outcome refused = here.ask(at(3h));
    CHECK(refused.is == verdict::limit);
    CHECK(refused.until == at(24h).utc);
    CHECK(here.ask(at(3h), boris).is == verdict::call_promised);
    CHECK(here.ask(at(24h)).is == verdict::call_promised);
}

TEST_CASE("an SMS that comes again is the same wish, also once the call was made") {
    house here;
    CHECK(here.ask(at(0s), anna, channel::sms, "text").is == verdict::call_promised);
    CHECK(here.ask(at(1min), anna, channel::sms, "text").is_repeat);
    CHECK(here.end(at(2min)));
    CHECK(here.ask(at(3min), anna, channel::sms, "text").is_repeat); // or it would be made twice
    CHECK(here.list().empty());
    CHECK(here.ask(at(10min), anna, channel::sms, "text").is == verdict::call_promised);
    CHECK(here.list().size() == 1);
}

TEST_CASE("a call that wasn't made in time is promised anew, is still one, and uses up nothing") {
    house here;
    CHECK(here.ask(at(0s)).is == verdict::call_promised);
    CHECK(here.ask(at(2h - 1us)).is == verdict::call_awaited);
    for (int day = 0; day < 5; ++day) {
        const auto late = at(2h + std::chrono::hours{24 * day});
        const outcome anew = here.ask(late);
        CHECK(anew.is == verdict::call_promised);
        CHECK(anew.until == late.utc + 2h);
    }
    REQUIRE(here.list().size() == 1);
    CHECK(here.list()[0].asked == at(0s).utc);
    CHECK(here.list()[0].due == at(100h).utc);
}

TEST_CASE("no bar closes help, nor does a SIM that is blocked; a number that has left is nobody's") {
    for (const char* reason : {"", "debt", "own-request", "inactivity", "fraud", "lost", "ended"}) {
        CAPTURE(reason);
        house here;
        subscriber row;
        row.who = anna;
        row.status = account_status::barred;
        row.reason = reason;
        row.level = access_level::view;
        here.feed(row, at(0s));
        CHECK(here.ask(at(1s)).is == verdict::call_promised);
    }
    house here;
    REQUIRE(here.in_batch([&] { return here.behind->fulfil(wish(here.with, "b", block_number{}, at(0s))); })
                .has_value());
    CHECK(here.ask(at(1s)).is == verdict::call_promised);
    subscriber gone;
    gone.who = anna;
    gone.is_ported_out = true;
    here.feed(gone, at(2s));
    CHECK_FALSE(here.end(at(3s))); // nobody of ours calls another operator's subscriber
    CHECK(here.ask(at(4s)).is == verdict::unknown_number);
}

TEST_CASE("whoever has the number next awaits no call of the one before, nor does whoever was forgotten") {
    house here;
    CHECK(here.ask(at(0s)).is == verdict::call_promised);
    subscriber row;
    row.who = anna;
    CHECK(here.ask(at(2h), boris).is == verdict::call_promised);
    row.owner_changed = at(1h).utc;
    here.feed(row, at(3h));
    CHECK(here.list().size() == 1); // Boris's
    row.who = boris;
    here.feed(row, at(3h)); // told late: he asked as the new owner
    CHECK(here.list().size() == 1);
    CHECK(here.in_batch([&] { return here.behind->erase(boris, at(3h).utc); }).value());
    CHECK(here.ask(at(4h)).is == verdict::call_promised);
    CHECK(here.in_batch([&] { return here.behind->erase(anna, at(5h).utc); }).value());
    CHECK(here.list().empty());
    CHECK(octets_of(here.place.path() / "kabinet.db").find("79261112233") == std::string::npos);
}

TEST_CASE("many are listed in the order of their numbers, some at a time") {
    house here;
    std::vector<msisdn> asked;
    for (std::uint64_t each = 5; each > 0; --each)
        asked.push_back(msisdn::from_digits(79260000000 + each));
    for (const msisdn who : asked)
        CHECK(here.ask(at(std::chrono::seconds{who.digits() % 7}), who).is == verdict::call_promised);
    std::vector<msisdn> seen;
    for (auto some = here.list({}, 2); !some.empty(); some = here.list(seen.back(), 2))
        for (const awaited_call& each : some)
            seen.push_back(each.who);
    std::ranges::reverse(asked);
    CHECK(seen == asked);
}

TEST_CASE("calls that were made are forgotten after a day, those that are awaited never") {
    house here;
    CHECK(here.ask(at(0s)).is == verdict::call_promised);
    CHECK(here.end(at(1min)));
    CHECK(here.ask(at(0s), boris).is == verdict::call_promised);
    CHECK(here.ask(at(2min)).is == verdict::call_promised);
    CHECK(here.end(at(3min)));
    while (here.in_batch([&] { return here.behind->tidy(at(24h + 2min).utc); }).value()) {
    }
    CHECK(here.count(at(49h)).awaited == 1);
    sqlite::connection beside{here.place.path() / "kabinet.db"};
    CHECK(beside.ask("SELECT COUNT(*) FROM calls") == 2); // Anna's second and Boris's
}

} // namespace call_contract_test
