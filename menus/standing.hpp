// Where one stands in a pack's menus, what is there as far as is known, and the places beside it. Pure.
#pragma once

#include "menus/definition.hpp"
#include "menus/dialogue.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace kabinet::menus {

/// Who must be asked before the screen there is shown: for its head, each time, and for items that may be
/// away, once in a dialogue and again after something was done.
[[nodiscard]] sources wanted_at(const definition&, const place&);

/// What was found out for it. Where nothing is left of the page, the first one stands for it.
void learn(const definition&, place&, const knowledge&);

/// Whether the item of that menu, where one stands at it, is there, as far as is known.
[[nodiscard]] bool is_there(const definition&, const screen& menu, const place&, std::uint8_t key);

/// Whether the account has what the screen one stands at is about; nothing where it is about nothing or
/// nobody told.
[[nodiscard]] std::optional<bool> is_connected(const definition&, const place&);

/// The next page of the menu that has an item; nothing on the last one.
[[nodiscard]] std::optional<std::uint8_t> find_next_page(const definition&, const place&);

/// Whether it says that the account has what it is about, where it does.
[[nodiscard]] bool shows_holding(const definition&, const place&);

/// What the screen one stands at is about; null where it is about nothing.
[[nodiscard]] const offer* find_offer(const definition&, const place&);

/// The screen one stands at; nothing for a place of another pack.
[[nodiscard]] const screen* find_screen(const definition&, const place&);

/// What the last step on the way named that named anything.
[[nodiscard]] offer_index offer_at(const definition&, place);

/// Whether that page of the menu has anything to choose.
[[nodiscard]] bool has_items(const definition&, const screen& menu, const place&, std::size_t page);

/// The first page of the same screen, nothing typed there yet.
[[nodiscard]] place cleared(place);
/// After something was done, what was known may be known no more.
void forget_what_changed(place&);
/// Both.
[[nodiscard]] place without_entries(place);
[[nodiscard]] place one_deeper(const place&, std::uint8_t key);
/// The menu above, on the page where the item stands that led down.
[[nodiscard]] place one_up(const definition&, const place&);
/// Where its code leads.
[[nodiscard]] place home_of(const place&);

} // namespace kabinet::menus
