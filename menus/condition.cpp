#include "menus/condition.hpp"

#include <algorithm>

namespace kabinet::menus {

std::optional<std::vector<asked_fact>> read_condition(const draft& pack, std::string_view when) {
    std::vector<asked_fact> read;
    if (when.empty())
        return read;
    const auto written = parse_condition(when);
    if (!written)
        return std::nullopt;
    std::vector<std::string> languages;
    for (const draft_language& each : pack.languages)
        languages.push_back(each.code);
    for (const fact_words& each : *written) {
        const std::optional<fact> found = find_fact(each, languages);
        if (!found)
            return std::nullopt;
        read.push_back({*found, each.holds});
    }
    return read;
}

std::vector<fact> facts_in(const draft& pack) {
    std::vector<fact> facts;
    for (const draft_screen& screen : pack.screens)
        for (const draft_item& item : screen.items)
            for (const asked_fact& each :
                 read_condition(pack, item.leads.when).value_or(std::vector<asked_fact>{}))
                if (std::ranges::find(facts, each.is) == facts.end())
                    facts.push_back(each.is);
    return facts;
}

} // namespace kabinet::menus
