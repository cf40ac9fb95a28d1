// Durations counted in log-linear buckets of fixed number: exact to 1/64 of the value from a nanosecond to
// over an hour. Keeps no single value but the longest.
#pragma once

#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace kabinet::simulator {

class histogram {
  public:
    /// A negative duration counts as none; one over an hour is counted among the longest.
    void add(std::chrono::nanoseconds duration);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    [[nodiscard]] std::chrono::nanoseconds longest() const { return longest_; }
    /// The duration that `share` (0 to 1) of all durations don't exceed, rounded up to its bucket's end and
    /// never over the longest; zero when there are none.
    [[nodiscard]] std::chrono::nanoseconds quantile(double share) const;

  private:
    // A value below 2 * steps stands in a bucket of its own; above, each power of two has `steps` buckets.
    static constexpr unsigned step_bits = 6;
    static constexpr std::uint64_t steps = 1U << step_bits;
    static constexpr unsigned largest_bits = 42; // 2^42 ns are 73 minutes
    static constexpr std::uint64_t largest = (std::uint64_t{1} << largest_bits) - 1;

    [[nodiscard]] static constexpr std::size_t bucket_of(std::uint64_t value) {
        const auto bits = static_cast<unsigned>(std::bit_width(value));
        const unsigned dropped = bits > step_bits + 1 ? bits - step_bits - 1 : 0;
        return static_cast<std::size_t>(dropped * steps + (value >> dropped));
    }
    [[nodiscard]] static constexpr std::uint64_t end_of(std::size_t bucket) {
        if (bucket < 2 * steps)
            return bucket;
        const std::uint64_t dropped = bucket / steps - 1;
        return ((bucket - dropped * steps + 1) << dropped) - 1;
    }

    std::array<std::uint64_t, steps*(largest_bits - step_bits + 1)> buckets_{};
    std::uint64_t count_ = 0;
    std::chrono::nanoseconds longest_{0};
};

} // namespace kabinet::simulator
