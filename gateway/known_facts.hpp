// Which of the facts that a pack asks about hold, from what was read of the account, of its money and of what
// it has of what is sold.
#pragma once

#include "menus/definition.hpp"
#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/traits.hpp"

namespace kabinet::gateway {

[[nodiscard]] menus::fact_set facts_of(const menus::definition&, const store::account_traits&);
[[nodiscard]] menus::fact_set facts_of(const menus::definition&, const store::purse_view&);
[[nodiscard]] menus::fact_set facts_of(const menus::definition&, const store::holdings_view&);

} // namespace kabinet::gateway
