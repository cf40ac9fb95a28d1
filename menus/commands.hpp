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
    bool is_understood = true; // false: `asked` tells the help of that number
};

/// A keyword in any case and with Cyrillic look-alikes, then its argument without the blanks around it.
/// An argument with blanks inside is kept whole, for the password rules to refuse. Empty is no text, blanks
/// or a lone NUL. Nothing for a number that isn't the pack's.
[[nodiscard]] std::optional<command_read> read_command(const definition&, std::string_view short_number,
                                                       std::string_view text);

} // namespace kabinet::menus
