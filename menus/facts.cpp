#include "menus/facts.hpp"

#include "values/access_level.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::menus {
namespace {

struct fact_row {
    fact_kind is;
    std::string_view word;
    fact_source known_by;
    std::string_view key = {}; // an example of one, where it takes any
};
constexpr std::array fact_rows{
    fact_row{fact_kind::language, "language", fact_source::dialogue, "en"},
    fact_row{fact_kind::level, "level", fact_source::account, "own or all"},
    fact_row{fact_kind::two_step, "two_step", fact_source::account},
    fact_row{fact_kind::portal, "portal", fact_source::account},
    fact_row{fact_kind::promise, "promise", fact_source::purse},
    fact_row{fact_kind::points, "points", fact_source::purse},
    fact_row{fact_kind::debt, "debt", fact_source::purse},
    fact_row{fact_kind::has, "has", fact_source::holdings, "NAME"},
    fact_row{fact_kind::connected, "connected", fact_source::holdings},
};
static_assert([] {
    for (std::size_t at = 0; at < fact_rows.size(); ++at)
        if (static_cast<std::size_t>(fact_rows[at].is) != at)
            return false;
    return true;
}());

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

std::optional<std::uint16_t> find_key(const std::vector<std::string>& keys, std::string_view written) {
    const auto found = std::ranges::find(keys, written);
    if (found == keys.end())
        return std::nullopt;
    return static_cast<std::uint16_t>(found - keys.begin());
}

std::optional<std::uint16_t> find_level(std::string_view written) {
    const auto found =
        std::ranges::find(access_levels, written, &std::pair<std::string_view, access_level>::first);
    if (found == access_levels.end() || found->second == access_level::view) // the lowest holds of everybody
        return std::nullopt;
    return static_cast<std::uint16_t>(found->second);
}

} // namespace

fact_source source_of(fact_kind kind) {
    return fact_rows[static_cast<std::size_t>(kind)].known_by;
}

std::optional<std::vector<fact_words>> parse_condition(std::string_view text) {
    const std::vector<std::string> words = words_in(text);
    std::vector<fact_words> facts;
    for (auto word = words.begin(); word != words.end(); ++word) {
        fact_words made;
        made.holds = *word != "not";
        if (!made.holds && ++word == words.end())
            return std::nullopt;
        made.word = *word;
        if (word + 1 != words.end() && *(word + 1) != "and")
            made.key = *++word;
        facts.push_back(std::move(made));
        if (word + 1 == words.end())
            return facts;
        if (*++word != "and")
            return std::nullopt;
    }
    return std::nullopt; // nothing, or nothing after the last `and`
}

std::optional<fact> find_fact(const fact_words& written, const fact_keys& keys) {
    const auto row = std::ranges::find(fact_rows, written.word, &fact_row::word);
    if (row == fact_rows.end() || row->key.empty() != written.key.empty())
        return std::nullopt;
    std::optional<std::uint16_t> which = std::uint16_t{0};
    if (row->is == fact_kind::language)
        which = find_key(keys.languages, written.key);
    else if (row->is == fact_kind::has)
        which = find_key(keys.offers, written.key);
    else if (row->is == fact_kind::level)
        which = find_level(written.key);
    return which ? std::optional{fact{row->is, *which}} : std::nullopt;
}

std::string_view name_of(fact_kind kind) {
    return fact_rows[static_cast<std::size_t>(kind)].word;
}

std::vector<std::string> fact_names() {
    std::vector<std::string> names;
    for (const fact_row& each : fact_rows)
        names.emplace_back(each.word);
    return names;
}

std::string list_fact_words() {
    std::string list;
    for (const fact_row& each : fact_rows) {
        list.append(list.empty() ? "" : ", ").append(each.word);
        if (!each.key.empty())
            list.append(" ").append(each.key);
    }
    return list;
}

} // namespace kabinet::menus
