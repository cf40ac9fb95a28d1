// Everything in a draft that leads somewhere.
#pragma once

#include "menus/draft.hpp"

namespace kabinet::menus {

/// Calls `visit(const draft_target&, bool from_sms)` for each.
template <class Visitor>
void visit_targets(const draft& pack, Visitor&& visit) {
    for (const draft_entry& code : pack.codes)
        visit(code.leads, false);
    visit(pack.unknown_code, false);
    for (const draft_screen& screen : pack.screens) {
        for (const draft_item& item : screen.items)
            visit(item.leads, false);
        if (screen.kind == screen_kind::prompt)
            visit(screen.enters, false);
    }
    for (const draft_short_number& number : pack.short_numbers) {
        for (const draft_entry& one : number.keywords)
            visit(one.leads, true);
        if (number.empty)
            visit(*number.empty, true);
    }
}

} // namespace kabinet::menus
