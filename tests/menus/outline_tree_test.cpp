#include "menus/outline_tree.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace outline_tree_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream from{text};
    for (std::string line; std::getline(from, line);)
        lines.push_back(line);
    return lines;
}

std::string line_with(const std::string& tree, std::string_view part) {
    for (const std::string& line : lines_of(tree))
        if (line.find(part) != std::string::npos)
            return line;
    return {};
}

std::string drawn(const draft& pack = sample_draft()) {
    return draw_tree(outline_of(pack));
}

} // namespace

TEST_CASE("a tree has a line for each key with what it leads to and what that takes") {
    const std::string tree = drawn();
    CHECK(line_with(tree, "*105# → ").starts_with("*105# → menu account \"Баланс 120,50 р.\""));
    CHECK(line_with(tree, "1 Баланс").starts_with("├─ 1 Баланс, бонусы → menu balance \"Справка: 0550\""));
    CHECK(line_with(tree, "2 Пополнить").starts_with("├─ 2 Пополнить → does issue_password "));
    CHECK(line_with(tree, "3 Обещ.").starts_with("├─ 3 Обещ. платеж → confirmation order"));
    CHECK(line_with(tree, "1 Да").starts_with("│  └─ 1 Да → does list_archive"));
    CHECK(line_with(tree, "4 Расходы").ends_with("ru 8/80         en 7/160"));
    CHECK(line_with(tree, "8 Прочее").starts_with("└─ 8 Прочее → does list_archive"));
    CHECK(line_with(tree, "any other code").starts_with("any other code → tells no_such_code"));
}

TEST_CASE("pages stand beside each other in a tree") {
    const std::string account = line_with(drawn(), "*105# → ");
    CHECK_MESSAGE(account.find("ru 76/80 59/80  en ") != std::string::npos, account);
}

TEST_CASE("a prompt's questions and its entry grow from it in a tree") {
    const std::string tree = drawn();
    CHECK(line_with(tree, "→ prompt own").starts_with("│  └─ 2 Свой → prompt own, tries: 3"));
    CHECK(line_with(tree, "ask").starts_with("│     ├─ ask \"Новый пароль:\""));
    CHECK(line_with(tree, "again").starts_with("│     ├─ again \"Еще раз:\""));
    CHECK(line_with(tree, "mismatch").starts_with("│     ├─ mismatch"));
    CHECK(line_with(tree, "entry").starts_with("│     └─ entry → does choose_password"));
}

TEST_CASE("a screen is drawn where the first way leads to it, and pointed to from the others") {
    const std::string tree = drawn();
    CHECK(line_with(tree, "*105*01#") == "*105*01# → prompt own, see *105*7*2#");
    CHECK(tree.find("Еще раз:") == tree.rfind("Еще раз:"));
}

TEST_CASE("short numbers stand in a tree with their keywords") {
    const std::string tree = drawn();
    CHECK(tree.find("\nSMS to 000110, 0001100\n├─ without text → does issue_password ") != std::string::npos);
    CHECK(line_with(tree, "PAS").starts_with("├─ PAS → does choose_password"));
    CHECK(line_with(tree, "anything else").starts_with("└─ anything else → tells help"));
    CHECK(line_with(tree, "anything else").find("/70") != std::string::npos);
}

TEST_CASE("no line of a tree is wider than a terminal") {
    draft pack = sample_draft();
    put_text(pack, 0, "menu.account.7", "Пароль, логин, вход и все остальное, что к ним относится");
    put_text(pack, 0, "menu.password.head", std::string(40, 'x') + "\n" + std::string(20, 'y'));
    put_text(pack, 0, "menu.password.2", std::string(60, 'z'));
    const std::string tree = drawn(pack);
    for (const std::string& line : lines_of(tree))
        CHECK_MESSAGE(count_utf16(line).value() <= 100, line);
    CHECK(line_with(tree, "и все остальное").find('"') == std::string::npos);
}

TEST_CASE("what a text takes goes under a line that has no room for it") {
    draft pack = sample_draft();
    pack.screens.front().items[3].leads = says("a_name_that_nobody_would_want_to_read_on_a_narrow_screen");
    for (std::size_t in : {0U, 1U})
        put_text(pack, in, "a_name_that_nobody_would_want_to_read_on_a_narrow_screen", "Ok.");
    const std::string tree = drawn(pack);
    CHECK(tree.find("narrow_screen\n│       ru 3/160\n│       en 3/160\n") != std::string::npos);
}

TEST_CASE("unknown codes may open a menu that a tree has drawn") {
    draft pack = sample_draft();
    pack.unknown_code = leads_to("account");
    CHECK(line_with(drawn(pack), "any other code") == "any other code → menu account, see *105#");
}

TEST_CASE("an item that may be away says in a tree on what it is there") {
    draft pack = sample_draft();
    put_text(pack, 0, "nav.hidden", "Нет.");
    put_text(pack, 1, "nav.hidden", "No.");
    pack.screens[0].items[1].leads.when = "not promise";
    CHECK(line_with(drawn(pack), "2 Пополнить")
              .starts_with("├─ 2 Пополнить [not promise] → does issue_password"));
}

} // namespace outline_tree_test
