#include "menus/password_rules.hpp"

#include "menus/typed.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kabinet::menus {
namespace {

constexpr std::size_t subscriber_digits = 7;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool is_common(std::string_view clear, const std::vector<std::string>& blocklist) {
    std::array<char, secret::capacity> folded{};
    std::ranges::transform(clear, folded.begin(), lower);
    const bool found =
        std::ranges::binary_search(blocklist, std::string_view{folded.data(), clear.size()}, std::less<>{});
    wipe(folded.data(), folded.size());
    return found;
}

bool holds_own_number(std::string_view clear, msisdn own) {
    const std::string digits = own.text();
    if (digits.size() < subscriber_digits)
        return false;
    return clear.find(std::string_view{digits}.substr(digits.size() - subscriber_digits)) !=
           std::string_view::npos;
}

/// Of letters, digits and signs, those that it holds.
std::uint32_t count_kinds(std::string_view clear) {
    const auto is_digit = [](char each) { return each >= '0' && each <= '9'; };
    const auto is_letter = [](char each) { return lower(each) >= 'a' && lower(each) <= 'z'; };
    const auto is_sign = [&](char each) { return !is_digit(each) && !is_letter(each); };
    return static_cast<std::uint32_t>(std::ranges::any_of(clear, is_digit)) +
           static_cast<std::uint32_t>(std::ranges::any_of(clear, is_letter)) +
           static_cast<std::uint32_t>(std::ranges::any_of(clear, is_sign));
}

bool is_printable(char octet) {
    return octet > ' ' && octet <= '~';
}

} // namespace

std::string_view name_of(refusal why) {
    switch (why) {
    case refusal::none:
        return "none";
    case refusal::too_short:
        return "too_short";
    case refusal::too_long:
        return "too_long";
    case refusal::blanks:
        return "blanks";
    case refusal::bad_characters:
        return "bad_characters";
    case refusal::too_plain:
        return "too_plain";
    case refusal::common:
        return "common";
    case refusal::own_number:
        return "own_number";
    case refusal::bad_entry:
        return "bad_entry";
    case refusal::bad_voucher:
        return "bad_voucher";
    case refusal::mismatch:
        return "mismatch";
    }
    return "none";
}

refusal examine_password(const secret& chosen, const password_policy& policy, msisdn own) {
    const std::string_view clear = chosen.reveal();
    if (clear.size() < policy.min_length)
        return refusal::too_short;
    if (chosen.is_truncated() || clear.size() > policy.max_length)
        return refusal::too_long;
    if (has_blanks(clear))
        return refusal::blanks;
    if (!std::ranges::all_of(clear, is_printable))
        return refusal::bad_characters;
    if (count_kinds(clear) < policy.kinds)
        return refusal::too_plain;
    if (is_common(clear, policy.blocklist))
        return refusal::common;
    if (holds_own_number(clear, own))
        return refusal::own_number;
    return refusal::none;
}

} // namespace kabinet::menus
