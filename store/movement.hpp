// What is said of an account's money: sums, and entries as their subscriber sees them. Plain values.
#pragma once

#include "values/instant.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace kabinet::store {

/// What an outcome says of money.
struct sums {
    std::optional<money> amount; // moved, or lent
    std::optional<money> fee;
    std::optional<money> balance; // after it; of a refusal: as it is
    std::optional<std::int64_t> points;
    std::optional<msisdn> party; // the other side of a transfer
    std::optional<money> income; // of a month
    std::optional<money> spent;

    friend bool operator==(const sums&, const sums&) = default;
};

/// What an entry is for, as a statement groups them. The numbers are on disk.
enum class entry_kind : std::uint8_t {
    voucher = 1,
    payment = 2,
    bonus = 3,
    promise = 4,
    promise_fee = 5,
    promise_return = 6,
    leaving = 7, // the account is gone
    transfer = 8,
    transfer_fee = 9,
    service = 20, // connected
    service_fee = 21,
    tariff = 22, // changed
    tariff_fee = 23,
    package = 24,
};
/// `voucher` and so on.
[[nodiscard]] std::string_view name_of(entry_kind);
/// Nothing for another word.
[[nodiscard]] std::optional<entry_kind> find_entry_kind(std::string_view word);

/// An entry as its subscriber sees it.
struct movement {
    utc_time at{};
    entry_kind what{};
    money amount; // below zero: it went

    friend bool operator==(const movement&, const movement&) = default;
};

/// All of a kind that came in a time, or all of it that went.
struct total {
    entry_kind what{};
    money amount; // below zero: it went

    friend bool operator==(const total&, const total&) = default;
};

} // namespace kabinet::store
