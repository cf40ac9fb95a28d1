// How long things took, counted in buckets each twice as wide as the one before: a microsecond to a minute.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace kabinet {

/// Written by one thread, read by any. Adding allocates nothing and locks nothing.
class durations {
  public:
    /// The upper bound of bucket `n` is 2^n microseconds; the last bucket takes all that is longer.
    static constexpr std::size_t buckets = 28;

    struct figures {
        std::array<std::uint64_t, buckets> counts{};
        std::chrono::microseconds sum{};
    };

    void add(std::chrono::nanoseconds took) {
        // rounded up, so that what is counted under a bound was not longer
        const auto us = static_cast<std::uint64_t>(
            std::max<std::int64_t>(0, std::chrono::ceil<std::chrono::microseconds>(took).count()));
        const std::size_t bucket = us <= 1 ? 0 : static_cast<std::size_t>(std::bit_width(us - 1));
        raise(counts_[std::min(bucket, buckets - 1)], 1);
        raise(sum_, us);
    }

    [[nodiscard]] figures look() const {
        figures seen;
        for (std::size_t bucket = 0; bucket < buckets; ++bucket)
            seen.counts[bucket] = counts_[bucket].load(std::memory_order_relaxed);
        seen.sum = std::chrono::microseconds{sum_.load(std::memory_order_relaxed)};
        return seen;
    }

  private:
    /// With one writer a load and a store are as good as an atomic addition, without its cost.
    static void raise(std::atomic<std::uint64_t>& number, std::uint64_t by) {
        number.store(number.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
    }

    std::array<std::atomic<std::uint64_t>, buckets> counts_{};
    std::atomic<std::uint64_t> sum_{0};
};

} // namespace kabinet
