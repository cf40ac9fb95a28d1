#include "menus/phrase.hpp"

#include <doctest/doctest.h>

namespace phrase_test {

using namespace kabinet::menus;

namespace {

const pack_words words{{"portal", "lk.example.org"}};

std::string fault_of(std::string_view text) {
    const parsed_phrase parsed = parse_phrase(text, words);
    return parsed.faults.empty() ? "" : parsed.faults.front().sentence;
}

} // namespace

TEST_CASE("a text without braces is one fixed piece") {
    const phrase made = parse_phrase("Личный кабинет", words).made;
    CHECK(made.is_fixed());
    CHECK(made.pieces.front().words == "Личный кабинет");
}

TEST_CASE("words of the pack melt into the text around them") {
    const phrase made = parse_phrase("На {portal} и {portal}.", words).made;
    CHECK(made.is_fixed());
    CHECK(made.pieces.front().words == "На lk.example.org и lk.example.org.");
}

TEST_CASE("placeholders stand between the words around them") {
    const phrase made = parse_phrase("до {until}, {login}", words).made;
    REQUIRE(made.pieces.size() == 4);
    CHECK(made.pieces[1].filled == placeholder::until);
    CHECK(made.pieces[2].words == ", ");
    CHECK(made.holds(placeholder::login));
    CHECK_FALSE(made.holds(placeholder::password));
    CHECK_FALSE(made.is_fixed());
}

TEST_CASE("a count carries its forms") {
    const phrase made = parse_phrase("{count|вход|входа|входов}", words).made;
    REQUIRE(made.pieces.size() == 1);
    CHECK(made.pieces.front().forms == std::vector<std::string>{"вход", "входа", "входов"});
}

TEST_CASE("doubled braces stand for themselves") {
    CHECK(parse_phrase("a {{b}} c", words).made.pieces.front().words == "a {b} c");
}

TEST_CASE("each mistake in braces is told") {
    CHECK(fault_of("a {b") == "a { without its }");
    CHECK(fault_of("a } b") == "a } without its {");
    CHECK(fault_of("{portol}") ==
          "{portol} is neither a placeholder nor a word of the pack: did you mean {portal}?");
    CHECK(fault_of("{untill}") ==
          "{untill} is neither a placeholder nor a word of the pack: did you mean {until}?");
    CHECK(fault_of("{}") == "{} is neither a placeholder nor a word of the pack");
    CHECK(fault_of("{until|a|b}") == "{until} has no forms: only {count|...} has");
    CHECK(parse_phrase("{a} {b} {c}", words).faults.size() == 3);
}

TEST_CASE("every placeholder is found by its name") {
    for (unsigned at = 0; at <= static_cast<unsigned>(placeholder::by); ++at) {
        const auto one = static_cast<placeholder>(at);
        CHECK(find_placeholder(name_of(one)) == one);
    }
    CHECK_FALSE(find_placeholder("nothing"));
}

} // namespace phrase_test
