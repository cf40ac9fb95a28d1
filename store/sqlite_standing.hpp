// What the rules ask about an account, from its rows.
#pragma once

#include "store/rules.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_subscribers.hpp"

#include <optional>

namespace kabinet::store::sqlite {

/// Of an account, or of a number that only the feed knows. What it points to is the account's. Nobody's
/// account is none.
[[nodiscard]] standing standing_of(const std::optional<account_row>&,
                                   const std::optional<subscriber_row>& in_feed, utc_time now);
[[nodiscard]] standing standing_of(const account_row&, utc_time now);

} // namespace kabinet::store::sqlite
