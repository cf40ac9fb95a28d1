#include "menus/commands.hpp"

#include "menus/entry.hpp"
#include "menus/make_action.hpp"
#include "menus/outcomes.hpp"
#include "menus/typed.hpp"
#include "values/text.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

const short_number* find_number(const definition& pack, std::string_view number) {
    if (number.starts_with('+'))
        number.remove_prefix(1);
    const auto found = std::ranges::find(pack.short_numbers, number, &short_number::number);
    return found == pack.short_numbers.end() ? nullptr : &*found;
}

const command* find_command(const short_number& number, std::string_view typed) {
    const keyword folded = fold_keyword(typed);
    const auto found = std::ranges::find_if(number.commands,
                                            [&](const command& one) { return one.keyword == view(folded); });
    return found == number.commands.end() ? nullptr : &*found;
}

bool awaits_replies(const short_number& number) {
    return std::ranges::any_of(number.commands,
                               [](const command& one) { return needs_reply(one.what.what); });
}

/// The terms of a transfer, if all of them could be read.
std::optional<kept_entries> read_transfer(const definition& pack, std::string_view argument) {
    const split_last typed = split_at_last(argument);
    place kept;
    // its own number is refused with a reason where it is paid from
    const bool is_whole = keep_entry(pack, entry_rule::number, typed.before, msisdn{}, kept) &&
                          keep_entry(pack, entry_rule::amount, typed.last, msisdn{}, kept);
    if (!is_whole)
        return std::nullopt;
    return kept_entries{msisdn::from_digits(kept.number), money::from_minor(kept.amount)};
}

command_read read_question(const definition& pack, const does& what, std::string_view argument) {
    kept_entries kept;
    if (needs_entries(what.what)) {
        const auto read = read_transfer(pack, argument);
        if (!read)
            return {tell{name_result(name_of(what.what), "how")}, false};
        kept = *read;
    }
    return {make_action(pack, what, {}, kept), true, true};
}

} // namespace

reply_code read_reply(std::string_view text) {
    const split_last typed = split_at_last(text);
    const split_text before = split(typed.before);
    reply_code read;
    std::string_view rest = typed.last;
    while (!rest.empty()) {
        const code_point next = next_code_point(rest);
        if (next.size == 0)
            return {};
        rest.remove_prefix(next.size);
        const char32_t value = narrow(next.value);
        const bool is_end = value == U'.' || value == U'!';
        if (is_end && read.size() == reply_digits && rest.empty())
            break;
        if (value < U'0' || value > U'9' || read.size() == reply_digits || (read.empty() && value == U'0'))
            return {};
        read.push_back(static_cast<char>(value));
    }
    return read.size() == reply_digits && before.rest.empty() ? read : reply_code{};
}

bool asks_by_sms(const definition& pack, action_kind what) {
    return std::ranges::any_of(pack.short_numbers, [&](const short_number& number) {
        return std::ranges::any_of(number.commands,
                                   [&](const command& one) { return one.what.what == what; });
    });
}

std::optional<command_read> read_command(const definition& pack, std::string_view number_texted,
                                         std::string_view text) {
    const short_number* number = find_number(pack, number_texted);
    if (number == nullptr)
        return std::nullopt;
    text = trim(text);
    if (text.empty() && number->empty)
        return command_read{make_action(pack, *number->empty, {})};
    const split_text typed = split(text);
    const command* found = text.empty() ? nullptr : find_command(*number, typed.first);
    const bool may_follow =
        found != nullptr && (takes_argument(found->what.what) || needs_entries(found->what.what));
    if (found == nullptr || (!may_follow && !typed.rest.empty())) {
        const reply_code reply = awaits_replies(*number) ? read_reply(text) : reply_code{};
        if (!reply.empty())
            return command_read{tell{text_name{no_such_reply.data(), no_such_reply.size()}}, false, false,
                                reply};
        return command_read{make_action(pack, number->help, {}), false};
    }
    if (needs_reply(found->what.what))
        return read_question(pack, found->what, typed.rest);
    return command_read{make_action(pack, found->what, typed.rest)};
}

} // namespace kabinet::menus
