// The half of validation that reads the texts: all there, in their alphabet, naming only what they may,
// and short enough with every placeholder at its longest.
#pragma once

#include "menus/doubts.hpp"
#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

void validate_texts(const draft&, const doubts&, std::vector<finding>&);

} // namespace kabinet::menus
