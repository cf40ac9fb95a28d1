#include "menus/wanted.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace wanted_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

const wanted_text* find_wanted(const std::vector<wanted_text>& all, std::string_view name) {
    const auto found = std::ranges::find(all, name, &wanted_text::name);
    return found == all.end() ? nullptr : &*found;
}

} // namespace

TEST_CASE("an outcome is written in its own words before those for any action") {
    const std::vector<wanted_text> all = wanted_texts(sample_draft());
    const wanted_text* busy = find_wanted(all, "set_language.busy.screen");
    REQUIRE(busy != nullptr);
    CHECK(busy->written_as == std::vector<std::string>{"set_language.busy.screen", "set_language.busy",
                                                       "any.busy.screen", "any.busy"});

    draft pack = sample_draft();
    CHECK(find_written(pack.languages[0], *busy)->name == "any.busy");
    put_text(pack, 0, "set_language.busy", "Позже.");
    CHECK(find_written(pack.languages[0], *busy)->name == "set_language.busy");
}

TEST_CASE("only actions of the pack want texts") {
    draft pack = sample_draft();
    for (draft_item& item : pack.screens[0].items)
        if (item.leads.does == "set_language")
            item.leads = says("closed");
    const std::vector<wanted_text> all = wanted_texts(pack);
    CHECK(find_wanted(all, "set_language.set.screen") == nullptr);
    CHECK(find_wanted(all, "issue_password.issued.sms") != nullptr);
}

TEST_CASE("what is told wants its text for the channel it is told on") {
    const std::vector<wanted_text> all = wanted_texts(sample_draft());
    CHECK(find_wanted(all, "no_such_code.screen") != nullptr);
    CHECK(find_wanted(all, "no_such_code.sms") == nullptr);
    CHECK(find_wanted(all, "help.sms") != nullptr);
    CHECK(find_wanted(all, "help.screen") == nullptr);
    CHECK(find_wanted(all, "closed.screen") != nullptr);
    CHECK(find_wanted(all, "closed.sms") != nullptr);
}

TEST_CASE("a prompt that asks once wants no second question") {
    draft pack = sample_draft();
    std::ranges::find(pack.screens, "own", &draft_screen::name)->twice = false;
    const std::vector<wanted_text> all = wanted_texts(pack);
    CHECK(find_wanted(all, "prompt.own.ask") != nullptr);
    CHECK(find_wanted(all, "prompt.own.again") == nullptr);
    CHECK(find_wanted(all, "prompt.own.mismatch") == nullptr);
}

TEST_CASE("each text is wanted once") {
    std::vector<wanted_text> all = wanted_texts(sample_draft());
    std::ranges::sort(all, {}, &wanted_text::name);
    CHECK(std::ranges::adjacent_find(all, {}, &wanted_text::name) == all.end());
}

} // namespace wanted_test
