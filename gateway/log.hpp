// The gateway's own log: spdlog, written by a thread of its own so that the loop never waits for a disk.
// What came from a phone or a peer goes through `quoted`; a number through `masked` and its keyed token.
#pragma once

#include "gateway/settings.hpp"

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace kabinet::gateway {

/// Makes the default logger of the process. Lines go to stderr, as a service's do.
void start_log(const log_settings&);
/// Writes what is queued.
void stop_log();

/// Foreign text as one line: control characters, bidi marks and broken UTF-8 are escaped, 200 octets at most.
[[nodiscard]] std::string quoted(std::string_view foreign);

} // namespace kabinet::gateway
