// The orders to a billing system in a database whose gateway is gone: what each was for, and how it ended.
#pragma once

#include "store/outcome.hpp"
#include "store/request.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::tests {

struct order_seen {
    std::string name; // as the billing system knows it
    msisdn who;
    store::effect_kind what{};
    store::channel by{};
    std::optional<money> amount;
    std::optional<msisdn> party;
    std::optional<store::verdict> came; // none: it is open
};

/// All rows, oldest first.
[[nodiscard]] std::vector<order_seen> read_orders(const std::filesystem::path& database);

} // namespace kabinet::tests
