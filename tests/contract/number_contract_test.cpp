// A number that its subscriber has blocked, in every database behind the store. Runs over store::backend
// only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace number_contract_test {

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
    outcome once(const request& what) {
        return in_batch([&] { return behind->fulfil(what); }).value();
    }
    outcome ask(effect what, instant now, channel by = channel::ussd) {
        request made = wish(with, std::to_string(++wishes), std::move(what), now);
        made.by.by = by;
        return once(made);
    }
    /// From another phone, or at the portal.
    request by_word(effect what, bool is_right, instant now) {
        request made = wish(with, std::to_string(++wishes), std::move(what), now);
        made.by.may_register = false;
        word_proof proof;
        proof.is_right = is_right;
        proof.held_against = behind->look_before_word(anna, 5, now.utc).value().sealed;
        made.proof = proof;
        made.sms = an_sms();
        made.sms->is_notice = true;
        made.sms->when_refused = result_sms::birth::never;
        made.sms->action = "notice.number_blocked";
        made.sms->closing = "notice.code_word_closed";
        return made;
    }
    void feed(std::optional<account_status> status = {}, std::string reason = {}) {
        subscriber row;
        row.who = anna;
        row.status = status;
        row.reason = std::move(reason);
        row.code_word = some_hash();
        REQUIRE(in_batch([&] { return behind->take_feed(std::span{&row, 1}, {}, at(0s).utc); }).has_value());
    }
    verdict log_in_right(instant now) {
        log_in attempt;
        attempt.is_right = true;
        attempt.version = account(now).version;
        return ask(attempt, now, channel::portal).is;
    }
    std::vector<number_news> news(instant now) {
        return in_batch([&] { return behind->list_news(0, 10, now.utc); }).value();
    }
    void open_again(bool tells_network) {
        behind.reset();
        behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with, tells_network);
    }
    account_facts account(instant now) { return behind->inspect(anna, now.utc)->value(); }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind =
        std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with, true);
    int wishes = 0;
};

} // namespace

TEST_CASE("a SIM that had its number blocked reaches only help, and its number is paid for all the same") {
    house here;
    here.ask(choose(), at(0s));
    CHECK(here.ask(block_number{}, at(1s)).is == verdict::number_blocked);
    CHECK(here.account(at(1s)).stopped == at(1s).utc);
    const std::array<effect, 6> all{issue(),        choose(),     set_language{*language::from("en")},
                                    close_portal{}, set_switch{}, block_number{}};
    for (const effect& each : all)
        CHECK(here.ask(each, at(2s)).is == verdict::barred_by_owner);
    CHECK(here.ask(take_promise{"small", money::from_minor(100), {}, 24h, {}}, at(2s)).is ==
          verdict::barred_by_owner);
    CHECK(here.ask(tell{"help"}, at(2s)).is == verdict::told);
    CHECK(here.ask(pay_in{money::from_minor(500), 0}, at(2s), channel::feed).is == verdict::paid_in);
    REQUIRE(here.behind->reader().begin_reading().has_value());
    const purse_view purse = here.behind->reader().read_purse(anna).value();
    REQUIRE(here.behind->reader().end_reading().has_value());
    CHECK_FALSE(is_open({purse.status, purse.bar}, matter::purse));
    CHECK(here.ask(unblock_number{}, at(3s), channel::staff).is == verdict::number_unblocked);
    CHECK_FALSE(here.account(at(3s)).stopped);
    CHECK(here.ask(issue(), at(4s)).is == verdict::replaced_chosen);
}

TEST_CASE("what was sent to the SIM lets nobody in any more, and a password of the subscriber's own does") {
    house here;
    here.ask(choose(), at(0s));
    here.ask(set_switch{account_switch::automatic, true}, at(0s));
    here.ask(set_pin{fingerprint{1}}, at(0s));
    here.ask(block_number{}, at(1s));
    CHECK(here.log_in_right(at(2s)) == verdict::logged_in_chosen);
    CHECK(here.ask(log_in_by_sim{}, at(2s), channel::portal).is == verdict::no_login);
    CHECK_FALSE(here.account(at(2s)).has_pin);

    here.ask(unblock_number{}, at(3s), channel::staff);
    request dialled = wish(here.with, "dialled", issue(), at(4s));
    dialled.sms = an_sms("k7mp9xw3");
    const outcome issued = here.once(dialled);
    const outcome stopped = here.ask(block_number{}, at(5s));
    CHECK(stopped.overtaken == std::vector{issued.sms.value()}); // its SMS is not to be sent any more
    CHECK(here.log_in_right(at(6s)) == verdict::wrong_password);
}

TEST_CASE("a code that was sent before is of no use, and none is sent") {
    house here;
    here.ask(choose(), at(0s));
    request sent = wish(here.with, "code", send_code{code_purpose::password, fingerprint{7}}, at(0s));
    sent.by.by = channel::portal;
    sent.sms = an_sms("123456");
    CHECK(here.once(sent).sms);
    here.ask(block_number{}, at(1s));
    request entered = wish(here.with, "entry", choose(), at(2s));
    entered.by.by = channel::portal;
    entered.proof = code_proof{code_purpose::password, fingerprint{7}};
    CHECK(here.once(entered).is == verdict::wrong_code);
    request again = wish(here.with, "code 2", send_code{code_purpose::password, fingerprint{8}}, at(2min));
    again.by.by = channel::portal;
    again.sms = an_sms("654321");
    const outcome came = here.once(again);
    CHECK(came.is == verdict::code_sent);
    CHECK_FALSE(came.sms);
}

TEST_CASE("another phone blocks and unblocks with the code word, also a number that never dialled") {
    house here;
    here.feed();
    CHECK(here.once(here.by_word(block_number{}, false, at(0s))).is == verdict::wrong_word);
    CHECK(here.once(here.by_word(unblock_number{}, true, at(1s))).is == verdict::not_blocked);
    const outcome blocked = here.once(here.by_word(block_number{}, true, at(2s)));
    CHECK(blocked.is == verdict::number_blocked);
    CHECK(blocked.sms); // the number hears of it
    CHECK(here.once(here.by_word(block_number{}, true, at(3s))).is == verdict::barred_by_owner);
    CHECK(here.ask(issue(), at(4s)).is == verdict::barred_by_owner);
    CHECK(here.once(here.by_word(unblock_number{}, true, at(5s))).is == verdict::number_unblocked);
    CHECK(here.ask(issue(), at(6s)).is == verdict::issued);
    const auto rows = here.behind->trace(anna, 10).value();
    CHECK(std::ranges::count_if(rows, [](const audit_entry& each) {
              const bool is_of_number =
                  each.what == effect_kind::block_number || each.what == effect_kind::unblock_number;
              return is_of_number && !is_refusal(each.came);
          }) == 2);
}

TEST_CASE("with the code word it works where wrong passwords or a new SIM closed the access") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, block{}, at(1s).utc); }).value());
    REQUIRE(
        here.in_batch([&] { return here.behind->change(anna, cool_down{at(24h).utc}, at(1s).utc); }).value());
    CHECK(here.once(here.by_word(block_number{}, true, at(2s))).is == verdict::number_blocked);
    CHECK(here.once(here.by_word(unblock_number{}, true, at(3s))).is == verdict::number_unblocked);
    CHECK(here.account(at(4s)).blocked); // the access is closed as before
}

TEST_CASE("five wrong words close it for a day, with those for a password together, whoever typed them") {
    house here;
    here.feed();
    for (int count = 0; count < 4; ++count)
        CHECK(here.once(here.by_word(count % 2 == 0 ? effect{block_number{}} : effect{unblock_number{}},
                                     false, at(1s)))
                  .is == verdict::wrong_word);
    CHECK(here.once(here.by_word(block_number{}, false, at(2s))).is == verdict::locked_out);
    CHECK(here.once(here.by_word(block_number{}, true, at(3s))).is == verdict::locked_out);
    CHECK(here.once(here.by_word(choose(), true, at(3s))).is == verdict::locked_out);
    CHECK(here.once(here.by_word(block_number{}, true, at(2s + 24h))).is == verdict::number_blocked);
}

TEST_CASE("a word for a number of nobody's is wrong, and counted") {
    house here;
    for (int count = 0; count < 4; ++count)
        CHECK(here.once(here.by_word(block_number{}, false, at(1s))).is == verdict::wrong_word);
    CHECK(here.once(here.by_word(block_number{}, false, at(1s))).is == verdict::locked_out);
    CHECK_FALSE(here.behind->inspect(anna, at(2s).utc)->has_value());
}

TEST_CASE("another phone's word is no request of the SIM") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    const utc_time before = here.account(at(0s)).last_use;
    here.once(here.by_word(block_number{}, true, at(1h)));
    here.once(here.by_word(unblock_number{}, true, at(1h)));
    CHECK(here.account(at(1h)).last_use == before);
}

TEST_CASE("the feed neither lifts the block nor is kept from its own") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    here.ask(block_number{}, at(1s));
    here.feed(account_status::active);
    CHECK(here.ask(issue(), at(2s)).is == verdict::barred_by_owner);
    here.feed(account_status::barred, "debt");
    CHECK(here.ask(issue(), at(2s)).is == verdict::barred_by_owner);
    here.feed(account_status::barred, "fraud");
    CHECK(here.ask(issue(), at(2s)).is == verdict::barred_fraud);
    CHECK(here.log_in_right(at(2s)) == verdict::wrong_password);
    here.feed(account_status::active);
    CHECK(here.log_in_right(at(3s)) == verdict::logged_in_chosen);
    CHECK(here.ask(unblock_number{}, at(4s), channel::staff).is == verdict::number_unblocked);
}

TEST_CASE("who owes may have his number blocked") {
    house here;
    here.feed(account_status::barred, "debt");
    CHECK(here.ask(block_number{}, at(0s)).is == verdict::number_blocked);
    here.ask(unblock_number{}, at(1s), channel::staff);
    here.feed(account_status::barred, "ended");
    CHECK(here.ask(block_number{}, at(2s)).is == verdict::barred_ended);
}

TEST_CASE("a wish to block that comes again is told alike, and tells the number once") {
    house here;
    here.feed();
    const request asked = here.by_word(block_number{}, true, at(0s));
    CHECK(here.once(asked).sms);
    const outcome again = here.once(asked);
    CHECK(again.is == verdict::number_blocked);
    CHECK(again.is_repeat);
    CHECK_FALSE(again.sms);
}

TEST_CASE("what the network is to be told is the latest of a number, and goes once it was told") {
    house here;
    const auto news = [&](instant now) { return here.news(now); };
    here.ask(block_number{}, at(0s));
    const number_news lost = news(at(0s)).at(0);
    CHECK(lost.who == anna);
    CHECK(lost.is_blocked);
    CHECK(lost.since == at(0s).utc);
    here.ask(unblock_number{}, at(1s), channel::staff);
    const number_news found = news(at(1s)).at(0);
    CHECK(news(at(1s)).size() == 1);
    CHECK_FALSE(found.is_blocked);
    CHECK(found.version > lost.version);
    REQUIRE(here.in_batch([&] { return here.behind->end_news(lost.version); }).has_value());
    CHECK(news(at(1s)).size() == 1); // that was of before
    REQUIRE(here.in_batch([&] { return here.behind->end_news(found.version); }).has_value());
    CHECK(news(at(1s)).empty());
    here.ask(block_number{}, at(2s));
    CHECK(news(at(2s)).at(0).version > found.version); // also where none was kept
}

TEST_CASE("what the network refused is put off, and something newer isn't") {
    house here;
    const auto news = [&](instant now) { return here.news(now); };
    here.ask(block_number{}, at(0s));
    const std::int64_t version = news(at(0s)).at(0).version;
    REQUIRE(here.in_batch([&] { return here.behind->put_off_news(version, at(1h).utc); }).has_value());
    CHECK(news(at(59min)).empty());
    CHECK(here.in_batch([&] { return here.behind->count_news(); }).value().refused == 1);
    CHECK(news(at(1h)).size() == 1);
    here.ask(unblock_number{}, at(1min), channel::staff);
    CHECK(news(at(2min)).size() == 1);
    CHECK(here.in_batch([&] { return here.behind->count_news(); }).value().refused == 0);
}

TEST_CASE("what was still to be told is out of date where no network is told any more") {
    house here;
    here.ask(block_number{}, at(0s));
    CHECK(here.news(at(0s)).size() == 1);
    here.open_again(false);
    CHECK(here.news(at(0s)).size() == 1); // nothing happened to it
    here.ask(unblock_number{}, at(1s), channel::staff);
    CHECK(here.news(at(1s)).empty());
    here.ask(block_number{}, at(2s));
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(3s).utc); }).value());
    CHECK(here.news(at(3s)).empty());
}

TEST_CASE("a number that was blocked is open in the network for whoever gets it next") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    here.ask(block_number{}, at(1s));
    SUBCASE("its owner was erased") {
        REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(1h).utc); }).value());
    }
    SUBCASE("the feed tells of another owner") {
        subscriber row;
        row.who = anna;
        row.owner_changed = at(1h).utc;
        REQUIRE(here.in_batch([&] {
                        return here.behind->take_feed(std::span{&row, 1}, {}, at(1h).utc);
                    })
                    .has_value());
    }
    const auto news = here.news(at(1h));
    REQUIRE(news.size() == 1);
    CHECK(news[0].who == anna);
    CHECK_FALSE(news[0].is_blocked);
}

TEST_CASE("a number that was blocked since it has another owner stays blocked, for it was his wish") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    here.ask(block_number{}, at(2h), channel::staff);
    subscriber row;
    row.who = anna;
    row.owner_changed = at(1h).utc;
    feed_terms terms;
    terms.usual = *language::from("en");
    REQUIRE(here.in_batch([&] {
                    return here.behind->take_feed(std::span{&row, 1}, terms, at(3h).utc);
                })
                .has_value());
    CHECK(here.account(at(3h)).stopped == at(2h).utc);
    CHECK(here.account(at(3h)).speaks == *language::from("en"));
    CHECK_FALSE(here.account(at(3h)).kind);
    REQUIRE(here.news(at(3h)).size() == 1);
    CHECK(here.news(at(3h))[0].is_blocked);
}

TEST_CASE("that a number is open again is told though its owner is erased meanwhile") {
    house here;
    here.ask(block_number{}, at(0s));
    here.ask(unblock_number{}, at(1s), channel::staff);
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(2s).utc); }).value());
    REQUIRE(here.news(at(2s)).size() == 1);
    CHECK_FALSE(here.news(at(2s))[0].is_blocked);
}

TEST_CASE("of a number that never was blocked the network hears nothing when its owner goes") {
    house here;
    here.ask(choose(), at(0s));
    REQUIRE(here.in_batch([&] { return here.behind->erase(anna, at(1s).utc); }).value());
    CHECK(here.news(at(1s)).empty());
}

TEST_CASE("the same words as before, after it was undone meanwhile, are meant anew") {
    house here;
    here.feed();
    here.ask(choose(), at(0s));
    const request block = here.by_word(block_number{}, true, at(0s));
    request open = here.by_word(unblock_number{}, true, at(1min));
    CHECK(here.once(block).is == verdict::number_blocked);
    CHECK(here.once(open).is == verdict::number_unblocked);
    const outcome again = here.once(block);
    CHECK(again.is == verdict::number_blocked);
    CHECK_FALSE(again.is_repeat);
    CHECK(here.account(at(2min)).stopped);
    CHECK_FALSE(here.once(open).is_repeat);
    CHECK_FALSE(here.account(at(3min)).stopped);
}

TEST_CASE("staff who open a number that isn't blocked here have the network told so all the same") {
    house here;
    const auto news = [&] { return here.news(at(1h)); };
    here.ask(choose(), at(0s));
    CHECK(here.ask(unblock_number{}, at(1s), channel::staff).is == verdict::not_blocked);
    REQUIRE(news().size() == 1);
    CHECK_FALSE(news()[0].is_blocked);
}

TEST_CASE("what the network is told is newer than what a database said that was lost") {
    house here;
    here.ask(block_number{}, at(0s));
    const auto news = here.news(at(1h));
    CHECK(news.at(0).version >= at(0s).utc.time_since_epoch().count());
}

} // namespace number_contract_test
