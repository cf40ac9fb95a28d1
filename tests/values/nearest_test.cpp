#include "values/nearest.hpp"

#include <doctest/doctest.h>

namespace nearest_test {

using namespace kabinet;

TEST_CASE("letters put in, left out, changed and swapped are counted") {
    CHECK(letters_between("help", "help") == 0);
    CHECK(letters_between("hepl", "help") == 1);
    CHECK(letters_between("open", "opens") == 1);
    CHECK(letters_between("opens", "open") == 1);
    CHECK(letters_between("pin", "min") == 1);
    CHECK(letters_between("", "abc") == 3);
    CHECK(letters_between("abc", "") == 3);
    CHECK(letters_between("issue_pasword", "issue_password") == 1);
    CHECK(letters_between("kitten", "sitting") == 3);
}

TEST_CASE("the nearest name is meant, and none that is nothing like it") {
    const std::vector<std::string> known{"password", "passwords", "voucher", "min"};
    CHECK(nearest("pasword", known) == "password");
    CHECK(nearest("passwrods", known) == "passwords");
    CHECK(nearest("mim", known) == "min");
    CHECK(nearest("max", known).empty());
    CHECK(nearest("x", known).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest("colour", known).empty());
    CHECK(nearest("min", {"min"}).empty()); // that is what was written
    CHECK(nearest(std::string(5'000, 'x'), {std::string(5'000, 'y'), std::string(4'999, 'x')}).empty());
}

TEST_CASE("a guess ends a sentence, or is nothing") {
    CHECK("there is no x" + guess("hepl", {"help"}) == "there is no x: did you mean help?");
    CHECK(guess("untill", {"until"}, "{", "}") == ": did you mean {until}?");
    CHECK(guess("colour", {"help"}).empty());
}

} // namespace nearest_test
