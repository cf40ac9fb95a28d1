// A line of a billing system's journal: one step of its books as an object of JSON, in the order they were
// made.
//
//   {"is":"opened","at":TIME,"who":NUMBER,"points":0,"entries":[…]}  an account, with what is on it
//   {"is":"began","at":TIME,"id":ID,"ends":TIME,"order":{…}}         answered 202, and not ended yet
//   {"is":"ended","at":TIME,"id":ID,"order":{…},"came":{…},"entries":[…]}  done or refused
//   {"is":"cancelled","at":TIME,"id":ID}                             never to be done
//   {"is":"returned","at":TIME,"id":ID,"entries":[…]}                what ID lent was taken back
//   {"is":"paid","at":TIME,"who":NUMBER,"entries":[…]}               a payment, a bonus
//   {"is":"charged","at":TIME,"who":NUMBER,"kind":KIND,"name":NAME,"entries":[…]}  another period began
//   {"is":"paused", … }, {"is":"dropped", … }                        the same: not paid, ended by itself
//
// `order` and `came` stand as on the wire (docs/billing.yaml, Order and Ended), so the codes of vouchers
// stand in clear. `entries` are rows of purse, kind and amount, ["79261112233","voucher","100.00"], and sum
// to nothing; a purse is a number or one of the operator's: opening, vouchers, payments, bonuses, promises,
// fees. A balance is the sum of its entries. What an operation charged is in the one line with its `id` that
// is `ended`.
#pragma once

#include "simulator/billing_change.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kabinet::simulator {

/// Without the newline that ends it.
[[nodiscard]] std::string write_line(const billing_change&);

/// Nothing: it is no line of a journal.
[[nodiscard]] std::optional<billing_change> read_line(std::string_view);

} // namespace kabinet::simulator
