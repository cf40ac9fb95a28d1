// Times as the operator's people and their files write them: ISO 8601, UTC. Subscribers read the pack's.
#pragma once

#include "values/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace kabinet::gateway {

/// `2025-11-21 10:00:00Z`, for eyes.
[[nodiscard]] std::string write_for_eyes(utc_time);

/// `2025-11-21T10:00:00Z`, with a fraction only where there is one.
[[nodiscard]] std::string write_iso(utc_time);

/// That, or a date alone for its midnight. Another zone than `Z` is nothing: it would be guessing.
[[nodiscard]] std::optional<utc_time> read_iso(std::string_view);

} // namespace kabinet::gateway
