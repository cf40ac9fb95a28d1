// Whether another system is to be asked at all: after failures in a row it is left alone for a while, then
// one question shows whether it is back. Plain; the clock is a parameter.
#pragma once

#include "values/instant.hpp"

#include <chrono>
#include <cstdint>

namespace kabinet::gateway::upstream {

class breaker {
  public:
    breaker(std::uint32_t failures, std::chrono::milliseconds rest)
        : most_{failures}
        , rest_{rest} {}

    /// Whoever is told yes must say what came of it.
    [[nodiscard]] bool may_ask(steady_time now) {
        if (rests(now))
            return false;
        if (is_open())
            again_ = now + rest_; // for the others: this one shows
        return true;
    }
    /// Nobody may ask yet.
    [[nodiscard]] bool rests(steady_time now) const { return is_open() && now < again_; }
    void note_success() { in_a_row_ = 0; }
    void note_failure(steady_time now) {
        if (++in_a_row_ < most_)
            return;
        in_a_row_ = most_;
        again_ = now + rest_;
    }
    [[nodiscard]] bool is_open() const { return in_a_row_ >= most_; }

  private:
    std::uint32_t most_;
    std::chrono::milliseconds rest_;
    std::uint32_t in_a_row_ = 0;
    steady_time again_{};
};

} // namespace kabinet::gateway::upstream
