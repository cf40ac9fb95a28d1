// What the operator's feed means in every database behind the store. Runs over store::backend only.
#include "tests/store/bed.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <sys/stat.h>
#include <vector>

namespace feed_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

const language english = *language::from("en");

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
    outcome dial(std::string_view id, instant now, msisdn who = anna) {
        return once(wish(with, id, issue(), now, who));
    }
    feed_outcome feed(std::vector<subscriber> rows, instant now, std::optional<std::int64_t> full = {}) {
        feed_terms terms;
        terms.full = full;
        return in_batch([&] { return behind->take_feed(rows, terms, now.utc); }).value();
    }
    subscriber in_feed(msisdn who = anna) { return behind->find_subscriber(who)->value(); }
    account_facts account(instant now, msisdn who = anna) { return behind->inspect(who, now.utc)->value(); }
    bool has_account(msisdn who = anna) { return behind->inspect(who, at(0s).utc)->has_value(); }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
};

subscriber named(msisdn who) {
    subscriber made;
    made.who = who;
    return made;
}

subscriber barred_for(std::string_view reason) {
    subscriber made = named(anna);
    made.status = account_status::barred;
    made.reason = reason;
    return made;
}

request by_feed_only(const house& in, std::string_view id, msisdn who) {
    request made = wish(in.with, id, issue(), at(1s), who);
    made.by.may_register = false;
    return made;
}

} // namespace

TEST_CASE("a delta adds numbers and leaves what it does not say") {
    house here;
    subscriber row = named(anna);
    row.region = "Казань";
    row.email = "fake@example.net";
    row.speaks = english;
    row.level = access_level::view;
    CHECK(here.feed({row, named(boris)}, at(0s)).added == 2);

    subscriber later = named(anna);
    later.region = "Самара";
    const auto came = here.feed({later}, at(1s));
    CHECK(came.added == 0);
    CHECK(came.changed == 1);
    const subscriber now = here.in_feed();
    CHECK(now.region == "Самара");
    CHECK(now.email == "fake@example.net");
    CHECK(now.speaks == english);
    CHECK(now.level == access_level::view);
    CHECK_FALSE(now.status);
    CHECK_FALSE(here.behind->find_subscriber(msisdn::from_digits(79990000000))->has_value());
}

TEST_CASE("a full file clears what it does not say") {
    house here;
    subscriber row = named(anna);
    row.region = "Казань";
    here.feed({row}, at(0s));
    const auto full = here.in_batch([&] { return here.behind->begin_full_feed(); }).value();
    here.feed({named(anna)}, at(1s), full);
    CHECK(here.in_feed().region.empty());
}

TEST_CASE("where only the feed makes accounts its numbers have them and others are unknown") {
    house here;
    here.feed({named(anna)}, at(0s));
    CHECK(here.once(by_feed_only(here, "dial 1", anna)).is == verdict::issued);
    CHECK(here.once(by_feed_only(here, "dial 2", boris)).is == verdict::unknown_number);
    CHECK_FALSE(here.has_account(boris));
}

TEST_CASE("a new account begins with what the feed says of its number") {
    house here;
    subscriber row = named(anna);
    row.speaks = english;
    here.feed({row}, at(0s));
    CHECK(here.dial("dial 1", at(1s)).speaks == english);
    CHECK(here.account(at(1s)).speaks == english);

    here.once(wish(here.with, "dial 2", set_language{*language::from("ru")}, at(2s)));
    here.feed({row}, at(3s));
    CHECK(here.account(at(3s)).speaks == *language::from("ru")); // a choice outlives the feed
}

TEST_CASE("a bar of the feed refuses before the first dial and after it and goes with the next file") {
    house here;
    here.feed({barred_for("fraud")}, at(0s));
    CHECK(here.dial("dial 1", at(1s)).is == verdict::barred_fraud);
    CHECK_FALSE(here.has_account());
    subscriber active = named(anna);
    active.status = account_status::active;
    here.feed({active}, at(2s));
    CHECK(here.dial("dial 2", at(3s)).is == verdict::issued);
    here.feed({barred_for("fraud")}, at(4s));
    CHECK(here.account(at(4s)).status == account_status::barred);
    CHECK(here.dial("dial 3", at(5s)).is == verdict::barred_fraud);
    const auto rows = here.behind->trace(anna, 10).value();
    CHECK(std::ranges::any_of(rows, [](const audit_entry& each) {
        return each.what == effect_kind::set_bar && each.by == channel::feed;
    }));
}

TEST_CASE("debt keeps nobody from a password") {
    house here;
    here.feed({barred_for("debt")}, at(0s));
    CHECK(here.dial("dial 1", at(1s)).is == verdict::issued);
    CHECK(here.in_feed().status == account_status::barred);
    CHECK(here.account(at(1s)).bar == bar_reason::debt);
    const auto other = wish(here.with, "language", set_language{english}, at(2s));
    CHECK(here.once(other).is == verdict::barred_debt);
}

TEST_CASE("a bar whose reason becomes another is told with that one") {
    house here;
    here.dial("dial 1", at(0s));
    for (const auto& [reason, told] :
         {std::pair{"lost", verdict::barred_lost}, {"ended", verdict::barred_ended}, {"", verdict::barred}}) {
        const auto full = here.in_batch([&] { return here.behind->begin_full_feed(); }).value();
        here.feed({barred_for(reason)}, at(1s), full);
        CHECK(here.dial(reason, at(2s)).is == told);
    }
    subscriber active = named(anna);
    active.status = account_status::active;
    here.feed({active}, at(3s));
    CHECK(here.account(at(3s)).status == account_status::active);
    CHECK(here.dial("dial 2", at(4s)).is == verdict::replaced);
}

TEST_CASE("a number that was ported out is unknown until it is back") {
    house here;
    here.dial("dial 1", at(0s));
    subscriber row = named(anna);
    row.is_ported_out = true;
    here.feed({row}, at(1s));
    CHECK(here.dial("dial 2", at(2s)).is == verdict::unknown_number);
    row.is_ported_out = false;
    here.feed({row}, at(3s));
    CHECK(here.dial("dial 3", at(4s)).is == verdict::replaced);
}

TEST_CASE("a new SIM cools down for a day and the same news a second time does not") {
    house here;
    here.dial("dial 1", at(0s));
    subscriber row = named(anna);
    row.sim_changed = at(1h).utc;
    here.feed({row}, at(2h));
    const auto refused = here.dial("dial 2", at(3h));
    CHECK(refused.is == verdict::cooldown);
    CHECK(refused.until == at(25h).utc);
    REQUIRE(here.in_batch([&] { return here.behind->change(anna, lift_limits{}, at(4h).utc); }).value());
    here.feed({row}, at(5h));
    CHECK(here.dial("dial 3", at(6h)).is == verdict::restored);
}

TEST_CASE("a new SIM cools down a number that never dialled and staff may lift it") {
    house here;
    subscriber row = named(anna);
    row.sim_changed = at(0s).utc;
    here.feed({row}, at(1h));
    CHECK(here.dial("dial 1", at(2h)).is == verdict::cooldown);
    CHECK(here.in_batch([&] { return here.behind->change(anna, lift_limits{}, at(3h).utc); }).value());
    CHECK(here.dial("dial 2", at(4h)).is == verdict::issued);
}

TEST_CASE("a recycled number inherits nothing") {
    house here;
    subscriber old = named(anna);
    old.email = "old@example.net";
    old.level = access_level::all_numbers;
    old.speaks = english;
    here.feed({old, named(boris)}, at(0s));
    auto by_sms = wish(here.with, "sms 1", issue(), at(1s));
    by_sms.sms = an_sms("fake2345");
    here.once(by_sms);
    here.dial("dial 1", at(1s), boris);

    subscriber row = named(anna);
    row.owner_changed = at(48h).utc;
    const auto came = here.feed({row}, at(49h));
    CHECK(came.recycled == std::vector{anna});
    CHECK_FALSE(here.has_account());
    CHECK(here.has_account(boris));
    CHECK(here.behind->trace(anna, 10)->empty());
    CHECK(here.in_feed().email.empty());
    CHECK_FALSE(here.in_feed().level);
    here.behind = nullptr;
    here.behind = std::make_unique<sqlite_backend>(here.place.path() / "kabinet.db", here.with);
    CHECK(here.in_batch([&] { return here.behind->claim(10, at(2s).utc); })->empty());

    CHECK(here.dial("dial 2", at(50h)).is == verdict::cooldown);
    const auto first = here.dial("dial 3", at(72h));
    CHECK(first.is == verdict::issued);
    CHECK(first.speaks == language{});
    CHECK(here.feed({row}, at(73h)).recycled.empty());
    CHECK(here.has_account());
    CHECK_FALSE(here.behind->verify_audit()->first_broken);
}

TEST_CASE("an owner from before the account was made recycles nothing") {
    house here;
    here.dial("dial 1", at(48h));
    subscriber row = named(anna);
    row.owner_changed = at(1h).utc;
    CHECK(here.feed({row}, at(49h)).recycled.empty());
    CHECK(here.has_account());
}

TEST_CASE("numbers missing from a full file have left and come back with the next") {
    house here;
    here.feed({named(anna), named(boris)}, at(0s));
    here.dial("dial 1", at(1s));
    here.dial("dial 2", at(1s), boris);
    const auto full = here.in_batch([&] { return here.behind->begin_full_feed(); }).value();
    here.feed({named(boris)}, at(2s), full);
    const msisdn late = msisdn::from_digits(79990000001);
    here.feed({named(late)}, at(2s)); // a delta meanwhile
    const auto drop = [&](msisdn after, std::size_t most) {
        return here.in_batch([&] { return here.behind->drop_missing(full, after, most, at(3s).utc); })
            .value();
    };
    auto page = drop(msisdn{}, 1);
    CHECK(page.gone == 1);
    REQUIRE(page.next == anna);
    page = drop(*page.next, 10);
    CHECK(page.gone == 0);
    CHECK_FALSE(page.next);

    CHECK(here.dial("dial 3", at(4s)).is == verdict::unknown_number);
    CHECK(here.dial("dial 4", at(4s), boris).is == verdict::replaced);
    CHECK(here.behind->find_subscriber(late)->has_value());
    here.feed({named(anna)}, at(5s));
    CHECK(here.dial("dial 5", at(6s)).is == verdict::replaced);
}

TEST_CASE("an export pages through all numbers without a code word") {
    house here;
    std::vector<subscriber> rows;
    for (std::uint64_t each = 0; each < 5; ++each)
        rows.push_back(named(msisdn::from_digits(79260000000 + each)));
    rows[2].code_word = some_hash();
    here.feed(rows, at(0s));
    const auto first = here.behind->list_subscribers(msisdn{}, 3).value();
    REQUIRE(first.size() == 3);
    CHECK(first[2].who == rows[2].who);
    CHECK_FALSE(first[2].code_word);
    const auto rest = here.behind->list_subscribers(first.back().who, 3).value();
    REQUIRE(rest.size() == 2);
    CHECK(rest[1].who == rows[4].who);
}

TEST_CASE("an erased person is nowhere but as a token in the audit") {
    house here;
    here.feed({named(anna)}, at(0s));
    auto by_sms = wish(here.with, "sms 1", issue(), at(1s));
    by_sms.sms = an_sms("fake2345");
    here.once(by_sms);
    const auto erase = [&](msisdn who) {
        return here.in_batch([&] { return here.behind->erase(who, at(2s).utc); }).value();
    };
    CHECK(erase(anna));
    CHECK_FALSE(erase(anna));
    CHECK_FALSE(erase(boris));
    CHECK_FALSE(here.has_account());
    CHECK_FALSE(here.behind->find_subscriber(anna)->has_value());
    CHECK(here.behind->trace(anna, 10)->empty());
    CHECK(here.behind->verify_audit()->rows == 2); // the issue and the erasure
    CHECK(here.once(by_sms).is_repeat == false);
}

TEST_CASE("other languages are listed page by page") {
    house here;
    const auto ru = *language::from("ru");
    for (std::uint64_t each = 0; each < 5; ++each)
        here.once(wish(here.with, std::to_string(each), set_language{each % 2 == 0 ? english : ru}, at(0s),
                       msisdn::from_digits(79260000000 + each)));
    std::vector<msisdn> found;
    std::size_t pages = 0;
    for (std::optional<std::int64_t> after = 0; after; ++pages) {
        const auto page = here.behind->list_languages(*after, 2, ru).value();
        for (const spoken& each : page.found) {
            CHECK(each.speaks == english);
            found.push_back(each.who);
        }
        after = page.next;
    }
    CHECK(pages == 3);
    CHECK(found.size() == 3);
    CHECK(here.behind->list_languages(0, 10, english)->found.size() == 2);
}

TEST_CASE("a backup opens with its keys and has the accounts and no one else may read it") {
    house here;
    here.dial("dial 1", at(0s));
    const auto copy = here.place.path() / "copy.db";
    REQUIRE(here.behind->back_up(copy).has_value());
    here.dial("dial 2", at(1s)); // the writer goes on
    struct stat how {};
    REQUIRE(::stat(copy.c_str(), &how) == 0);
    CHECK((how.st_mode & 0777U) == 0600);
    sqlite_backend restored{copy, here.with};
    CHECK(restored.inspect(anna, at(1s).utc)->value().version == 1);
    CHECK_FALSE(restored.verify_audit()->first_broken);
}

TEST_CASE("a backup refuses a file that is there and a folder that is not") {
    house here;
    const auto file = here.place.path() / "precious";
    std::ofstream{file} << "kept";
    CHECK(here.behind->back_up(file).error() == boost::system::errc::file_exists);
    CHECK(octets_of(file) == "kept");
    CHECK(here.behind->back_up(here.place.path() / "none" / "copy.db").error() ==
          boost::system::errc::no_such_file_or_directory);
}

namespace {

subscriber with_new_sim(instant at_time) {
    subscriber made = named(anna);
    made.sim_changed = at_time.utc;
    return made;
}

login_facts look(house& in, instant now) {
    return in.in_batch([&] { return in.behind->look_before_login(anna, 5, now.utc); }).value();
}

} // namespace

TEST_CASE("a new SIM ends what the old one was given") {
    house here;
    request first = wish(here.with, "dial 1", issue(), at(0h));
    first.sms = an_sms("k7mp9xw3");
    const outcome given = here.once(first);
    const feed_outcome came = here.feed({with_new_sim(at(1h))}, at(2h));
    REQUIRE(came.ended.size() == 1);
    CHECK(came.ended[0].who == anna);
    CHECK(came.ended[0].cancelled == std::vector{given.sms.value()});
    CHECK_FALSE(came.ended[0].sms); // nobody said in which words
    CHECK(look(here, at(2h)).sealed.empty());
    CHECK(here.account(at(2h)).blocked == at(2h).utc);
    CHECK(here.dial("dial 2", at(3h)).is == verdict::cooldown);
    CHECK(here.dial("dial 3", at(26h)).is == verdict::restored);
    CHECK_FALSE(look(here, at(26h)).sealed.empty());
    CHECK(here.feed({with_new_sim(at(1h))}, at(27h)).ended.empty()); // no news
    CHECK_FALSE(look(here, at(27h)).sealed.empty());
}

TEST_CASE("a password that the new SIM asked for before its change was told is dead too") {
    house here;
    here.dial("dial 1", at(0h));
    here.dial("dial 2", at(2h)); // whoever had the SIM changed an hour ago
    CHECK(here.feed({with_new_sim(at(1h))}, at(3h)).ended.size() == 1);
    CHECK(look(here, at(3h)).sealed.empty());
}

TEST_CASE("a password asked for a day after the change outlives late news of it") {
    house here;
    here.once(wish(here.with, "choice 1", choose(), at(26h)));
    CHECK(here.feed({with_new_sim(at(1h))}, at(30h)).ended.empty());
    CHECK_FALSE(look(here, at(30h)).sealed.empty());
}

TEST_CASE("a PIN and automatic login are not believed to be as young as the password") {
    house here;
    here.once(wish(here.with, "choice 1", choose(), at(0h)));
    here.once(wish(here.with, "pin", set_pin{}, at(0h)));
    here.once(wish(here.with, "automatic", set_switch{account_switch::automatic, true}, at(0h)));
    here.once(wish(here.with, "choice 2", choose(), at(26h)));
    const auto came = here.feed({with_new_sim(at(1h))}, at(30h));
    REQUIRE(came.ended.size() == 1);
    CHECK(came.ended[0].had_any);
    CHECK_FALSE(look(here, at(30h)).sealed.empty());
    CHECK_FALSE(here.account(at(30h)).has_pin);
    CHECK_FALSE(here.account(at(30h)).is_automatic);
    CHECK_FALSE(here.account(at(30h)).blocked);
}

TEST_CASE("whoever had a password before times were kept isn't closed out by a change of long ago") {
    house here;
    here.once(wish(here.with, "choice 1", choose(), at(0h)));
    {
        here.behind.reset();
        SQLite::Database open{(here.place.path() / "kabinet.db").string(), SQLite::OPEN_READWRITE};
        open.exec("UPDATE accounts SET made_at = NULL");
    }
    here.behind = std::make_unique<sqlite_backend>(here.place.path() / "kabinet.db", here.with);
    CHECK(here.feed({with_new_sim(at(-1000h))}, at(1h)).ended.empty());
    CHECK_FALSE(look(here, at(1h)).sealed.empty());
    CHECK(here.feed({with_new_sim(at(2h))}, at(3h)).ended.size() == 1);
    CHECK(look(here, at(3h)).sealed.empty());
}

TEST_CASE("an account without a password has nothing to end") {
    house here;
    here.once(wish(here.with, "language", set_language{english}, at(0h)));
    const auto came = here.feed({with_new_sim(at(1h))}, at(2h));
    REQUIRE(came.ended.size() == 1); // a dialogue may be under way
    CHECK_FALSE(came.ended[0].had_any);
    CHECK_FALSE(here.account(at(2h)).blocked);
}

TEST_CASE("a new SIM is told to whoever has it") {
    house here;
    here.dial("dial 1", at(0h));
    feed_terms terms;
    terms.notice.emplace();
    terms.notice->action = "notice.sim_changed";
    terms.notice->from.characters = "Fake";
    terms.notice->to = [](msisdn) { return an_sms().to; };
    const std::vector rows{with_new_sim(at(1h))};
    const auto came = here.in_batch([&] { return here.behind->take_feed(rows, terms, at(1h).utc); }).value();
    REQUIRE(came.ended.size() == 1);
    REQUIRE(came.ended[0].sms);
    const outgoing_sms& row = *came.ended[0].sms;
    CHECK(row.action == "notice.sim_changed");
    CHECK(row.to == an_sms().to);
    CHECK(row.clear.empty());
    CHECK(row.expires == at(25h).utc);
    const settlement sent{row.id, settling::sent};
    CHECK(here.in_batch([&] { return here.behind->settle(std::array{sent}, at(1h).utc); }).value() == 1);
}

TEST_CASE("a new SIM makes codes that are under way worthless") {
    house here;
    here.dial("dial 1", at(0h));
    send_code what;
    what.code = here.with.mark_code(anna, code_purpose::password, secret{"123456"});
    request wanted = wish(here.with, "code", what, at(1h));
    wanted.by.by = channel::portal;
    wanted.sms = an_sms("123456");
    const outcome sent = here.once(wanted);
    REQUIRE(sent.sms);
    const auto came = here.feed({with_new_sim(at(1h))}, at(1h));
    REQUIRE(came.ended.size() == 1);
    CHECK(std::ranges::find(came.ended[0].cancelled, *sent.sms) != came.ended[0].cancelled.end());
    request entry = wish(here.with, "entry", choose(), at(1h + 1min));
    entry.by.by = channel::portal;
    entry.proof = code_proof{code_purpose::password, what.code};
    CHECK(here.once(entry).is == verdict::wrong_code);
}

} // namespace feed_contract_test
