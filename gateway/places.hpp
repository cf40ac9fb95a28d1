// A table of things under way, each in a place of its own that is used again after it. A thing stays where it
// is for as long as it is there.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>
#include <vector>

namespace kabinet::gateway {

/// Names one thing in such a table, and never the next one in the same place.
struct place_key {
    std::uint32_t slot = 0;
    std::uint32_t generation = 0;

    friend bool operator==(const place_key&, const place_key&) = default;
};

template <class Thing>
class places {
  public:
    /// Makes room for `most` at once, where growing would stop the loop.
    void reserve(std::size_t most) { free_.reserve(most); }

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
        std::optional<Thing> taken{std::move(*found)};
        drop(key);
        return taken;
    }
    void drop(place_key key) {
        if (Thing* found = find(key); found != nullptr) {
            *found = Thing{};
            slots_[key.slot].is_taken = false;
            free_.push_back(key.slot);
        }
    }
    /// Calls `each(Thing&)` for every one; `each` may take it.
    template <class Each>
    void for_each(Each each) {
        for (slot& one : slots_)
            if (one.is_taken)
                each(one.thing);
    }
    [[nodiscard]] std::size_t size() const { return slots_.size() - free_.size(); }

  private:
    struct slot {
        Thing thing{};
        std::uint32_t generation = 0;
        bool is_taken = false;
    };
    std::deque<slot> slots_; // grows without moving what is there
    std::vector<std::uint32_t> free_;
};

} // namespace kabinet::gateway
