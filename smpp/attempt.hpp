// One try to open a TCP connection: looks the host up and connects, within a time. Knows nothing of SMPP.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/result.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::smpp {

class attempt : public std::enable_shared_from_this<attempt> {
  public:
    using tcp = boost::asio::ip::tcp;

    explicit attempt(boost::asio::io_context&);

    /// Once. `timed_out` after `limit` though a name server hangs, `operation_aborted` after `give_up`; else
    /// what the lookup or the connecting failed with.
    [[nodiscard]] boost::asio::awaitable<boost::system::result<tcp::socket>>
    open(std::string host, std::uint16_t port, std::chrono::milliseconds limit);
    /// Ends `open` at once.
    void give_up();

  private:
    [[nodiscard]] boost::asio::awaitable<void> connect(std::shared_ptr<attempt> kept, std::string host,
                                                       std::uint16_t port);
    [[nodiscard]] boost::asio::awaitable<std::vector<tcp::endpoint>>
    look_up(std::string host, std::uint16_t port, boost::system::error_code& failed);
    void end(boost::system::error_code outcome);

    boost::asio::io_context& loop_;
    tcp::resolver resolver_;
    tcp::socket socket_;
    boost::asio::steady_timer over_; // runs out with the limit, or when there is an outcome
    std::optional<boost::system::error_code> outcome_;
};

} // namespace kabinet::smpp
