// What is sold, made true in the transaction that is open: connected, changed, bought, and paid for as its
// periods begin, by the terms that each account has of it. Knows neither inbox nor SMS.
#pragma once

#include "store/keys.hpp"
#include "store/rules.hpp"
#include "store/sqlite_tables.hpp"

#include <functional>
#include <optional>
#include <string>

namespace kabinet::store::sqlite {

class ware_desk {
  public:
    ware_desk(const keys& with, const tables& in)
        : keys_{with}
        , in_{in} {}

    /// What the rules ask about it.
    [[nodiscard]] purse_facts look(const connect_service&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const disconnect_service&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const change_tariff&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const buy_package&, const std::optional<account_row>&);
    [[nodiscard]] purse_facts look(const stop_package&, const std::optional<account_row>&);

    void make(const request&, const connect_service&, account_row&, outcome&);
    void make(const request&, const disconnect_service&, account_row&, outcome&);
    void make(const request&, const change_tariff&, account_row&, outcome&);
    void make(const request&, const buy_package&, account_row&, outcome&);
    void make(const request&, const stop_package&, account_row&, outcome&);

    /// See backend::take_fees.
    std::size_t take_due(std::size_t most, const ware_notices& told, utc_time now);

    /// False where the account has no such package.
    bool tell_left(const account_row&, std::string_view name, const allowance&);

  private:
    /// Charges `on` at once and says what the account has after it.
    void pay(const request&, const ware_terms& on, ware_kind, account_row&, outcome&);
    void take_due(holding_row, const ware_notices& told, utc_time now);
    [[nodiscard]] bool pay_period(const holding_row&, utc_time now);
    void begin_period(holding_row&, utc_time now);
    /// Whether it goes on without its fee.
    [[nodiscard]] bool pause(holding_row&, utc_time now);
    void note(msisdn, account_row&, effect_kind, utc_time now);
    void tell(msisdn, const holding_row&, ware_event, const ware_notices& told, utc_time now);

    const keys& keys_;
    tables in_;
};

/// On which it is agreed to; null of what has none.
[[nodiscard]] const ware_terms* terms_of(const effect&);
/// What it takes at once; nothing where it is for nothing, or of something else.
[[nodiscard]] std::optional<money> price_of(const effect&);
/// What the rules are asked with where another system knows the rest: all is there that it takes.
[[nodiscard]] purse_facts grant_elsewhere(const effect&);
/// What the outcome of it is about.
[[nodiscard]] subject subject_of(const effect&, const purse_facts&);

} // namespace kabinet::store::sqlite
