#include "menus/entry.hpp"

#include "menus/typed.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace kabinet::menus {

namespace {

constexpr std::array<std::pair<std::string_view, entry_rule>, 5> entry_words{
    {{"password", entry_rule::password},
     {"voucher", entry_rule::voucher},
     {"number", entry_rule::number},
     {"amount", entry_rule::amount},
     {"word", entry_rule::word}}};

} // namespace

std::optional<entry_rule> find_rule(std::string_view word) {
    const auto found = std::ranges::find(entry_words, word, &std::pair<std::string_view, entry_rule>::first);
    return found == entry_words.end() ? std::nullopt : std::optional{found->second};
}

std::vector<std::string> rule_words() {
    std::vector<std::string> words;
    for (const auto& [word, rule] : entry_words)
        words.emplace_back(word);
    return words;
}

refusal examine_entry(const definition& pack, entry_rule rule, const secret& typed, msisdn own) {
    switch (rule) {
    case entry_rule::password:
        return examine_password(typed, pack.passwords, own);
    case entry_rule::voucher:
        return examine_voucher(typed, pack.vouchers);
    case entry_rule::number:
    case entry_rule::amount:
        break; // keep_entry looks at these
    case entry_rule::word:
        break; // whatever was given at registration
    }
    return refusal::none;
}

bool keep_entry(const definition& pack, entry_rule rule, std::string_view typed, msisdn own, place& into) {
    if (rule == entry_rule::number) {
        const auto number = normalise(typed, pack.numbers);
        if (!number || *number == own)
            return false;
        into.number = number->digits();
        return true;
    }
    const auto amount = read_money(typed);
    if (!amount || *amount < pack.transfers.min || *amount > pack.transfers.max)
        return false;
    into.amount = amount->minor();
    return true;
}

refusal examine_voucher(const secret& typed, const voucher_policy& rules) {
    const secret digits = digits_of_voucher(typed.reveal());
    const std::string_view clear = digits.reveal();
    const bool is_number = clear.find_first_not_of("0123456789") == std::string_view::npos;
    const bool is_whole = clear.size() >= rules.min_digits && clear.size() <= rules.max_digits;
    return is_number && is_whole ? refusal::none : refusal::bad_voucher;
}

secret digits_of_voucher(std::string_view typed) {
    std::array<char, secret::capacity> kept{};
    std::size_t size = 0;
    while (!typed.empty() && size < kept.size()) {
        const code_point next = next_code_point(typed);
        if (next.size == 0)
            break;
        typed.remove_prefix(next.size);
        const char32_t value = narrow(next.value);
        if (is_blank(value) || value == U'-')
            continue;
        kept.at(size++) = value < 0x80 ? static_cast<char>(value) : '?'; // what is no digit stays none
    }
    secret made{std::string_view{kept.data(), size}};
    wipe(kept.data(), kept.size());
    return made;
}

} // namespace kabinet::menus
