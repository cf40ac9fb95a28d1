#include "menus/dialled.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace dialled_test {

using namespace kabinet::menus;

namespace {

std::vector<std::string> parts_of(std::string_view dialled) {
    const dialled_parts taken = take_apart(dialled);
    return {taken.parts.begin(), taken.parts.end()};
}

} // namespace

TEST_CASE("a dialled string is cut at stars and hashes and blanks") {
    const std::vector<std::string> expected{"105", "00"};
    for (const char* dialled : {"*105*00#", "*105*00", "105*00", "#105#00#", " 105 00 ", "105*00#\n"}) {
        CAPTURE(dialled);
        CHECK(parts_of(dialled) == expected);
    }
}

TEST_CASE("an empty part in the middle stays") {
    CHECK(parts_of("*105**1#") == std::vector<std::string>{"105", "", "1"});
}

TEST_CASE("nothing dialled is no parts") {
    for (const char* dialled : {"", "#", "**##", " "})
        CHECK(parts_of(dialled).empty());
}

TEST_CASE("a string of more parts than any code is none") {
    std::string endless = "1";
    for (int at = 0; at < 30; ++at)
        endless += "*1";
    CHECK(parts_of(endless).empty());
}

} // namespace dialled_test
