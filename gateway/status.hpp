// What `kabinet status` says of a running gateway, a line for each thing; taken on the loop.
#pragma once

#include "gateway/measure.hpp"
#include "values/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::gateway {

/// `door` is the port of the portal's, where it is open.
[[nodiscard]] std::vector<std::string> describe_status(const measured&, std::optional<std::uint16_t> door,
                                                       utc_time started, utc_time now);

} // namespace kabinet::gateway
