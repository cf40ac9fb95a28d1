// What every database behind the store must keep. Each test runs over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <array>
#include <vector>

namespace store_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

/// One database and its gateway, which may be restarted.
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

    boost::system::result<outcome> try_once(const request& what) {
        return in_batch([&] { return behind->fulfil(what); });
    }
    outcome once(const request& what) { return try_once(what).value(); }
    outcome once(std::string_view id, effect what, instant now, msisdn who = anna) {
        return once(wish(with, id, std::move(what), now, who));
    }
    /// With an SMS that carries `clear`.
    outcome tell_by_sms(std::string_view id, effect what, instant now, result_sms sms) {
        auto asked = wish(with, id, std::move(what), now);
        asked.sms = std::move(sms);
        return once(asked);
    }
    std::vector<outgoing_sms> claim(instant now, std::size_t most = 100) {
        return in_batch([&] { return behind->claim(most, now.utc); }).value();
    }
    std::size_t settle(outbox_id id, settling how, instant now) {
        const std::array one{settlement{id, how}};
        return in_batch([&] { return behind->settle(one, now.utc); }).value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind;
};

result_sms held(std::string_view clear) {
    auto sms = an_sms(clear);
    sms.when_done = result_sms::birth::held;
    return sms;
}

} // namespace

TEST_CASE("the first dial makes the account and issues its first password") {
    house here;
    const auto came = here.once("dial 1", issue(), at(0s));
    CHECK(came.is == verdict::issued);
    CHECK(came.until == at(24h).utc);
    CHECK(came.at == at(0s).utc);
    CHECK_FALSE(came.is_repeat);
}

TEST_CASE("a redelivered dial gets the first outcome back and issues nothing") {
    house here;
    const auto first = here.once("dial 1", issue(), at(0s));
    const auto second = here.once("dial 1", issue(), at(30s));
    CHECK(second.is_repeat);
    CHECK(second.is == first.is);
    CHECK(second.at == first.at);
    CHECK(second.until == first.until);
}

TEST_CASE("a repeat releases the held SMS") {
    house here;
    const auto first = here.tell_by_sms("dial 1", issue(), at(0s), held("fake2345"));
    CHECK(here.claim(at(1s)).empty());
    CHECK(here.once("dial 1", issue(), at(2s)).is_repeat);
    const auto rows = here.claim(at(3s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == first.sms);
    CHECK(rows[0].clear.reveal() == "fake2345");
    CHECK(here.claim(at(4s)).empty());
}

TEST_CASE("a repeat by SMS is told again once the first answer was sent") {
    house here;
    const auto ask = [&](std::chrono::microseconds when) {
        auto asked = wish(here.with, "sms 1", issue(), at(when));
        asked.by.by = channel::sms;
        asked.sms = an_sms("fake2345");
        return here.once(asked);
    };
    const auto first = ask(0s);
    CHECK_FALSE(ask(1s).sms); // the first answer is still to come
    here.settle(*first.sms, settling::sent, at(2s));
    const auto again = ask(3s);
    CHECK(again.is_repeat);
    REQUIRE(again.sms);
    CHECK(again.sms != first.sms);
    CHECK_FALSE(ask(4s).sms);

    here.start();
    const auto rows = here.claim(at(5s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == again.sms);
    CHECK(rows[0].what.is_repeat);
    CHECK(rows[0].what.at == first.at);
    CHECK(rows[0].clear.empty());
}

TEST_CASE("a password whose SMS never arrived is issued anew when it is asked for again") {
    for (const settling how : {settling::failed, settling::expired}) {
        house here;
        const auto ask = [&](std::chrono::microseconds when) {
            auto asked = wish(here.with, "sms 1", issue(), at(when));
            asked.by.by = channel::sms;
            asked.sms = an_sms("fake2345");
            return here.once(asked);
        };
        const auto first = ask(0s);
        here.settle(*first.sms, how, at(1s));
        const auto second = ask(2s);
        CHECK_FALSE(second.is_repeat);
        CHECK(second.is == verdict::replaced);
        CHECK(second.sms != first.sms);
        here.settle(*second.sms, settling::sent, at(3s));
        CHECK(ask(4s).is_repeat);
    }
}

TEST_CASE("a repeated dial has its screen and leaves no other SMS") {
    house here;
    const auto first = here.tell_by_sms("dial 1", issue(), at(0s), an_sms("fake2345"));
    here.settle(*first.sms, settling::sent, at(1s));
    CHECK_FALSE(here.tell_by_sms("dial 1", issue(), at(2s), an_sms("fake2346")).sms);
}

TEST_CASE("a new password names the unsent SMS of the one before it") {
    house here;
    const auto first = here.tell_by_sms("dial 1", issue(), at(0s), an_sms("fake2345"));
    CHECK(first.overtaken.empty());
    const auto second = here.tell_by_sms("dial 2", issue(), at(1s), an_sms("fake2346"));
    CHECK(second.overtaken == std::vector{first.sms.value()});
    CHECK(here.settle(*second.sms, settling::sent, at(2s)) == 1);
    CHECK(here.tell_by_sms("dial 3", issue(), at(3s), an_sms("fake2347")).overtaken.empty());
}

TEST_CASE("an SMS that is given back is handed out again") {
    house here;
    const auto came = here.tell_by_sms("dial 1", issue(), at(0s), an_sms("fake2345"));
    CHECK(here.claim(at(1s)).empty());
    CHECK(here.settle(*came.sms, settling::give_back, at(2s)) == 1);
    REQUIRE(here.claim(at(3s)).size() == 1);
    CHECK(here.settle(*came.sms, settling::sent, at(4s)) == 1);
    CHECK(here.settle(*came.sms, settling::give_back, at(5s)) == 0);
}

TEST_CASE("a repeat is answered in the language the account has now") {
    house here;
    here.once("dial 1", tell{"help"}, at(0s));
    here.once("dial 2", set_language{*language::from("en")}, at(1s));
    const auto again = here.once("dial 1", tell{"help"}, at(2s));
    CHECK(again.is_repeat);
    CHECK(again.speaks == *language::from("en"));
}

TEST_CASE("a language that is chosen again after another one is chosen anew") {
    house here;
    const auto choose = [&](const char* id, const char* chosen, instant now) {
        return here.once(id, set_language{*language::from(chosen)}, now);
    };
    choose("sms 1", "en", at(0s));
    CHECK(choose("sms 1", "en", at(1s)).is_repeat);
    choose("sms 2", "ru", at(2s));
    const auto again = choose("sms 1", "en", at(3s));
    CHECK_FALSE(again.is_repeat);
    CHECK(again.speaks == *language::from("en"));
}

TEST_CASE("a delivery after the time for repeats is another wish") {
    house here;
    here.once("dial 1", issue(), at(0s));
    CHECK(here.once("dial 1", issue(), at(59'999'999us)).is_repeat);
    const auto later = here.once("dial 1", issue(), at(60s));
    CHECK_FALSE(later.is_repeat);
    CHECK(later.is == verdict::replaced);
    CHECK(here.once("dial 1", issue(), at(61s)).is_repeat); // of the second
}

TEST_CASE("a clock that was stepped back a little makes no second effect") {
    house here;
    here.once("dial 1", issue(), at(10s));
    CHECK(here.once("dial 1", issue(), at(9s)).is_repeat);
    CHECK(here.behind->inspect(anna, at(10s).utc)->value().version == 1);
}

TEST_CASE("a repeat overtaken by a newer password is a new wish") {
    house here;
    here.once("dial 1", issue(), at(0s));
    here.once("dial 2", issue(), at(1s));
    const auto again = here.once("dial 1", issue(), at(2s));
    CHECK_FALSE(again.is_repeat);
    CHECK(again.is == verdict::replaced);
}

TEST_CASE("a repeat after the password expired or was annulled is a new wish") {
    house here;
    auto brief = issue();
    brief.life = 10s;
    here.once("dial 1", brief, at(0s));
    CHECK(here.once("dial 1", brief, at(9s)).is_repeat);
    CHECK_FALSE(here.once("dial 1", brief, at(10s)).is_repeat);

    CHECK(here.in_batch([&] { return here.behind->change(anna, block{}, at(11s).utc); }).value());
    const auto after_block = here.once("dial 1", brief, at(12s));
    CHECK_FALSE(after_block.is_repeat);
    CHECK(after_block.is == verdict::restored);
}

TEST_CASE("a refusal is repeated until the same wish would be granted") {
    house here;
    auto one_an_hour = issue();
    one_an_hour.per_hour = 1;
    here.once("dial 1", one_an_hour, at(0s));
    auto second = wish(here.with, "dial 2", one_an_hour, at(59min + 50s));
    CHECK(here.once(second).is == verdict::limit);
    second.now = at(59min + 59s);
    const auto repeated = here.once(second);
    CHECK(repeated.is == verdict::limit);
    CHECK(repeated.is_repeat);
    second.now = at(60min);
    const auto granted = here.once(second);
    CHECK(granted.is == verdict::replaced);
    CHECK_FALSE(granted.is_repeat);
}

TEST_CASE("the same request with another content is a conflict and changes nothing") {
    house here;
    here.once("dial 1", issue(), at(0s));
    CHECK(here.try_once(wish(here.with, "dial 1", choose(), at(1s))).error() == store_error::conflict);
    CHECK(here.try_once(wish(here.with, "dial 1", issue(), at(1s), boris)).error() == store_error::conflict);
    CHECK(here.behind->inspect(anna, at(1s).utc)->value().version == 1);
    CHECK_FALSE(here.behind->inspect(boris, at(1s).utc)->has_value());
    CHECK(here.once("dial 2", tell{"closed"}, at(1s)).is == verdict::told);
    CHECK(here.try_once(wish(here.with, "dial 2", set_language{*language::from("en")}, at(2s))).error() ==
          store_error::conflict);
}

TEST_CASE("three issues an hour and ten a day with the exact time it works again") {
    house here;
    auto dial = [&, count = 0](std::chrono::microseconds when) mutable {
        return here.once("dial " + std::to_string(++count), issue(), at(when));
    };
    for (const auto when : {0min, 10min, 20min})
        CHECK_FALSE(is_refusal(dial(when).is));
    const auto refused = dial(30min);
    CHECK(refused.is == verdict::limit);
    CHECK(refused.until == at(60min).utc);
    CHECK(dial(60min - 1us).is == verdict::limit);
    CHECK(dial(60min).is == verdict::replaced);
    for (int hour = 2; hour < 8; ++hour)
        CHECK(dial(hour * 60min + 20min).is == verdict::replaced);
    const auto of_the_day = dial(9h);
    CHECK(of_the_day.is == verdict::limit);
    CHECK(of_the_day.until == at(24h).utc);
    CHECK(dial(24h).is == verdict::replaced);
}

TEST_CASE("a chosen password shares the limits and ends the generated regime") {
    house here;
    CHECK(here.once("dial 1", issue(), at(0s)).is == verdict::issued);
    const auto chosen = here.once("dial 2", choose(), at(1s));
    CHECK(chosen.is == verdict::chosen);
    CHECK_FALSE(chosen.until);
    CHECK(here.once("dial 3", issue(), at(2s)).is == verdict::replaced_chosen);
    CHECK(here.once("dial 4", choose(), at(3s)).is == verdict::limit);
    const auto facts = here.behind->inspect(anna, at(3s).utc)->value();
    CHECK(facts.kind == secret_kind::generated);
    CHECK(facts.version == 3);
    CHECK(facts.is_live);
    CHECK(facts.expires == at(2s + 24h).utc);
}

TEST_CASE("a chosen password can be the first of an account") {
    house here;
    CHECK(here.once("dial 1", choose(), at(0s)).is == verdict::chosen);
    const auto facts = here.behind->inspect(anna, at(10'000h).utc)->value();
    CHECK(facts.kind == secret_kind::chosen);
    CHECK(facts.is_live);
}

TEST_CASE("a new password opens a blocked access") {
    house here;
    here.once("dial 1", issue(), at(0s));
    CHECK(here.in_batch([&] { return here.behind->change(anna, block{}, at(1s).utc); }).value());
    auto facts = here.behind->inspect(anna, at(1s).utc)->value();
    CHECK(facts.blocked == at(1s).utc);
    CHECK_FALSE(facts.is_live);

    CHECK(here.once("dial 2", issue(), at(2s)).is == verdict::restored);
    facts = here.behind->inspect(anna, at(2s).utc)->value();
    CHECK_FALSE(facts.blocked);
    CHECK(facts.is_live);
}

TEST_CASE("a barred number gets help and no password") {
    house here;
    here.once("dial 1", issue(), at(0s));
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, set_bar{true}, at(1s).utc); }).value());
    CHECK(here.once("dial 2", issue(), at(2s)).is == verdict::barred);
    CHECK(here.once("dial 3", tell{"help"}, at(2s)).is == verdict::told);
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, set_bar{false}, at(3s).utc); }).value());
    CHECK(here.once("dial 4", issue(), at(4s)).is == verdict::replaced);
}

TEST_CASE("a cool-down refuses until it is over or lifted") {
    house here;
    here.once("dial 1", issue(), at(0s));
    REQUIRE(
        here.in_batch([&] { return here.behind->change(anna, cool_down{at(1h).utc}, at(1s).utc); }).value());
    const auto refused = here.once("dial 2", issue(), at(2s));
    CHECK(refused.is == verdict::cooldown);
    CHECK(refused.until == at(1h).utc);
    CHECK(here.once("dial 3", issue(), at(1h)).is == verdict::replaced);

    REQUIRE(
        here.in_batch([&] { return here.behind->change(anna, cool_down{at(9h).utc}, at(2h).utc); }).value());
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, lift_limits{}, at(2h).utc); }).value());
    CHECK(here.once("dial 4", issue(), at(2h + 1s)).is == verdict::replaced);
}

TEST_CASE("the operator lifts the limit") {
    house here;
    auto one_an_hour = issue();
    one_an_hour.per_hour = 1;
    here.once("dial 1", one_an_hour, at(0s));
    CHECK(here.once("dial 2", one_an_hour, at(1s)).is == verdict::limit);
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, lift_limits{}, at(2s).utc); }).value());
    CHECK(here.once("dial 3", one_an_hour, at(3s)).is == verdict::replaced);
}

TEST_CASE("a change to a number without an account is refused") {
    house here;
    CHECK_FALSE(here.in_batch([&] { return here.behind->change(boris, block{}, at(0s).utc); }).value());
    CHECK_FALSE(here.behind->inspect(boris, at(0s).utc)->has_value());
}

TEST_CASE("a number outside the feed gets no account where only the feed makes them") {
    house here;
    auto stranger = wish(here.with, "dial 1", issue(), at(0s));
    stranger.by.may_register = false;
    CHECK(here.once(stranger).is == verdict::unknown_number);
    CHECK_FALSE(here.behind->inspect(anna, at(0s).utc)->has_value());
}

TEST_CASE("nothing changes for a link that does not vouch for the source") {
    house here;
    here.once("dial 1", issue(), at(0s));
    auto spoofed = wish(here.with, "dial 2", issue(), at(1s));
    spoofed.by.is_vouched_for = false;
    CHECK(here.once(spoofed).is == verdict::untrusted);
    CHECK(here.behind->inspect(anna, at(1s).utc)->value().version == 1);
    CHECK(here.behind->trace(anna, 10)->size() == 1);
}

TEST_CASE("telling something makes no account") {
    house here;
    CHECK(here.once("sms 1", tell{"service_guide"}, at(0s)).is == verdict::told);
    CHECK_FALSE(here.behind->inspect(anna, at(0s).utc)->has_value());
}

TEST_CASE("a chosen language makes the account and stays") {
    house here;
    const auto english = *language::from("en");
    CHECK(here.once("dial 1", set_language{english}, at(0s)).speaks == english);
    CHECK(here.once("dial 2", issue(), at(1s)).is == verdict::issued);
    CHECK(here.once("dial 3", tell{"help"}, at(2s)).speaks == english);
}

TEST_CASE("a due SMS is this run's own and ends as sent once") {
    house here;
    const auto came = here.tell_by_sms("sms 1", issue(), at(0s), an_sms("fake2345"));
    REQUIRE(came.sms);
    CHECK(here.claim(at(1s)).empty());
    CHECK(here.settle(*came.sms, settling::sent, at(2s)) == 1);
    CHECK(here.settle(*came.sms, settling::failed, at(3s)) == 0);
    here.start();
    CHECK(here.claim(at(4s)).empty());
}

TEST_CASE("a held SMS is cancelled by the screen or released by its failure") {
    house here;
    const auto shown = here.tell_by_sms("dial 1", issue(), at(0s), held("fake2345"));
    CHECK(here.settle(*shown.sms, settling::cancel, at(1s)) == 1);
    CHECK(here.settle(*shown.sms, settling::release, at(2s)) == 0);
    CHECK(here.claim(at(3s)).empty());

    const auto failed = here.tell_by_sms("dial 2", issue(), at(4s), held("fake6789"));
    CHECK(here.settle(*failed.sms, settling::release, at(5s)) == 1);
    CHECK(here.settle(*failed.sms, settling::release, at(5s)) == 0);
    const auto rows = here.claim(at(6s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].clear.reveal() == "fake6789");
}

TEST_CASE("a refusal's SMS is born as the wish says and carries no secret") {
    house here;
    auto stranger = wish(here.with, "sms 1", issue(), at(0s));
    stranger.by.may_register = false;
    stranger.sms = an_sms("fake2345");
    stranger.sms->when_refused = result_sms::birth::due;
    const auto refused = here.once(stranger);
    REQUIRE(refused.sms);
    here.start();
    const auto rows = here.claim(at(1s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].what.is == verdict::unknown_number);
    CHECK(rows[0].clear.empty());
}

TEST_CASE("a restart sends what an earlier run left and oldest first") {
    house here;
    const auto due = here.tell_by_sms("sms 1", tell{"one"}, at(0s), an_sms());
    const auto kept = here.tell_by_sms("sms 2", issue(), at(1s), held("fake2345"));
    const auto lost = here.tell_by_sms("sms 3", tell{"three"}, at(2s), an_sms());
    CHECK(here.settle(*lost.sms, settling::unknown, at(3s)) == 1);
    const auto sent = here.tell_by_sms("sms 4", tell{"four"}, at(4s), an_sms());
    here.settle(*sent.sms, settling::sent, at(5s));

    here.start();
    auto rows = here.claim(at(6s), 2);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].id == due.sms);
    CHECK(rows[1].id == kept.sms);
    CHECK(rows[1].who == anna);
    CHECK(rows[1].action == "issue_password");
    CHECK(rows[1].group == "main");
    CHECK(rows[1].from == an_sms().from);
    CHECK(rows[1].to == an_sms().to);
    CHECK(rows[1].what.is == verdict::issued);
    CHECK(rows[1].what.until == kept.until);
    CHECK(rows[1].clear.reveal() == "fake2345");
    rows = here.claim(at(7s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == lost.sms);
    CHECK(here.claim(at(8s)).empty());

    here.start(); // this run died before it sent them
    CHECK(here.claim(at(9s)).size() == 3);
}

TEST_CASE("a new password cancels the unsent SMS with the older one") {
    house here;
    const auto first = here.tell_by_sms("dial 1", issue(), at(0s), an_sms("fake2345"));
    const auto second = here.tell_by_sms("dial 2", issue(), at(1s), an_sms("fake6789"));
    CHECK(here.settle(*first.sms, settling::sent, at(2s)) == 0);
    here.start();
    auto rows = here.claim(at(3s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == second.sms);

    here.once("dial 3", choose(), at(4s));
    here.start();
    CHECK(here.claim(at(5s)).empty());
}

TEST_CASE("a block cancels the unsent SMS with the dead password") {
    house here;
    here.tell_by_sms("dial 1", issue(), at(0s), an_sms("fake2345"));
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, block{}, at(1s).utc); }).value());
    here.start();
    CHECK(here.claim(at(2s)).empty());
}

TEST_CASE("an overdue SMS is never sent") {
    house here;
    auto brief = an_sms();
    brief.life = 10s;
    here.tell_by_sms("sms 1", tell{"one"}, at(0s), std::move(brief));
    here.start();
    CHECK(here.claim(at(10s)).empty());
    CHECK(here.claim(at(5s)).empty()); // it has ended; no step of the clock brings it back
}

TEST_CASE("an SMS with a password expires no later than the password") {
    house here;
    auto brief = issue();
    brief.life = 10s;
    const auto came = here.tell_by_sms("dial 1", brief, at(0s), held("fake2345"));
    here.settle(*came.sms, settling::release, at(1s));
    const auto rows = here.claim(at(2s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].expires == at(10s).utc);
}

TEST_CASE("the code of what an SMS asks is sealed in its row and ends with the time to agree") {
    house here;
    tell terms{"transfer.terms"};
    terms.until = at(10s).utc;
    here.tell_by_sms("sms 1", terms, at(0s), an_sms("4172"));
    here.start();
    const auto rows = here.claim(at(1s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].clear.reveal() == "4172");
    CHECK(rows[0].expires == at(10s).utc);
    here.start();
    CHECK(here.claim(at(10s)).empty());
}

TEST_CASE("very many overdue SMS end in batches and the live one behind them is sent") {
    house here;
    REQUIRE(here.behind->begin().has_value());
    for (int count = 0; count < 2'500; ++count) {
        auto asked = wish(here.with, std::to_string(count), tell{"old"}, at(0s));
        asked.sms = an_sms();
        asked.sms->life = 1s;
        REQUIRE(here.behind->fulfil(asked).has_value());
    }
    REQUIRE(here.behind->commit().has_value());
    const auto live = here.tell_by_sms("live", tell{"new"}, at(10s), an_sms());
    here.start();
    std::vector<outgoing_sms> rows;
    for (int call = 0; call < 3 && rows.empty(); ++call)
        rows = here.claim(at(11s));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].id == live.sms);
}

TEST_CASE("wishes and ended SMS are forgotten after a day") {
    house here;
    const auto came = here.tell_by_sms("sms 1", tell{"one"}, at(0s), an_sms());
    here.settle(*came.sms, settling::sent, at(1s));
    const auto tidy = [&](instant now) {
        return here.in_batch([&] { return here.behind->tidy(now.utc); }).value();
    };
    auto patient = wish(here.with, "sms 1", tell{"one"}, at(23h));
    patient.repeats_within = 1000h;
    CHECK_FALSE(tidy(at(23h)));
    CHECK(here.once(patient).is_repeat);
    CHECK_FALSE(tidy(at(24h)));
    patient.now = at(25h);
    CHECK_FALSE(here.once(patient).is_repeat);
}

TEST_CASE("tidying a great deal goes step by step") {
    house here;
    REQUIRE(here.behind->begin().has_value());
    for (int count = 0; count < 1'200; ++count)
        REQUIRE(here.behind->fulfil(wish(here.with, std::to_string(count), tell{"old"}, at(0s))).has_value());
    REQUIRE(here.behind->commit().has_value());
    const auto tidy = [&] { return here.in_batch([&] { return here.behind->tidy(at(48h).utc); }).value(); };
    CHECK(tidy());
    CHECK(tidy());
    CHECK_FALSE(tidy());
}

TEST_CASE("a batch that is rolled back leaves nothing behind") {
    house here;
    REQUIRE(here.behind->begin().has_value());
    REQUIRE(here.behind->fulfil(wish(here.with, "dial 1", issue(), at(0s))).has_value());
    here.behind->roll_back();
    CHECK_FALSE(here.behind->inspect(anna, at(0s).utc)->has_value());
    CHECK_FALSE(here.once("dial 1", issue(), at(1s)).is_repeat);
    CHECK(here.behind->verify_audit()->rows == 1);
    CHECK_FALSE(here.behind->verify_audit()->first_broken);
}

TEST_CASE("what is committed survives a restart") {
    house here;
    here.once("dial 1", issue(), at(0s));
    here.start();
    CHECK(here.once("dial 1", issue(), at(1s)).is_repeat);
    CHECK(here.behind->verify_audit()->rows == 1);
}

TEST_CASE("the archive lists what happened on an account and newest first") {
    house here;
    here.once("dial 1", issue(), at(0s));
    here.once("other", issue(), at(1s), boris);
    here.once("dial 2", set_language{*language::from("en")}, at(2s));
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, block{}, at(3s).utc); }).value());
    const auto all = here.behind->trace(anna, 10).value();
    REQUIRE(all.size() == 3);
    CHECK(all[0].what == effect_kind::block);
    CHECK(all[0].by == channel::staff);
    CHECK(all[1].what == effect_kind::set_language);
    CHECK(all[2].what == effect_kind::issue_password);
    CHECK(all[2].came == verdict::issued);
    CHECK(all[2].at == at(0s).utc);
    CHECK(here.behind->trace(anna, 2)->size() == 2);
    CHECK(here.behind->trace(msisdn::from_digits(79990000000), 2)->empty());
}

TEST_CASE("an audit of many rows verifies") {
    house here;
    REQUIRE(here.behind->begin().has_value());
    for (int count = 0; count < 100; ++count)
        REQUIRE(here.behind->fulfil(wish(here.with, std::to_string(count), tell{"one"}, at(0s))).has_value());
    REQUIRE(here.behind->commit().has_value());
    CHECK(here.behind->verify_audit()->rows == 100);
    CHECK_FALSE(here.behind->verify_audit()->first_broken);
}

} // namespace store_contract_test
