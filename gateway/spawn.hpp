// A coroutine on its own. What it throws leaves by io_context::run and ends the process with a line: a part
// of the gateway that has silently stopped is worse than one that is started again.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <utility>

namespace kabinet::gateway {

inline void spawn(boost::asio::io_context& loop, boost::asio::awaitable<void> work) {
    boost::asio::co_spawn(loop, std::move(work), [](const std::exception_ptr& thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    });
}

} // namespace kabinet::gateway
