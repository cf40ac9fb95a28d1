// What is wrong with the conditions of a draft's items.
#pragma once

#include "menus/doubts.hpp"
#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// A condition that names what there isn't or that never holds; a menu that would show no item to somebody.
void validate_conditions(const draft&, const doubts&, std::vector<finding>&);

} // namespace kabinet::menus
