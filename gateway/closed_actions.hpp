// Which actions are closed for maintenance, and until when: one table for USSD, SMS and the portal. Knows
// nobody who asks and no words for it.
#pragma once

#include "menus/action.hpp"
#include "values/instant.hpp"

#include <array>
#include <optional>
#include <variant>

namespace kabinet::gateway {

struct closure {
    std::optional<utc_time> until; // none: until it is opened
};

class closed_actions {
  public:
    /// In place of what was said of it before.
    void close(menus::action_kind what, std::optional<utc_time> until) { at(what) = closure{until}; }
    void open(menus::action_kind what) { at(what).reset(); }
    void open_all() { closed_ = {}; }

    /// Nothing for one that is open, its time over.
    [[nodiscard]] std::optional<closure> find(menus::action_kind what, utc_time now) const {
        const std::optional<closure>& found = closed_[static_cast<std::size_t>(what)];
        return found && !(found->until && now >= *found->until) ? found : std::nullopt;
    }

  private:
    std::optional<closure>& at(menus::action_kind what) { return closed_[static_cast<std::size_t>(what)]; }

    std::array<std::optional<closure>, std::variant_size_v<menus::action>> closed_;
};

} // namespace kabinet::gateway
