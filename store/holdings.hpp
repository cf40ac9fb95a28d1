// All that an account has of what is sold, as it is read.
#pragma once

#include "store/rules.hpp"
#include "store/wares.hpp"

#include <optional>
#include <vector>

namespace kabinet::store {

struct holdings_view {
    bool is_known = false; // as purse_view has them
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid;
    std::optional<language> speaks;
    money balance;
    std::vector<holding> has; // the oldest first

    /// Null where the account has it not.
    [[nodiscard]] const holding* find(ware_kind, std::string_view name) const;
    /// Null where none was ever chosen.
    [[nodiscard]] const holding* find_tariff() const;
};

} // namespace kabinet::store
