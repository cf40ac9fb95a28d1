// What is wrong with what a draft sells: names, prices, periods, and what doesn't go with what.
#pragma once

#include "menus/draft.hpp"

#include <vector>

namespace kabinet::menus {

void validate_wares(const draft&, std::vector<finding>&);

} // namespace kabinet::menus
