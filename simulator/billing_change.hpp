// One step of a billing system's books, as its journal keeps it: entered again in the same order, the steps
// make the same books, whatever the settings are by then.
#pragma once

#include "simulator/billing_order.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kabinet::simulator {

/// The operator's own purses: where what comes onto an account comes from, and where it goes.
enum class own_purse : std::uint8_t { opening, vouchers, payments, bonuses, promises, fees };

/// A subscriber's, or one of the operator's.
using billing_purse = std::variant<msisdn, own_purse>;

/// All but the first are told as docs/billing.yaml names them.
enum class movement_kind : std::uint8_t {
    opening,
    voucher,
    payment,
    bonus,
    promise,
    promise_fee,
    promise_return,
    transfer,
    transfer_fee,
    service, // connected
    service_fee,
    tariff, // changed
    tariff_fee,
    package,
};

struct billing_entry {
    billing_purse purse;
    movement_kind kind{};
    money amount; // above nothing: the purse got it

    friend bool operator==(const billing_entry&, const billing_entry&) = default;
};

struct billing_change {
    enum class step : std::uint8_t {
        opened,    // an account: `who`, `points`
        began,     // an operation: `id`, `order`; it ends at `ends`
        ended,     // one that was done or refused: `id`, `order`, `came`
        cancelled, // `id`
        returned,  // the promised payment that `id` lent
        paid,      // something came onto the account `who`
        charged,   // and below, of what `who` has, `ware`: another period began
        paused,    // its fee could not be paid
        dropped,   // it ended by itself
    };

    step is{};
    utc_time at{};
    std::string id;
    msisdn who;
    std::int64_t points = 0;
    std::optional<billing_order> order;
    utc_time ends{};
    ware_name ware;
    operation_end came;
    std::vector<billing_entry> entries; // sum to nothing

    /// Both sides; nothing is entered of nothing.
    void move(billing_purse from, billing_purse to, movement_kind kind, money amount) {
        if (amount == money{})
            return;
        entries.push_back({from, kind, -amount});
        entries.push_back({to, kind, amount});
    }

    void refuse(order_refusal why, money balance) {
        came.state = operation_state::refused;
        came.reason = why;
        came.balance = balance;
    }

    /// With what the entries leave on the account.
    void say_done(msisdn whose, money balance) {
        for (const billing_entry& each : entries)
            if (each.purse == billing_purse{whose})
                balance = balance + each.amount;
        came.state = operation_state::done;
        came.balance = balance;
    }

    friend bool operator==(const billing_change&, const billing_change&) = default;
};

} // namespace kabinet::simulator
