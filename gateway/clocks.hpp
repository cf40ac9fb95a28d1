// The one place where the gateway reads its clocks.
#pragma once

#include "values/instant.hpp"

namespace kabinet::gateway {

[[nodiscard]] inline instant read_clocks() {
    return {std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now()),
            std::chrono::steady_clock::now()};
}

} // namespace kabinet::gateway
