#include "menus/reach.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace reach_test {

using namespace kabinet;
using namespace kabinet::menus;

TEST_CASE("a screen is as deep as the longest way to it") {
    const reached from_codes = find_depths(sample_draft());
    CHECK(from_codes.depths.at("account") == 0);
    CHECK(from_codes.depths.at("balance") == 1);
    CHECK(from_codes.depths.at("own") == 2); // its own code leads to it too
    CHECK(from_codes.circling.empty());
}

TEST_CASE("a screen nothing leads to isn't reached") {
    draft pack = sample_draft();
    pack.screens.push_back(menu_of("island", {}));
    CHECK_FALSE(find_depths(pack).depths.contains("island"));
}

TEST_CASE("a circle is found and walked once") {
    draft pack = sample_draft();
    pack.screens[1].items.push_back({"1", leads_to("account")});
    pack.screens[1].items.push_back({"2", leads_to("balance")});
    const reached from_codes = find_depths(pack);
    REQUIRE(from_codes.circling.size() == 2);
    CHECK(from_codes.circling.front()->key == "1");
}

} // namespace reach_test
