#include "tests/gateway/run_wish.hpp"

#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace kabinet::gateway::tests {

performed run_wish(boost::asio::io_context& loop, performer& by, wish made) {
    std::optional<performed> done;
    boost::asio::co_spawn(loop, by.run(std::move(made)), [&](std::exception_ptr thrown, performed came) {
        REQUIRE_FALSE(thrown);
        done.emplace(std::move(came));
    });
    REQUIRE(run_until(loop, [&] { return done.has_value(); }));
    return std::move(*done);
}

} // namespace kabinet::gateway::tests
