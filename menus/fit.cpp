#include "menus/fit.hpp"

#include "menus/about.hpp"
#include "menus/commands.hpp"
#include "menus/make_action.hpp"
#include "menus/outcomes.hpp"
#include "menus/page.hpp"
#include "menus/reach.hpp"
#include "values/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace kabinet::menus {
namespace {

constexpr std::string_view long_count = "999999";
constexpr std::size_t longest_units = 7;   // minutes, SMS or megabytes of a package
constexpr std::size_t longest_points = 11; // of as many as an account holds
constexpr std::size_t broken = std::numeric_limits<std::size_t>::max();

std::string longest_form(const piece& counted) {
    std::string longest;
    for (const std::string& form : counted.forms)
        if (is_longer(form, longest))
            longest = form;
    return counted.forms.empty() ? std::string{long_count} : longest;
}

std::string longest_words(const draft_language& in, std::string_view prefix,
                          std::span<const std::string_view> words) {
    std::string longest;
    for (std::string_view word : words) {
        const draft_text* text = in.find(std::string{prefix} + std::string{word});
        if (text != nullptr && is_longer(text->words, longest))
            longest = text->words;
    }
    return longest;
}

void keep_longer(std::string& kept, std::string_view text) {
    if (is_longer(text, kept))
        kept = text;
}

longest_terms& terms_of(longest_values& longest, offer_kind kind) {
    return longest.kinds[static_cast<std::size_t>(kind)];
}

void find_longest_terms(const draft& pack, const draft_language& in, const forms& writes,
                        longest_values& longest) {
    const pack_words words = words_of(pack, writes);
    for (const draft_offer& each : pack.promises) {
        longest_terms& of = terms_of(longest, offer_kind::promise);
        keep_longer(of.fee, writes.write_money(each.fee));
        keep_longer(of.term, writes.write_term(each.term));
    }
    for (const draft_ware& each : pack.wares) {
        longest_terms& of = terms_of(longest, each.kind);
        keep_longer(of.price, writes.write_money(each.kind == offer_kind::package ? each.fee : each.price));
        keep_longer(of.fee, writes.write_money(each.fee));
        keep_longer(of.period, writes.write_term(each.period));
        if (const draft_text* title = in.find(view(title_of(each.kind, each.name))))
            keep_longer(of.title, fill(parse_phrase(title->words, words).made, longest));
    }
    longest.transfer_fee = writes.write_money(pack.transfers.fee);
    keep_longer(longest.terms.fee, longest.transfer_fee);
    for (const longest_terms& each : longest.kinds)
        for (const auto part : {&longest_terms::title, &longest_terms::price, &longest_terms::fee,
                                &longest_terms::period, &longest_terms::term})
            keep_longer(longest.terms.*part, each.*part);
}

void find_longest_holdings(const draft& pack, const draft_language& in, const forms& writes,
                           longest_values& longest) {
    const pack_words words = words_of(pack, writes);
    const auto list = [&](std::span<const std::string_view> kinds) {
        std::string line;
        for (const std::string_view kind : kinds)
            if (const draft_text* text = in.find("holding." + std::string{kind}))
                keep_longer(line, fill(parse_phrase(text->words, words).made, longest));
        std::string lines;
        for (std::size_t at = 0; at < sure_holdings; ++at)
            lines += (at == 0 ? "" : "\n") + line;
        return lines;
    };
    longest.holdings = list(lines_of_services);
    longest.package_holdings = list(lines_of_packages);
}

/// So many lines, each at its longest; none where the pack has no such line.
std::string longest_list(const draft_text* line, std::size_t lines, const pack_words& words,
                         const longest_values& longest) {
    if (line == nullptr)
        return {};
    const std::string written = fill(parse_phrase(line->words, words).made, longest);
    std::string listed;
    for (std::size_t at = 0; at < lines; ++at)
        listed += (at == 0 ? "" : "\n") + written;
    return listed;
}

std::string longest_code(const draft& pack) {
    std::size_t longest = 0;
    for (const draft_entry& code : pack.codes)
        longest = std::max(longest, code.typed.size());
    const std::map<std::string, std::size_t> depths = find_depths(pack).depths;
    std::size_t deepest = 0;
    for (const auto& [name, depth] : depths)
        deepest = std::max(deepest, depth);
    return std::string(longest + 2 * deepest, '8');
}

} // namespace

longest_values longest_in(std::string_view name, longest_values longest) {
    if (name.starts_with(name_of(action_kind::show_packages)))
        longest.holdings = longest.package_holdings;
    for (const outcome_row& row : all_outcomes()) {
        if (!name.starts_with(view(name_result(name_of(row.of), row.outcome))))
            continue;
        if (row.of_reply)
            longest.password = std::string(reply_digits, '9');
        if (const auto kind = offer_needed(row.of))
            longest.terms = terms_of(longest, *kind);
        if (row.of == action_kind::transfer)
            longest.terms.fee = longest.transfer_fee;
    }
    return longest;
}

longest_values longest_on(const draft& pack, const draft_screen& screen, longest_values longest) {
    if (screen.kind != screen_kind::confirmation)
        return longest;
    if (const auto kind = about_kind(pack, screen))
        longest.terms = terms_of(longest, *kind);
    if (std::ranges::any_of(screen.items, [](const draft_item& each) {
            return each.leads.does == name_of(action_kind::transfer);
        }))
        longest.terms.fee = longest.transfer_fee;
    return longest;
}

bool is_longer(std::string_view one, std::string_view other) {
    return count_utf16(one).value_or(broken) > count_utf16(other).value_or(broken);
}

longest_values find_longest(const draft& pack, const draft_language& in, const forms& writes) {
    longest_values longest{.time = writes.longest_time(),
                           .login = std::string(pack.numbers.national_length, '9'),
                           .code = longest_code(pack),
                           .operations = {},
                           .what = longest_words(in, "archive.", archive_words()),
                           .by = longest_words(in, "archive.by.", archive_ways()),
                           .balance = writes.longest_money(),
                           .points = std::string(longest_points, '9'),
                           .amount = writes.longest_money().substr(1), // never below zero
                           .movements = {},
                           .totals = {},
                           .day = writes.write_day(utc_time{std::chrono::days{20'811}})}; // 24 December
    longest.units = std::string(longest_units, '9');
    find_longest_terms(pack, in, writes, longest);
    find_longest_holdings(pack, in, writes, longest);
    longest_values in_line = longest;
    in_line.what = longest_words(in, "movement.", movement_words());
    const pack_words words = words_of(pack, writes);
    longest.movements = longest_list(in.find("movement.line"), sure_movements, words, in_line);
    longest.totals = longest_list(in.find("total.line"), sure_totals, words, in_line);
    longest.operations = longest_list(in.find("archive.line"), sure_operations, words, longest);
    return longest;
}

std::string fill(const phrase& text, const longest_values& longest) {
    std::string filled;
    for (const piece& part : text.pieces) {
        if (!part.filled) {
            filled += part.words;
            continue;
        }
        switch (*part.filled) {
        case placeholder::until:
        case placeholder::at:
            filled += longest.time;
            break;
        case placeholder::login:
            filled += longest.login;
            break;
        case placeholder::password:
            filled += longest.password;
            break;
        case placeholder::count:
            filled += longest_form(part);
            break;
        case placeholder::code:
            filled += longest.code;
            break;
        case placeholder::operations:
            filled += longest.operations;
            break;
        case placeholder::what:
            filled += longest.what;
            break;
        case placeholder::by:
            filled += longest.by;
            break;
        case placeholder::balance:
            filled += longest.balance;
            break;
        case placeholder::points:
            filled += longest.points;
            break;
        case placeholder::amount:
            filled += longest.amount;
            break;
        case placeholder::fee:
            filled += longest.terms.fee;
            break;
        case placeholder::term:
            filled += longest.terms.term;
            break;
        case placeholder::party:
            filled += longest.login;
            break;
        case placeholder::income:
        case placeholder::spent:
            filled += longest.amount;
            break;
        case placeholder::movements:
            filled += longest.movements;
            break;
        case placeholder::totals:
            filled += longest.totals;
            break;
        case placeholder::day:
            filled += longest.day;
            break;
        case placeholder::title:
        case placeholder::other:
            filled += longest.terms.title;
            break;
        case placeholder::price:
            filled += longest.terms.price;
            break;
        case placeholder::period:
            filled += longest.terms.period;
            break;
        case placeholder::minutes:
        case placeholder::sms:
        case placeholder::megabytes:
            filled += longest.units;
            break;
        case placeholder::holdings:
            filled += longest.holdings;
            break;
        }
    }
    return filled;
}

std::string describe_examples(const phrase& text, const longest_values& longest) {
    std::string told;
    for (const piece& part : text.pieces) {
        if (!part.filled)
            continue;
        const std::string example = fill(phrase{{part}}, longest);
        const std::string named = fmt::format("{{{}}} being \"{}\"", name_of(*part.filled), example);
        if (example.find('\n') == std::string::npos && told.find(named) == std::string::npos)
            told += ", " + named;
    }
    return told;
}

std::string describe_excess(const length& is) {
    constexpr std::size_t bits_of_septet = 7;
    const auto octets = [&](std::size_t units) {
        return is.is_gsm ? (units * bits_of_septet + 7) / 8 : units * 2;
    };
    return fmt::format("{} characters of {}, {} too many ({} octets of {})", is.used, is.most,
                       is.used - is.most, octets(is.used), octets(is.most));
}

length measure_screen(std::string_view text, const screen_size& size) {
    if (const auto septets = count_septets(text))
        return {*septets, size.septets, true};
    return {count_utf16(text).value_or(broken), size.characters, false};
}

length measure_sms(std::string_view text, std::uint8_t parts) {
    // No part begins within an escape or a surrogate pair: each seam may cost a septet or a character.
    const std::size_t seams = parts - 1U;
    if (const auto septets = count_septets(text))
        return {*septets, parts == 1 ? sms_septets : parts * part_septets - seams, true};
    return {count_utf16(text).value_or(broken), parts == 1 ? sms_characters : parts * part_characters - seams,
            false};
}

} // namespace kabinet::menus
