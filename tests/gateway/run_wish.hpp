// A wish that is performed while a test waits.
#pragma once

#include "gateway/perform.hpp"

#include <boost/asio/io_context.hpp>

namespace kabinet::gateway::tests {

[[nodiscard]] performed run_wish(boost::asio::io_context&, performer&, wish);

} // namespace kabinet::gateway::tests
