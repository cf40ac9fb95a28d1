// A text of a pack cut into what stands and what is filled in. Knows no language and doesn't fill in.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

/// What is known only when a text is said. In a text: `{until}`, `{count|вход|входа|входов}`.
enum class placeholder : std::uint8_t {
    until,      // when something ends or works again
    at,         // when something was done
    login,      // the subscriber's number as he knows it
    password,   // in clear: only in texts of an outcome that issues one
    count,      // a number; with forms after it: the form for that number
    code,       // the code that leads straight to where the subscriber stood
    operations, // the last operations, one a line
    what,       // in a line of operations: what was done
    by,         // in a line of operations: by which channel
    balance,    // of money; below zero with a minus
    points,     // of bonus
    amount,     // of what is moved, or lent
    fee,
    term,   // how long something lasts: `3 days`
    party,  // the number on the other side
    income, // of a month
    spent,
    totals,    // what these two are made of, one a line
    movements, // of money, one a line
    day,       // in a line of movements
    title,     // of what is sold
    other,     // that it doesn't go with
    price,     // once
    period,    // of a fee: `30 days`
    minutes,   // of a package
    sms,
    megabytes,
    holdings, // what the account has of it, one a line
};

[[nodiscard]] std::optional<placeholder> find_placeholder(std::string_view name);
[[nodiscard]] std::string_view name_of(placeholder);

struct piece {
    std::string words; // as it stands, when `filled` is nothing
    std::optional<placeholder> filled;
    std::vector<std::string> forms; // of `count`: one, few, many as the language has them

    friend bool operator==(const piece&, const piece&) = default;
};

struct phrase {
    std::vector<piece> pieces;

    [[nodiscard]] bool holds(placeholder) const;
    /// Nothing is filled in: the whole phrase is its first piece.
    [[nodiscard]] bool is_fixed() const;

    friend bool operator==(const phrase&, const phrase&) = default;
};

/// Words of the pack by their names: `{portal}` reads `lk.megafon.ru`.
using pack_words = std::map<std::string, std::string, std::less<>>;

struct phrase_fault {
    std::string sentence;
    std::string name{}; // that stands in braces and is neither a placeholder nor a word
};

struct parsed_phrase {
    phrase made;
    std::vector<phrase_fault> faults; // empty when the text is well formed
};

/// Braces hold a placeholder or a word of the pack; doubled braces stand for themselves.
[[nodiscard]] parsed_phrase parse_phrase(std::string_view text, const pack_words&);

} // namespace kabinet::menus
