#include "menus/condition.hpp"

#include "menus/about.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

/// Of an item that names an offer, whether that is connected.
fact_words about_own(fact_words written, const draft_target& leads) {
    if (written.word != name_of(fact_kind::connected) || !written.key.empty() || leads.offer.empty())
        return written;
    return {std::string{name_of(fact_kind::has)}, leads.offer, written.holds};
}

void add_once(std::vector<fact>& facts, const fact& one) {
    if (std::ranges::find(facts, one) == facts.end())
        facts.push_back(one);
}

} // namespace

fact_keys keys_of(const draft& pack) {
    fact_keys made;
    for (const draft_language& each : pack.languages)
        made.languages.push_back(each.code);
    made.offers.resize(pack.promises.size());
    for (const draft_ware& each : pack.wares)
        made.offers.push_back(each.name);
    return made;
}

std::optional<std::vector<asked_fact>> read_condition(const draft& pack, const draft_target& leads) {
    std::vector<asked_fact> read;
    if (leads.when.empty())
        return read;
    const auto written = parse_condition(leads.when);
    if (!written)
        return std::nullopt;
    const fact_keys keys = keys_of(pack);
    for (const fact_words& each : *written) {
        const std::optional<fact> found = find_fact(about_own(each, leads), keys);
        if (!found)
            return std::nullopt;
        read.push_back({*found, each.holds});
    }
    return read;
}

std::vector<fact> facts_in(const draft& pack) {
    std::vector<fact> facts;
    const auto add = [&](const draft_screen& screen, const fact& asked) {
        if (asked.kind != fact_kind::connected)
            return add_once(facts, asked);
        for (const std::string& each : offers_at(pack, screen.name))
            if (const auto had = find_fact({std::string{name_of(fact_kind::has)}, each}, keys_of(pack)))
                add_once(facts, *had);
    };
    for (const draft_screen& screen : pack.screens)
        for (const draft_item& item : screen.items)
            for (const asked_fact& each :
                 read_condition(pack, item.leads).value_or(std::vector<asked_fact>{}))
                add(screen, each.is);
    return facts;
}

} // namespace kabinet::menus
