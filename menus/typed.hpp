// What people's phones really send: blanks of many kinds, full-width digits, Cyrillic letters that look
// Latin. Pure functions over UTF-8; none of them allocates.
#pragma once

#include "values/text.hpp"

#include <boost/static_string/static_string.hpp>

#include <string_view>

namespace kabinet::menus {

/// Space, tab, line ends, NUL, no-break and zero-width blanks, the ideographic space.
[[nodiscard]] bool is_blank(char32_t);

[[nodiscard]] bool has_blanks(std::string_view utf8);

/// Without the blanks around it.
[[nodiscard]] std::string_view trim(std::string_view utf8);

/// The first word of a text, and what follows it without the blanks around it.
struct split_text {
    std::string_view first;
    std::string_view rest;
};
[[nodiscard]] split_text split(std::string_view utf8);

/// The last word of a text, and what stands before it without the blanks around it.
struct split_last {
    std::string_view before;
    std::string_view last;
};
[[nodiscard]] split_last split_at_last(std::string_view utf8);

/// Full-width `０`-`９`, `＊`, `＃` and letters as ASCII; everything else as it is.
[[nodiscard]] char32_t narrow(char32_t);

/// A keyword in the one form it is compared in: upper case, Cyrillic look-alikes as Latin letters
/// (`раs` is PAS). Longer ones than fit come out empty: they are no keyword.
using keyword = boost::static_string<64>;
[[nodiscard]] keyword fold_keyword(std::string_view utf8);

} // namespace kabinet::menus
