// The end of a run: what each subscriber wished is held against the billing system's journal, the gateway's
// orders and what the subscriber was told. Throws the first promise that was broken.
#pragma once

#include "simulator/billing_change.hpp"
#include "tests/end_to_end/billing_rounds/wish.hpp"
#include "tests/support/orders.hpp"
#include "tests/support/witness.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace kabinet::tests {

struct reckoned {
    std::size_t acknowledged = 0; // of the wishes
    std::size_t done = 0;         // and below: of the orders
    std::size_t refused = 0;
    std::size_t cancelled = 0;  // in the books
    std::size_t unseen = 0;     // of the books, for ever
    std::size_t told_late = 0;  // wishes whose outcome came by SMS alone
    std::size_t told_twice = 0; // by screen and SMS, or by SMS again
    std::size_t untold = 0;     // none of them acknowledged
};

/// What came to a phone by SMS, in the order it came.
using inboxes = std::map<std::uint64_t, std::vector<seen_sms>>;

class reckoning {
  public:
    /// All outlive it.
    reckoning(const std::vector<simulator::billing_change>& journal, const std::vector<order_seen>& orders,
              const inboxes&);

    /// The books by themselves: each name ends once, nothing sums to more than it should.
    void check_books() const;
    /// The orders agree with the books, one to one.
    void check_orders();
    /// Each wish has one order at most and was told what came of it.
    void check_wishes(const std::vector<money_wish>&);

    [[nodiscard]] const reckoned& counted() const { return counted_; }

  private:
    using wish_key = std::tuple<std::uint64_t, store::effect_kind, store::channel>;
    using step = simulator::billing_change;

    void check_order(const order_seen&);
    void check_wish(const money_wish&);
    void check_inboxes(const std::vector<money_wish>&) const;
    [[nodiscard]] std::string list_inbox(std::uint64_t who) const;
    [[nodiscard]] const order_seen* find_order(const money_wish&) const;
    [[nodiscard]] const step* find_end(const order_seen&) const;
    /// Whether that text says what came of the wish.
    [[nodiscard]] bool says_end(std::string_view text, const money_wish&) const;

    const std::vector<step>& journal_;
    const std::vector<order_seen>& orders_;
    const inboxes& inboxes_;
    std::map<std::string, const step*> ends_; // and cancellations, by name
    std::map<wish_key, const order_seen*> orders_of_;
    reckoned counted_;
};

} // namespace kabinet::tests
