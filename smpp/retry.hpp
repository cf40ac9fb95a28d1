// How long a link waits between two tries to bind: longer after each failure, with jitter, and longest after
// a refusal that quick tries make worse. Knows no clock.
#pragma once

#include "smpp/command.hpp"

#include <chrono>
#include <optional>
#include <random>

namespace kabinet::smpp {

class retry {
  public:
    /// `seed` feeds the jitter.
    explicit retry(std::uint32_t seed)
        : random_{seed} {}

    /// The wait after a connection that was bound for `bound_for` (zero: never) and, if refused, with what.
    /// From half a second at most it doubles to half a minute; one bound for 10 s starts it anew.
    [[nodiscard]] std::chrono::milliseconds next_wait(std::chrono::nanoseconds bound_for,
                                                      std::optional<status> refusal);

  private:
    std::minstd_rand random_;
    std::uint32_t failures_ = 0;
};

} // namespace kabinet::smpp
