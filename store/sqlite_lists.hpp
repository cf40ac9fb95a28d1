// What an SMS lists, as columns: movements as when, what and how much, 17 octets each, and operations as
// when, what and by which way, 10 octets each.
#pragma once

#include "store/movement.hpp"
#include "store/past_effect.hpp"
#include "store/sqlite_connection.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace kabinet::store::sqlite {

inline constexpr std::size_t octets_of_movement = 17;
inline constexpr std::size_t octets_of_operation = 10;

inline void put(std::int64_t number, std::vector<std::uint8_t>& to) {
    for (int shift = 56; shift >= 0; shift -= 8)
        to.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> shift));
}

[[nodiscard]] inline std::int64_t take(octets from) {
    std::uint64_t number = 0;
    for (const std::uint8_t each : from.first(8))
        number = number << 8U | each;
    return static_cast<std::int64_t>(number);
}

[[nodiscard]] inline std::vector<std::uint8_t> pack_movements(std::span<const movement> those) {
    std::vector<std::uint8_t> packed;
    packed.reserve(those.size() * octets_of_movement);
    for (const movement& each : those) {
        put(each.at.time_since_epoch().count(), packed);
        packed.push_back(static_cast<std::uint8_t>(each.what));
        put(each.amount.minor(), packed);
    }
    return packed;
}

[[nodiscard]] inline std::vector<movement> unpack_movements(octets packed) {
    std::vector<movement> those;
    for (; packed.size() >= octets_of_movement; packed = packed.subspan(octets_of_movement))
        those.push_back({utc_time{std::chrono::microseconds{take(packed)}},
                         static_cast<entry_kind>(packed[8]), money::from_minor(take(packed.subspan(9)))});
    return those;
}

[[nodiscard]] inline std::vector<std::uint8_t> pack_operations(std::span<const past_effect> those) {
    std::vector<std::uint8_t> packed;
    packed.reserve(those.size() * octets_of_operation);
    for (const past_effect& each : those) {
        put(each.at.time_since_epoch().count(), packed);
        packed.push_back(static_cast<std::uint8_t>(each.what));
        packed.push_back(static_cast<std::uint8_t>(each.by));
    }
    return packed;
}

[[nodiscard]] inline std::vector<past_effect> unpack_operations(octets packed) {
    std::vector<past_effect> those;
    for (; packed.size() >= octets_of_operation; packed = packed.subspan(octets_of_operation))
        those.push_back({utc_time{std::chrono::microseconds{take(packed)}},
                         static_cast<effect_kind>(packed[8]), static_cast<channel>(packed[9])});
    return those;
}

} // namespace kabinet::store::sqlite
