#include "menus/outline.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace outline_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

const outline_screen& screen_named(const outline& of, std::string_view name) {
    return *std::ranges::find(of.screens, name, &outline_screen::name);
}

const outline_key& key_of(const outline_screen& of, std::string_view typed) {
    return *std::ranges::find(of.keys, typed, &outline_key::typed);
}

std::string name_opened(const outline& in, const outline_target& leads) {
    return leads.opens ? in.screens.at(*leads.opens).name : std::string{};
}

} // namespace

TEST_CASE("an outline says where each code, key and keyword leads") {
    const outline seen = outline_of(sample_draft());
    CHECK(seen.pack == "sample");
    CHECK(seen.languages == std::vector<std::string>{"ru", "en"});
    REQUIRE(seen.codes.size() == 17);
    CHECK(seen.codes[0].typed == "*105#");
    CHECK(name_opened(seen, seen.codes[0].leads) == "account");
    CHECK(seen.codes[1].leads.does == "does issue_password");
    CHECK(seen.unknown_code.does == "tells no_such_code");

    const outline_screen& account = screen_named(seen, "account");
    CHECK(key_of(account, "7").label == "Пароль и вход");
    CHECK(name_opened(seen, key_of(account, "7").leads) == "password");
    CHECK(key_of(account, "6").leads.does == "does set_language en, stays");
    CHECK(key_of(account, "4").leads.does == "tells closed");

    REQUIRE(seen.short_numbers.size() == 2);
    CHECK(seen.short_numbers[0].numbers == std::vector<std::string>{"000110", "0001100"});
    REQUIRE(seen.short_numbers[0].empty);
    CHECK(seen.short_numbers[0].empty->does == "does issue_password");
    CHECK(seen.short_numbers[1].keywords[0].typed == "PAS");
    CHECK(seen.short_numbers[1].help.does == "tells help");
}

TEST_CASE("keys stand in their order, however the file has them") {
    draft pack = sample_draft();
    std::ranges::reverse(pack.screens.front().items);
    const outline seen = outline_of(pack);
    CHECK(screen_named(seen, "account").keys.front().typed == "1");
}

TEST_CASE("each page of a screen is as full as the screen that is shown") {
    const outline seen = outline_of(sample_draft());
    const outline_screen& account = screen_named(seen, "account");
    REQUIRE(account.texts.size() == 1);
    const fullness& in_russian = account.texts[0].takes.at(0);
    REQUIRE(in_russian.pages.size() == 2);
    place at;
    at.reads = russian;
    for (std::uint8_t page = 0; page < 2; ++page) {
        at.page = page;
        const auto shown = render(sample_pack(), at);
        REQUIRE(shown);
        CHECK(in_russian.pages[page].used == measure_screen(view(*shown), {}).used);
        CHECK(in_russian.pages[page].most == 80);
    }
    CHECK(account.texts[0].takes.at(1).language == "en");
    CHECK(account.texts[0].takes.at(1).pages.size() == 1);
    CHECK(account.texts[0].takes.at(1).pages[0].most == 160);
}

TEST_CASE("a screen's own line for 0 is counted in place of the common one") {
    const outline seen = outline_of(sample_draft());
    const outline_screen& order = screen_named(seen, "order");
    CHECK(order.kind == screen_kind::confirmation);
    CHECK(order.texts[0].takes.at(1).pages.at(0).used ==
          std::string_view{"Order for 5 RUB?\n1 Yes\n0 No"}.size());
}

TEST_CASE("a prompt has its questions, each with the line for 0, and what is done with the entry") {
    const outline seen = outline_of(sample_draft());
    const outline_screen& own = screen_named(seen, "own");
    REQUIRE(own.texts.size() == 3);
    CHECK(own.texts[0].part == "ask");
    CHECK(own.texts[0].words == "Новый пароль:");
    CHECK(own.texts[0].takes.at(1).pages.at(0).used == std::string_view{"New password:\n0 Cancel"}.size());
    CHECK(own.texts[2].part == "mismatch");
    REQUIRE(own.enters);
    CHECK(own.enters->does == "does choose_password");

    draft once = sample_draft();
    std::ranges::find(once.screens, "own", &draft_screen::name)->twice = false;
    CHECK(screen_named(outline_of(once), "own").texts.size() == 1);
}

TEST_CASE("an action is as full as the fullest of its outcomes with every placeholder at its longest") {
    const outline seen = outline_of(sample_draft());
    const std::vector<fullness>& takes = seen.codes[1].leads.takes;
    CHECK(takes.at(0).pages.at(0).used == std::string_view{"mmmmmmmm"}.size() + 8 + 1 + 6 + 10 + 5 + 11);
    CHECK(takes.at(0).pages.at(0).most == 80);
    CHECK(seen.short_numbers[0].keywords[0].leads.takes.at(0).pages.at(0).most == 70);
}

TEST_CASE("an outcome after which the menu goes on has its line for 0") {
    const outline seen = outline_of(sample_draft());
    const outline_screen& account = screen_named(seen, "account");
    const length& is = key_of(account, "6").leads.takes.at(1).pages.at(0);
    CHECK(is.used == std::string_view{"Language: English\n0 Back"}.size());
}

TEST_CASE("placeholders stand in an outline's words as they are written, words of the pack as they read") {
    draft pack = sample_draft();
    put_text(pack, 0, "menu.balance.head", "Справка {{1}}: {support}");
    put_text(pack, 0, "prompt.own.ask", "От {min}:");
    const outline seen = outline_of(pack);
    CHECK(screen_named(seen, "balance").texts[0].words == "Справка {1}: 0550");
    CHECK(screen_named(seen, "own").texts[0].words == "От 8:");
}

TEST_CASE("a prompt that keeps its entry opens the screen after it") {
    const outline seen = outline_of(sample_draft());
    const outline_screen& whom = screen_named(seen, "whom");
    REQUIRE(whom.texts.size() == 2);
    CHECK(whom.texts[1].part == "wrong");
    REQUIRE(whom.enters);
    CHECK(name_opened(seen, *whom.enters) == "how_much");
}

} // namespace outline_test
