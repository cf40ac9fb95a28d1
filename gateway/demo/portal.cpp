#include "gateway/demo/portal.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <sys/socket.h>
#include <sys/time.h>

namespace kabinet::gateway::demo {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using nlohmann::json;

namespace {

constexpr timeval patience{5, 0};
constexpr std::size_t largest_answer = 65'536;

std::string write_login(msisdn who, std::string_view password, const secret& token) {
    const std::string body = json{{"msisdn", who.text()}, {"password", password}}.dump();
    return fmt::format("POST /v1/login HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
                       "Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
                       token.reveal(), body.size(), body);
}

/// All that the door says until it closes; what it has said when something goes wrong.
std::string ask(std::uint16_t door, const std::string& asked) {
    asio::io_context io;
    tcp::socket socket{io};
    error_code wrong;
    std::string came;
    socket.connect({asio::ip::address_v4::loopback(), door}, wrong);
    if (wrong)
        return came;
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    asio::write(socket, asio::buffer(asked), wrong);
    if (!wrong)
        asio::read(socket, asio::dynamic_buffer(came, largest_answer), wrong);
    return came;
}

} // namespace

std::string portal::log_in(msisdn who, std::string_view password) const {
    std::string asked = write_login(who, password, token_);
    const std::string verdict = read_verdict(ask(door_, asked));
    wipe(asked.data(), asked.size());
    return verdict.empty() ? "no answer" : verdict;
}

std::string read_verdict(std::string_view http) {
    constexpr std::string_view head_ends = "\r\n\r\n";
    const auto head = http.find(head_ends);
    if (head == std::string_view::npos)
        return {};
    const json body = json::parse(http.substr(head + head_ends.size()), nullptr, false);
    if (!body.is_object() || !body.contains("verdict") || !body["verdict"].is_string())
        return {};
    return body["verdict"].get<std::string>();
}

} // namespace kabinet::gateway::demo
