// Which screens of a draft ask about something the pack offers, and of which kind. Knows no words.
#pragma once

#include "menus/draft.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

/// Whether a confirmation has an action that names no offer of its own: whatever leads there says which.
[[nodiscard]] bool asks(const draft_screen&);

/// What such actions are about, of the screen or of those that its items lead to without naming an offer.
/// Nothing where there are none.
[[nodiscard]] std::optional<offer_kind> about_kind(const draft&, const draft_screen&);

/// Whether one offer can be what all of them are about.
[[nodiscard]] bool is_of_one_kind(const draft&, const draft_screen&);

/// Whether one of these does more than end what the account has.
[[nodiscard]] bool sells(const draft&, const draft_screen&);

/// Whether anything that leads to it says which offer it is about.
[[nodiscard]] bool is_opened_about(const draft&, std::string_view screen);

/// All that a screen may be opened with: the last offer that was named on a way to it. Each once.
[[nodiscard]] std::vector<std::string> offers_at(const draft&, std::string_view screen);

struct named_offer {
    offer_kind kind;
    bool is_sold = true;
};
/// Nothing where the pack has no offer of that name.
[[nodiscard]] std::optional<named_offer> find_named(const draft&, std::string_view offer);

} // namespace kabinet::menus
