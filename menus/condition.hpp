// The conditions of a draft's items, their facts resolved against its languages and whatever else they name.
#pragma once

#include "menus/draft.hpp"
#include "menus/facts.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::menus {

struct asked_fact {
    fact is;
    bool holds = true; // or must not
};

/// All of them must be so; none for an item that is always there. Nothing where it names what there isn't.
[[nodiscard]] std::optional<std::vector<asked_fact>> read_condition(const draft&, std::string_view when);

/// What the items of the draft ask about, each once.
[[nodiscard]] std::vector<fact> facts_in(const draft&);

} // namespace kabinet::menus
