// What the conversation counts for whoever watches it. Written on the loop; words outlive it, for they stand
// in the program.
#pragma once

#include "menus/action.hpp"
#include "values/durations.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::gateway {

/// How often each of a few words came.
class word_counts {
  public:
    void add(std::string_view word) {
        const auto found = std::ranges::find(all_, word, &std::pair<std::string_view, std::uint64_t>::first);
        if (found == all_.end())
            all_.emplace_back(word, 1);
        else
            ++found->second;
    }
    [[nodiscard]] auto begin() const { return all_.begin(); }
    [[nodiscard]] auto end() const { return all_.end(); }

  private:
    std::vector<std::pair<std::string_view, std::uint64_t>> all_;
};

struct tally {
    std::uint64_t dialogues = 0;    // begun
    word_counts dialogue_ends;      // `answered`, `no answer` …
    word_counts stopped_by_limit;   // `dialogue_starts`, `sms_replies`, `dialogues`, `actions_of_one`
    std::uint64_t screens_lost = 0; // could not be shown
    std::array<word_counts, std::variant_size_v<menus::action>> actions; // by their words
    durations answers; // from a message's arrival to its screen on the way, effects included
};

} // namespace kabinet::gateway
