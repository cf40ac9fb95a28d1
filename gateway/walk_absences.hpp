// Why something isn't on a screen that is walked: items on conditions, offers that aren't sold any more.
#pragma once

#include "menus/definition.hpp"
#include "menus/dialogue.hpp"

#include <string>
#include <vector>

namespace kabinet::gateway {

/// A line for each item of that screen that isn't there, with its condition, and one for an offer that the
/// screen is about and that nobody gets any more.
[[nodiscard]] std::vector<std::string> tell_absences(const menus::definition&, const menus::place&);

} // namespace kabinet::gateway
