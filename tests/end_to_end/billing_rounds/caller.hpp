// A phone that knows that gateways die: what doesn't come within its time is a broken promise, unless the
// gateway that owed it is dead.
#pragma once

#include "tests/end_to_end/billing_rounds/course.hpp"
#include "tests/support/centre_thread.hpp"

#include <optional>
#include <string>

namespace kabinet::tests {

class caller {
  public:
    caller(centre_thread& at, std::uint64_t digits, const course& of, course::life life)
        : phone_{at.phone(digits)}
        , digits_{digits}
        , course_{of}
        , life_{life} {}

    [[nodiscard]] phone& at() { return phone_; }
    /// The gateway it began with serves still.
    [[nodiscard]] bool is_served() const { return !course_.has_ended(life_); }

    /// Nothing, here and below: the gateway died.
    std::optional<seen_screen> screen() {
        return await([this](std::chrono::milliseconds limit) { return phone_.screen(limit); });
    }
    std::optional<smpp::status> acknowledgement() {
        const auto came = await([this](std::chrono::milliseconds limit) { return phone_.delivered(limit); });
        const auto status = came.value_or(std::nullopt);
        insist(status.has_value() || !is_served(),
               std::to_string(digits_) + " has what it sent acknowledged");
        return status;
    }

  private:
    static constexpr auto longest_answer = 15s; // a screen's deadline, and then some
    static constexpr auto looked_up_every = 250ms;

    template <class Take>
    auto await(Take take) -> std::optional<decltype(take(looked_up_every))> {
        const auto end = std::chrono::steady_clock::now() + longest_answer;
        while (true) {
            try {
                return take(looked_up_every);
            } catch (const std::runtime_error&) {
                if (!is_served())
                    return std::nullopt;
                if (std::chrono::steady_clock::now() >= end)
                    throw;
            }
        }
    }

    phone phone_;
    std::uint64_t digits_;
    const course& course_;
    course::life life_;
};

} // namespace kabinet::tests
