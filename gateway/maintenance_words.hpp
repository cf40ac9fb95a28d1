// `kabinet maintenance …` as it was typed: whether it begins or ends, of what, and until when. Does nothing.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"
#include "values/instant.hpp"

#include <optional>
#include <span>
#include <string>

namespace kabinet::gateway {

struct maintenance_words {
    bool is_on = false;
    std::optional<menus::action_kind> of; // none: of everything
    std::optional<utc_time> until;
    std::string error; // what is wrong with it, for who typed it; else empty

    [[nodiscard]] explicit operator bool() const { return error.empty(); }
};

/// `on` or `off`, then in any order MINUTES or `--until HH:MM`, in the pack's zone, and `--action NAME`.
[[nodiscard]] maintenance_words read_maintenance(std::span<const std::string> typed, const menus::definition&,
                                                 utc_time now);

} // namespace kabinet::gateway
