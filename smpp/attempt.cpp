#include "smpp/attempt.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kabinet::smpp {

namespace asio = boost::asio;
using boost::system::error_code;

attempt::attempt(asio::io_context& loop)
    : loop_{loop}
    , resolver_{loop}
    , socket_{loop}
    , over_{loop} {}

// A lookup under way can't be cancelled, it ends when the name server or its library gives up. So it isn't
// waited for: it runs in a coroutine of its own, which finds the outcome settled when it comes back.
asio::awaitable<boost::system::result<attempt::tcp::socket>>
attempt::open(std::string host, std::uint16_t port, std::chrono::milliseconds limit) {
    const auto kept = shared_from_this();
    if (!outcome_)
        over_.expires_after(limit);
    asio::co_spawn(loop_, connect(kept, std::move(host), port), asio::detached);
    error_code ignored;
    co_await over_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    end(asio::error::timed_out); // unless there is an outcome
    if (!*outcome_)
        co_return std::move(socket_);
    resolver_.cancel();
    socket_.close(ignored);
    co_return *outcome_;
}

void attempt::give_up() {
    end(asio::error::operation_aborted);
}

asio::awaitable<void> attempt::connect(std::shared_ptr<attempt> /*kept*/, std::string host,
                                       std::uint16_t port) {
    error_code failed;
    const std::vector<tcp::endpoint> found = co_await look_up(std::move(host), port, failed);
    if (!failed && !outcome_)
        co_await asio::async_connect(socket_, found, asio::redirect_error(asio::use_awaitable, failed));
    end(failed);
}

asio::awaitable<std::vector<attempt::tcp::endpoint>> attempt::look_up(std::string host, std::uint16_t port,
                                                                      error_code& failed) {
    // All lookups of a process stand in one row: an address doesn't wait there behind a name that hangs.
    error_code no_address;
    const auto address = asio::ip::make_address(host, no_address);
    if (!no_address)
        co_return std::vector{tcp::endpoint{address, port}};
    const auto found = co_await resolver_.async_resolve(host, std::to_string(port),
                                                        asio::redirect_error(asio::use_awaitable, failed));
    co_return std::vector<tcp::endpoint>(found.begin(), found.end());
}

void attempt::end(error_code outcome) {
    if (outcome_)
        return;
    outcome_ = outcome;
    over_.expires_after(std::chrono::steady_clock::duration::zero());
}

} // namespace kabinet::smpp
