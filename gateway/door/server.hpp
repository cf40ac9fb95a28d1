// The door's socket: HTTP/1.1 on a thread of its own. Bounded in connections, sizes and time, whoever knocks.
// Knows no path and no JSON.
#pragma once

#include "gateway/door/http.hpp"
#include "gateway/door/tls.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kabinet::gateway::door {

struct server_settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;          // 0 takes any
    std::size_t connections = 1'000; // more are closed as they come
    std::uint32_t header_octets = 8'192;
    std::uint64_t body_octets = 16'384;
    std::chrono::milliseconds patience{10'000}; // for a whole request, idle time before it included
};

class server {
  public:
    /// An answer to the header alone ends the request before its body is read.
    using gate = std::function<std::optional<answer>(const request&)>;
    using handler = std::function<boost::asio::awaitable<answer>(request)>;

    /// Listens when this returns; both are called on the server's thread. Throws std::runtime_error with one
    /// line for the operator when the address can't be had.
    server(server_settings, gate, handler, tls = {});
    ~server();
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// The server's thread, for whoever has something to tell there; what is posted after its end is lost.
    [[nodiscard]] boost::asio::any_io_executor executor();
    /// From any thread: another certificate for the connections that come after; those there are end after
    /// their next answer. Of a door with TLS alone.
    void renew(tls_context);
    /// From any thread: takes no more connections and requests; those under way are answered.
    void stop_taking();
    /// From any thread: whether nothing is under way.
    [[nodiscard]] bool is_at_rest() const;
    /// Ends the thread; what is under way is never answered. Whatever has coroutines of the house's may go
    /// then, before the server goes itself.
    void end();

  private:
    struct parts;
    std::unique_ptr<parts> parts_;
};

} // namespace kabinet::gateway::door
