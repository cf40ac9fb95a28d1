// Everything wrong with a draft, at once: what leads nowhere, what can't be come to, what isn't said in
// every language, what doesn't fit its channel. Changes nothing and guesses nothing.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// In the order of the files' lines. A draft that nothing refuses can be made a definition; warnings don't.
[[nodiscard]] std::vector<finding> validate(const draft&);

} // namespace kabinet::menus
