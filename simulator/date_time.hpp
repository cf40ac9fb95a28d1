// A date-time as the JSON of others has it: RFC 3339. Knows no other form of a date.
#pragma once

#include "values/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kabinet::simulator {

/// `2026-11-21T12:40:00Z`, `2026-11-21T15:40:00.25+03:00`; what is finer than a microsecond is cut off. The
/// sixtieth second is the next minute's first.
[[nodiscard]] std::optional<utc_time> read_date_time(std::string_view);

/// In UTC, with a fraction only where there is one.
[[nodiscard]] std::string write_date_time(utc_time);

} // namespace kabinet::simulator
