// What an outcome says of money, as four columns.
#pragma once

#include "store/effect.hpp"
#include "store/sqlite_connection.hpp"

namespace kabinet::store::sqlite {

/// `amount`, `fee`, `balance`, `points` from that column on.
[[nodiscard]] inline sums sums_at(const statement::rows& rows, int column) {
    const auto money_at = [&](int at) {
        const auto minor = rows.maybe<std::int64_t>(at);
        return minor ? std::optional{money::from_minor(*minor)} : std::nullopt;
    };
    return {money_at(column), money_at(column + 1), money_at(column + 2),
            rows.maybe<std::int64_t>(column + 3)};
}

} // namespace kabinet::store::sqlite
