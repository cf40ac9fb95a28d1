// Texts of a pack that say nothing of anybody: what a thing is called, when a contact answers.
#pragma once

#include "menus/definition.hpp"

#include <string>
#include <string_view>

namespace kabinet::gateway {

/// Empty where the pack has no text of that name.
[[nodiscard]] inline std::string fixed_words(const menus::definition& pack, language reads,
                                             std::string_view text) {
    const auto at = pack.find_text(text);
    return at ? pack.speak(reads).texts[*at].pieces.front().words : std::string{};
}

} // namespace kabinet::gateway
