// Times as the operator's people, their files and other systems write them: ISO 8601. Subscribers read the
// pack's.
#pragma once

#include "values/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kabinet {

/// `2025-11-21 10:00:00Z`, for eyes.
[[nodiscard]] std::string write_for_eyes(utc_time);

/// `2025-11-21T10:00:00Z`, with a fraction only where there is one.
[[nodiscard]] std::string write_iso(utc_time);

/// RFC 3339: `2026-11-21T12:40:00Z`, `2026-11-21T15:40:00.25+03:00`; what is finer than a microsecond is cut
/// off. The sixtieth second is the next minute's first. A time without its zone is nothing: it would be
/// guessing.
[[nodiscard]] std::optional<utc_time> read_date_time(std::string_view);

/// That, or a date alone for its midnight in UTC.
[[nodiscard]] std::optional<utc_time> read_iso(std::string_view);

} // namespace kabinet
