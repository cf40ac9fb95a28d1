// Words and contacts of a pack that none of its texts says.
#pragma once

#include "menus/doubts.hpp"
#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// Each is a finding where all texts could be read. `support` and `new_password` are said at /account, too.
/// A contact is a warning: the portal tells it.
void refuse_unused_words(const draft&, const doubts&, std::vector<finding>&);

} // namespace kabinet::menus
