// The steps from an empty database to today's, as schema/NNN.sql has them.
#pragma once

#include <span>

namespace kabinet::store {

/// Step n leads from schema n to schema n + 1; there are as many as today's schema number.
[[nodiscard]] std::span<const char* const> schema_steps();

} // namespace kabinet::store
