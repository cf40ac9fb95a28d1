// The SMS grammar: a short number and a text to what is asked for. Whose text it is and what comes of it
// is not its business.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"

#include <optional>
#include <string_view>

namespace kabinet::menus {

struct command_read {
    action asked;
    bool is_understood = true; // false: `asked` tells the help of that number, or how the command is sent
    bool asks_first = false;   // an SMS is to tell the terms; a reply agrees to them
    std::string_view reply{};  // such a reply, of the text that was read; where it agrees to nothing, `asked`
};

/// What a reply looks like: so many digits alone, the first of them no 0.
inline constexpr std::size_t reply_digits = 4;
[[nodiscard]] bool is_reply(std::string_view trimmed);

/// A keyword in any case and with Cyrillic look-alikes, then its argument without the blanks around it.
/// An argument with blanks inside is kept whole, for the password rules to refuse; the last word of a
/// transfer's is the amount. Empty is no text, blanks or a lone NUL. Nothing for a number that isn't the
/// pack's.
[[nodiscard]] std::optional<command_read> read_command(const definition&, std::string_view short_number,
                                                       std::string_view text);

} // namespace kabinet::menus
