// The rule that terms are read before they are agreed to: which figures the head of a confirmation must say,
// by what it may be asking about.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <vector>

namespace kabinet::menus {

/// `head` is the screen's text in one language, `said` the same, parsed.
void validate_terms(const draft&, const draft_screen&, const draft_text& head, const phrase& said,
                    std::vector<finding>&);

} // namespace kabinet::menus
