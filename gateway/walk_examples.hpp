// What is filled in where a walked screen says something of an account: nobody's, and the same each time.
#pragma once

#include "menus/definition.hpp"
#include "menus/page.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <string_view>
#include <vector>

namespace kabinet::gateway {

class walk_examples {
  public:
    /// Times are reckoned from `now`.
    walk_examples(msisdn who, utc_time now);

    /// What the screen itself knows goes before an example. Lives no longer than this and `code`.
    [[nodiscard]] menus::fields at(const menus::definition&, const menus::place&,
                                   std::string_view code) const;

    /// The code that an SMS asks to be sent back.
    [[nodiscard]] const secret& reply() const { return reply_; }

    /// One of each line that the action lists.
    [[nodiscard]] std::vector<menus::holding> listed_by(menus::action_kind, const menus::definition&) const;

  private:
    msisdn who_;
    utc_time now_;
    secret password_;
    secret reply_;
    std::vector<menus::operation> operations_;
    std::vector<menus::movement> movements_;
};

} // namespace kabinet::gateway
