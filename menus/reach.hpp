// Which screens of a draft can be come to from its codes, and how many keys deep.
#pragma once

#include "menus/draft.hpp"

#include <map>
#include <string>
#include <vector>

namespace kabinet::menus {

struct reached {
    std::map<std::string, std::size_t> depths; // the longest way to each screen, in keys
    std::vector<const draft_item*> circling;   // items that lead back to a screen above them
};

[[nodiscard]] reached find_depths(const draft&);

} // namespace kabinet::menus
