// What an outcome says of money, and what it is about, as columns.
#pragma once

#include "store/movement.hpp"
#include "store/sqlite_connection.hpp"

namespace kabinet::store::sqlite {

/// `amount`, `fee`, `balance`, `points`, `party`, `income`, `spent` from that column on.
[[nodiscard]] inline sums sums_at(const statement::rows& rows, int column) {
    const auto money_at = [&](int at) {
        const auto minor = rows.maybe<std::int64_t>(at);
        return minor ? std::optional{money::from_minor(*minor)} : std::nullopt;
    };
    const auto party = rows.maybe<std::uint64_t>(column + 4);
    return {money_at(column),
            money_at(column + 1),
            money_at(column + 2),
            rows.maybe<std::int64_t>(column + 3),
            party ? std::optional{msisdn::from_digits(*party)} : std::nullopt,
            money_at(column + 5),
            money_at(column + 6)};
}

/// `about`, `other`, `period` from that column on.
[[nodiscard]] inline subject subject_at(const statement::rows& rows, int column) {
    subject read{std::string{rows.text(column)}, std::string{rows.text(column + 1)}, {}};
    if (!rows.is_null(column + 2))
        read.period = std::chrono::duration_cast<std::chrono::seconds>(
            std::chrono::microseconds{rows.integer(column + 2)});
    return read;
}

} // namespace kabinet::store::sqlite
