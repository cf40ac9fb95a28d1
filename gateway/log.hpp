// The gateway's own log: spdlog, written by a thread of its own so that the loop never waits for a disk.
// What came from a phone or a peer goes through `quoted`; a number through `masked` and its keyed token.
#pragma once

#include "gateway/settings.hpp"

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace kabinet::gateway {

/// The default logger of the process, for as long as this lives. Lines go to stderr, as a service's do.
class running_log {
  public:
    explicit running_log(const log_settings&);
    /// Writes what is queued.
    ~running_log();
    running_log(const running_log&) = delete;
    running_log& operator=(const running_log&) = delete;
};

/// Foreign text as one line: control characters, bidi marks and broken UTF-8 are escaped, 200 octets at most.
[[nodiscard]] std::string quoted(std::string_view foreign);

} // namespace kabinet::gateway
