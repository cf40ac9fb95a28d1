// What a link gives back with a response: which of the gateway's tables the submit stands in, and where.
#pragma once

#include "smpp/link_fsm.hpp"

#include <optional>
#include <utility>
#include <vector>

namespace kabinet::gateway {

enum class ticket_of : std::uint8_t { screen = 1, sms = 2 };

/// A place in one of the tables, for one thing only: a late response never meets the next thing put there.
struct place_key {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;

    friend bool operator==(const place_key&, const place_key&) = default;
};

struct ticket {
    ticket_of table = ticket_of::screen;
    place_key place;

    // 8 bits of table, 24 of slot, 32 of generation: a window holds 10,000 at most
    [[nodiscard]] smpp::ticket write() const {
        return static_cast<smpp::ticket>(table) << 56U | static_cast<smpp::ticket>(place.slot) << 32U |
               place.generation;
    }
    [[nodiscard]] static ticket read(smpp::ticket from) {
        return {static_cast<ticket_of>(from >> 56U),
                {static_cast<std::uint32_t>(from >> 32U) & 0xFFFFFFU, static_cast<std::uint32_t>(from)}};
    }
};

/// Things that await a response, each in a place of its own that is used again.
template <class Thing>
class places {
  public:
    place_key put(Thing thing) {
        if (free_.empty()) {
            free_.push_back(static_cast<std::uint32_t>(slots_.size()));
            slots_.emplace_back();
        }
        const std::uint32_t at = free_.back();
        free_.pop_back();
        slots_[at].thing = std::move(thing);
        slots_[at].is_taken = true;
        return {at, ++slots_[at].generation};
    }
    [[nodiscard]] Thing* find(place_key key) {
        if (key.slot >= slots_.size())
            return nullptr;
        slot& there = slots_[key.slot];
        return there.is_taken && there.generation == key.generation ? &there.thing : nullptr;
    }
    std::optional<Thing> take(place_key key) {
        Thing* found = find(key);
        if (found == nullptr)
            return std::nullopt;
        slots_[key.slot].is_taken = false;
        free_.push_back(key.slot);
        return std::exchange(*found, Thing{});
    }
    [[nodiscard]] std::size_t size() const { return slots_.size() - free_.size(); }

  private:
    struct slot {
        Thing thing{};
        std::uint32_t generation = 0;
        bool is_taken = false;
    };
    std::vector<slot> slots_;
    std::vector<std::uint32_t> free_;
};

} // namespace kabinet::gateway
