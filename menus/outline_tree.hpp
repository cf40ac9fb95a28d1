// An outline as a tree of lines for a terminal of 100 columns. Knows nothing of packs beyond their outline.
#pragma once

#include "menus/outline.hpp"

#include <string>

namespace kabinet::menus {

/// A screen that several ways lead to is drawn where the first of them does; the others say where that is.
[[nodiscard]] std::string draw_tree(const outline&);

} // namespace kabinet::menus
