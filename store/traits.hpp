// What a menu asks of an account beside its money, read for whoever stands before it. Decides nothing.
#pragma once

#include "values/access_level.hpp"

namespace kabinet::store {

/// Of a number without an account: as it would begin.
struct account_traits {
    bool has_way_in = false; // a login may succeed: by a live password, by PIN or by the SIM
    bool asks_code = false;  // after a password that is right
    access_level level = access_level::all_numbers; // the most the feed allows
};

} // namespace kabinet::store
