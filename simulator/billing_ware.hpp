// What is sold and what a number has of it, in the words of docs/billing.yaml. Plain values.
#pragma once

#include "values/instant.hpp"
#include "values/money.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace kabinet::simulator {

enum class ware_kind : std::uint8_t { service, tariff, package };

/// Of a package: what it holds, or what is left.
struct allowance {
    std::int64_t minutes = 0;
    std::int64_t sms = 0;
    std::int64_t megabytes = 0;

    friend bool operator==(const allowance&, const allowance&) = default;
};
/// No number has more of one of them.
inline constexpr std::int64_t most_units = 9'999'999;
[[nodiscard]] allowance operator+(const allowance&, const allowance&);
[[nodiscard]] bool is_within_bounds(const allowance&);

struct ware_terms {
    std::string name;
    money price;                   // once
    money fee;                     // of the first period at once, of each later one when it begins
    std::chrono::seconds period{}; // none: there is no fee
    std::chrono::seconds kept{};   // unpaid, before it ends; none: for good

    [[nodiscard]] money at_once() const { return price + fee; }

    friend bool operator==(const ware_terms&, const ware_terms&) = default;
};

/// By which a number's journal knows one.
struct ware_name {
    ware_kind kind{};
    std::string name;

    friend bool operator==(const ware_name&, const ware_name&) = default;
    friend auto operator<=>(const ware_name&, const ware_name&) = default;
};

struct ware_held {
    ware_kind kind{};
    ware_terms on;
    utc_time since{};
    std::optional<utc_time> due;    // of its next fee; of one that doesn't renew or is paused: its end
    std::optional<utc_time> paused; // since then its fee could not be paid
    bool renews = true;
    allowance holds; // of a package, when a period begins
    allowance left;

    [[nodiscard]] ware_name name() const { return {kind, on.name}; }
};

} // namespace kabinet::simulator
