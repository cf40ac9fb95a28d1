// What the rules ask about an account, from its rows.
#pragma once

#include "store/rules.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_subscribers.hpp"

#include <chrono>
#include <optional>

namespace kabinet::store::sqlite {

/// Of an account, or of a number that only the feed knows. What it points to is the account's. Nobody's
/// account is none. An account that was unused for `idle_after` is switched off.
[[nodiscard]] standing standing_of(const std::optional<account_row>&,
                                   const std::optional<subscriber_row>& in_feed, utc_time now,
                                   std::optional<std::chrono::seconds> idle_after);
[[nodiscard]] standing standing_of(const account_row&, utc_time now,
                                   std::optional<std::chrono::seconds> idle_after);

} // namespace kabinet::store::sqlite
