// The loop of a test, run until what it waits for is there, and whom tests of the gateway are about.
#pragma once

#include "values/msisdn.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>

namespace kabinet::gateway::tests {

using namespace std::chrono_literals;

inline constexpr msisdn anna = msisdn::from_digits(79261112233);
inline constexpr msisdn boris = msisdn::from_digits(79262223344);
inline constexpr msisdn vera = msisdn::from_digits(79263334455);

/// False when nothing was left to run by then.
[[nodiscard]] bool run_one(boost::asio::io_context& loop, std::chrono::steady_clock::time_point latest);

/// Runs the loop until `is_true`; false when twenty seconds didn't bring it: longer than anything takes on a
/// machine with other work.
template <class Condition>
[[nodiscard]] bool run_until(boost::asio::io_context& loop, Condition is_true) {
    const auto latest = std::chrono::steady_clock::now() + 20s;
    loop.restart();
    while (!is_true())
        if (!run_one(loop, latest))
            return is_true();
    return true;
}

} // namespace kabinet::gateway::tests
