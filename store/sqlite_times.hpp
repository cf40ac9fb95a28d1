// The times that a limit counts, as the octets of a row: 8 each, big-endian, 0 for none.
#pragma once

#include "store/sqlite_connection.hpp"
#include "values/instant.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace kabinet::store::sqlite {

/// How many are kept: the newest.
inline constexpr std::size_t most_times = 256;

/// `into` is what the row is written from.
void pack_times(std::span<const utc_time>, std::vector<std::uint8_t>& into);
[[nodiscard]] std::vector<utc_time> unpack_times(octets);

} // namespace kabinet::store::sqlite
