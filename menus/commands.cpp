#include "menus/commands.hpp"

#include "menus/make_action.hpp"
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
    const command* found = text.empty() ? nullptr : find_command(*number, typed.first);
    if (found == nullptr || (!takes_argument(found->what.what) && !typed.rest.empty()))
        return command_read{make_action(pack, number->help, {}), false};
    return command_read{make_action(pack, found->what, typed.rest)};
}

} // namespace kabinet::menus
