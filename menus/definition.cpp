#include "menus/definition.hpp"

#include "menus/condition.hpp"
#include "menus/dialled.hpp"
#include "menus/entry.hpp"
#include "menus/fit.hpp"
#include "menus/layout.hpp"
#include "menus/outcomes.hpp"
#include "menus/reach.hpp"
#include "menus/typed.hpp"
#include "menus/wanted.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace kabinet::menus {
namespace {

action_kind action_named(std::string_view word) {
    if (const std::optional<action_kind> kind = find_action(word))
        return *kind;
    throw std::logic_error{"a pack that was not validated: no action " + std::string{word}};
}

/// Resolves the names of a draft that passed validation.
class resolver {
  public:
    explicit resolver(const draft& pack)
        : pack_{pack}
        , facts_{facts_in(pack)} {}

    [[nodiscard]] const std::vector<fact>& facts() const { return facts_; }

    [[nodiscard]] target resolve(const draft_target& leads) const {
        if (leads.opens.empty())
            return resolve_action(leads);
        const auto found = std::ranges::find(pack_.screens, leads.opens, &draft_screen::name);
        if (found == pack_.screens.end())
            throw std::logic_error{"a pack that was not validated: no screen " + leads.opens};
        return opens{static_cast<screen_index>(found - pack_.screens.begin()), find_offer(leads)};
    }

    [[nodiscard]] does resolve_action(const draft_target& leads) const {
        if (!leads.tells.empty())
            return tell_of(leads.tells);
        does what;
        what.what = action_named(leads.does);
        what.chosen = language::from(leads.language).value_or(language{});
        what.stays = leads.stays;
        what.about = find_offer(leads);
        return what;
    }

    [[nodiscard]] static does tell_of(const std::string& text) {
        does what;
        what.text = text_name{text.data(), text.size()};
        return what;
    }

    [[nodiscard]] offer_index find_offer(const draft_target& leads) const {
        if (leads.offer.empty())
            return no_offer;
        const auto lent = std::ranges::find(pack_.promises, leads.offer, &draft_offer::name);
        if (lent != pack_.promises.end())
            return static_cast<offer_index>(lent - pack_.promises.begin());
        const auto sold = std::ranges::find(pack_.wares, leads.offer, &draft_ware::name);
        if (sold == pack_.wares.end())
            throw std::logic_error{"a pack that was not validated: no offer " + leads.offer};
        return static_cast<offer_index>(pack_.promises.size()) +
               static_cast<offer_index>(sold - pack_.wares.begin());
    }

    [[nodiscard]] std::vector<offer> resolve_offers() const {
        std::vector<offer> offers;
        for (const draft_offer& each : pack_.promises)
            offers.push_back({{each.name.data(), each.name.size()}, each.amount, each.fee, each.term});
        for (const draft_ware& each : pack_.wares)
            offers.push_back(resolve(each));
        return offers;
    }

    [[nodiscard]] offer resolve(const draft_ware& sold) const {
        offer made{{sold.name.data(), sold.name.size()}, sold.price, sold.fee, sold.period, sold.kind};
        for (const std::string& each : sold.conflicts)
            made.conflicts.emplace_back(each.data(), each.size());
        made.minutes = sold.minutes;
        made.sms = sold.sms;
        made.megabytes = sold.megabytes;
        made.renews = sold.renews;
        made.is_default = sold.is_default;
        made.is_sold = sold.is_sold;
        if (sold.kind != offer_kind::tariff)
            made.kept = pack_.kept_unpaid;
        return made;
    }

    [[nodiscard]] screen resolve(const draft_screen& written) const {
        screen made;
        made.name = written.name;
        made.kind = written.kind;
        made.twice = written.twice;
        made.resume = written.resume;
        made.retries = static_cast<std::uint8_t>(written.retries);
        for (const draft_item& item : written.items) {
            const auto key = static_cast<std::size_t>(item.key.front() - '0');
            made.items.at(key) = resolve(item.leads);
            made.when.at(key) = resolve_condition(item.leads);
            made.hides_items |= !made.when.at(key).empty();
            made.asks = made.asks | made.when.at(key).needs;
        }
        made.rule = find_rule(written.rule.text).value_or(entry_rule::password);
        if (written.kind != screen_kind::prompt) {
            made.shows_purse = says_purse(pack_, written);
            made.shows_holding = says_holding(pack_, written);
            return made;
        }
        if (written.items.empty())
            made.enters = resolve_action(written.enters);
        return made;
    }

    [[nodiscard]] std::vector<service_code> resolve_codes() const {
        std::vector<service_code> codes;
        for (const draft_entry& entry : pack_.codes) {
            const dialled_parts taken = take_apart(entry.typed);
            codes.push_back({{taken.parts.begin(), taken.parts.end()}, resolve(entry.leads)});
        }
        std::ranges::sort(codes, {}, &service_code::parts);
        return codes;
    }

    [[nodiscard]] std::vector<short_number> resolve_short_numbers() const {
        std::vector<short_number> numbers;
        for (const draft_short_number& written : pack_.short_numbers) {
            short_number made;
            made.help = tell_of(written.help.text);
            if (written.empty)
                made.empty = resolve_action(*written.empty);
            for (const draft_entry& one : written.keywords)
                made.commands.push_back(
                    {std::string{view(fold_keyword(one.typed))}, resolve_action(one.leads)});
            for (const marked_text& number : written.numbers) {
                made.number = number.text;
                numbers.push_back(made);
            }
        }
        return numbers;
    }

  private:
    [[nodiscard]] condition resolve_condition(const draft_target& leads) const {
        condition made;
        for (const auto& [is, holds] : read_condition(pack_, leads).value_or(std::vector<asked_fact>{})) {
            if (source_of(is.kind) != fact_source::dialogue)
                made.needs = made.needs | source_of(is.kind);
            if (is.kind == fact_kind::connected) {
                made.has = holds;
                continue;
            }
            const fact_set bit =
                fact_set::of(static_cast<std::size_t>(std::ranges::find(facts_, is) - facts_.begin()));
            fact_set& side = holds ? made.holding : made.lacking;
            side = side | bit;
        }
        return made;
    }

    const draft& pack_;
    std::vector<fact> facts_;
};

/// One language's texts under the names they are served by, and the screens laid out in it.
class speaker {
  public:
    speaker(const draft& pack, const draft_language& written, const std::vector<wanted_text>& wanted)
        : pack_{pack}
        , written_{written}
        , code_{language::from(written.code).value_or(language{})}
        , writes_{code_, pack.zone.text, written.time_pattern.text, written.day_pattern}
        , words_{words_of(pack, writes_)}
        , wanted_{wanted} {}

    [[nodiscard]] spoken_language speak(const std::vector<std::string>& names) const {
        spoken_language made{code_, writes_, {}, {}, {}, {}, {}, {}, {}, {}};
        for (const std::string& name : names)
            made.texts.push_back(text_named(name));
        const longest_values longest = find_longest(pack_, written_, made.forms);
        for (const draft_screen& screen : pack_.screens)
            made.screens.push_back(lay_out_screen(screen, longest));
        made.back = line("nav.back");
        made.exit = line("nav.exit");
        made.cancel = line("nav.cancel");
        made.more = line("nav.more");
        made.wrong_key = line("wrong.line");
        return made;
    }

  private:
    [[nodiscard]] phrase text_named(const std::string& name) const {
        const auto wanted = std::ranges::find(wanted_, name, &wanted_text::name);
        const draft_text* text =
            wanted == wanted_.end() ? written_.find(name) : find_written(written_, *wanted);
        return text == nullptr ? phrase{} : parse_phrase(text->words, words_).made;
    }

    [[nodiscard]] std::string line(const std::string& name) const {
        const phrase text = text_named(name);
        return text.pieces.empty() ? std::string{} : text.pieces.front().words;
    }

    [[nodiscard]] laid_out_screen lay_out_screen(const draft_screen& screen,
                                                 const longest_values& longest) const {
        const std::string prefix = text_prefix(screen);
        laid_out_screen made;
        made.own_zero = line(prefix + ".0");
        if (screen.kind == screen_kind::prompt) {
            made.pages.push_back({text_named(prefix + ".ask"), 0, {}});
            if (screen.twice)
                made.pages.push_back({text_named(prefix + ".again"), 0, {}});
            return made;
        }
        const menu_parts parts = parts_of(pack_, written_, screen, words_);
        made.pages = lay_out(parts, pack_.screen, longest_on(pack_, screen, longest)).pages;
        if (parts.plain_head)
            made.plain = {with_head(*parts.plain_head, parts, made.pages.front()), *parts.plain_head};
        if (parts.held_head)
            made.held = {with_head(*parts.held_head, parts, made.pages.front()), *parts.held_head};
        if (parts.paused_head)
            made.paused = {with_head(*parts.paused_head, parts, made.pages.front()), *parts.paused_head};
        return made;
    }

    const draft& pack_;
    const draft_language& written_;
    language code_;
    forms writes_;
    pack_words words_;
    const std::vector<wanted_text>& wanted_;
};

std::vector<std::string> served_names(const draft& pack, const std::vector<wanted_text>& wanted) {
    std::vector<std::string> names;
    for (const wanted_text& text : wanted)
        if (!text.is_optional)
            names.push_back(text.name);
    for (const draft_language& spoken : pack.languages)
        for (const draft_text& text : spoken.texts)
            names.push_back(text.name);
    std::ranges::sort(names);
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

} // namespace

const spoken_language& definition::speak(language reads) const {
    const auto found = std::ranges::find(languages, reads, &spoken_language::code);
    return found == languages.end() ? languages.front() : *found;
}

std::optional<std::size_t> definition::find_text(std::string_view text) const {
    const auto found = std::ranges::lower_bound(text_names, text, std::less<>{});
    if (found == text_names.end() || *found != text)
        return std::nullopt;
    return static_cast<std::size_t>(found - text_names.begin());
}

bool definition::wants_sms(action_kind of, std::string_view outcome) const {
    const outcome_row* row = find_outcome(of, outcome);
    if (row == nullptr)
        return false;
    return row->answered_by_sms || (row->issues_secret && passwords.show != password_shown::screen);
}

bool definition::leads_to(action_kind what) const {
    const auto hoped = std::ranges::find(all_outcomes(), what, &outcome_row::of);
    return hoped != all_outcomes().end() &&
           find_text(view(name_text(name_of(what), hoped->outcome, channel::sms))).has_value();
}

fact_keys keys_of(const definition& pack) {
    fact_keys made;
    for (const spoken_language& each : pack.languages)
        made.languages.emplace_back(each.code.code());
    for (const offer& each : pack.offers)
        made.offers.emplace_back(each.kind == offer_kind::promise ? std::string_view{} : view(each.name));
    return made;
}

definition define(const draft& pack) {
    definition made;
    made.name = pack.name;
    made.sender = pack.sender.text;
    made.passwords = pack.passwords;
    made.allowed = pack.allowed;
    made.logins = pack.logins;
    made.accounts = pack.accounts;
    made.screen = pack.screen;
    made.numbers = pack.numbers;
    made.words = words_of(pack);
    for (const auto& [name, address] : pack.contacts)
        made.contacts.push_back({name, address.text});
    made.currency = pack.currency.text;
    made.zone = pack.zone.text;
    made.quiet = pack.quiet;
    made.calls = pack.calls;
    made.vouchers = pack.vouchers;
    made.promise_floor = pack.promise_floor;
    made.transfers = pack.transfers;

    const resolver resolving{pack};
    made.offers = resolving.resolve_offers();
    made.codes = resolving.resolve_codes();
    made.unknown_code = resolving.resolve(pack.unknown_code);
    const auto opened = std::ranges::find_if(made.codes, [&](const service_code& code) {
        const opens* wanted = std::get_if<opens>(&made.unknown_code);
        const opens* leads = std::get_if<opens>(&code.leads);
        return wanted != nullptr && leads != nullptr && wanted->screen == leads->screen;
    });
    made.unknown_opens = static_cast<std::uint16_t>(opened - made.codes.begin());
    for (const draft_screen& screen : pack.screens)
        made.screens.push_back(resolving.resolve(screen));
    made.short_numbers = resolving.resolve_short_numbers();

    const std::vector<wanted_text> wanted = wanted_texts(pack);
    made.text_names = served_names(pack, wanted);
    for (const draft_language& written : pack.languages)
        made.languages.push_back(speaker{pack, written, wanted}.speak(made.text_names));
    made.facts = resolving.facts();
    made.facts_of_offers.resize(made.offers.size());
    for (std::size_t at = 0; at < made.facts.size(); ++at) {
        fact_set& theirs = made.facts_by_source[static_cast<std::size_t>(source_of(made.facts[at].kind))];
        theirs = theirs | fact_set::of(at);
        if (made.facts[at].kind == fact_kind::has)
            made.facts_of_offers[made.facts[at].which] = fact_set::of(at);
        if (made.facts[at].kind == fact_kind::language) {
            fact_set& spoken = made.languages[made.facts[at].which].facts;
            spoken = spoken | fact_set::of(at);
        }
    }
    return made;
}

} // namespace kabinet::menus
