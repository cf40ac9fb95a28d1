// Codes that the words of a pack name for people to dial, held against the codes that it answers.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// A warning for each `*…#` in `[words]` and in the texts that no code of the pack leads anywhere by: another
/// system of the operator's may answer it.
void warn_of_named_codes(const draft&, std::vector<finding>&);

} // namespace kabinet::menus
