// For how many numbers one visitor of the portal tries a password: who goes through numbers is stopped before
// anything is hashed. In memory, bounded, by the visitor's address; a restart forgets.
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
    /// `numbers` in any hour; 0 is no limit. Remembers `most` visitors.
    explicit visitors(std::uint32_t numbers, std::size_t most = 100'000)
        : numbers_{numbers}
        , most_{most} {}

    /// Nothing when he may try; else when he may try this number. A number that he tried within the hour
    /// doesn't count again.
    [[nodiscard]] std::optional<steady_time> admit(const visitor& from, msisdn who, steady_time now) {
        if (numbers_ == 0)
            return std::nullopt;
        if (seen_.size() >= most_ && !seen_.contains(from))
            make_room(now);
        std::vector<attempt>& tried = seen_[from];
        std::erase_if(tried, [now](const attempt& one) { return one.at + hour <= now; });
        if (std::ranges::find(tried, who, &attempt::who) != tried.end())
            return std::nullopt;
        if (tried.size() >= numbers_)
            return tried.front().at + hour;
        tried.push_back({who, now});
        return std::nullopt;
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
        steady_time at;
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
