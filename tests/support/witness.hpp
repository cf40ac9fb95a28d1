// What a centre's watcher saw, kept for tests on another thread that wait for it with a time limit.
#pragma once

#include "simulator/events.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kabinet::tests {

struct seen_screen {
    std::string text;
    bool awaits_input = false;
    std::chrono::steady_clock::time_point at{}; // when it came to the centre
};

struct seen_sms {
    std::string from;
    std::string text;
};

/// Unread things of one phone, in the order they came.
struct seen_by_phone {
    std::deque<seen_screen> screens;
    std::deque<seen_sms> inbox;
    std::deque<std::optional<smpp::status>> answers; // of the gateway to what the phone sent
    std::deque<smpp::status> refusals;               // of the centre to what the gateway sent
    std::vector<std::string> told;                   // all texts of screens and SMS, read or not
};

class witness {
  public:
    void see(const simulator::event& what);

    /// The oldest unread item; throws, naming `what`, when none comes in time.
    template <class Item>
    Item take(msisdn number, std::deque<Item> seen_by_phone::*from, std::string_view what,
              std::chrono::milliseconds limit) {
        std::unique_lock lock{mutex_};
        std::deque<Item>& unread = phones_[number].*from;
        if (!changed_.wait_for(lock, limit, [&unread] { return !unread.empty(); }))
            throw_missing(number, what, limit);
        Item first = std::move(unread.front());
        unread.pop_front();
        return first;
    }

    /// What a phone was told up to now, screens and SMS in the order they came.
    std::vector<std::string> told(msisdn number);

    /// False when the number of bound links isn't as asked for the whole limit.
    template <class Condition>
    bool wait_for_links(std::chrono::milliseconds limit, Condition is_right) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, limit, [&] { return is_right(bound_); });
    }

  private:
    [[noreturn]] static void throw_missing(msisdn number, std::string_view what,
                                           std::chrono::milliseconds limit);

    void note(const simulator::bound&) { ++bound_; }
    void note(const simulator::unbound&) { --bound_; }
    void note(const simulator::dialogue_ended&) {}
    void note(const simulator::screen_shown& each);
    void note(const simulator::part_received&) {}
    void note(const simulator::sms_received& each);
    void note(const simulator::delivered& each);
    void note(const simulator::refused& each);

    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<msisdn, seen_by_phone> phones_;
    std::size_t bound_ = 0;
};

} // namespace kabinet::tests
