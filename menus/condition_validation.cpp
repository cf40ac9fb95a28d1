#include "menus/condition_validation.hpp"

#include "menus/about.hpp"
#include "menus/condition.hpp"
#include "values/access_level.hpp"
#include "values/nearest.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

constexpr std::size_t most_facts_of_a_menu = 12; // each combination of them is looked at

/// What `has` is of.
const draft_ware& ware_of(const draft& pack, const fact& of) {
    return pack.wares.at(of.which - pack.promises.size());
}

std::string describe(const draft& pack, const fact& of) {
    std::string said{name_of(of.kind)};
    if (of.kind == fact_kind::language)
        said += ' ' + pack.languages[of.which].code;
    else if (of.kind == fact_kind::level)
        said.append(" ").append(name_of(static_cast<access_level>(of.which)));
    else if (of.kind == fact_kind::has)
        said += ' ' + ware_of(pack, of).name;
    return said;
}

bool is_tariff(const draft& pack, const fact& of) {
    return of.kind == fact_kind::has && ware_of(pack, of).kind == offer_kind::tariff;
}

/// Facts of one menu, of which those whose bits are set hold.
class combination {
  public:
    combination(const draft& pack, const std::vector<fact>& facts, std::size_t holding)
        : pack_{pack}
        , facts_{facts}
        , holding_{holding} {}

    [[nodiscard]] bool has(const fact& of) const {
        const auto at = std::ranges::find(facts_, of) - facts_.begin();
        return (holding_ >> static_cast<unsigned>(at) & 1U) != 0;
    }

    /// A subscriber speaks one of the pack's languages and has one tariff, and a level reaches what the lower
    /// ones do.
    [[nodiscard]] bool is_possible() const {
        std::size_t languages = 0;
        std::size_t spoken = 0;
        std::size_t tariffs = 0;
        for (const fact& each : facts_) {
            tariffs += has(each) && is_tariff(pack_, each) ? 1U : 0U;
            if (each.kind == fact_kind::language) {
                ++languages;
                spoken += has(each) ? 1U : 0U;
            }
            if (each.kind == fact_kind::level && has(each) &&
                std::ranges::any_of(facts_, [&](const fact& lower) {
                    return lower.kind == fact_kind::level && lower.which < each.which && !has(lower);
                }))
                return false;
        }
        return spoken <= 1 && tariffs <= 1 && (spoken == 1 || languages < pack_.languages.size());
    }

    [[nodiscard]] bool meets(const std::vector<asked_fact>& all) const {
        return std::ranges::all_of(all, [&](const asked_fact& each) { return has(each.is) == each.holds; });
    }

    [[nodiscard]] std::string describe() const {
        std::string said;
        for (const fact& each : facts_)
            said.append(said.empty() ? "" : " and ")
                .append(has(each) ? "" : "not ")
                .append(menus::describe(pack_, each));
        return said;
    }

  private:
    const draft& pack_;
    const std::vector<fact>& facts_;
    std::size_t holding_;
};

class condition_examiner {
  public:
    condition_examiner(const draft& pack, const doubts& of, std::vector<finding>& findings)
        : pack_{pack}
        , doubts_{of}
        , findings_{findings} {}

    void examine() {
        if (facts_in(pack_).size() > fact_set::most)
            add(pack_.where, "the conditions of a pack name " + std::to_string(fact_set::most) +
                                 " facts at most, each offer that \"connected\" may be asked of among them");
        for (const draft_screen& screen : pack_.screens)
            if (screen.kind == screen_kind::menu)
                examine_menu(screen);
    }

  private:
    void add(const mark& where, std::string what) { findings_.emplace_back(where, std::move(what)); }

    void examine_menu(const draft_screen& menu) {
        std::vector<std::vector<asked_fact>> conditions;
        std::vector<fact> facts;
        bool is_whole = true;
        for (const draft_item& item : menu.items) {
            const auto read = read_condition(pack_, item.leads);
            if (!read) {
                complain(item.leads);
                is_whole = false;
                continue;
            }
            conditions.push_back(*read);
            for (const asked_fact& each : *read)
                if (std::ranges::find(facts, each.is) == facts.end())
                    facts.push_back(each.is);
            if (std::ranges::find(*read, fact_kind::connected, kind_of) != read->end())
                examine_connected(menu, item.leads);
        }
        if (facts.size() > most_facts_of_a_menu)
            return add(menu.where, "the conditions of " + menu.name + " name more than " +
                                       std::to_string(most_facts_of_a_menu) + " facts");
        if (is_whole && !facts.empty())
            examine_combinations(menu, facts, conditions);
    }

    static fact_kind kind_of(const asked_fact& of) { return of.is.kind; }

    /// Something must lead there that says what may be connected.
    void examine_connected(const draft_screen& menu, const draft_target& leads) {
        const std::vector<std::string> offers = offers_at(pack_, menu.name);
        if (offers.empty() && !doubts_.of_reach)
            add(leads.where, "\"connected\" asks about an offer: the item names none, and " + menu.name +
                                 " is opened with none");
        for (const std::string& each : offers)
            if (is_lent(each))
                complain_of_loan(leads, each);
    }

    [[nodiscard]] bool is_lent(std::string_view offer) const {
        const auto named = find_named(pack_, offer);
        return named && named->kind == offer_kind::promise;
    }

    void complain_of_loan(const draft_target& leads, const std::string& offer) {
        add(leads.where, '"' + leads.when + "\" asks whether one has " + offer +
                             ", which is a promised payment: ask \"promise\"");
    }

    /// Of what is no condition, or names what isn't sold.
    void complain(const draft_target& leads) {
        for (const fact_words& each : parse_condition(leads.when).value_or(std::vector<fact_words>{})) {
            const bool is_own = each.word == name_of(fact_kind::connected) && each.key.empty();
            const std::string& offer = is_own ? leads.offer : each.key;
            if (offer.empty() || (!is_own && each.word != name_of(fact_kind::has)))
                continue;
            if (is_lent(offer))
                return complain_of_loan(leads, offer);
            if (find_named(pack_, offer))
                continue;
            if (!is_own && !doubts_.of_tables) // an own one is told of where the item names it
                add(leads.where, '"' + leads.when + "\": the pack sells no " + offer + guess(offer, sold()));
            return;
        }
        if (const std::string meant = guess_of(leads.when); !meant.empty())
            return add(leads.where, "\"" + leads.when + "\" is no condition" + meant);
        add(leads.where, "\"" + leads.when +
                             "\" is no condition: facts with `and` between them, each with `not` "
                             "before it or without; there are " +
                             list_fact_words());
    }

    [[nodiscard]] std::vector<std::string> sold() const {
        std::vector<std::string> names;
        for (const draft_ware& each : pack_.wares)
            names.push_back(each.name);
        return names;
    }

    /// What the first word of it that is no fact may have been meant for.
    [[nodiscard]] std::string guess_of(std::string_view written) const {
        const fact_keys keys = keys_of(pack_);
        for (const fact_words& each : parse_condition(written).value_or(std::vector<fact_words>{})) {
            const std::vector<std::string> words = fact_names();
            if (std::ranges::find(words, each.word) == words.end())
                return guess(each.word, words);
            if (each.word == name_of(fact_kind::language) && !find_fact(each, keys))
                return guess(each.key, keys.languages);
        }
        return {};
    }

    void examine_combinations(const draft_screen& menu, const std::vector<fact>& facts,
                              const std::vector<std::vector<asked_fact>>& conditions) {
        std::vector<bool> is_ever_there(conditions.size());
        std::string empty_where;
        for (std::size_t holding = 0; holding < std::size_t{1} << facts.size(); ++holding) {
            const combination facts_now{pack_, facts, holding};
            if (!facts_now.is_possible())
                continue;
            bool is_empty = true;
            for (std::size_t at = 0; at < conditions.size(); ++at)
                if (facts_now.meets(conditions[at])) {
                    is_ever_there[at] = true;
                    is_empty = false;
                }
            if (is_empty && empty_where.empty())
                empty_where = facts_now.describe();
        }
        for (std::size_t at = 0; at < conditions.size(); ++at)
            if (!is_ever_there[at])
                add(menu.items[at].leads.where, "\"" + menu.items[at].leads.when + "\" never holds");
        if (!empty_where.empty() && !doubts_.of_tables)
            add(menu.where, menu.name + " shows no item where " + empty_where);
    }

    const draft& pack_;
    const doubts& doubts_;
    std::vector<finding>& findings_;
};

} // namespace

void validate_conditions(const draft& pack, const doubts& of, std::vector<finding>& findings) {
    condition_examiner{pack, of, findings}.examine();
}

} // namespace kabinet::menus
