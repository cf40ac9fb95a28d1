// From what a pack says is done, and what was typed with it, to the action itself.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"

#include <string_view>

namespace kabinet::menus {

/// Whether it is about another number, whose code word is typed.
[[nodiscard]] constexpr bool needs_word(action_kind kind) {
    return kind == action_kind::block_other || kind == action_kind::unblock_other;
}

/// Whether it needs something typed: a prompt, or an argument of a command.
[[nodiscard]] constexpr bool takes_argument(action_kind kind) {
    return kind == action_kind::choose_password || kind == action_kind::top_up || needs_word(kind);
}

/// Whether it is about something the pack offers.
[[nodiscard]] constexpr bool needs_offer(action_kind kind) {
    return kind == action_kind::take_promise;
}

/// Whether it is about a number and an amount that prompts asked for on the way.
[[nodiscard]] constexpr bool needs_entries(action_kind kind) {
    return kind == action_kind::transfer;
}

/// What was typed on the way.
struct kept_entries {
    msisdn number;
    money amount;
};

[[nodiscard]] action make_action(const definition&, const does&, std::string_view argument,
                                 const kept_entries& = {});

} // namespace kabinet::menus
