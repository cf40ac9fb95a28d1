// From what a pack says is done, and what was typed with it, to the action itself.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"

#include <optional>
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

/// Which kind of what the pack offers it is about.
[[nodiscard]] constexpr std::optional<offer_kind> offer_needed(action_kind kind) {
    switch (kind) {
    case action_kind::take_promise:
        return offer_kind::promise;
    case action_kind::connect_service:
    case action_kind::disconnect_service:
        return offer_kind::service;
    case action_kind::change_tariff:
        return offer_kind::tariff;
    case action_kind::buy_package:
    case action_kind::stop_package:
        return offer_kind::package;
    default:
        return std::nullopt;
    }
}

/// Whether it ends something: that is let go of even where it isn't sold any more.
[[nodiscard]] constexpr bool ends_something(action_kind kind) {
    return kind == action_kind::disconnect_service || kind == action_kind::stop_package;
}

/// Whether whoever did it by mistake can't undo it where he did it.
[[nodiscard]] constexpr bool cuts_off(action_kind kind) {
    return kind == action_kind::block_number || kind == action_kind::close_portal;
}

/// Whether it is about something the pack offers.
[[nodiscard]] constexpr bool needs_offer(action_kind kind) {
    return offer_needed(kind).has_value();
}

/// Whether it is about a number and an amount that prompts asked for on the way.
[[nodiscard]] constexpr bool needs_entries(action_kind kind) {
    return kind == action_kind::transfer;
}

/// Whether an SMS tells its terms first, and another one agrees to them.
[[nodiscard]] constexpr bool needs_reply(action_kind kind) {
    return kind == action_kind::transfer || kind == action_kind::block_number;
}

/// What was typed on the way.
struct kept_entries {
    msisdn number;
    money amount;
};

[[nodiscard]] action make_action(const definition&, const does&, std::string_view argument,
                                 const kept_entries& = {});

} // namespace kabinet::menus
