// Which screens of a draft ask about something the pack offers, and of which kind. Knows no words.
#pragma once

#include "menus/draft.hpp"

#include <optional>
#include <string_view>

namespace kabinet::menus {

/// What the actions of a confirmation are about that name no offer of their own: whatever leads to the screen
/// says which. Nothing where there are none.
[[nodiscard]] std::optional<offer_kind> asked_kind(const draft_screen&);

/// The same of a screen, or of the screens that its items lead to without naming an offer.
[[nodiscard]] std::optional<offer_kind> about_kind(const draft&, const draft_screen&);

/// Whether anything that leads to it says which offer it is about.
[[nodiscard]] bool is_opened_about(const draft&, std::string_view screen);

struct named_offer {
    offer_kind kind;
    bool is_sold = true;
};
/// Nothing where the pack has no offer of that name.
[[nodiscard]] std::optional<named_offer> find_named(const draft&, std::string_view offer);

} // namespace kabinet::menus
