#include "menus/about.hpp"

#include "menus/make_action.hpp"

#include <algorithm>
#include <set>

namespace kabinet::menus {

namespace {

/// Every action of the screen that takes the offer it was opened with, and of those it leads to with the
/// same.
std::vector<action_kind> find_asking(const draft& pack, const draft_screen& screen) {
    std::vector<action_kind> asking;
    const auto add = [&](const draft_screen& from) {
        if (from.kind != screen_kind::confirmation) // nowhere else may these actions stand
            return;
        for (const draft_item& item : from.items)
            if (const auto kind = find_action(item.leads.does);
                kind && item.leads.offer.empty() && needs_offer(*kind))
                asking.push_back(*kind);
    };
    add(screen);
    for (const draft_item& item : screen.items) {
        const auto opened = std::ranges::find(pack.screens, item.leads.opens, &draft_screen::name);
        if (item.leads.offer.empty() && opened != pack.screens.end())
            add(*opened);
    }
    return asking;
}

/// `seen`: the screens that were looked at already.
void add_offers_at(const draft& pack, std::string_view screen, std::set<std::string_view>& seen,
                   std::vector<std::string>& to) {
    if (!seen.insert(screen).second)
        return;
    const auto add = [&](const std::string& offer) {
        if (!offer.empty() && std::ranges::find(to, offer) == to.end())
            to.push_back(offer);
    };
    for (const draft_entry& code : pack.codes)
        if (code.leads.opens == screen)
            add(code.leads.offer);
    for (const draft_screen& from : pack.screens)
        for (const draft_item& item : from.items) {
            if (item.leads.opens != screen)
                continue;
            add(item.leads.offer);
            if (item.leads.offer.empty())
                add_offers_at(pack, from.name, seen, to);
        }
}

} // namespace

bool asks(const draft_screen& screen) {
    return !find_asking({}, screen).empty();
}

std::optional<offer_kind> about_kind(const draft& pack, const draft_screen& screen) {
    const std::vector<action_kind> asking = find_asking(pack, screen);
    return asking.empty() ? std::nullopt : offer_needed(asking.front());
}

bool is_of_one_kind(const draft& pack, const draft_screen& screen) {
    const std::vector<action_kind> asking = find_asking(pack, screen);
    return std::ranges::all_of(
        asking, [&](action_kind each) { return offer_needed(each) == offer_needed(asking.front()); });
}

bool sells(const draft& pack, const draft_screen& screen) {
    return !std::ranges::all_of(find_asking(pack, screen), ends_something);
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

std::vector<std::string> offers_at(const draft& pack, std::string_view screen) {
    std::vector<std::string> offers;
    std::set<std::string_view> seen;
    add_offers_at(pack, screen, seen, offers);
    return offers;
}

std::optional<named_offer> find_named(const draft& pack, std::string_view offer) {
    if (std::ranges::find(pack.promises, offer, &draft_offer::name) != pack.promises.end())
        return named_offer{offer_kind::promise};
    const auto found = std::ranges::find(pack.wares, offer, &draft_ware::name);
    return found == pack.wares.end() ? std::nullopt : std::optional{named_offer{found->kind, found->is_sold}};
}

} // namespace kabinet::menus
