// What came of a wish where it is a list, as a text takes it: movements and totals of money, what the account
// has, what was done. Knows no pack.
#pragma once

#include "menus/page.hpp"
#include "store/outcome.hpp"

#include <span>
#include <vector>

namespace kabinet::gateway {

/// By the words that packs have for them. What they point to is for ever.
[[nodiscard]] std::vector<menus::operation> operations_of(std::span<const store::past_effect>);

class listed_lines {
  public:
    explicit listed_lines(const store::outcome&);

    /// The fields point here.
    void add_to(menus::fields&) const;
    [[nodiscard]] bool empty() const {
        return movements_.empty() && holdings_.empty() && operations_.empty();
    }

  private:
    std::vector<menus::movement> movements_; // or totals, whichever was asked for
    std::vector<menus::holding> holdings_;   // a line each; of a package one for each thing that it holds
    std::vector<menus::operation> operations_;
};

} // namespace kabinet::gateway
