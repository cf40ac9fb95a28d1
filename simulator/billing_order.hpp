// What a billing system is asked to do and what comes of it, in the words of docs/billing.yaml. Plain values;
// knows neither JSON nor HTTP.
#pragma once

#include "simulator/billing_ware.hpp"
#include "values/instant.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

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

struct connect_service {
    msisdn who;
    ware_terms on;
    std::vector<std::string> conflicts; // services that it doesn't go with

    friend bool operator==(const connect_service&, const connect_service&) = default;
};

struct disconnect_service {
    msisdn who;
    std::string name;

    friend bool operator==(const disconnect_service&, const disconnect_service&) = default;
};

struct change_tariff {
    msisdn who;
    ware_terms on;
    bool is_default = false; // whoever never chose one has it

    friend bool operator==(const change_tariff&, const change_tariff&) = default;
};

struct buy_package {
    msisdn who;
    ware_terms on;
    allowance holds;
    bool renews = true;

    friend bool operator==(const buy_package&, const buy_package&) = default;
};

struct stop_package {
    msisdn who;
    std::string name;

    friend bool operator==(const stop_package&, const stop_package&) = default;
};

/// What is in one was looked at: amounts are more than nothing, fees no less, terms `longest_term` at most.
using billing_order = std::variant<top_up, take_promise, transfer, connect_service, disconnect_service,
                                   change_tariff, buy_package, stop_package>;

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
    already_connected,
    conflict,
    not_connected,
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
    bool is_extended = false;            // of a package: it was there before
    std::optional<std::string> conflict; // the service that is there and doesn't go with it

    friend bool operator==(const operation_end&, const operation_end&) = default;
};

} // namespace kabinet::simulator
