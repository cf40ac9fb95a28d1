// Whoever looks at his account uses it, though nothing changes there: the store is told once an hour of a
// number, so that looking costs no more than it did.
#pragma once

#include "menus/definition.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <unordered_set>

namespace kabinet::gateway {

class uses {
  public:
    explicit uses(store::store& in)
        : store_{in} {}

    /// Waits for nothing; where the store is busy, the next hour's look tells it.
    void note(msisdn who, const menus::account_policy&, instant now);

  private:
    store::store& store_;
    std::unordered_set<std::uint64_t> told_; // since `since_`
    utc_time since_{};
};

} // namespace kabinet::gateway
