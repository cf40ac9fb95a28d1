#include "menus/about.hpp"

#include "menus/make_action.hpp"

#include <algorithm>

namespace kabinet::menus {

std::optional<offer_kind> asked_kind(const draft_screen& screen) {
    if (screen.kind != screen_kind::confirmation) // nowhere else may these actions stand
        return std::nullopt;
    for (const draft_item& item : screen.items)
        if (const auto kind = find_action(item.leads.does); kind && item.leads.offer.empty())
            if (const auto offered = offer_needed(*kind))
                return offered;
    return std::nullopt;
}

std::optional<offer_kind> about_kind(const draft& pack, const draft_screen& screen) {
    if (const auto asked = asked_kind(screen))
        return asked;
    for (const draft_item& item : screen.items) {
        if (!item.leads.offer.empty())
            continue;
        const auto opened = std::ranges::find(pack.screens, item.leads.opens, &draft_screen::name);
        if (opened == pack.screens.end())
            continue;
        if (const auto asked = asked_kind(*opened))
            return asked;
    }
    return std::nullopt;
}

bool is_opened_about(const draft& pack, std::string_view screen) {
    const auto says_which = [&](const draft_target& leads) {
        return leads.opens == screen && !leads.offer.empty();
    };
    return std::ranges::any_of(pack.codes, says_which, &draft_entry::leads) ||
           std::ranges::any_of(pack.screens, [&](const draft_screen& from) {
               return std::ranges::any_of(from.items, says_which, &draft_item::leads);
           });
}

std::optional<named_offer> find_named(const draft& pack, std::string_view offer) {
    if (std::ranges::find(pack.promises, offer, &draft_offer::name) != pack.promises.end())
        return named_offer{offer_kind::promise};
    const auto found = std::ranges::find(pack.wares, offer, &draft_ware::name);
    return found == pack.wares.end() ? std::nullopt : std::optional{named_offer{found->kind, found->is_sold}};
}

} // namespace kabinet::menus
