// TOML files as plain values that know their lines. What a setting means is for others.
#pragma once

#include "values/finding.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::config {

struct toml_value;
struct toml_entry;
using toml_array = std::vector<toml_value>;
using toml_table = std::vector<toml_entry>; // in the order of the lines

struct toml_value {
    std::variant<std::monostate, bool, std::int64_t, double, std::string, toml_array, toml_table> is;
    mark where;
};

struct toml_entry {
    std::string key;
    toml_value value;
};

/// A syntax error is one finding, and then there is nothing.
[[nodiscard]] std::optional<toml_table> parse_toml(std::string_view text, const std::string& file,
                                                   std::vector<finding>&);

/// A whole file; nothing and a finding when it can't be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path&, std::vector<finding>&);

} // namespace kabinet::config
