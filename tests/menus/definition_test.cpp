#include "menus/definition.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

namespace definition_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("a definition knows its screens by number and its items by key") {
    const definition& pack = sample_pack();
    REQUIRE(pack.screens.size() == 22);
    const screen& account = pack.screens[0];
    CHECK(std::get<opens>(account.items[1]).screen == 1);
    CHECK(std::get<does>(account.items[4]).text == "closed");
    CHECK(std::holds_alternative<std::monostate>(account.items[5]));
    CHECK(std::get<does>(account.items[6]).stays);
    CHECK(pack.screens[4].enters.what == action_kind::choose_password);
}

TEST_CASE("the first language stands in for those the pack doesn't have") {
    CHECK(sample_pack().speak(english).code == english);
    CHECK(sample_pack().speak(*language::from("tt")).code == russian);
}

TEST_CASE("each short number has its commands") {
    const definition& pack = sample_pack();
    REQUIRE(pack.short_numbers.size() == 3);
    CHECK(pack.short_numbers[1].number == "0001100");
    CHECK(pack.short_numbers[1].empty.has_value());
    CHECK(pack.short_numbers[2].commands[0].keyword == "PAS");
}

TEST_CASE("texts are found by their whole names only") {
    CHECK(sample_pack().find_text("nav.bye"));
    CHECK_FALSE(sample_pack().find_text("nav"));
    CHECK_FALSE(sample_pack().find_text("any.busy.screen"));
}

TEST_CASE("a draft that was not validated is no definition") {
    draft pack = sample_draft();
    pack.codes[0].leads.opens = "nowhere";
    CHECK_THROWS_AS((void)define(pack), std::logic_error);
}

} // namespace definition_test
