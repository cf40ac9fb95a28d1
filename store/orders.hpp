// What another system is asked to do for a wish. It may take long, and its answer may be lost: so an order is
// written before it is asked for, and ended once it is known what came of it. Plain values.
#pragma once

#include "store/outcome.hpp"
#include "store/request.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace kabinet::store {

/// A wish that was judged. `came` is `under_way` where it was granted, and the order is to be asked for now,
/// once; anything else is the end of it, a refusal or a repeat.
struct begun_order {
    outcome came;
    std::optional<request_id> name; // by which the other system is to know it
};

/// What came of an order.
struct order_end {
    verdict is = verdict::not_done;
    sums says{};                     // what the order itself doesn't say
    std::optional<utc_time> until{}; // of a promised payment: when it goes back
    std::optional<money> party_balance{};
    std::string conflict{}; // of that verdict: the service that is there
};

/// Where orders are asked for, as host and port; empty: nowhere, money is kept here.
struct billing_place {
    std::string at;
    std::string moved_from{}; // the same system's place before; empty: it didn't move
};

/// One whose end isn't known.
struct open_order {
    std::int64_t seq = 0;
    request_id name{};
    effect_kind what{};
};

} // namespace kabinet::store
