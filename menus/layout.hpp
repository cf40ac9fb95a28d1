// Cuts a menu into pages that fit a screen, an item never in two. Done when a pack is loaded, with each
// placeholder at its longest, so that a page never changes its place under a subscriber.
#pragma once

#include "menus/definition.hpp"
#include "menus/fit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kabinet::menus {

struct menu_parts {
    phrase head;                      // stands on the first page only
    std::optional<phrase> plain_head; // instead of it where what it says isn't known in time
    struct item {
        std::uint8_t key;
        phrase label;
    };
    std::vector<item> items;
    std::string more;                  // the line for `9`
    std::string zero_line;             // the longest of the lines for `0` it may get
    std::optional<phrase> held_head{}; // instead of the head where the account has what the menu is about
    std::optional<phrase> paused_head{};
};

struct laid_out {
    std::vector<page> pages;
    struct excess {
        std::uint8_t key; // of an item; 0 for the head
        length is;        // with its number and the lines for `9` and `0` that stand under it
    };
    std::vector<excess> too_long; // what fits no page
};

/// The texts of a menu or confirmation as one language of a draft has them; missing ones are empty.
[[nodiscard]] menu_parts parts_of(const draft&, const draft_language&, const draft_screen&,
                                  const pack_words&);

/// The first page with another head. The items stay where they are: it fits where it is no longer than the
/// head, which validation sees to.
[[nodiscard]] phrase with_head(const phrase& other, const menu_parts&, const page& first);

[[nodiscard]] laid_out lay_out(const menu_parts&, const screen_size&, const longest_values&);

} // namespace kabinet::menus
