#include "menus/outcomes.hpp"

#include "sample_pack.hpp"

#include "menus/password_rules.hpp"

#include <doctest/doctest.h>

#include <set>

namespace outcomes_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("actions are called as packs call them") {
    CHECK(name_of(action{issue_password{}}) == "issue_password");
    CHECK(name_of(action{choose_password{}}) == "choose_password");
    CHECK(name_of(action{tell{}}) == "tell");
    CHECK(name_of(action{set_language{}}) == "set_language");
    CHECK(name_of(action{list_archive{}}) == "list_archive");
}

TEST_CASE("texts are named for action and outcome and channel") {
    CHECK(view(name_text("issue_password", "limit", channel::screen)) == "issue_password.limit.screen");
    CHECK(view(name_text("gateway.too_often", channel::sms)) == "gateway.too_often.sms");
}

TEST_CASE("every rule of passwords is an outcome that a prompt can tell") {
    for (refusal why : {refusal::too_short, refusal::too_long, refusal::blanks, refusal::bad_characters,
                        refusal::too_plain, refusal::common, refusal::own_number}) {
        const outcome_row* row = find_outcome(action_kind::choose_password, name_of(why));
        REQUIRE(row != nullptr);
        CHECK(row->refuses_entry);
    }
    CHECK(find_outcome(action_kind::choose_password, "mismatch") == nullptr);
}

TEST_CASE("each outcome stands once and each action can be busy but telling") {
    std::set<std::pair<action_kind, std::string_view>> seen;
    for (const outcome_row& row : all_outcomes())
        CHECK(seen.emplace(row.of, row.outcome).second);
    for (action_kind kind : {action_kind::issue_password, action_kind::choose_password,
                             action_kind::set_language, action_kind::list_archive})
        CHECK(find_outcome(kind, "busy") != nullptr);
}

TEST_CASE("no outcome's SMS takes more parts than there is room to write") {
    for (const outcome_row& row : all_outcomes()) {
        CHECK(row.sms_parts >= 1);
        CHECK(row.sms_parts <= most_sms_parts);
    }
}

TEST_CASE("a pack decides whether a new password goes by SMS too") {
    definition pack = sample_pack();
    CHECK(pack.wants_sms(action_kind::issue_password, "replaced"));
    CHECK_FALSE(pack.wants_sms(action_kind::issue_password, "limit"));
    CHECK_FALSE(pack.wants_sms(action_kind::choose_password, "chosen"));
    CHECK_FALSE(pack.wants_sms(action_kind::list_archive, "listed"));
    CHECK_FALSE(pack.wants_sms(action_kind::list_archive, "no such outcome"));
    pack.passwords.show = password_shown::screen;
    CHECK_FALSE(pack.wants_sms(action_kind::issue_password, "replaced"));
    pack.passwords.show = password_shown::sms;
    CHECK(pack.wants_sms(action_kind::issue_password, "replaced"));
}

TEST_CASE("every outcome of every action in a pack has its text in each language") {
    for (const outcome_row& row : all_outcomes()) {
        if (row.of == action_kind::tell)
            continue;
        for (channel way : {channel::screen, channel::sms}) {
            if (row.of_reply && way == channel::screen)
                continue;
            const text_name name = name_text(name_of(row.of), row.outcome, way);
            CAPTURE(view(name));
            const auto at = sample_pack().find_text(view(name));
            REQUIRE(at);
            for (const spoken_language& speaks : sample_pack().languages)
                CHECK_FALSE(speaks.texts.at(*at).pieces.empty());
        }
    }
}

} // namespace outcomes_test
