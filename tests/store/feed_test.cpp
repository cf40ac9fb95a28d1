#include "store/feed.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

namespace feed_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

TEST_CASE("times of changes never go back") {
    subscriber known, said;
    known.sim_changed = at(2h).utc;
    known.owner_changed = at(1h).utc;
    said.sim_changed = at(1h).utc;
    said.owner_changed = at(3h).utc;
    for (const bool is_full : {false, true}) {
        const subscriber merged = merge(known, said, is_full);
        CHECK(merged.sim_changed == at(2h).utc);
        CHECK(merged.owner_changed == at(3h).utc);
    }
}

TEST_CASE("a cool-down begins with a change that is news and lasts from the change on") {
    struct row {
        const char* what;
        std::optional<utc_time> known;
        std::optional<utc_time> said;
        std::optional<utc_time> until;
    };
    const row table[] = {
        {"nothing said", {}, {}, {}},
        {"news", at(0s).utc, at(9h).utc, at(33h).utc},
        {"the first that is heard", {}, at(9h).utc, at(33h).utc},
        {"no news", at(9h).utc, at(9h).utc, {}},
        {"older than what is known", at(9h).utc, at(8h).utc, {}},
        {"long ago", {}, at(-14h).utc, {}},
        {"ahead counts as now", {}, at(1000h).utc, at(34h).utc},
    };
    for (const auto& one : table) {
        CAPTURE(one.what);
        subscriber known, said;
        known.sim_changed = one.known;
        said.sim_changed = one.said;
        CHECK(cooldown_after(news_of_change(&known, said, at(10h).utc), 24h, at(10h).utc) == one.until);
        std::swap(said.sim_changed, said.owner_changed);
        std::swap(known.sim_changed, known.owner_changed);
        CHECK(cooldown_after(news_of_change(&known, said, at(10h).utc), 24h, at(10h).utc) == one.until);
    }
    CHECK_FALSE(news_of_change(nullptr, subscriber{}, at(10h).utc));
    subscriber said;
    said.sim_changed = at(-14h).utc;
    CHECK(news_of_change(nullptr, said, at(10h).utc) == at(-14h).utc); // however long ago
}

TEST_CASE("what the feed says of a number decides what its account may") {
    subscriber of;
    of.reason = "debt"; // of a bar that is over
    CHECK(state_of(of) == number_state{});
    of.status = account_status::barred;
    CHECK(state_of(of) == number_state{account_status::barred, bar_reason::debt});
    of.reason = "";
    CHECK(state_of(of) == number_state{account_status::barred, bar_reason::unsaid});
    of.reason = "debt";
    of.is_ported_out = true;
    CHECK(state_of(of) == number_state{account_status::left, bar_reason::unsaid});
}

TEST_CASE("a code word is known in any case and with or without dots and as no other word") {
    const auto hash = hash_code_word(secret{" Ёлка Green "}, cheap).value();
    CHECK(verify_code_word(secret{"елка green"}, hash));
    CHECK(verify_code_word(secret{"ЁЛКА GREEN"}, hash));
    CHECK_FALSE(verify_code_word(secret{"елкаgreen"}, hash));
    CHECK_FALSE(verify_code_word(secret{""}, hash));
    CHECK(hash_code_word(secret{std::string(300, 'x')}, cheap).error() == secret_error::too_long);
}

TEST_CASE("the hash of a code word opens for its own number only and lies sealed") {
    const keys with = keys::parse(key_lines, "test.key");
    const auto hash = hash_code_word(secret{"fakeword"}, cheap).value();
    const auto sealed = seal(with, hash, code_word_binding{anna});
    CHECK(open(with, sealed, code_word_binding{anna})->encoded == hash.encoded);
    CHECK(open(with, sealed, code_word_binding{boris}).error() == secret_error::broken_seal);

    const folder place;
    {
        sqlite_backend behind{place.path() / "kabinet.db", with};
        subscriber row;
        row.who = anna;
        row.code_word = hash;
        const std::array rows{row};
        REQUIRE(behind.begin().has_value());
        REQUIRE(behind.take_feed(rows, {}, at(0s).utc).has_value());
        REQUIRE(behind.commit().has_value());
    }
    CHECK(octets_of(place.path() / "kabinet.db").find("argon2") == std::string::npos);
}

} // namespace feed_test
