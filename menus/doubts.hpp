// What isn't known of a draft because something in it wasn't understood, or names what isn't there. Whatever
// rests on that is not told: it may be false, and goes by itself when the other is mended.
#pragma once

#include "menus/draft.hpp"

#include <set>
#include <string>

namespace kabinet::menus {

struct doubts {
    bool of_tables = false; // some table, key or value of menus.toml
    bool of_reach = false;  // and so, or for a screen that isn't there, what leads to a screen
    bool of_uses = false;   // and so, or for an action or an offer that isn't there, which texts are said
    std::set<std::string> screens; // nothing leads there, as far as that is known
    std::set<std::string> offers;  // nothing names them, as far as that is known
    std::set<std::string> lacking; // offers that something names, and that aren't there

    friend bool operator==(const doubts&, const doubts&) = default;
};

[[nodiscard]] doubts find_doubts(const draft&);

} // namespace kabinet::menus
