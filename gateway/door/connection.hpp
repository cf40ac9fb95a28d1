// One connection of the door's, in plain text or over TLS: requests one after another until it ends. Knows no
// path and doesn't listen.
#pragma once

#include "gateway/door/server.hpp"
#include "gateway/door/tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstddef>

namespace kabinet::gateway::door {

/// What the connections of a door have in common; outlives them.
struct doorway {
    doorway(server_settings bounds, tls beneath, server::gate first, server::handler then)
        : settings{std::move(bounds)}
        , secured{std::move(beneath)}
        , refuse_early{std::move(first)}
        , respond{std::move(then)} {}

    server_settings settings;
    tls secured;
    server::gate refuse_early;
    server::handler respond;
    std::atomic<std::size_t> working = 0; // requests
    std::atomic<bool> is_stopping = false;
};

/// All of it, the handshake included.
[[nodiscard]] boost::asio::awaitable<void> serve(doorway&, boost::asio::ip::tcp::socket);

} // namespace kabinet::gateway::door
