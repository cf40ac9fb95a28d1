// A menu step as a bare socket loop carries it: octets as long as a step's, cut by their command_length and
// answered with octets made beforehand, by two threads over loopback. Decodes nothing, knows no menu: what
// the machine's sockets allow, for the ratio in docs/performance.md.
#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <tuple>
#include <vector>

namespace {

constexpr std::uint32_t steps_carried = 2'000'000;

// As long as the shipped pack's own: `*105#` with ussd_service_op and its_session_info, and its menu in
// UCS-2.
constexpr std::uint32_t deliver_octets = 86;
constexpr std::uint32_t submit_octets = 210;
constexpr std::uint32_t deliver_resp_octets = 17;
constexpr std::uint32_t submit_resp_octets = 26;

std::string pdu(std::uint32_t octets) {
    std::string made(octets, '\0');
    const std::uint32_t written = htonl(octets);
    made.replace(0, sizeof written, reinterpret_cast<const char*>(&written), sizeof written);
    return made;
}

/// What was read and not cut yet.
class incoming {
  public:
    /// Reads what there is and calls `each(octets)` for every whole PDU. False when the peer closed.
    template <class Each>
    bool read(int from, Each each) {
        const ssize_t size = ::recv(from, buffer_.data() + held_, buffer_.size() - held_, 0);
        if (size <= 0)
            return false;
        held_ += static_cast<std::size_t>(size);
        std::string_view rest{buffer_.data(), held_};
        while (rest.size() >= 4) {
            const std::uint32_t length = ntohl(*reinterpret_cast<const std::uint32_t*>(rest.data()));
            if (rest.size() < length)
                break;
            each(length);
            rest.remove_prefix(length);
        }
        held_ = rest.size();
        std::copy(rest.begin(), rest.end(), buffer_.begin());
        return true;
    }

  private:
    std::vector<char> buffer_ = std::vector<char>(64 * 1024);
    std::size_t held_ = 0;
};

void write_all(int to, std::string_view octets) {
    while (!octets.empty()) {
        const ssize_t size = ::send(to, octets.data(), octets.size(), MSG_NOSIGNAL);
        if (size <= 0)
            throw std::runtime_error{"the other end went"};
        octets.remove_prefix(static_cast<std::size_t>(size));
    }
}

/// When answers leave: all that a read brought at once, or each for itself.
enum class writes : std::uint8_t { together, each };

/// The gateway's place: a deliver_sm is answered with its response and a screen.
void answer(int peer, writes how) {
    const std::string answers = pdu(deliver_resp_octets) + pdu(submit_octets);
    incoming from;
    std::string leaving;
    while (from.read(peer, [&](std::uint32_t octets) {
        if (octets != deliver_octets)
            return;
        if (how == writes::each)
            write_all(peer, answers);
        else
            leaving += answers;
    })) {
        write_all(peer, leaving);
        leaving.clear();
    }
}

/// The centre's place: keeps `window` steps under way.
double carry(int peer, std::uint32_t window) {
    const std::string request = pdu(deliver_octets);
    const std::string response = pdu(submit_resp_octets);
    incoming from;
    std::string leaving;
    std::uint32_t begun = 0;
    std::uint32_t done = 0;
    for (; begun < window; ++begun)
        leaving += request;
    const auto start = std::chrono::steady_clock::now();
    while (done < steps_carried) {
        write_all(peer, leaving);
        leaving.clear();
        if (!from.read(peer, [&](std::uint32_t octets) {
                if (octets != submit_octets)
                    return;
                ++done;
                leaving += response;
                if (begun < steps_carried) {
                    ++begun;
                    leaving += request;
                }
            }))
            throw std::runtime_error{"the other end went"};
    }
    return steps_carried / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::array<int, 2> connected_pair() {
    const int door = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    const int caller = ::socket(AF_INET, SOCK_STREAM, 0);
    if (::bind(door, reinterpret_cast<const sockaddr*>(&at), size) != 0 || ::listen(door, 1) != 0 ||
        ::getsockname(door, reinterpret_cast<sockaddr*>(&at), &size) != 0 ||
        ::connect(caller, reinterpret_cast<const sockaddr*>(&at), size) != 0)
        throw std::runtime_error{"no loopback"};
    const int called = ::accept(door, nullptr, nullptr);
    ::close(door);
    const int yes = 1;
    for (const int each : {caller, called})
        ::setsockopt(each, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    return {caller, called};
}

} // namespace

int main() {
    for (const auto& [window, how, named] :
         {std::tuple{200U, writes::together, "200 steps under way, written together"},
          std::tuple{200U, writes::each, "200 steps under way, a write a step"},
          std::tuple{1U, writes::each, "one step at a time"}}) {
        const auto [caller, called] = connected_pair();
        std::jthread gateway{[to = called, how = how] { answer(to, how); }};
        fmt::print("{}: {:.0f} steps/s\n", named, carry(caller, window));
        ::close(caller);
        gateway.join();
        ::close(called);
    }
}
