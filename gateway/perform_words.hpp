// Outcomes that the performer names itself: nothing of the store came to them.
#pragma once

#include <chrono>
#include <string_view>

namespace kabinet::gateway::outcome_words {

inline constexpr std::string_view busy = "busy";
inline constexpr std::string_view shown = "shown";
inline constexpr std::string_view listed = "listed";
inline constexpr std::string_view empty = "empty";
inline constexpr std::string_view terms = "terms";             // of what a reply agrees to
inline constexpr std::string_view terms_again = "terms_again"; // where the same was just done

} // namespace kabinet::gateway::outcome_words

namespace kabinet::gateway {

/// Of the SMS that an action leaves.
inline constexpr std::chrono::hours sms_life{24};

} // namespace kabinet::gateway
