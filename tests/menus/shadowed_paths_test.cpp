#include "menus/shadowed_paths.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace shadowed_paths_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

std::vector<finding> found_with(std::string code, draft_target leads) {
    draft pack = sample_draft();
    leads.where = {"menus.toml", 70};
    pack.codes.push_back({std::move(code), std::move(leads)});
    std::vector<finding> findings;
    refuse_shadowed_paths(pack, findings);
    return findings;
}

} // namespace

TEST_CASE("a code that takes an item's path is refused") {
    const draft pack = sample_draft();
    const draft_item& first = pack.screens.front().items.front();
    REQUIRE(pack.screens.front().name == "account");
    const std::string path = "*105*" + first.key + '#';
    const auto said = found_with(path, acts("list_archive"));
    REQUIRE(said.size() == 1);
    CHECK(said.front().what == path + " is the path to the item at line " +
                                   std::to_string(first.leads.where.line) +
                                   ", too, which leads elsewhere: whoever dials it never comes to that item");
    CHECK(said.front().line == 70);
    CHECK(found_with(path, first.leads).empty());          // the same
    CHECK(found_with("*105*99#", says("closed")).empty()); // no item's
    CHECK(found_with("*106*1#", says("closed")).empty());  // no code's above it
}

TEST_CASE("a code below an action, or beneath what only a dialogue comes to, takes nobody's path") {
    CHECK(found_with("*105*00*1#", says("closed")).empty());
    CHECK(found_with("*105*01*1#", says("closed")).empty()); // an entry at a prompt
}

} // namespace shadowed_paths_test
