// Where subscribers stood whose dialogue broke, for as long as they may come back to it. In memory only and
// bounded: where there are too many the oldest go. Knows no menus beyond a place in one.
#pragma once

#include "menus/dialogue.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>

namespace kabinet::menus {
struct definition;
}

namespace kabinet::gateway {

struct left_place {
    menus::place where;
    std::shared_ptr<const menus::definition> pack; // the place is of this one
};

class left_places {
  public:
    static constexpr std::size_t usual_most = 50'000; // some 10 MB

    /// Nothing is kept where `life` is none.
    explicit left_places(std::chrono::milliseconds life, std::size_t most = usual_most)
        : life_{life}
        , most_{most} {}

    /// In place of an older one of that number.
    void keep(msisdn who, left_place left, steady_time now) {
        forget_old(now);
        if (life_.count() == 0 || most_ == 0)
            return;
        if (kept_.size() >= most_ && !kept_.contains(who))
            drop_oldest();
        kept_.insert_or_assign(who, entry{std::move(left), ++last_});
        order_.push_back({now + life_, who, last_});
    }

    /// It is forgotten with that.
    std::optional<left_place> take(msisdn who, steady_time now) {
        forget_old(now);
        const auto found = kept_.find(who);
        if (found == kept_.end())
            return std::nullopt;
        std::optional<left_place> taken{std::move(found->second.left)};
        kept_.erase(found);
        return taken;
    }

    void forget(msisdn who) { kept_.erase(who); }
    /// Those whose time is over: they hold a pack.
    void forget_old(steady_time now) {
        while (!order_.empty() && order_.front().ends <= now)
            drop_front();
    }

    [[nodiscard]] std::size_t size() const { return kept_.size(); }

  private:
    struct entry {
        left_place left;
        std::uint64_t number = 0;
    };
    struct due {
        steady_time ends;
        msisdn who;
        std::uint64_t number;
    };

    bool drop_front() {
        const due first = order_.front();
        order_.pop_front();
        const auto found = kept_.find(first.who);
        const bool is_last = found != kept_.end() && found->second.number == first.number;
        if (is_last)
            kept_.erase(found);
        return is_last;
    }
    void drop_oldest() {
        while (!order_.empty() && !drop_front()) {
        }
    }

    std::chrono::milliseconds life_;
    std::size_t most_;
    std::uint64_t last_ = 0;
    boost::unordered_flat_map<msisdn, entry, std::hash<msisdn>> kept_;
    std::deque<due> order_; // all live equally long; of a number its last counts
};

} // namespace kabinet::gateway
