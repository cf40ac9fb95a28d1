// The USSD dialogues under way: found by who dials where, ended by whoever knows, timed by a wheel.
// A dialogue is a plain value; nothing waits on it. Knows no menus, no links, no clock.
#pragma once

#include "gateway/places.hpp"
#include "gateway/request.hpp"
#include "menus/dialogue.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace kabinet::menus {
struct definition;
}

namespace kabinet::gateway {

/// Names a dialogue for as long as it lasts: an answer that comes late never lands in the next one.
using dialogue_id = place_key;

struct dialogue {
    enum class phase : std::uint8_t {
        performing, // an effect is being made true
        awaiting,   // a screen was sent that asks for input
    };

    dialogue_id id;
    msisdn who;
    std::uint16_t group = 0; // of links: index into the gateway's table
    std::uint16_t link = 0;  // the one it came by, which answers it
    gateway::session session;
    address subscriber;
    address service;
    bool is_one_shot = false;
    dialogue::phase phase = phase::performing;
    language speaks;
    std::uint16_t screens = 0;
    std::uint64_t input_connection = 0; // of the last input, with its number: the same again is no other
    std::uint32_t input_sequence = 0;
    menus::place where;
    std::shared_ptr<const menus::definition> pack; // the version it began with
    utc_time began{};
    steady_time total_deadline{};
    steady_time asked{}; // what is being performed
    std::optional<std::array<std::uint8_t, 16>>
        dial;                     // names the dial, where it did something: see wishes.hpp
    boost::static_string<48> did; // the last action and what came of it; for the call record
};

class dialogues {
  public:
    explicit dialogues(std::size_t most, steady_time now);

    /// A new dialogue of that subscriber at that group of links; `begin` first ends an older one there (a new
    /// PSSR replaces it). Nothing when `most` are under way.
    [[nodiscard]] dialogue* begin(std::uint16_t group, msisdn who, const session&);

    /// The dialogue of that subscriber, if the session is its own.
    [[nodiscard]] dialogue* find(std::uint16_t group, msisdn who, const session&);
    /// Whatever the session.
    [[nodiscard]] dialogue* find(std::uint16_t group, msisdn who);
    [[nodiscard]] dialogue* find(dialogue_id);

    void end(dialogue&);

    /// `expire` hands it out at that time, within a second.
    void set_deadline(dialogue&, steady_time);
    /// Calls `over(dialogue&)` for each whose deadline is past; `over` ends it or sets another one.
    template <class Over>
    void expire(steady_time now, Over over) {
        while (wheel_time_ + spoke_width <= now) {
            entry* next = spokes_[spoke_of(wheel_time_)];
            wheel_time_ += spoke_width; // what is set meanwhile comes on a later spoke
            while (next != nullptr) {
                entry& due = *next;
                next = due.next;
                if (due.deadline <= now)
                    over(due.of);
                else
                    set_deadline(due.of, due.deadline); // further away than the wheel is round
            }
        }
    }

    /// Calls `each(dialogue&)` for every one; `each` may end it.
    template <class Each>
    void for_each(Each each) {
        open_.for_each([&](entry& one) { each(one.of); });
    }

    [[nodiscard]] std::size_t size() const { return by_subscriber_.size(); }
    [[nodiscard]] std::size_t most() const { return most_; }

  private:
    static constexpr std::chrono::seconds spoke_width{1};
    static constexpr std::size_t spokes = 1024;

    struct entry {
        dialogue of;
        bool is_on_wheel = false;
        steady_time deadline{};
        std::size_t spoke = 0;
        entry* next = nullptr;
        entry* previous = nullptr;
    };

    struct key {
        std::uint64_t both; // the MSISDN has at most 15 digits: 50 bits; the group above them
        friend bool operator==(const key&, const key&) = default;
    };
    struct key_hash {
        using is_avalanching = void;
        std::size_t operator()(const key& of) const noexcept;
    };
    static key key_of(std::uint16_t group, msisdn who) {
        return {static_cast<std::uint64_t>(group) << 50U ^ who.digits()};
    }
    static std::size_t spoke_of(steady_time at) {
        return static_cast<std::size_t>(
                   std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count()) %
               spokes;
    }
    [[nodiscard]] entry& entry_of(const dialogue& of) { return *open_.find(of.id); }
    void unlink(entry&);

    std::size_t most_;
    places<entry> open_;
    boost::unordered_flat_map<key, dialogue_id, key_hash> by_subscriber_;
    std::vector<entry*> spokes_;
    steady_time wheel_time_; // where the next spoke to be looked at begins
};

} // namespace kabinet::gateway
