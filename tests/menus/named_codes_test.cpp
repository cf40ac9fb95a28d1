#include "menus/named_codes.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace named_codes_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

/// What is said of a word that reads so.
std::vector<finding> said_of(std::string word, draft pack = sample_draft()) {
    pack.words.emplace_back("new_password", marked_text{std::move(word), {"menus.toml", 9}});
    return validate(pack);
}

} // namespace

TEST_CASE("a word of the pack may name each code and each key that leads somewhere") {
    for (const char* code :
         {"*105#", "*105*00#", "*105*01#", "*105*7#", "*105*7*1#", "*105*7*2#", "*105*4#"}) {
        CAPTURE(code);
        CHECK(said_of(code).empty());
    }
    CHECK(said_of("*105*3*1#").empty());        // stops at the confirmation, which is what it is for
    CHECK(said_of("*105*01*secret1#").empty()); // no digits, so no code
}

TEST_CASE("a word that names a code nobody answers is a warning with its line") {
    for (const char* code :
         {"*106#", "*105*9#", "*105*5#", "*105*7*3#", "*105*2*1#", "*105*00*1#", "*105*0777#"}) {
        CAPTURE(code);
        const std::vector<finding> said = said_of(code);
        REQUIRE(said.size() == 1);
        CHECK(said[0].weighs == finding::weight::warning);
        CHECK(said[0].line == 9);
        CHECK(said[0].what.find("the word new_password names " + std::string{code}) == 0);
    }
}

TEST_CASE("a code is found in a text of any language, wherever it stands") {
    draft pack = sample_draft();
    put_text(pack, 1, "menu.balance.head", "Dial *105*9# or *105#, 2*2 is 4 *");
    const std::vector<finding> said = validate(pack);
    REQUIRE(said.size() == 1);
    CHECK(said[0].file == "en.toml");
    CHECK(said[0].what.find("the text menu.balance.head names *105*9#") == 0);
    CHECK_FALSE(is_refused(said));
}

TEST_CASE("a word without a code is nothing to warn of") {
    for (const char* word : {"0550", "lk.example.ru", "*", "#", "**", "*#", "a*b#", "* 105#"})
        CHECK(said_of(word).empty());
}

} // namespace named_codes_test
