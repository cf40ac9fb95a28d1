#include "gateway/control_socket.hpp"

#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <sys/stat.h>
#include <sys/un.h>

#include <charconv>
#include <istream>
#include <sys/un.h>
#include <thread>

namespace kabinet::gateway {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using boost::system::error_code;

namespace {

constexpr std::size_t longest_line = 64 * 1024;
constexpr std::size_t most_words = 16;
constexpr std::size_t longest_path = sizeof(sockaddr_un::sun_path) - 1;

/// The other end of the socket as the office sees it.
class remote_counter final : public counter {
  public:
    explicit remote_counter(stream_protocol::socket& peer)
        : peer_{peer} {}

    asio::awaitable<std::optional<std::string>> read_line() override {
        error_code failed;
        const std::size_t size =
            co_await asio::async_read_until(peer_, asio::dynamic_buffer(received_, longest_line), '\n',
                                            asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::not_found) // longer than any line that means something
            co_return std::exchange(received_, {});
        if (failed)
            co_return std::nullopt;
        std::string line = received_.substr(0, size - 1);
        received_.erase(0, size);
        co_await flush(); // a long file's answers leave while it is read
        co_return line;
    }
    void print(std::string_view line) override { put('>', line); }
    void complain(std::string_view line) override { put('!', line); }
    void end(int code) { put('=', std::to_string(code)); }

    asio::awaitable<void> flush() override {
        error_code ignored;
        const std::string leaving = std::exchange(written_, {});
        if (!leaving.empty())
            co_await asio::async_write(peer_, asio::buffer(leaving),
                                       asio::redirect_error(asio::use_awaitable, ignored));
    }

  private:
    void put(char kind, std::string_view line) {
        written_.push_back(kind);
        for (char each : line)
            written_.push_back(each == '\n' ? ' ' : each);
        written_.push_back('\n');
    }

    stream_protocol::socket& peer_;
    std::string received_;
    std::string written_;
};

} // namespace

control_socket::control_socket(asio::io_context& loop, std::filesystem::path path, office& office)
    : loop_{loop}
    , path_{std::move(path)}
    , office_{office}
    , acceptor_{loop} {
    std::filesystem::remove(path_);
    acceptor_.open();
    const mode_t before = ::umask(0177); // from its first moment on
    error_code failed;
    acceptor_.bind(stream_protocol::endpoint{path_.string()}, failed);
    ::umask(before);
    if (failed)
        throw boost::system::system_error{failed, path_.string()};
    acceptor_.listen();
}

control_socket::~control_socket() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
}

void control_socket::start() {
    spawn(loop_, listen());
}

void control_socket::stop() {
    error_code ignored;
    acceptor_.close(ignored);
}

asio::awaitable<void> control_socket::listen() {
    while (acceptor_.is_open()) {
        error_code failed;
        stream_protocol::socket peer =
            co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (!failed) {
            spawn(loop_, serve(std::move(peer)));
            continue;
        }
        asio::steady_timer pause{loop_, std::chrono::milliseconds{100}}; // out of descriptors, say
        co_await pause.async_wait(asio::use_awaitable);
    }
}

asio::awaitable<void> control_socket::serve(stream_protocol::socket peer) {
    remote_counter at{peer};
    std::vector<std::string> words;
    while (auto word = co_await at.read_line()) {
        if (word->empty() || words.size() == most_words)
            break;
        words.push_back(std::move(*word));
    }
    if (!words.empty()) // else somebody only looked whether a gateway is here
        spdlog::info("a command: {}", office::name_of(words));
    int code = errand_broken;
    try {
        code = co_await office_.run(std::move(words), at);
    } catch (const std::exception& thrown) { // a command's trouble isn't the subscribers'
        at.complain(thrown.what());
    }
    at.end(code);
    co_await at.flush();
}

namespace {

void send_file(stream_protocol::socket& to, std::istream* file) {
    error_code failed;
    for (std::string line; file != nullptr && !failed && std::getline(*file, line);) {
        line += '\n';
        asio::write(to, asio::buffer(line), failed);
    }
    to.shutdown(stream_protocol::socket::shutdown_send, failed);
}

} // namespace

bool has_room_for(const std::filesystem::path& path) {
    return path.native().size() <= longest_path;
}

bool is_answered(const std::filesystem::path& path) {
    if (!has_room_for(path))
        return false;
    asio::io_context io;
    error_code failed;
    stream_protocol::socket{io}.connect(stream_protocol::endpoint{path.string()}, failed);
    return !failed || failed == asio::error::access_denied; // another user's
}

std::optional<int> run_at_gateway(const std::filesystem::path& path, const std::vector<std::string>& words,
                                  std::istream* file) {
    asio::io_context io;
    stream_protocol::socket gateway{io};
    error_code failed;
    gateway.connect(stream_protocol::endpoint{path.string()}, failed);
    if (failed)
        return std::nullopt;
    std::string leaving;
    for (const std::string& each : words)
        leaving += each + '\n';
    leaving += '\n';
    asio::write(gateway, asio::buffer(leaving), failed);
    std::jthread sender{[&gateway, file] { send_file(gateway, file); }}; // it is answered while it is read
    asio::streambuf received;
    std::istream lines{&received};
    while (asio::read_until(gateway, received, '\n', failed) != 0) {
        std::string line;
        std::getline(lines, line);
        if (line.starts_with('=')) {
            int code = errand_broken;
            std::from_chars(line.data() + 1, line.data() + line.size(), code);
            return code;
        }
        fmt::print(line.starts_with('!') ? stderr : stdout, "{}\n", line.substr(1));
    }
    fmt::print(stderr, "the gateway ended before it had answered\n");
    return errand_refused;
}

} // namespace kabinet::gateway
