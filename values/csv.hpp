// One line of a CSV file (RFC 4180) and its fields. A field doesn't go over lines. Knows no columns.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet {

/// What some programs write before the first line of a file in UTF-8.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Fields without their quotes, blanks and all; a carriage return at the end is the line's own. Nothing when
/// a quote isn't closed on its line, or stands in the middle of a field.
[[nodiscard]] std::optional<std::vector<std::string>> read_csv_line(std::string_view line);

/// Quotes where they are needed.
[[nodiscard]] std::string write_csv_line(std::span<const std::string> fields);

} // namespace kabinet
