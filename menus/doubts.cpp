#include "menus/doubts.hpp"

#include "menus/about.hpp"
#include "menus/action.hpp"
#include "menus/reach.hpp"
#include "menus/targets.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

bool is_no_action(const std::string& word) {
    const std::optional<action_kind> kind = find_action(word);
    return !word.empty() && (!kind || *kind == action_kind::tell);
}

} // namespace

doubts find_doubts(const draft& pack) {
    doubts found;
    found.of_tables = found.of_reach = !pack.is_whole;
    std::set<std::string> named;
    bool is_all_said = true;
    visit_targets(pack, [&](const draft_target& leads, bool from_sms) {
        const bool is_lost =
            !from_sms && !leads.opens.empty() &&
            std::ranges::find(pack.screens, leads.opens, &draft_screen::name) == pack.screens.end();
        found.of_reach = found.of_reach || is_lost || !leads.is_known;
        is_all_said = is_all_said && !is_no_action(leads.does) &&
                      (leads.offer.empty() || find_named(pack, leads.offer));
        named.insert(leads.offer);
        if (!leads.offer.empty() && !find_named(pack, leads.offer))
            found.lacking.insert(leads.offer);
    });
    const auto is_known = [](const draft_language& in) {
        return in.is_read && std::ranges::all_of(in.texts, &draft_text::is_known);
    };
    found.of_uses = found.of_reach || !is_all_said || !std::ranges::all_of(pack.languages, is_known);
    const reached from_codes = find_depths(pack);
    if (found.of_reach)
        for (const draft_screen& screen : pack.screens)
            if (!from_codes.depths.contains(screen.name))
                found.screens.insert(screen.name);
    if (found.of_uses)
        for (const draft_ware& ware : pack.wares)
            if (!named.contains(ware.name))
                found.offers.insert(ware.name);
    return found;
}

} // namespace kabinet::menus
