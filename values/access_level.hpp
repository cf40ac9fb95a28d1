// How much of an account a login may reach.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace kabinet {

/// In rising order. The numbers are on disk.
enum class access_level : std::uint8_t { view = 1, own_number = 2, all_numbers = 3 };

/// As feeds, packs and the portal say it.
inline constexpr std::array<std::pair<std::string_view, access_level>, 3> access_levels{
    {{"view", access_level::view}, {"own", access_level::own_number}, {"all", access_level::all_numbers}}};

[[nodiscard]] constexpr std::string_view name_of(access_level of) {
    for (const auto& [name, level] : access_levels)
        if (level == of)
            return name;
    return "unknown";
}

} // namespace kabinet
