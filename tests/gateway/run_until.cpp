#include "tests/gateway/run_until.hpp"

namespace kabinet::gateway::tests {

bool run_one(boost::asio::io_context& loop, std::chrono::steady_clock::time_point latest) {
    return loop.run_one_until(latest) != 0;
}

} // namespace kabinet::gateway::tests
