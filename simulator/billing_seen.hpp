// What a billing system's books say when they are asked, in the words of docs/billing.yaml. Plain values.
#pragma once

#include "simulator/billing_change.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::simulator {

struct purse_seen {
    money balance;
    std::int64_t points = 0;
    struct loan {
        money amount;
        utc_time due{};
    };
    std::optional<loan> promise;
};

struct movements_asked {
    utc_time totals_since{};
    utc_time listed_since{};
    std::size_t most = 10;
    std::optional<utc_time> until{};
};

struct billing_movement {
    utc_time at{};
    movement_kind kind{};
    money amount;
};

struct movements_total {
    movement_kind kind{};
    money amount;
};

struct movements_seen {
    money income; // without what was lent and went back
    money spent;
    std::vector<movements_total>
        totals; // what the two are made of: one a kind and direction, the largest first
    std::vector<billing_movement> last; // newest first
};

struct holdings_seen {
    money balance;
    std::vector<ware_held> has; // oldest first
};

} // namespace kabinet::simulator
