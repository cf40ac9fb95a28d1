// How fast one link may be given messages: its configured rate, cut while its centre says "slower".
#pragma once

#include "values/instant.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace kabinet::gateway {

class pace {
  public:
    /// `per_second` 0: no limit until the centre asks for one.
    pace(std::uint32_t per_second, steady_time now)
        : configured_{static_cast<double>(per_second)}
        , rate_{configured_}
        , filled_at_{now}
        , counted_since_{now} {}

    /// Whether one more may leave now; counts it if so.
    [[nodiscard]] bool admit(steady_time now) {
        if (now < closed_until_)
            return false;
        recover(now);
        if (rate_ == 0)
            return true;
        const std::chrono::duration<double> passed = now - filled_at_;
        tokens_ = std::min(burst(), tokens_ + passed.count() * rate_);
        filled_at_ = now;
        if (tokens_ < 1)
            return false;
        tokens_ -= 1;
        return true;
    }

    /// The centre throttled us, or its queue is full: nothing for `pause`, then half as fast as it went.
    void slow_down(std::chrono::milliseconds pause, steady_time now) {
        closed_until_ = std::max(closed_until_, now + pause);
        if (slowed_at_ && now < *slowed_at_ + std::chrono::seconds{1})
            return; // the answers to one burst count once
        slowed_at_ = now;
        recovered_at_ = now + std::chrono::seconds{1};
        rate_ = std::max(1.0, (rate_ == 0 ? sent_lately(now) : rate_) / 2);
        tokens_ = 0;
        filled_at_ = closed_until_;
    }

    /// The centre took one.
    void sent(steady_time now) {
        begin_second(now);
        ++sent_;
    }

    [[nodiscard]] bool is_slowed() const { return rate_ != configured_; }

  private:
    [[nodiscard]] double burst() const { return std::max(1.0, rate_ / 10); }

    /// A tenth more each second without a complaint, back to the configured rate.
    void recover(steady_time now) {
        constexpr double as_good_as_free = 10'000;
        for (; is_slowed() && now >= recovered_at_ + std::chrono::seconds{1};
             recovered_at_ += std::chrono::seconds{1}) {
            rate_ *= 1.1;
            if (rate_ >= (configured_ != 0 ? configured_ : as_good_as_free))
                rate_ = configured_;
        }
    }

    void begin_second(steady_time now) {
        if (now < counted_since_ + std::chrono::seconds{1})
            return;
        sent_before_ = now < counted_since_ + std::chrono::seconds{2} ? sent_ : 0;
        sent_ = 0;
        counted_since_ = now;
    }

    /// A second, of this one and the one before.
    [[nodiscard]] double sent_lately(steady_time now) {
        begin_second(now);
        return static_cast<double>(std::max<std::uint64_t>({2, sent_, sent_before_}));
    }

    double configured_;
    double rate_;
    double tokens_ = 1;
    steady_time filled_at_;
    steady_time closed_until_ = steady_time::min();
    std::optional<steady_time> slowed_at_;
    steady_time recovered_at_{}; // with slowed_at_
    std::uint64_t sent_ = 0;
    std::uint64_t sent_before_ = 0;
    steady_time counted_since_;
};

} // namespace kabinet::gateway
