// What a centre's watcher saw, kept for tests on another thread that wait for it with a time limit.
#pragma once

#include "simulator/events.hpp"

#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <string>
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
    void see(const simulator::event& what) {
        {
            const std::scoped_lock lock{mutex_};
            std::visit([this](const auto& each) { note(each); }, what);
        }
        changed_.notify_all();
    }

    /// The oldest unread item; throws, naming `what`, when none comes in time.
    template <class Item>
    Item take(msisdn number, std::deque<Item> seen_by_phone::*from, std::string_view what,
              std::chrono::milliseconds limit) {
        std::unique_lock lock{mutex_};
        std::deque<Item>& unread = phones_[number].*from;
        if (!changed_.wait_for(lock, limit, [&unread] { return !unread.empty(); }))
            throw std::runtime_error{
                fmt::format("no {} for {} within {} ms", what, number.text(), limit.count())};
        Item first = std::move(unread.front());
        unread.pop_front();
        return first;
    }

    /// What a phone was told up to now, screens and SMS in the order they came.
    std::vector<std::string> told(msisdn number) {
        const std::scoped_lock lock{mutex_};
        return phones_[number].told;
    }

    /// False when the number of bound links isn't as asked for the whole limit.
    template <class Condition>
    bool wait_for_links(std::chrono::milliseconds limit, Condition is_right) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, limit, [&] { return is_right(bound_); });
    }

  private:
    void note(const simulator::bound&) { ++bound_; }
    void note(const simulator::unbound&) { --bound_; }
    void note(const simulator::dialogue_ended&) {}
    void note(const simulator::screen_shown& each) {
        phones_[each.to].screens.push_back(
            {std::string{each.text}, each.awaits_input, std::chrono::steady_clock::now()});
        phones_[each.to].told.emplace_back(each.text);
    }
    void note(const simulator::part_received&) {}
    void note(const simulator::sms_received& each) {
        phones_[each.to].inbox.push_back({std::string{each.from}, std::string{each.text}});
        phones_[each.to].told.emplace_back(each.text);
    }
    void note(const simulator::delivered& each) { phones_[each.from].answers.push_back(each.answer); }
    void note(const simulator::refused& each) { phones_[each.to].refusals.push_back(each.with); }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::unordered_map<msisdn, seen_by_phone> phones_;
    std::size_t bound_ = 0;
};

} // namespace kabinet::tests
