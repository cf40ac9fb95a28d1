// JSON in tests: read and printed here, once for all of them, as every file that does so itself compiles it
// anew.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace kabinet::tests {

/// Throws nlohmann::json::parse_error.
[[nodiscard]] nlohmann::json read_json(std::string_view text);
[[nodiscard]] std::string write_json(const nlohmann::json&);

} // namespace kabinet::tests

template <>
struct doctest::StringMaker<nlohmann::json> {
    static String convert(const nlohmann::json&);
};
