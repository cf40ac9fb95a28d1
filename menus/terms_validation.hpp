// The rule that terms are read before they are agreed to: which figures the head of a confirmation must say,
// by what it may be asking about, and the SMS that asks for a reply.
#pragma once

#include "menus/draft.hpp"
#include "values/finding.hpp"

#include <string_view>
#include <vector>

namespace kabinet::menus {

/// `head` is the screen's text in one language, `said` the same, parsed.
void validate_terms(const draft&, const draft_screen&, const draft_text& head, const phrase& said,
                    std::vector<finding>&);
/// The same of the SMS whose terms a reply agrees to; `name` is that of the text as it is served.
void validate_terms_by_sms(const draft&, std::string_view name, const draft_text&, const phrase& said,
                           std::vector<finding>&);

} // namespace kabinet::menus
