#include "tests/gateway/in_store.hpp"

#include "gateway/at_store.hpp"
#include "tests/gateway/run_until.hpp"

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>

#include <exception>

namespace kabinet::gateway::tests {

boost::system::result<void> run_errand(boost::asio::io_context& loop, store::store& in,
                                       store::store::errand work) {
    std::optional<boost::system::result<void>> done;
    boost::asio::co_spawn(loop, at_store(in, std::move(work)),
                          [&](std::exception_ptr thrown, boost::system::result<void> came) {
                              if (thrown)
                                  std::rethrow_exception(thrown);
                              done = came;
                          });
    REQUIRE(run_until(loop, [&] { return done.has_value(); }));
    return *done;
}

} // namespace kabinet::gateway::tests
