#include "simulator/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace kabinet::simulator {

void histogram::add(std::chrono::nanoseconds duration) {
    duration = std::max(duration, std::chrono::nanoseconds{0});
    longest_ = std::max(longest_, duration);
    ++buckets_[bucket_of(std::min(static_cast<std::uint64_t>(duration.count()), largest))];
    ++count_;
}

std::chrono::nanoseconds histogram::quantile(double share) const {
    const double asked = std::ceil(share * static_cast<double>(count_));
    const std::uint64_t rank =
        std::clamp<std::uint64_t>(static_cast<std::uint64_t>(asked), 1, std::max<std::uint64_t>(count_, 1));
    std::uint64_t passed = 0;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
        passed += buckets_[bucket];
        if (passed >= rank && bucket + 1 < buckets_.size())
            return std::min(std::chrono::nanoseconds{end_of(bucket)}, longest_);
    }
    return longest_;
}

} // namespace kabinet::simulator
