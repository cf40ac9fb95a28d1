// Service codes that are paths, too: `*105*7#` beside a menu at `*105#` with an item 7.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// The longer code always leads, so no path comes to such an item, and the screens below it name codes that
/// lead elsewhere. One that leads where the item does is welcome.
void refuse_shadowed_paths(const draft&, std::vector<finding>&);

} // namespace kabinet::menus
