// How many numbers one visitor of the portal tries to log in with, and how often each: who goes through
// numbers, or never ends with one, is stopped before anything is hashed or written. In memory, bounded, by
// the visitor's address; a restart forgets.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::gateway {

/// An address as IPv6; of a native one the network of 64 bits, for whoever has one address of it has all.
using visitor = std::array<std::uint8_t, 16>;

class visitors {
  public:
    /// More than a person who locks himself out twice and has codes sent; each is a row in the audit.
    static constexpr std::uint32_t tries_of_a_number = 60; // in an hour

    /// `numbers` in any hour; 0 is no limit. Remembers `most` visitors.
    explicit visitors(std::uint32_t numbers, std::size_t most = 100'000)
        : numbers_{numbers}
        , most_{most} {}

    /// Nothing when he may try; else when he may try this number. One that he tried within the hour is no
    /// further number.
    [[nodiscard]] std::optional<steady_time> admit(const visitor& from, msisdn who, steady_time now) {
        if (numbers_ == 0)
            return std::nullopt;
        if (seen_.size() >= most_ && !seen_.contains(from))
            make_room(now);
        std::vector<attempt>& tried = seen_[from];
        std::erase_if(tried, [now](const attempt& one) { return one.at + hour <= now; });
        if (const auto again = std::ranges::find(tried, who, &attempt::who); again != tried.end()) {
            if (again->times == tries_of_a_number)
                return again->at + hour;
            ++again->times;
            return std::nullopt;
        }
        if (tried.size() >= numbers_)
            return tried.front().at + hour;
        tried.push_back({who, now, 1});
        return std::nullopt;
    }

    /// What he tried was put off: it doesn't count as often as he is told to come again.
    void take_back(const visitor& from, msisdn who) {
        if (const auto found = seen_.find(from); found != seen_.end())
            for (attempt& one : found->second)
                if (one.who == who && one.times > 1)
                    --one.times;
    }

    /// He knew the password: the number was his to try. Many share an address.
    void forgive(const visitor& from, msisdn who) {
        if (const auto found = seen_.find(from); found != seen_.end())
            std::erase_if(found->second, [who](const attempt& one) { return one.who == who; });
    }

    [[nodiscard]] std::size_t size() const { return seen_.size(); }

  private:
    static constexpr std::chrono::hours hour{1};
    struct attempt {
        msisdn who;
        steady_time at; // the first time
        std::uint32_t times = 0;
    };

    /// Those whose last attempt is over; where all are fresh, any one.
    void make_room(steady_time now) {
        if (now >= swept_ + std::chrono::minutes{1}) {
            swept_ = now;
            boost::unordered::erase_if(seen_, [now](const auto& one) {
                return one.second.empty() || one.second.back().at + hour <= now;
            });
        }
        if (seen_.size() >= most_)
            seen_.erase(seen_.begin());
    }

    std::uint32_t numbers_;
    std::size_t most_;
    boost::unordered_flat_map<visitor, std::vector<attempt>, boost::hash<visitor>> seen_;
    steady_time swept_{};
};

} // namespace kabinet::gateway
