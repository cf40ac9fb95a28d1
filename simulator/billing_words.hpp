// The JSON of docs/billing.yaml, read and written. What is read is held against that file to the letter;
// what is complained of is named by its field, never by what stands in it.
#pragma once

#include "simulator/billing_order.hpp"
#include "simulator/billing_seen.hpp"

#include <boost/system/result.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace kabinet::simulator {

/// Why nothing is done, and the status that says so: 400 for what is no JSON, 422 for what isn't an order.
struct order_complaint {
    unsigned status = 0;
    std::string why;
};

[[nodiscard]] boost::system::result<billing_order, order_complaint> read_order(std::string_view json);
[[nodiscard]] std::string write_order(const billing_order&);

/// Not of what is open.
[[nodiscard]] std::string write_end(const operation_end&);
[[nodiscard]] std::optional<operation_end> read_end(std::string_view json);

[[nodiscard]] std::string write_purse(const purse_seen&);
[[nodiscard]] std::string write_movements(const movements_seen&);
[[nodiscard]] std::string write_holdings(const holdings_seen&);

[[nodiscard]] std::string_view name_of(movement_kind);
[[nodiscard]] std::optional<movement_kind> read_movement_kind(std::string_view name);

[[nodiscard]] std::string_view name_of(ware_kind);
[[nodiscard]] std::optional<ware_kind> read_ware_kind(std::string_view name);

/// `-120.50`: up to nine digits, a point and two digits.
[[nodiscard]] std::optional<money> read_sum(std::string_view);
/// Digits with the country code.
[[nodiscard]] std::optional<msisdn> read_number(std::string_view);
/// 32 digits of base 16, letters small.
[[nodiscard]] bool is_operation_name(std::string_view);

} // namespace kabinet::simulator
