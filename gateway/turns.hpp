// One action in flight per subscriber, across links, by USSD and SMS alike, or at the portal's door: who
// comes while one is under way waits, in order, and a few may wait. Knows nothing of what they do.
#pragma once

#include "values/msisdn.hpp"

#include <deque>
#include <functional>
#include <unordered_map>

namespace kabinet::gateway {

class turns {
  public:
    using start = std::function<void()>;

    /// Calls `begin` now, or when it is its turn. False when too many of that subscriber wait already.
    [[nodiscard]] bool enter(msisdn who, start begin) {
        const auto [found, is_first] = waiting_.try_emplace(who);
        if (is_first) {
            begin();
            return true;
        }
        if (found->second.size() >= most_waiting)
            return false;
        found->second.push_back(std::move(begin));
        return true;
    }

    /// The action of that subscriber is over. Called once for each `begin`, never from within it.
    void leave(msisdn who) {
        const auto found = waiting_.find(who);
        if (found->second.empty()) {
            waiting_.erase(found);
            return;
        }
        const start next = std::move(found->second.front());
        found->second.pop_front();
        next();
    }

    [[nodiscard]] std::size_t size() const { return waiting_.size(); }

  private:
    static constexpr std::size_t most_waiting = 4;
    std::unordered_map<msisdn, std::deque<start>> waiting_;
};

} // namespace kabinet::gateway
