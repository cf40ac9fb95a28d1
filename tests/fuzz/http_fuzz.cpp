// Any octets at the door's socket, in two pieces: every request that is let in is one that HTTP allows,
// within the limits, and the door answers the next peer as before.
#include "gateway/door/fields.hpp"
#include "gateway/door/server.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

using namespace kabinet;
using namespace kabinet::gateway::door;

namespace {

void require(bool holds) {
    if (!holds)
        std::abort();
}

constexpr std::size_t most_header = 2'048;
constexpr std::size_t most_body = 1'024;

server_settings narrow() {
    server_settings made;
    made.header_octets = most_header;
    made.body_octets = most_body;
    made.patience = std::chrono::milliseconds{200};
    return made;
}

server& door_under_test() {
    static server made{narrow(),
                       [](const request& asked) -> std::optional<answer> {
                           require(asked.path.size() <= most_header && asked.body.empty());
                           if (asked.method == "DELETE")
                               return answer{405, "text/plain", "no"};
                           return std::nullopt;
                       },
                       [](request asked) -> boost::asio::awaitable<answer> {
                           require(asked.body.size() <= most_body);
                           fields body;
                           const bool is_taken = body.read(asked.body);
                           co_return answer{is_taken ? 200U : 400U, "text/plain", body.complaint()};
                       }};
    return made;
}

/// All that comes back until the door closes, or the peer has said what he wants and hears no more.
std::string exchange(std::string_view first, std::string_view second) {
    const int peer = ::socket(AF_INET, SOCK_STREAM, 0);
    require(peer >= 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(door_under_test().port());
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(::connect(peer, reinterpret_cast<sockaddr*>(&at), sizeof at) == 0);
    // a reset instead of a state that lingers: there are thousands of these a second
    const linger none{1, 0};
    ::setsockopt(peer, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    for (const std::string_view part : {first, second})
        if (!part.empty())
            static_cast<void>(::send(peer, part.data(), part.size(), MSG_NOSIGNAL));
    ::shutdown(peer, SHUT_WR);
    std::string came;
    char octets[4096];
    for (ssize_t got = 0; (got = ::recv(peer, octets, sizeof octets, 0)) > 0;)
        came.append(octets, static_cast<std::size_t>(got));
    ::close(peer);
    return came;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* input, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(input), size};
    const std::size_t seam = size == 0 ? 0 : input[0] % size;
    const std::string came = exchange(text.substr(0, seam), text.substr(seam));
    require(came.empty() || came.starts_with("HTTP/1."));
    static unsigned count = 0;
    if (++count % 256 == 0)
        require(exchange("GET /on HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", {})
                    .starts_with("HTTP/1.1 400"));
    return 0;
}
