// Text that is read by octets: what people write in lines, and fields of other systems.
#pragma once

#include <algorithm>
#include <string_view>

namespace kabinet::simulator {

/// Without blanks, tabs and carriage returns around it.
[[nodiscard]] inline std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// Also of an empty text.
[[nodiscard]] inline bool are_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char one) { return one >= '0' && one <= '9'; });
}

} // namespace kabinet::simulator
