// What a pack sells and what an account has of it, as plain values: the terms that were shown go with the
// account. Knows no pack and no words.
#pragma once

#include "values/instant.hpp"
#include "values/money.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// The numbers are on disk.
enum class ware_kind : std::uint8_t { service = 1, tariff = 2, package = 3 };
/// `service` and so on.
[[nodiscard]] std::string_view name_of(ware_kind);

/// Of a package: what it holds, or what is left.
struct allowance {
    std::int64_t minutes = 0;
    std::int64_t sms = 0;
    std::int64_t megabytes = 0;

    friend bool operator==(const allowance&, const allowance&) = default;
};
/// No account has more of one of them.
inline constexpr std::int64_t most_units = 9'999'999;
[[nodiscard]] allowance operator+(const allowance&, const allowance&);
[[nodiscard]] bool is_within_bounds(const allowance&);

struct ware_terms {
    std::string name;              // in the pack
    money price;                   // once
    money fee;                     // of the first period at once, of each later one when it begins
    std::chrono::seconds period{}; // none: there is no fee
    std::chrono::seconds kept{};   // unpaid, before it ends; none: for good

    [[nodiscard]] money at_once() const { return price + fee; }
};

struct connect_service {
    ware_terms on;
    std::vector<std::string> conflicts; // services that it doesn't go with
};

/// Nothing is paid back.
struct disconnect_service {
    std::string name;
};

/// From now on, and not back to the one before.
struct change_tariff {
    ware_terms on;
    bool is_default = false; // whoever never chose one has it
};

/// One that the account has is extended: what it holds is added, and its period begins anew.
struct buy_package {
    ware_terms on;
    allowance holds;
    bool renews = true; // another period begins when this one is over
};

/// It ends when its period is over.
struct stop_package {
    std::string name;
};

/// What an account has of one thing.
struct holding {
    ware_kind kind = ware_kind::service;
    std::string name;
    money fee;
    std::chrono::seconds period{};
    utc_time since{};
    std::optional<utc_time> due; // of its next fee; of one that doesn't renew or is paused: its end
    bool is_paused = false;      // its fee could not be paid
    bool renews = true;
    allowance holds; // of a package, when a period begins
    allowance left;

    friend bool operator==(const holding&, const holding&) = default;
};

/// What became of one by itself.
enum class ware_event : std::uint8_t { paused, resumed, renewed, ended };

/// What an outcome is about, by the names of the texts that call it so: `service.beep`.
struct subject {
    std::string what;
    std::string other; // that it doesn't go with
    std::optional<std::chrono::seconds> period;

    friend bool operator==(const subject&, const subject&) = default;
};
[[nodiscard]] std::string name_text(ware_kind, std::string_view name);

} // namespace kabinet::store
