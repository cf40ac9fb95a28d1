// What the pack sells, as the store takes it: the terms that were shown go along.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"
#include "menus/page.hpp"
#include "store/effect.hpp"
#include "store/holdings.hpp"
#include "store/outcome.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

[[nodiscard]] store::ware_kind ware_kind_of(menus::offer_kind); // of what is sold

[[nodiscard]] store::connect_service connect(const menus::offer&);
[[nodiscard]] store::change_tariff change_to(const menus::offer&);
[[nodiscard]] store::buy_package buy(const menus::offer&);

[[nodiscard]] store::disconnect_service disconnect(const menus::offer_name&);
[[nodiscard]] store::stop_package stop(const menus::offer_name&);

/// Nothing for an action that is about nothing sold.
[[nodiscard]] std::optional<store::effect> order_of(menus::action_kind, const menus::offer&);

/// Says in `came` which tariff the account has, and how that is called: `shown`, `shown_free` or `paused`.
[[nodiscard]] std::string_view tell_tariff(const store::holdings_view&, const menus::definition&,
                                           store::outcome& came);

/// What a text of the pack may say of what the account has; none for a text about nothing.
[[nodiscard]] std::optional<menus::title_name> title_of(const store::subject&);
[[nodiscard]] std::optional<menus::title_name> other_of(const store::subject&);

/// Whether the account has that, chosen or as the tariff of whoever chose none.
[[nodiscard]] bool has(const store::holdings_view&, const menus::offer&);

/// Whether the account has the one thing that a screen is about; where it does, by its own terms and not the
/// pack's.
void add_state(const store::holdings_view&, const menus::offer&, menus::fields& to);

} // namespace kabinet::gateway
