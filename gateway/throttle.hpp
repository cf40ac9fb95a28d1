// How often one subscriber may do a thing within a window of time. In memory: a restart forgets, which does
// no harm; limits that money or passwords hang on are rows of the store.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

namespace kabinet::gateway {

class throttle {
  public:
    throttle(std::uint32_t most, std::chrono::seconds window, steady_time now)
        : most_{most}
        , window_{window}
        , ends_{now + window} {}

    enum class answer : std::uint8_t { yes, no_for_the_first_time, no };

    /// Counts one more. The windows of all subscribers begin together, so that one clear frees them all.
    [[nodiscard]] answer admit(msisdn who, steady_time now) {
        if (now >= ends_) {
            seen_.clear();
            ends_ = now + window_;
        }
        const std::uint32_t count = ++seen_[who];
        if (count <= most_)
            return answer::yes;
        return count == most_ + 1 ? answer::no_for_the_first_time : answer::no;
    }

    /// What was counted is not answered now; its next delivery counts again.
    void give_back(msisdn who) {
        if (const auto found = seen_.find(who); found != seen_.end() && found->second > 0)
            --found->second;
    }

    /// A reload may bring another one.
    void allow(std::uint32_t most) { most_ = most; }

  private:
    std::uint32_t most_;
    std::chrono::seconds window_;
    steady_time ends_;
    boost::unordered_flat_map<msisdn, std::uint32_t, std::hash<msisdn>> seen_;
};

} // namespace kabinet::gateway
