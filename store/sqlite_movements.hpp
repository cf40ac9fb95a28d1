// Movements as a column: when, what and how much, 17 octets each.
#pragma once

#include "store/effect.hpp"
#include "store/sqlite_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kabinet::store::sqlite {

inline constexpr std::size_t octets_of_movement = 17;

[[nodiscard]] inline std::vector<std::uint8_t> pack_movements(std::span<const movement> those) {
    std::vector<std::uint8_t> packed;
    packed.reserve(those.size() * octets_of_movement);
    const auto put = [&](std::int64_t number) {
        for (int shift = 56; shift >= 0; shift -= 8)
            packed.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
    };
    for (const movement& each : those) {
        put(each.at.time_since_epoch().count());
        packed.push_back(static_cast<std::uint8_t>(each.what));
        put(each.amount.minor());
    }
    return packed;
}

[[nodiscard]] inline std::vector<movement> unpack_movements(octets packed) {
    const auto take = [](octets from) {
        std::uint64_t number = 0;
        for (const std::uint8_t each : from.first(8))
            number = number << 8U | each;
        return static_cast<std::int64_t>(number);
    };
    std::vector<movement> those;
    for (; packed.size() >= octets_of_movement; packed = packed.subspan(octets_of_movement))
        those.push_back({utc_time{std::chrono::microseconds{take(packed)}},
                         static_cast<entry_kind>(packed[8]), money::from_minor(take(packed.subspan(9)))});
    return those;
}

} // namespace kabinet::store::sqlite
