#include "menus/typed.hpp"

#include <doctest/doctest.h>

#include <string>

namespace typed_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::string_view_literals;

TEST_CASE("blanks of every kind are trimmed from both ends only") {
    CHECK(trim(" \t\u00A0a b\u202F\r\n") == "a b");
    CHECK(trim("\0"sv).empty());
    CHECK(trim("").empty());
    CHECK(trim(" \u3000 ").empty());
    CHECK(trim("слово") == "слово");
}

TEST_CASE("broken UTF-8 is trimmed no further than it can be read") {
    CHECK(trim(" \xFF ") == "\xFF ");
    CHECK(trim("a\xD0") == "a\xD0");
}

TEST_CASE("a text has blanks when any character of it is one") {
    CHECK(has_blanks("a b"));
    CHECK(has_blanks("a\u00A0b"));
    CHECK(has_blanks("a\u200Bb"));
    CHECK_FALSE(has_blanks("ab"));
    CHECK_FALSE(has_blanks(""));
    CHECK_FALSE(has_blanks("\xFF "));
}

TEST_CASE("full-width characters are narrowed and others left alone") {
    CHECK(narrow(U'０') == U'0');
    CHECK(narrow(U'＊') == U'*');
    CHECK(narrow(U'＃') == U'#');
    CHECK(narrow(U'a') == U'a');
    CHECK(narrow(U'я') == U'я');
}

TEST_CASE("keywords that look alike fold to the same one") {
    CHECK(view(fold_keyword("раѕ")) == "PAS");
    CHECK(view(fold_keyword("СТОП")) == view(fold_keyword("стоп")));
    CHECK(view(fold_keyword("да")) == "ДA"); // only А has a Latin twin
    CHECK(view(fold_keyword("ＯО0")) == "OO0");
    CHECK(view(fold_keyword("ёж")) == view(fold_keyword("ЁЖ")));
}

TEST_CASE("what is too long or broken is no keyword") {
    CHECK(fold_keyword(std::string(65, 'A')).empty());
    CHECK(fold_keyword(std::string(64, 'A')).size() == 64);
    CHECK(fold_keyword(std::string(5'000, 'A')).empty());
    CHECK(fold_keyword("PA\xFF").empty());
    CHECK(fold_keyword("").empty());
}

} // namespace typed_test
