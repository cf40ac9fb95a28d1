// What is wrong with the addresses of a draft's contacts, and with where they stand.
#pragma once

#include "menus/draft.hpp"

#include <vector>

namespace kabinet::menus {

void validate_contacts(const draft&, std::vector<finding>&);

} // namespace kabinet::menus
