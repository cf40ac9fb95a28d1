// By when a call is promised: the time counts in the hours when calls are made.
#pragma once

#include "menus/definition.hpp"
#include "values/instant.hpp"

#include <string_view>

namespace kabinet::menus {

/// Of one that is asked for at `now`; the hours are those of `zone`, an IANA name.
[[nodiscard]] utc_time call_due(const call_policy&, std::string_view zone, utc_time now);

} // namespace kabinet::menus
