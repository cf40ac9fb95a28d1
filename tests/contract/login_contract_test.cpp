// Logins as every database behind the store must judge and count them. Over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

const msisdn stranger = msisdn::from_digits(79990001122);

struct house {
    house() { start(); }
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
    outcome once(const request& what) {
        return in_batch([&] { return behind->fulfil(what); }).value();
    }
    /// A new password for a SIM; those of one subscriber are told apart by their time.
    outcome issue_to(msisdn who, instant now) {
        return once(wish(with, "dial " + who.text() + std::to_string(now.utc.time_since_epoch().count()),
                         issue(), now, who));
    }
    login_facts look(msisdn who, instant now) {
        return in_batch([&] { return behind->look_before_login(who, 5, now.utc); }).value();
    }
    request attempt(msisdn who, bool is_right, instant now, std::string_view name = {}) {
        log_in what;
        what.version = look(who, now).version;
        what.is_right = is_right;
        request made = wish(with, name, what, now, who);
        if (name.empty())
            made.id = keys::draw_request_id();
        made.by.by = channel::portal;
        made.sms = an_sms();
        made.sms->action = "notice.access_closed";
        return made;
    }
    verdict guess(msisdn who, instant now) { return once(attempt(who, false, now)).is; }
    verdict knock(msisdn who, instant now) { return once(attempt(who, true, now)).is; }
    std::vector<outgoing_sms> claim(instant now) {
        return in_batch([&] { return behind->claim(100, now.utc); }).value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
};

} // namespace

TEST_CASE("a one-time password lets in once") {
    house here;
    here.issue_to(anna, at(0s));
    CHECK_FALSE(here.look(anna, at(1s)).sealed.empty());
    CHECK(here.knock(anna, at(1s)) == verdict::logged_in_once);
    CHECK(here.look(anna, at(2s)).sealed.empty());
    CHECK(here.knock(anna, at(2s)) == verdict::wrong_password);
    here.start();
    CHECK(here.knock(anna, at(3s)) == verdict::wrong_password);
}

TEST_CASE("a one-time password that two judged right lets in one of them") {
    house here;
    here.issue_to(anna, at(0s));
    const request first = here.attempt(anna, true, at(1s)), second = here.attempt(anna, true, at(1s));
    CHECK(here.once(first).is == verdict::logged_in_once);
    CHECK(here.once(second).is == verdict::wrong_password);
}

TEST_CASE("a password issued during a login ends the older one") {
    house here;
    here.issue_to(anna, at(0s));
    const request under_way = here.attempt(anna, true, at(1s));
    here.issue_to(anna, at(1s));
    CHECK(here.once(under_way).is == verdict::wrong_password);
    CHECK(here.knock(anna, at(2s)) == verdict::logged_in_once);
}

TEST_CASE("an expired password is wrong") {
    house here;
    here.issue_to(anna, at(0s));
    const request under_way = here.attempt(anna, true, at(24h - 1s));
    request late = here.attempt(anna, true, at(24h - 1s));
    late.now = at(24h);
    CHECK(here.once(late).is == verdict::wrong_password);
    CHECK(here.once(under_way).is == verdict::logged_in_once);
}

TEST_CASE("four wrong ones are told to the fifth that is right, and forgotten") {
    house here;
    here.issue_to(anna, at(0s));
    for (int count = 0; count < 4; ++count)
        CHECK(here.guess(anna, at(1s)) == verdict::wrong_password);
    const outcome came = here.once(here.attempt(anna, true, at(2s)));
    CHECK(came.is == verdict::logged_in_once);
    CHECK(came.failures == 4);
    here.issue_to(anna, at(3s));
    CHECK(here.once(here.attempt(anna, true, at(4s))).failures == 0);
}

TEST_CASE("the fifth wrong one closes the access until the SIM asks for another password") {
    house here;
    here.issue_to(anna, at(0s));
    for (int count = 0; count < 4; ++count)
        CHECK(here.guess(anna, at(1s)) == verdict::wrong_password);
    CHECK(here.guess(anna, at(2s)) == verdict::locked_out);
    CHECK(here.look(anna, at(3s)).is_closed);
    CHECK(here.look(anna, at(3s)).sealed.empty());
    CHECK(here.knock(anna, at(3s)) == verdict::locked_out);
    const auto facts = here.in_batch([&] { return here.behind->inspect(anna, at(3s).utc); }).value();
    CHECK(facts->blocked == at(2s).utc);
    CHECK_FALSE(facts->is_live);

    here.start();
    CHECK(here.look(anna, at(4s)).is_closed);
    CHECK(here.issue_to(anna, at(5s)).is == verdict::restored);
    CHECK_FALSE(here.look(anna, at(6s)).is_closed);
    CHECK(here.knock(anna, at(6s)) == verdict::logged_in_once);
}

TEST_CASE("a number without an account is counted and closed like any other") {
    house here;
    for (int count = 0; count < 4; ++count) {
        CHECK_FALSE(here.look(stranger, at(1s)).is_closed);
        CHECK(here.guess(stranger, at(1s)) == verdict::wrong_password);
    }
    CHECK(here.guess(stranger, at(2s)) == verdict::locked_out);
    CHECK(here.look(stranger, at(3s)).is_closed);
    CHECK(here.guess(stranger, at(3s)) == verdict::locked_out);
    // right is nobody's password
    CHECK(here.knock(msisdn::from_digits(79990001123), at(3s)) == verdict::wrong_password);
    here.start();
    CHECK(here.look(stranger, at(4s)).is_closed);
    // others are not
    CHECK_FALSE(here.look(anna, at(4s)).is_closed);
    // and whoever has the SIM opens it
    CHECK(here.issue_to(stranger, at(5s)).is == verdict::issued);
    CHECK(here.knock(stranger, at(6s)) == verdict::logged_in_once);
    CHECK(here.behind->verify_audit()->first_broken == std::nullopt);
}

TEST_CASE("nobody's account is never seen as one") {
    house here;
    for (int count = 0; count < 6; ++count)
        here.guess(stranger, at(1s));
    CHECK_FALSE(here.in_batch([&] { return here.behind->inspect(stranger, at(2s).utc); }).value());
    CHECK_FALSE(here.behind->inspect(msisdn{}, at(2s).utc)->value().blocked);
    const auto spoken = here.in_batch([&] { return here.behind->list_languages(0, 10, *language::from("ru")); });
    CHECK(spoken->found.empty());
    CHECK(here.claim(at(3s)).empty());
    here.start();
    CHECK(here.claim(at(4s)).empty());
}

TEST_CASE("the notice that the access was closed goes out once a day and carries nothing") {
    house here;
    const auto close = [&](std::chrono::microseconds when) {
        here.issue_to(anna, at(when));
        outcome last;
        for (int count = 0; count < 5; ++count)
            last = here.once(here.attempt(anna, false, at(when + 1s)));
        CHECK(last.is == verdict::locked_out);
        return last.sms;
    };
    const auto first = close(0s);
    REQUIRE(first);
    CHECK_FALSE(close(2h));
    CHECK(close(25h));
    here.start();
    const auto rows = here.claim(at(25h + 2s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].action == "notice.access_closed");
    CHECK(rows[0].what.is == verdict::told);
    CHECK(rows[0].clear.empty());
}

TEST_CASE("the fifth wrong one ends the SMS that still carries the password") {
    house here;
    auto dial = wish(here.with, "dial", issue(), at(0s));
    dial.sms = an_sms("fake2345");
    here.once(dial);
    for (int count = 0; count < 5; ++count)
        here.guess(anna, at(1s));
    here.start();
    for (const outgoing_sms& each : here.claim(at(2s)))
        CHECK(each.clear.empty());
}

TEST_CASE("a login delivered again under its name is counted once and told alike") {
    house here;
    here.issue_to(anna, at(0s));
    CHECK(here.once(here.attempt(anna, false, at(1s), "key 1")).is == verdict::wrong_password);
    for (int count = 0; count < 9; ++count) {
        const outcome again = here.once(here.attempt(anna, false, at(2s), "key 1"));
        CHECK(again.is == verdict::wrong_password);
        CHECK(again.is_repeat);
    }
    CHECK(here.once(here.attempt(anna, true, at(3s), "key 2")).failures == 1);
    here.start();
    const outcome told = here.once(here.attempt(anna, true, at(4s), "key 2"));
    CHECK(told.is == verdict::logged_in_once);
    CHECK(told.failures == 1);
    CHECK(told.is_repeat);
    CHECK_FALSE(told.sms);
}

TEST_CASE("another password under a name that came before is a conflict") {
    house here;
    here.issue_to(anna, at(0s));
    request first = here.attempt(anna, true, at(1s), "key 1");
    std::get<log_in>(first.what).typed = {1};
    CHECK(here.once(first).is == verdict::logged_in_once);
    request other = here.attempt(anna, false, at(2s), "key 1");
    std::get<log_in>(other.what).typed = {2};
    const auto came = here.in_batch([&] { return here.behind->fulfil(other); });
    CHECK(came.error() == store_error::conflict);
}

TEST_CASE("whoever goes on guessing through new passwords needs the SIM at last") {
    house here;
    std::chrono::microseconds when{0};
    for (int round = 0; round < 10; ++round) {
        here.issue_to(anna, at(when += 25h));
        for (int count = 0; count < 5; ++count)
            here.guess(anna, at(when += 1s));
    }
    here.issue_to(anna, at(when += 25h));
    CHECK(here.knock(anna, at(when + 15min)) == verdict::wrong_password);
    CHECK(here.knock(anna, at(when + 14min)) == verdict::logged_in_once);
    here.issue_to(anna, at(when += 25h));
    CHECK(here.knock(anna, at(when + 1h)) == verdict::logged_in_once);
}

TEST_CASE("the level of a login is the feed's") {
    house here;
    subscriber row;
    row.who = anna;
    row.level = access_level::view;
    const std::array rows{row};
    here.in_batch([&] { return here.behind->take_feed(rows, {}, at(0s).utc); });
    here.issue_to(anna, at(0s));
    const request named = here.attempt(anna, true, at(1s), "key");
    CHECK(here.once(named).level == access_level::view);
    CHECK(here.once(here.attempt(anna, true, at(2s), "key")).level == access_level::view);
    here.issue_to(boris, at(0s));
    CHECK_FALSE(here.once(here.attempt(boris, true, at(1s))).level);
}

TEST_CASE("a person's wrong passwords are forgotten with the person") {
    house here;
    here.issue_to(anna, at(0s));
    for (int count = 0; count < 4; ++count)
        here.guess(anna, at(1s));
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(2s).utc); }).value());
    here.issue_to(boris, at(3s)); // gets the id that is free now
    CHECK(here.once(here.attempt(boris, true, at(4s))).failures == 0);
}

TEST_CASE("a request without the portal's token leaves its row in the audit") {
    house here;
    here.in_batch([&] { return here.behind->note_refused_portal(at(0s).utc); });
    CHECK(here.behind->verify_audit()->rows == 1);
    CHECK_FALSE(here.behind->verify_audit()->first_broken);
}
