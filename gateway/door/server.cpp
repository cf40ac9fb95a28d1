#include "gateway/door/server.hpp"

#include "gateway/door/connection.hpp"
#include "gateway/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include <stdexcept>
#include <thread>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr auto accept_again = 100ms; // after an error that is ours, such as no file descriptors

} // namespace

struct server::parts {
    parts(server_settings given, gate first, handler then, tls beneath)
        : way{std::move(given), std::move(beneath), std::move(first), std::move(then)} {
        const server_settings& settings = way.settings;
        error_code wrong;
        const auto address = asio::ip::make_address(settings.address, wrong);
        if (!wrong)
            listen(tcp::endpoint{address, settings.port}, wrong);
        if (wrong)
            throw std::runtime_error(fmt::format("the door can't listen on {} port {}: {}", settings.address,
                                                 settings.port, wrong.message()));
    }

    void listen(const tcp::endpoint& at, error_code& wrong) {
        acceptor.open(at.protocol(), wrong);
        if (!wrong)
            acceptor.set_option(asio::socket_base::reuse_address{true}, wrong);
        if (!wrong)
            acceptor.bind(at, wrong);
        if (!wrong)
            acceptor.listen(asio::socket_base::max_listen_connections, wrong);
        if (!wrong)
            port = acceptor.local_endpoint(wrong).port();
    }

    asio::awaitable<void> accept() {
        asio::steady_timer timer{io};
        while (!way.is_stopping) {
            error_code wrong;
            tcp::socket taken =
                co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, wrong));
            if (wrong == asio::error::operation_aborted)
                co_return;
            if (wrong) {
                spdlog::warn("the door can't take a connection: {}", wrong.message());
                timer.expires_after(accept_again);
                co_await timer.async_wait(asio::use_awaitable);
                continue;
            }
            if (connections < way.settings.connections)
                asio::co_spawn(io, serve_counted(std::move(taken)), asio::detached);
        }
    }

    asio::awaitable<void> serve_counted(tcp::socket taken) {
        ++connections;
        try {
            co_await serve(way, std::move(taken));
        } catch (const std::exception& thrown) {
            spdlog::error("a request brought the door down: {}", thrown.what());
        }
        --connections;
    }

    doorway way;
    std::uint16_t port = 0;
    std::size_t connections = 0;
    asio::io_context io{1}; // with the coroutines that use all that stands before it
    tcp::acceptor acceptor{io};
    std::thread thread;
};

server::server(server_settings given, gate first, handler then, tls beneath)
    : parts_{
          std::make_unique<parts>(std::move(given), std::move(first), std::move(then), std::move(beneath))} {
    // a door that silently takes nobody is worse than a gateway that is started again
    asio::co_spawn(parts_->io, parts_->accept(), [](const std::exception_ptr& thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    });
    parts_->thread = std::thread{[all = parts_.get()] { all->io.run(); }};
}

server::~server() {
    end();
}

void server::end() {
    parts_->io.stop();
    if (parts_->thread.joinable())
        parts_->thread.join();
}

std::uint16_t server::port() const {
    return parts_->port;
}

asio::any_io_executor server::executor() {
    return parts_->io.get_executor();
}

void server::renew(tls_context fresh) {
    asio::post(parts_->io, [all = parts_.get(), fresh = std::move(fresh)]() mutable {
        all->way.secured.context = std::move(fresh);
    });
}

void server::stop_taking() {
    parts_->way.is_stopping = true;
    asio::post(parts_->io, [all = parts_.get()] {
        error_code ignored;
        all->acceptor.close(ignored);
    });
}

bool server::is_at_rest() const {
    return parts_->way.working == 0;
}

} // namespace kabinet::gateway::door
