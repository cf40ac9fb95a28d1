#include "menus/standing.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

/// The last step to where one stands.
const opens* find_way(const definition& pack, const place& at) {
    if (at.code >= pack.codes.size() || at.depth > most_depth)
        return nullptr;
    const opens* way = std::get_if<opens>(&pack.codes[at.code].leads);
    for (std::size_t depth = 0; way != nullptr && depth < at.depth; ++depth) {
        if (at.keys[depth] > most_items)
            return nullptr;
        way = std::get_if<opens>(&pack.screens[way->screen].items[at.keys[depth]]);
    }
    return way;
}

fact_set facts_known_by(const definition& pack, sources those) {
    fact_set known;
    for (std::size_t at = 0; at < fact_sources; ++at)
        if (those.has(static_cast<fact_source>(at)))
            known = known | pack.facts_by_source[at];
    return known;
}

/// That the account has what the screen one stands at is about.
fact_set fact_at(const definition& pack, const place& at) {
    const offer_index about = offer_at(pack, at);
    return about == no_offer ? fact_set{} : pack.facts_of_offers[about];
}

const std::vector<page>& pages_of(const definition& pack, const screen& menu, const place& at) {
    return pack.speak(at.reads).screens[static_cast<std::size_t>(&menu - pack.screens.data())].pages;
}

} // namespace

const screen* find_screen(const definition& pack, const place& at) {
    const opens* way = find_way(pack, at);
    return way == nullptr ? nullptr : &pack.screens[way->screen];
}

offer_index offer_at(const definition& pack, place at) {
    for (;; --at.depth) {
        const opens* way = find_way(pack, at);
        if (way == nullptr || way->about != no_offer || at.depth == 0)
            return way == nullptr ? no_offer : way->about;
    }
}

bool has_items(const definition& pack, const screen& menu, const place& at, std::size_t on) {
    return std::ranges::any_of(pages_of(pack, menu, at)[on].lines, [&](const menu_line& line) {
        return line.key != 0 && is_there(pack, menu, at, line.key);
    });
}

sources wanted_at(const definition& pack, const place& at) {
    const screen* here = find_screen(pack, at);
    if (here == nullptr || at.standing == stage::back)
        return {};
    const sources unasked = here->asks.without(at.asked);
    sources wanted = unasked;
    if (here->shows_purse && at.page == 0)
        wanted = wanted | fact_source::purse;
    if (here->shows_holding && at.page == 0)
        wanted = wanted | fact_source::holdings;
    return wanted;
}

void learn(const definition& pack, place& at, const knowledge& found) {
    at.facts = at.facts.without(facts_known_by(pack, found.known)) | found.facts;
    at.known = at.known | found.known;
    at.asked = at.asked | found.asked;
    const screen* here = find_screen(pack, at);
    if (here != nullptr && at.page > 0 && !has_items(pack, *here, at, at.page))
        at.page = 0;
}

bool is_there(const definition& pack, const screen& menu, const place& at, std::uint8_t key) {
    if (menu.items[key].index() == 0)
        return false;
    const condition& when = menu.when[key];
    if (when.empty())
        return true;
    const condition here = when.has ? when.about(fact_at(pack, at)) : when;
    return here.may_hold(at.facts | pack.speak(at.reads).facts,
                         facts_known_by(pack, at.known | fact_source::dialogue));
}

std::optional<bool> is_connected(const definition& pack, const place& at) {
    const fact_set had = fact_at(pack, at);
    if ((had & facts_known_by(pack, at.known)).empty())
        return std::nullopt;
    return !(had & at.facts).empty();
}

std::optional<std::uint8_t> find_next_page(const definition& pack, const place& at) {
    const screen* here = find_screen(pack, at);
    if (here == nullptr)
        return std::nullopt;
    const std::size_t pages = pages_of(pack, *here, at).size();
    for (std::size_t next = at.page + 1U; next < pages; ++next)
        if (!here->hides_items || has_items(pack, *here, at, next))
            return static_cast<std::uint8_t>(next);
    return std::nullopt;
}

bool shows_holding(const definition& pack, const place& at) {
    const screen* here = find_screen(pack, at);
    return here != nullptr && here->shows_holding && at.page == 0;
}

const offer* find_offer(const definition& pack, const place& at) {
    const offer_index about = offer_at(pack, at);
    return about == no_offer ? nullptr : &pack.offers[about];
}

place cleared(place at) {
    at.page = 0;
    at.wrong = 0;
    at.standing = stage::asked;
    at.refused = refusal::none;
    at.first_entry = {};
    return at;
}

void forget_what_changed(place& at) {
    if (at.standing != stage::told)
        return;
    at.known = at.asked = {};
    at.facts = {};
}

place without_entries(place at) {
    forget_what_changed(at);
    return cleared(at);
}

place one_deeper(const place& at, std::uint8_t key) {
    place deeper = without_entries(at);
    deeper.keys.at(deeper.depth++) = key;
    return deeper;
}

place one_up(const definition& pack, const place& at) {
    place above = without_entries(at);
    const std::uint8_t key = above.keys.at(--above.depth);
    above.keys.at(above.depth) = 0;
    const std::vector<page>& pages = pages_of(pack, *find_screen(pack, above), above);
    while (above.page + 1U < pages.size() && pages[above.page].last_key < key)
        ++above.page;
    return above;
}

place home_of(const place& at) {
    place home = without_entries(at);
    home.depth = 0;
    home.keys = {};
    home.number = 0;
    home.amount = 0;
    return home;
}

} // namespace kabinet::menus
