// kabinet.sock: how `kabinet status` and its like reach a running gateway. Words come in one a line, an empty
// line, then the lines of a file if there is one; lines go out after `>` or, complaints, after `!`; the last
// one is `=` and the exit code.
#pragma once

#include "gateway/office.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <filesystem>
#include <iosfwd>

namespace kabinet::gateway {

class control_socket {
  public:
    /// Listens at `path`, readable by its owner only. Whoever holds the store's lock may take the place of a
    /// socket that a killed gateway left. Throws boost::system::system_error.
    control_socket(boost::asio::io_context&, std::filesystem::path, office&);
    ~control_socket();
    control_socket(const control_socket&) = delete;
    control_socket& operator=(const control_socket&) = delete;

    void start();
    void stop();

  private:
    boost::asio::awaitable<void> listen();
    boost::asio::awaitable<void> serve(boost::asio::local::stream_protocol::socket);

    boost::asio::io_context& loop_;
    std::filesystem::path path_;
    office& office_;
    boost::asio::local::stream_protocol::acceptor acceptor_;
};

/// Whether a socket can stand at a path so long.
[[nodiscard]] bool has_room_for(const std::filesystem::path&);

/// Whether a gateway listens there.
[[nodiscard]] bool is_answered(const std::filesystem::path&);

/// Has the gateway behind `path` do it, and prints what it says; nothing when none listens there. Blocks.
[[nodiscard]] std::optional<int> run_at_gateway(const std::filesystem::path& path,
                                                const std::vector<std::string>& words, std::istream* file);

} // namespace kabinet::gateway
