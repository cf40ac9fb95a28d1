// Logins as every database behind the store must judge and count them. Over store::backend only.
#include "store/sqlite_accounts.hpp"
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace portal_contract_test {

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
    outcome once(std::string_view id, effect what, instant now) {
        return once(wish(with, id, std::move(what), now));
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
        made.sms->closing = "notice.access_closed";
        made.sms->is_notice = true;
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
    const auto spoken =
        here.in_batch([&] { return here.behind->list_languages(0, 10, *language::from("ru")); });
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

TEST_CASE("a SIM that changes while a password is judged ends that login") {
    house here;
    here.issue_to(anna, at(0s));
    const request under_way = here.attempt(anna, true, at(1s));
    subscriber row;
    row.who = anna;
    row.sim_changed = at(2s).utc;
    const std::array news{row};
    here.in_batch([&] { return here.behind->take_feed(news, {}, at(2s).utc); });
    CHECK(here.once(under_way).is == verdict::wrong_password);
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
    first.typed = {1};
    CHECK(here.once(first).is == verdict::logged_in_once);
    request other = here.attempt(anna, false, at(2s), "key 1");
    other.typed = {2};
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
    const auto wants_sim = [&](std::chrono::microseconds then) {
        return here.in_batch([&] { return here.behind->inspect(anna, at(then).utc); }).value()->wants_sim;
    };
    here.issue_to(anna, at(when += 25h));
    CHECK(wants_sim(when + 15min));
    CHECK_FALSE(wants_sim(when + 14min));
    CHECK(here.knock(anna, at(when + 15min)) == verdict::wrong_password);
    CHECK(here.knock(anna, at(when + 14min)) == verdict::logged_in_once);
    here.issue_to(anna, at(when += 25h));
    CHECK_FALSE(wants_sim(when + 1h));
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

namespace {

constexpr std::string_view code_clear = "123456";

fingerprint code_mark(const keys& with, msisdn who, code_purpose what_for,
                      std::string_view code = code_clear) {
    return with.mark_code(who, what_for, secret{code});
}

/// Somebody at the portal has a code sent.
request code_wish(house& here, msisdn who, instant now, code_purpose what_for = code_purpose::password) {
    send_code what;
    what.what_for = what_for;
    what.code = code_mark(here.with, who, what_for);
    request made = wish(here.with, "", what, now, who);
    made.id = keys::draw_request_id();
    made.by.by = channel::portal;
    made.by.may_register = false;
    made.sms = an_sms(code_clear);
    made.sms->action = "notice.code_password";
    made.sms->is_notice = true;
    made.sms->life = 10min;
    return made;
}

/// Somebody at the portal types a code with a new password.
request entry(house& here, msisdn who, instant now, std::string_view code = code_clear,
              code_purpose what_for = code_purpose::password) {
    request made = wish(here.with, "", choose(), now, who);
    made.id = keys::draw_request_id();
    made.by.by = channel::portal;
    made.by.may_register = false;
    made.proof = code_proof{what_for, code_mark(here.with, who, what_for, code)};
    made.sms = an_sms();
    made.sms->action = "notice.password_changed";
    made.sms->is_notice = true;
    made.sms->when_refused = result_sms::birth::never;
    return made;
}

} // namespace

TEST_CASE("a code by SMS sets a password and is used up") {
    house here;
    here.issue_to(anna, at(0s));
    const outcome sent = here.once(code_wish(here, anna, at(1s)));
    CHECK(sent.is == verdict::code_sent);
    CHECK(sent.until == at(10min + 1s).utc);
    CHECK(sent.sms);
    CHECK(here.once(entry(here, anna, at(2s))).is == verdict::chosen);
    CHECK(here.knock(anna, at(3s)) == verdict::logged_in_chosen);
    CHECK(here.once(entry(here, anna, at(4s))).is == verdict::wrong_code);
}

TEST_CASE("every verdict is in the audit, and what came to nothing isn't in the account's list") {
    house here;
    here.issue_to(anna, at(0s));
    const auto rows = [&] { return here.behind->verify_audit().value().rows; };
    const auto list = [&] { return here.in_batch([&] { return here.behind->trace(anna, 100); }).value(); };
    here.once(code_wish(here, anna, at(1s)));
    here.once(entry(here, anna, at(1s)));
    REQUIRE(list().size() == 3);
    CHECK(list()[0].what == effect_kind::choose_password);
    auto seen = rows();
    const auto adds = [&](std::int64_t more) { return rows() == std::exchange(seen, rows()) + more; };
    for (int count = 0; count < 4; ++count)
        here.guess(anna, at(2s));
    CHECK(adds(4));
    for (int count = 0; count < 7; ++count)
        here.once(entry(here, anna, at(3s), "000000"));
    CHECK(adds(7));
    here.once(code_wish(here, anna, at(4s))); // within the minute
    CHECK(adds(1));
    CHECK(list().size() == 3);
    for (int count = 0; count < 4; ++count)
        here.guess(anna, at(5s));
    CHECK(adds(5)); // the fifth in a row closes, too
    REQUIRE(list().size() == 4);
    CHECK(list()[0].what == effect_kind::block);
}

TEST_CASE("a code opens an access that wrong passwords closed") {
    house here;
    here.issue_to(anna, at(0s));
    for (int count = 0; count < 5; ++count)
        here.guess(anna, at(1s));
    here.once(code_wish(here, anna, at(2s)));
    CHECK(here.once(entry(here, anna, at(3s))).is == verdict::restored);
    CHECK(here.knock(anna, at(4s)) == verdict::logged_in_chosen);
}

TEST_CASE("the sixth try of a code is wrong even when it is right") {
    house here;
    here.issue_to(anna, at(0s));
    here.once(code_wish(here, anna, at(1s)));
    for (int count = 0; count < 5; ++count)
        CHECK(here.once(entry(here, anna, at(2s), "654321")).is == verdict::wrong_code);
    CHECK(here.once(entry(here, anna, at(3s))).is == verdict::wrong_code);
    here.once(code_wish(here, anna, at(62s)));
    CHECK(here.once(entry(here, anna, at(63s))).is == verdict::chosen);
}

TEST_CASE("a code holds ten minutes and for what it was sent") {
    house here;
    here.issue_to(anna, at(0s));
    here.issue_to(boris, at(0s));
    here.once(code_wish(here, anna, at(0s)));
    CHECK(here.once(entry(here, boris, at(1s))).is == verdict::wrong_code);
    CHECK(here.once(entry(here, anna, at(1s), code_clear, code_purpose::regime)).is == verdict::wrong_code);
    CHECK(here.once(entry(here, anna, at(10min))).is == verdict::wrong_code);
    here.once(code_wish(here, anna, at(11min)));
    CHECK(here.once(entry(here, anna, at(21min - 1us))).is == verdict::chosen);
    here.once(code_wish(here, boris, at(1h)));
    CHECK(here.once(entry(here, boris, at(1h - 1s))).is == verdict::wrong_code); // the clock was stepped back
}

TEST_CASE("a code is sent again after a minute and five times an hour, to any number alike") {
    house here;
    here.issue_to(anna, at(0s));
    for (const msisdn who : {anna, stranger}) {
        CAPTURE(who.digits());
        CHECK(here.once(code_wish(here, who, at(0s))).is == verdict::code_sent);
        CHECK(here.once(code_wish(here, who, at(59s))).is == verdict::code_under_way);
        for (int count = 1; count < 5; ++count)
            CHECK(here.once(code_wish(here, who, at(count * 60s))).is == verdict::code_sent);
        const outcome refused = here.once(code_wish(here, who, at(5min)));
        CHECK(refused.is == verdict::limit);
        CHECK(refused.until == at(1h).utc);
        CHECK(here.once(code_wish(here, who, at(1h))).is == verdict::code_sent);
        // one for another purpose is another code
        CHECK(here.once(code_wish(here, who, at(1h), code_purpose::regime)).is == verdict::code_sent);
    }
}

TEST_CASE("no SMS goes to a number without an account and any code for it is wrong") {
    house here;
    const outcome sent = here.once(code_wish(here, stranger, at(0s)));
    CHECK(sent.is == verdict::code_sent);
    CHECK_FALSE(sent.sms);
    CHECK(here.once(entry(here, stranger, at(1s))).is == verdict::wrong_code);
    here.start();
    CHECK(here.claim(at(2s)).empty());
    CHECK_FALSE(here.in_batch([&] { return here.behind->inspect(stranger, at(3s).utc); }).value());
}

TEST_CASE("no SMS goes to a barred number or after a change of SIM") {
    house here;
    here.issue_to(anna, at(0s));
    here.issue_to(boris, at(0s));
    here.in_batch([&] { return here.behind->change(anna, set_bar{}, at(1s).utc); });
    here.in_batch([&] { return here.behind->change(boris, cool_down{at(24h).utc}, at(1s).utc); });
    for (const msisdn who : {anna, boris}) {
        const outcome sent = here.once(code_wish(here, who, at(2s)));
        CHECK(sent.is == verdict::code_sent);
        CHECK_FALSE(sent.sms);
    }
    CHECK(here.once(code_wish(here, boris, at(25h))).sms);
}

TEST_CASE("a number of the feed gets its first password by a code") {
    house here;
    subscriber row;
    row.who = anna;
    row.speaks = *language::from("en");
    const std::array rows{row};
    here.in_batch([&] { return here.behind->take_feed(rows, {}, at(0s).utc); });
    const outcome sent = here.once(code_wish(here, anna, at(1s)));
    CHECK(sent.sms);
    CHECK(sent.speaks == *language::from("en"));
    CHECK(here.once(entry(here, anna, at(2s))).is == verdict::chosen);
}

TEST_CASE("an entry delivered again under its name does nothing more") {
    house here;
    here.issue_to(anna, at(0s));
    here.once(code_wish(here, anna, at(1s)));
    const auto named = [&](instant now) {
        request made = entry(here, anna, now);
        made.id = here.with.name_request({"entry 1"});
        return made;
    };
    CHECK(here.once(named(at(2s))).is == verdict::chosen);
    const outcome again = here.once(named(at(3s)));
    CHECK(again.is == verdict::chosen);
    CHECK(again.is_repeat);
    CHECK_FALSE(again.sms);
    request other = named(at(4s));
    other.typed = {1};
    CHECK(here.in_batch([&] { return here.behind->fulfil(other); }).error() == store_error::conflict);
}

TEST_CASE("a password that somebody asked for at the portal doesn't end a chosen one") {
    house here;
    const auto ask = [&](msisdn who, instant now) {
        issue_password what = issue();
        what.is_for_anyone = true;
        request made = wish(here.with, "", what, now, who);
        made.id = keys::draw_request_id();
        made.by.by = channel::portal;
        made.by.may_register = false;
        made.sms = an_sms("fake2345");
        made.sms->when_refused = result_sms::birth::never;
        return here.once(made).is;
    };
    here.once("own", choose(), at(0s));
    CHECK(ask(anna, at(1s)) == verdict::kept_chosen);
    CHECK(here.knock(anna, at(2s)) == verdict::logged_in_chosen);
    for (int count = 0; count < 5; ++count)
        here.guess(anna, at(3s));
    CHECK(ask(anna, at(4s)) == verdict::restored);
    CHECK(ask(stranger, at(4s)) == verdict::unknown_number);
    // and whoever asks in another's name uses up nothing of his
    CHECK(ask(anna, at(5s)) == verdict::replaced);
    CHECK(ask(anna, at(6s)) == verdict::portal_limit);
    CHECK(here.issue_to(anna, at(7s)).is == verdict::replaced);
    here.start();
    for (const outgoing_sms& each : here.claim(at(5s)))
        CHECK(each.who == anna);
}

TEST_CASE("whoever closes his login opens it with a new password") {
    house here;
    auto dial = wish(here.with, "dial", issue(), at(0s));
    dial.sms = an_sms("fake2345");
    const outcome issued = here.once(dial);
    const outcome closed = here.once("close", close_portal{}, at(1s));
    CHECK(closed.is == verdict::closed);
    CHECK(closed.overtaken == std::vector{issued.sms.value()});
    CHECK(here.look(anna, at(2s)).sealed.empty());
    CHECK(here.knock(anna, at(2s)) == verdict::wrong_password); // as for a number that has no account
    CHECK(here.once("close again", close_portal{}, at(3s)).is == verdict::closed);
    CHECK(here.issue_to(anna, at(4s)).is == verdict::restored);
    CHECK(here.knock(anna, at(5s)) == verdict::logged_in_once);
}

TEST_CASE("a change that is refused is told by no SMS") {
    house here;
    for (int count = 0; count < 3; ++count)
        here.issue_to(anna, at(count * 1s));
    here.once(code_wish(here, anna, at(4s)));
    const outcome refused = here.once(entry(here, anna, at(5s)));
    CHECK(refused.is == verdict::limit);
    CHECK_FALSE(refused.sms);
}

TEST_CASE("a code under way is told with its own end") {
    house here;
    here.issue_to(anna, at(0s));
    here.once(code_wish(here, anna, at(1s)));
    CHECK(here.once(code_wish(here, anna, at(31s))).until == at(10min + 1s).utc);
}

TEST_CASE("of numbers without an account so many are remembered and no more") {
    house here;
    here.behind.reset();
    sqlite::connection on{here.place.path() / "kabinet.db"};
    sqlite::account_rows rows{on, 100};
    const auto nobodys = rows.find_nobody();
    const auto place_of = [&](std::uint64_t token) {
        return sqlite::account_rows::place_of(nobodys, token << 40U);
    };
    on.run("BEGIN");
    for (std::uint64_t token = 0; token < 150; ++token)
        rows.put_guesses(place_of(token), {1, 1});
    std::size_t gone = 0;
    while (const std::size_t step = rows.prune_guesses(20, ~std::uint64_t{0}))
        gone += step;
    std::size_t left = 0;
    for (std::uint64_t token = 0; token < 150; ++token)
        left += rows.find_guesses(place_of(token)).in_all;
    CHECK(gone == 60); // whole steps, until there are few enough
    CHECK(left == 150 - gone);
    on.run("COMMIT");
}

} // namespace portal_contract_test
