// The SMS grammar: a short number and a text to what is asked for. Whose text it is and what comes of it
// is not its business.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"

#include <optional>
#include <string_view>

namespace kabinet::menus {

/// The code that an SMS asked to be sent back.
inline constexpr std::size_t reply_digits = 4;
using reply_code = boost::static_string<reply_digits>;

struct command_read {
    action asked;
    bool is_understood = true; // false: `asked` tells the help of that number, or how the command is sent
    bool asks_first = false;   // an SMS is to tell the terms; a reply agrees to them
    reply_code reply{};        // what was texted may be one; where it agrees to nothing, `asked`
};

/// `4172`, `4172.`, `код 4172`: so many digits, the first of them no 0, alone or behind one word. Empty for
/// anything else.
[[nodiscard]] reply_code read_reply(std::string_view text);

/// Whether an SMS with a keyword does it.
[[nodiscard]] bool asks_by_sms(const definition&, action_kind);

/// A keyword in any case and with Cyrillic look-alikes, then its argument without the blanks around it.
/// An argument with blanks inside is kept whole, for the password rules to refuse; the last word of a
/// transfer's is the amount. Empty is no text, blanks or a lone NUL. Nothing for a number that isn't the
/// pack's.
[[nodiscard]] std::optional<command_read> read_command(const definition&, std::string_view short_number,
                                                       std::string_view text);

} // namespace kabinet::menus
