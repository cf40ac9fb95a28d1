// What becomes of accounts that nobody uses, in every database behind the store. Runs over store::backend
// only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

namespace idle_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr std::chrono::seconds term = 180 * 24h;

struct house {
    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin().has_value());
        auto came = work();
        REQUIRE(behind->commit().has_value());
        return came;
    }
    outcome once(request what) {
        what.idle_after = idle_after;
        return in_batch([&] { return behind->fulfil(what); }).value();
    }
    outcome ask(effect what, instant now, channel by = channel::ussd) {
        request made = wish(with, std::to_string(++wishes), std::move(what), now);
        made.by.by = by;
        return once(std::move(made));
    }
    verdict log_in_right(instant now) {
        log_in attempt;
        attempt.is_right = true;
        attempt.version = account(now).version;
        return ask(attempt, now, channel::portal).is;
    }
    void look(instant now) {
        REQUIRE(in_batch([&] { return behind->note_use(anna, term, now.utc); }).has_value());
    }
    account_facts account(instant now) { return behind->inspect(anna, now.utc)->value(); }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
    std::optional<std::chrono::seconds> idle_after = term;
    int wishes = 0;
};

} // namespace

TEST_CASE("an account that nobody used for its term lets nobody in until the SIM asks for a password") {
    house here;
    here.ask(choose(), at(0s));
    CHECK(here.log_in_right(at(term - 1us)) == verdict::logged_in_chosen);
    const auto later = 2 * term; // from the login on, less a microsecond
    CHECK(here.log_in_right(at(later - 1us)) == verdict::wrong_password);
    CHECK(here.ask(choose(), at(later)).is == verdict::restored_idle);
    CHECK(here.log_in_right(at(later)) == verdict::logged_in_chosen);
    CHECK(here.ask(issue(), at(later + 1s)).is == verdict::replaced_chosen);
}

TEST_CASE("a generated password that was never used restores nothing but is replaced with the words of it") {
    house here;
    here.ask(issue(), at(0s));
    CHECK(here.ask(issue(), at(term)).is == verdict::restored_idle);
    CHECK(here.ask(issue(), at(2 * term - 1us)).is == verdict::replaced);
}

TEST_CASE("where no term is set none is over") {
    house here;
    here.idle_after.reset();
    here.ask(choose(), at(0s));
    CHECK(here.log_in_right(at(10 * term)) == verdict::logged_in_chosen);
    CHECK(here.ask(issue(), at(20 * term)).is == verdict::replaced_chosen);
}

TEST_CASE("what the SIM asks and sees is use, and of no use once the term is over") {
    house here;
    here.ask(choose(), at(0s));
    here.ask(set_language{*language::from("en")}, at(term / 2));
    here.look(at(term));
    CHECK(here.log_in_right(at(2 * term - 1us)) == verdict::logged_in_chosen);
    const auto over = at(3 * term);
    here.look(over);
    CHECK(here.ask(set_language{*language::from("ru")}, over).is == verdict::language_set);
    CHECK(here.log_in_right(over) == verdict::wrong_password);
    CHECK(here.ask(issue(), over).is == verdict::restored_idle);
}

TEST_CASE("with the password the PIN and the automatic login are over, and stay so") {
    house here;
    here.ask(choose(), at(0s));
    here.ask(set_switch{account_switch::automatic, true}, at(1s));
    const outcome set = here.ask(set_pin{fingerprint{1}}, at(2s));
    log_in_by_pin typed;
    typed.pin = fingerprint{1};
    typed.version = set.version.value();
    typed.born = set.born;
    CHECK(here.ask(typed, at(3s), channel::portal).is == verdict::logged_in_otherwise);
    const auto over = at(3s + term);
    CHECK(here.ask(typed, over, channel::portal).is == verdict::no_login);
    CHECK(here.ask(log_in_by_sim{}, over, channel::portal).is == verdict::no_login);
    CHECK(here.ask(issue(), over).is == verdict::restored_idle);
    CHECK(here.ask(typed, over, channel::portal).is == verdict::no_login);
    CHECK(here.ask(log_in_by_sim{}, over, channel::portal).is == verdict::no_login);
    CHECK_FALSE(here.account(over).has_pin);
    CHECK_FALSE(here.account(over).is_automatic);
}

TEST_CASE("what wrong passwords closed is told so, whatever the calendar says") {
    house here;
    here.ask(choose(), at(0s));
    for (int count = 0; count < 5; ++count)
        here.ask(log_in{}, at(1s), channel::portal);
    CHECK(here.ask(issue(), at(2 * term)).is == verdict::restored);
}

TEST_CASE("a code word alone doesn't open what nobody used") {
    house here;
    subscriber row;
    row.who = anna;
    row.code_word = some_hash();
    REQUIRE(here.in_batch([&] {
                    return here.behind->take_feed(std::span{&row, 1}, {}, at(0s).utc);
                })
                .has_value());
    here.ask(choose(), at(0s));
    const auto over = at(term);
    request made = wish(here.with, "word", choose(), over);
    made.by.by = channel::portal;
    word_proof proof;
    proof.is_right = true;
    proof.held_against = here.behind->look_before_word(anna, 5, over.utc).value().sealed;
    made.proof = proof;
    CHECK(here.once(std::move(made)).is == verdict::blocked);
    CHECK(here.log_in_right(over) == verdict::wrong_password);
}

TEST_CASE("a clock that was ahead switches nobody off when it is put right") {
    house here;
    here.ask(choose(), at(3 * term));
    CHECK(here.log_in_right(at(0s)) == verdict::logged_in_chosen);
}

} // namespace idle_contract_test
