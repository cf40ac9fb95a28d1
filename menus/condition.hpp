// The conditions of a draft's items, their facts resolved against its languages and whatever else they name.
#pragma once

#include "menus/draft.hpp"
#include "menus/facts.hpp"

#include <optional>
#include <vector>

namespace kabinet::menus {

struct asked_fact {
    fact is;
    bool holds = true; // or must not
};

/// All of them must be so; none for an item that is always there. `connected` stands only where the item
/// itself names no offer. Nothing where the condition names what there isn't.
[[nodiscard]] std::optional<std::vector<asked_fact>> read_condition(const draft&, const draft_target&);

/// What the items of the draft ask about, each once; in place of `connected` all that their menus may be
/// opened with.
[[nodiscard]] std::vector<fact> facts_in(const draft&);

/// What a fact may name there.
[[nodiscard]] fact_keys keys_of(const draft&);

} // namespace kabinet::menus
