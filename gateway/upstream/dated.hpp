// What was last seen of each number, with its time: for when nobody can say how it is now. Bounded; the
// oldest go first.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <utility>

namespace kabinet::gateway::upstream {

template <class Seen>
class dated {
  public:
    explicit dated(std::size_t most)
        : most_{most} {}

    void put(msisdn of, Seen what, utc_time now) {
        const auto [at, is_new] = seen_.insert_or_assign(of, entry{std::move(what), now});
        if (is_new)
            order_.push_back(of);
        while (order_.size() > most_) {
            seen_.erase(order_.front());
            order_.pop_front();
        }
    }
    /// It is another one by now.
    void forget(msisdn of) {
        if (const auto found = seen_.find(of); found != seen_.end())
            found->second.is_over = true; // its place in the order stays
    }
    /// And when it was seen. Nothing older than that.
    [[nodiscard]] std::optional<std::pair<Seen, utc_time>> find(msisdn of, utc_time since) const {
        const auto found = seen_.find(of);
        if (found == seen_.end() || found->second.is_over || found->second.at < since)
            return std::nullopt;
        return std::pair{found->second.is, found->second.at};
    }

  private:
    struct entry {
        Seen is;
        utc_time at{};
        bool is_over = false;
    };
    std::size_t most_;
    boost::unordered_flat_map<msisdn, entry, std::hash<msisdn>> seen_;
    std::deque<msisdn> order_; // as they came first
};

} // namespace kabinet::gateway::upstream
