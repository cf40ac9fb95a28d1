// Tables of values and what they are called in files and messages, read in both directions.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>

namespace kabinet::simulator {

/// The value must be in the table.
template <class Table, class Value>
std::string_view find_name(const Table& in, Value of) {
    return std::ranges::find(in, of, &Table::value_type::first)->second;
}

template <class Table>
auto find_value(const Table& in, std::string_view name) {
    const auto found = std::ranges::find(in, name, &Table::value_type::second);
    return found == in.end() ? std::nullopt : std::optional{found->first};
}

} // namespace kabinet::simulator
