#include "menus/commands.hpp"

#include "menus/make_action.hpp"
#include "menus/typed.hpp"
#include "values/text.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

struct split_text {
    std::string_view keyword;
    std::string_view argument;
};

split_text split(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const code_point next = next_code_point(text.substr(at));
        if (next.size == 0)
            break;
        if (is_blank(next.value))
            return {text.substr(0, at), trim(text.substr(at))};
        at += next.size;
    }
    return {text, {}};
}

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

} // namespace

std::optional<command_read> read_command(const definition& pack, std::string_view number_texted,
                                         std::string_view text) {
    const short_number* number = find_number(pack, number_texted);
    if (number == nullptr)
        return std::nullopt;
    text = trim(text);
    if (text.empty() && number->empty)
        return command_read{make_action(pack, *number->empty, {})};
    const split_text typed = split(text);
    const command* found = text.empty() ? nullptr : find_command(*number, typed.keyword);
    if (found == nullptr || (!takes_argument(found->what.what) && !typed.argument.empty()))
        return command_read{make_action(pack, number->help, {}), false};
    return command_read{make_action(pack, found->what, typed.argument)};
}

} // namespace kabinet::menus
