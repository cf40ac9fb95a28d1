#include "values/language.hpp"

#include <doctest/doctest.h>

#include <string_view>

namespace language_test {

using namespace kabinet;

static_assert(language::from("en")->code() == "en");

TEST_CASE("two small letters are a language") {
    for (const std::string_view code : {"ru", "en", "aa", "zz", "kk"}) {
        CAPTURE(code);
        const auto spoken = language::from(code);
        REQUIRE(spoken.has_value());
        CHECK(spoken->code() == code);
    }
}

TEST_CASE("anything but two small letters is no language") {
    for (const std::string_view code :
         {"", "r", "rus", "RU", "Ru", "rU", "r1", "r ", "..", "`a", "a{", "я"}) {
        CAPTURE(code);
        CHECK_FALSE(language::from(code).has_value());
    }
}

TEST_CASE("the language nobody chose is Russian") {
    CHECK(language{}.code() == "ru");
    CHECK(language{} == language::from("ru"));
}

TEST_CASE("languages are equal and ordered by their letters") {
    CHECK(*language::from("en") != *language::from("ru"));
    CHECK(*language::from("en") < *language::from("ru"));
    CHECK(*language::from("ra") < *language::from("ru"));
}

} // namespace language_test
