// Which of a link's losses are worth a line of the log: the first, one for another reason, and the same one
// twice a minute while its centre stays away.
#pragma once

#include "values/instant.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

namespace kabinet::gateway {

class loss_news {
  public:
    static constexpr std::chrono::seconds again_after{30};

    /// Whether that one is. `try_number` counts from 1 since the link was bound.
    [[nodiscard]] bool take(std::string why, std::uint32_t try_number, steady_time now) {
        const bool is_new = try_number == 1 || why != last_ || now >= told_ + again_after;
        last_ = std::move(why);
        if (is_new)
            told_ = now;
        return is_new;
    }

    /// Why it went, or did not come, the last time; empty where it never did.
    [[nodiscard]] const std::string& last() const { return last_; }

  private:
    std::string last_;
    steady_time told_{};
};

} // namespace kabinet::gateway
