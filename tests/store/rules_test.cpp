#include "store/rules.hpp"

#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace rules_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

constexpr issue_limits usual{3, 10};

std::vector<utc_time> issued_at(std::initializer_list<std::chrono::microseconds> times) {
    std::vector<utc_time> made;
    for (const auto time : times)
        made.push_back(at(time).utc);
    return made;
}

caller vouched() {
    caller by;
    by.who = anna;
    return by;
}

} // namespace

TEST_CASE("limits are sliding windows with the exact moment of the next") {
    struct row {
        const char* what;
        std::vector<utc_time> issues;
        std::chrono::microseconds now;
        std::optional<std::chrono::microseconds> until;
    };
    const auto ten = issued_at({0h, 2h, 4h, 6h, 8h, 10h, 12h, 14h, 16h, 18h});
    const row table[] = {
        {"none", {}, 0s, std::nullopt},
        {"two of three", issued_at({0s, 1s}), 2s, std::nullopt},
        {"three of three", issued_at({0s, 1s, 2s}), 3s, 1h},
        {"in any order", issued_at({2s, 0s, 1s}), 3s, 1h},
        {"a microsecond early", issued_at({0s, 1s, 2s}), 1h - 1us, 1h},
        {"on the moment", issued_at({0s, 1s, 2s}), 1h, std::nullopt},
        {"more than three wait for the third newest", issued_at({0s, 1s, 2s, 3s, 4s}), 5s, 1h + 2s},
        {"ten a day", ten, 20h, 24h},
        {"ten a day over", ten, 24h, std::nullopt},
        {"the later of hour and day",
         issued_at({0h, 1h, 2h, 3h, 4h, 5h, 6h, 23h + 30min, 23h + 40min, 23h + 50min}), 23h + 55min,
         24h + 30min},
        {"issues in the future don't count", issued_at({5s, 6s, 7s}), 4s, std::nullopt},
    };
    for (const auto& one : table) {
        CAPTURE(one.what);
        const auto until = allowed_again(one.issues, usual, at(one.now).utc);
        CHECK(until.has_value() == one.until.has_value());
        if (until && one.until)
            CHECK(*until == at(*one.until).utc);
    }
}

TEST_CASE("a limit of zero is none") {
    const auto issues = issued_at({0s, 1s, 2s, 3s});
    CHECK_FALSE(allowed_again(issues, {0, 0}, at(4s).utc));
    CHECK(allowed_again(issues, {0, 4}, at(4s).utc) == at(24h).utc);
    CHECK(allowed_again(issues, {4, 0}, at(4s).utc) == at(1h).utc);
}

TEST_CASE("a wish for a password is judged by what stands in its way first") {
    // Every combination of what may be true, against the order of precedence written out plainly.
    const auto full = issued_at({0s, 1s, 2s});
    const auto now = at(3s).utc;
    int combinations = 0;
    for (unsigned bits = 0; bits < 256; ++bits) {
        const bool is_vouched_for = bits & 1U, may_register = bits & 2U, exists = bits & 4U,
                   is_barred = bits & 8U;
        const bool is_cooling = bits & 16U, is_limited = bits & 32U, is_blocked = bits & 64U,
                   has_chosen = bits & 128U;
        if (!exists && (is_barred || is_cooling || is_limited || is_blocked || has_chosen))
            continue;
        standing account;
        account.exists = exists;
        account.status = is_barred ? account_status::barred : account_status::active;
        account.is_blocked = is_blocked;
        if (is_cooling)
            account.cooldown_until = at(1h).utc;
        if (exists)
            account.last_secret = has_chosen ? secret_kind::chosen : secret_kind::generated;
        if (is_limited)
            account.issues = full;
        caller by = vouched();
        by.is_vouched_for = is_vouched_for;
        by.may_register = may_register;

        decision expected;
        decision expected_chosen;
        if (!is_vouched_for)
            expected = {verdict::untrusted, {}};
        else if (!exists && !may_register)
            expected = {verdict::unknown_number, {}};
        else if (is_barred)
            expected = {verdict::barred, {}};
        else if (is_cooling)
            expected = {verdict::cooldown, at(1h).utc};
        else if (is_limited)
            expected = {verdict::limit, at(1h).utc};
        else if (is_blocked)
            expected = {verdict::restored, {}};
        else if (!exists)
            expected = {verdict::issued, {}};
        else
            expected = {has_chosen ? verdict::replaced_chosen : verdict::replaced, {}};
        expected_chosen = expected;
        if (!is_refusal(expected.is) && expected.is != verdict::restored)
            expected_chosen = {verdict::chosen, {}};

        CAPTURE(bits);
        CHECK(judge(issue_password{}, account, by, now) == expected);
        CHECK(judge(choose_password{}, account, by, now) == expected_chosen);
        ++combinations;
    }
    CHECK(combinations == 4 + 4 * 32);
}

TEST_CASE("an account that never had a password is issued its first") {
    standing account;
    account.exists = true;
    CHECK(judge(issue_password{}, account, vouched(), at(0s).utc).is == verdict::issued);
}

TEST_CASE("a cool-down is over on its moment") {
    standing account;
    account.exists = true;
    account.cooldown_until = at(1h).utc;
    CHECK(judge(issue_password{}, account, vouched(), at(1h - 1us).utc).is == verdict::cooldown);
    CHECK(judge(issue_password{}, account, vouched(), at(1h).utc).is == verdict::issued);
}

TEST_CASE("the language is free of limits and cool-down but not of a bar") {
    standing account;
    account.exists = true;
    account.cooldown_until = at(1h).utc;
    const auto issues = issued_at({0s, 0s, 0s});
    account.issues = issues;
    CHECK(judge(set_language{}, account, vouched(), at(1s).utc).is == verdict::language_set);
    account.status = account_status::barred;
    CHECK(judge(set_language{}, account, vouched(), at(1s).utc).is == verdict::barred);
    caller stranger = vouched();
    stranger.may_register = false;
    CHECK(judge(set_language{}, {}, stranger, at(1s).utc).is == verdict::unknown_number);
    stranger.is_vouched_for = false;
    CHECK(judge(set_language{}, {}, stranger, at(1s).utc).is == verdict::untrusted);
}

TEST_CASE("help is open to everyone") {
    standing account;
    account.status = account_status::barred;
    caller stranger = vouched();
    stranger.is_vouched_for = false;
    stranger.may_register = false;
    CHECK(judge(tell{"help"}, account, stranger, at(0s).utc) == decision{verdict::told, {}});
}

TEST_CASE("every verdict has a word and refusals are told apart") {
    for (const auto is : {verdict::issued, verdict::replaced, verdict::replaced_chosen, verdict::restored,
                          verdict::chosen, verdict::told, verdict::language_set, verdict::account_changed}) {
        CHECK(name_of(is) != "unknown");
        CHECK_FALSE(is_refusal(is));
    }
    for (const auto is :
         {verdict::limit, verdict::barred, verdict::cooldown, verdict::unknown_number, verdict::untrusted}) {
        CHECK(name_of(is) != "unknown");
        CHECK(is_refusal(is));
    }
}

namespace {

standing with_password() {
    standing account;
    account.exists = true;
    account.is_live = true;
    account.version = 7;
    account.last_secret = secret_kind::generated;
    return account;
}

log_in right() {
    log_in attempt;
    attempt.version = 7;
    attempt.is_right = true;
    return attempt;
}

verdict came_of(const log_in& attempt, const standing& account, utc_time now = at(0s).utc) {
    return judge(attempt, account, vouched(), now).is;
}

} // namespace

TEST_CASE("a right password lets in whatever was wrong before, up to the last wrong one") {
    for (std::uint32_t wrong = 0; wrong < 5; ++wrong) {
        standing account = with_password();
        account.wrong.in_a_row = wrong;
        CHECK(came_of(right(), account) == verdict::logged_in_once);
        log_in guess = right();
        guess.is_right = false;
        CHECK(came_of(guess, account) == (wrong == 4 ? verdict::locked_out : verdict::wrong_password));
    }
    standing closed = with_password();
    closed.wrong.in_a_row = 5;
    CHECK(came_of(right(), closed) == verdict::locked_out);
    standing blocked = with_password();
    blocked.is_blocked = true;
    CHECK(came_of(right(), blocked) == verdict::wrong_password); // told as a number without an account is
}

TEST_CASE("the pack says how many may be wrong") {
    log_in guess;
    guess.most_wrong = 1;
    CHECK(came_of(guess, with_password()) == verdict::locked_out);
    guess.most_wrong = 2;
    CHECK(came_of(guess, with_password()) == verdict::wrong_password);
}

TEST_CASE("a login tells what the password is good for") {
    CHECK(came_of(right(), with_password()) == verdict::logged_in_once);
    log_in stays = right();
    stays.ends_generated = false;
    CHECK(came_of(stays, with_password()) == verdict::logged_in);
    standing chosen = with_password();
    chosen.last_secret = secret_kind::chosen;
    CHECK(came_of(right(), chosen) == verdict::logged_in_chosen);
    CHECK(came_of(stays, chosen) == verdict::logged_in_chosen);
}

TEST_CASE("a right password that isn't the account's any more is as wrong as any other") {
    using change = void (*)(standing&);
    const std::pair<const char*, change> rows[] = {
        {"replaced meanwhile", [](standing& account) { account.version = 8; }},
        {"used up, expired or annulled", [](standing& account) { account.is_live = false; }},
        {"barred", [](standing& account) { account.status = account_status::barred; }},
        {"no longer ours", [](standing& account) { account.status = account_status::left; }},
        {"no account", [](standing& account) { account.exists = false; }},
    };
    for (const auto& [what, change_it] : rows) {
        CAPTURE(what);
        standing account = with_password();
        change_it(account);
        CHECK(came_of(right(), account) == verdict::wrong_password);
        account.wrong.in_a_row = 4;
        CHECK(came_of(right(), account) == verdict::locked_out);
    }
}

TEST_CASE("after fifty wrong ones in all a login needs the SIM within a quarter of an hour") {
    standing account = with_password();
    account.wrong.in_all = 49;
    CHECK(came_of(right(), account) == verdict::logged_in_once);
    account.wrong.in_all = 50;
    CHECK(came_of(right(), account) == verdict::wrong_password);
    account.asked = at(0s).utc;
    CHECK(came_of(right(), account, at(15min - 1us).utc) == verdict::logged_in_once);
    CHECK(came_of(right(), account, at(15min).utc) == verdict::wrong_password);
    account.asked = at(1h).utc; // the clock was stepped back since
    CHECK(came_of(right(), account, at(0s).utc) == verdict::wrong_password);
}

TEST_CASE("a call is promised once until it was made, so often a day, whatever bars the number") {
    standing account;
    account.exists = true;
    const call_back asked{30min, 2};
    const auto now = at(10h).utc;
    CHECK(judge(asked, account, vouched(), now) == decision{verdict::call_promised, now + 30min});
    for (const auto status : {account_status::active, account_status::barred}) {
        account.status = status;
        account.bar = bar_reason::fraud;
        account.level = access_level::view;
        CHECK(judge(asked, account, vouched(), now).is == verdict::call_promised);
    }
    account.calls.asked = issued_at({1h, 9h});
    CHECK(judge(asked, account, vouched(), now) == decision{verdict::limit, at(25h).utc});
    account.calls.awaited_until = at(11h).utc;
    CHECK(judge(asked, account, vouched(), now) == decision{verdict::call_awaited, at(11h).utc});
    CHECK(judge(asked, account, vouched(), at(11h).utc) ==
          decision{verdict::call_promised, at(11h + 30min).utc});
    caller stranger = vouched();
    stranger.is_vouched_for = false;
    CHECK(judge(asked, account, stranger, now).is == verdict::untrusted);
    account.status = account_status::left;
    CHECK(judge(asked, account, vouched(), now).is == verdict::unknown_number);
}

} // namespace rules_test
