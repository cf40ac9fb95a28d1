#include "store/ledger.hpp"

#include <algorithm>

namespace kabinet::store {

void operation::move(purse from, purse to, entry_kind what, money amount) {
    if (amount == money{})
        return;
    entries.push_back({from, unit::money, what, -amount.minor()});
    entries.push_back({to, unit::money, what, amount.minor()});
}

void operation::move_points(purse from, purse to, entry_kind what, std::int64_t amount) {
    if (amount == 0)
        return;
    entries.push_back({from, unit::points, what, -amount});
    entries.push_back({to, unit::points, what, amount});
}

bool is_balanced(std::span<const ledger_entry> entries) {
    std::int64_t money_left = 0, points_left = 0;
    for (const ledger_entry& each : entries)
        (each.in == unit::money ? money_left : points_left) += each.amount;
    return money_left == 0 && points_left == 0 &&
           std::ranges::none_of(entries, [](const ledger_entry& each) { return each.amount == 0; });
}

} // namespace kabinet::store
