#include "menus/layout.hpp"

#include <doctest/doctest.h>

namespace layout_test {

using namespace kabinet::menus;

namespace {

phrase words(std::string text) {
    return {{{std::move(text), std::nullopt, {}}}};
}

menu_parts menu_of(std::string head, std::vector<std::string> labels) {
    menu_parts parts{words(std::move(head)), {}, {}, "9 More", "0 Back"};
    for (std::size_t at = 0; at < labels.size(); ++at)
        parts.items.push_back({static_cast<std::uint8_t>(at + 1), words(labels[at])});
    return parts;
}

std::vector<std::string> pages_of(const menu_parts& menu, std::size_t septets) {
    std::vector<std::string> pages;
    for (const page& one : lay_out(menu, {septets, septets}, {}).pages)
        pages.push_back(fill(one.body, {}));
    return pages;
}

} // namespace

TEST_CASE("what fits stands on one page without a line for more") {
    // "Head\n1 One\n2 Two\n0 Back" is 23 septets
    CHECK(pages_of(menu_of("Head", {"One", "Two"}), 23) == std::vector<std::string>{"Head\n1 One\n2 Two"});
}

TEST_CASE("one septet less turns the page before the item that no longer fits") {
    CHECK(pages_of(menu_of("Head", {"One", "Two"}), 22).size() == 1 + 1);
    CHECK(pages_of(menu_of("Head", {"One", "Two", "Three"}), 29) ==
          std::vector<std::string>{"Head\n1 One\n9 More", "2 Two\n3 Three"});
}

TEST_CASE("a long head stands alone on its page") {
    CHECK(pages_of(menu_of("A head of twenty....", {"An item of twenty..."}), 40) ==
          std::vector<std::string>{"A head of twenty....\n9 More", "1 An item of twenty..."});
}

TEST_CASE("pages know the last key they hold") {
    const laid_out made = lay_out(menu_of("Head", {"One", "Two", "Three"}), {29, 29}, {});
    REQUIRE(made.pages.size() == 2);
    CHECK(made.pages[0].last_key == 1);
    CHECK(made.pages[1].last_key == 3);
}

TEST_CASE("an item or a head that fits no page is named") {
    const laid_out item = lay_out(menu_of("Head", {"One", std::string(40, 'x'), "Three"}), {30, 30}, {});
    REQUIRE(item.too_long.size() == 1);
    CHECK(item.too_long[0].key == 2);
    CHECK(item.too_long[0].is.used == 40 + 2 + 7 + 7); // "2 …\n9 More\n0 Back"
    CHECK(item.too_long[0].is.most == 30);
    const laid_out last = lay_out(menu_of("Head", {"One", std::string(40, 'x')}), {30, 30}, {});
    REQUIRE(last.too_long.size() == 1);
    CHECK(last.too_long[0].is.used == 40 + 2 + 7); // nothing more follows
    const laid_out head = lay_out(menu_of(std::string(40, 'x'), {}), {30, 30}, {});
    REQUIRE(head.too_long.size() == 1);
    CHECK(head.too_long[0].key == 0);
    CHECK(head.too_long[0].is.used == 47);
    CHECK(lay_out(menu_of("Head", {"One"}), {30, 30}, {}).too_long.empty());
}

TEST_CASE("a head that stands alone must leave room for the line that leads on") {
    const menu_parts menu = menu_of("A head of twenty....", {"An item of twenty..."});
    CHECK(lay_out(menu, {34, 34}, {}).too_long.empty()); // "A head of twenty....\n9 More\n0 Back"
    const laid_out made = lay_out(menu, {33, 33}, {});
    REQUIRE(made.too_long.size() == 1);
    CHECK(made.too_long[0].key == 0);
    CHECK(made.too_long[0].is.used == 34);
}

TEST_CASE("one Russian letter makes the whole page count as Russian") {
    const laid_out made = lay_out(menu_of("Head", {"Один", "Two"}), {160, 20}, {});
    CHECK(made.pages.size() == 2);
}

TEST_CASE("placeholders count at their longest") {
    menu_parts menu = menu_of("", {"One", "Two"});
    menu.head = parse_phrase("{until}", {}).made;
    longest_values longest;
    longest.time = "22 Nov 12:40";
    CHECK(lay_out(menu, {31, 31}, longest).pages.size() == 1);
    longest.time += "!";
    CHECK(lay_out(menu, {31, 31}, longest).pages.size() == 2);
}

} // namespace layout_test
