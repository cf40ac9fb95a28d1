// What a billing system is asked to do and what comes of it, in the words of docs/billing.yaml. Plain values;
// knows neither JSON nor HTTP.
#pragma once

#include "values/instant.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace kabinet::simulator {

struct top_up {
    msisdn who;
    std::string voucher; // its code

    friend bool operator==(const top_up&, const top_up&) = default;
};

struct take_promise {
    msisdn who;
    std::string offer;
    money amount;
    money fee;
    std::chrono::seconds term{};
    money floor;

    friend bool operator==(const take_promise&, const take_promise&) = default;
};

struct transfer {
    msisdn who;
    msisdn to;
    money amount;
    money fee;
    money least;

    friend bool operator==(const transfer&, const transfer&) = default;
};

/// What is in one was looked at: amounts are more than nothing, fees no less, terms `longest_term` at most.
using billing_order = std::variant<top_up, take_promise, transfer>;

inline constexpr std::chrono::seconds longest_term = std::chrono::days{36'525};

enum class order_refusal : std::uint8_t {
    wrong_voucher,
    used_voucher,
    old_voucher,
    promise_open,
    promise_unpaid,
    below_floor,
    short_of,
    unknown_party,
    full_purse,
    declined,
};

enum class operation_state : std::uint8_t {
    open,      // begun; any of the others may come
    done,      // and below: for good
    refused,   //
    cancelled, // before it was begun
};

/// What came of an operation up to now, with what is told of it.
struct operation_end {
    operation_state state = operation_state::open;
    std::optional<order_refusal> reason;
    std::optional<money> amount; // of a voucher
    std::optional<money> balance;
    std::optional<std::int64_t> points;
    std::optional<utc_time> until;
    std::optional<money> party_balance;

    friend bool operator==(const operation_end&, const operation_end&) = default;
};

} // namespace kabinet::simulator
