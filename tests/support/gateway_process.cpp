#include "tests/support/gateway_process.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <csignal>
#include <stdexcept>

namespace kabinet::tests {

namespace asio = boost::asio;
using namespace std::chrono_literals;

gateway_process::gateway_process(const std::vector<gateway_link>& links, const std::string& more_settings) {
    const std::filesystem::path shipped{KABINET_CONFIG};
    std::filesystem::copy(shipped, folder(), std::filesystem::copy_options::recursive);
    std::string text = "[store]\nurl = \"sqlite:kabinet.db\"\nkey_file = \"kabinet.key\"\n"
                       "[menus]\npack = \"operators/megafon\"\n"
                       "[cdr]\nfile = \"cdr.jsonl\"\n[log]\nlevel = \"trace\"\n";
    text += more_settings;
    for (const gateway_link& each : links)
        text += fmt::format("[[smsc]]\nname = \"{}\"\nhost = \"127.0.0.1\"\nport = {}\n"
                            "system_id = \"kabinet\"\npassword = \"lab-only\"\n{}\n",
                            each.name, each.port, each.more);
    write_whole(folder() / "kabinet.toml", text);
    process keygen{{KABINET_PROGRAM, "keygen", (folder() / "kabinet.key").string()}, folder() / "log"};
    if (keygen.wait(10s) != 0)
        throw std::runtime_error{"keygen failed: " + log()};
}

void gateway_process::open_door() const {
    const std::filesystem::path token = folder() / "portal.token";
    write_whole(token, std::string(32, 'x') + '\n');
    std::filesystem::permissions(token, std::filesystem::perms{0600});
    const std::filesystem::path settings = folder() / "kabinet.toml";
    write_whole(settings, read_whole(settings) +
                              "[http]\nlisten = \"127.0.0.1:0\"\nportal_token_file = \"portal.token\"\n");
}

std::string gateway_process::get(std::string_view path) const {
    constexpr std::string_view before = "door is open on 127.0.0.1 port ";
    std::string said;
    std::size_t at = std::string::npos;
    if (!wait_until( // a thread of its own writes the log
            [&] {
                said = log();
                at = said.rfind(before);
                return at != std::string::npos && said.find('\n', at) != std::string::npos;
            },
            10s))
        throw std::runtime_error{"the door isn't open: " + said};
    asio::io_context io;
    asio::ip::tcp::socket door{io};
    door.connect({asio::ip::address_v4::loopback(),
                  static_cast<std::uint16_t>(std::stoi(said.substr(at + before.size())))});
    asio::write(
        door, asio::buffer(fmt::format("GET {} HTTP/1.1\r\nHost: door\r\nConnection: close\r\n\r\n", path)));
    std::string came;
    boost::system::error_code ended;
    asio::read(door, asio::dynamic_buffer(came), ended);
    return came;
}

void gateway_process::start() {
    process_ = std::make_unique<process>(
        std::vector<std::string>{KABINET_PROGRAM, "serve", "--config", (folder() / "kabinet.toml").string()},
        folder() / "log");
}

std::optional<int> gateway_process::stop() {
    process_->send(SIGTERM);
    return process_->wait(20s);
}

void gateway_process::kill() {
    process_->send(SIGKILL);
    (void)process_->wait(10s);
}

command_answer gateway_process::command(std::vector<std::string> words) const {
    words.insert(words.begin(), KABINET_PROGRAM);
    words.insert(words.end(), {"--config", (folder() / "kabinet.toml").string()});
    const std::filesystem::path output = folder() / "command.out";
    std::filesystem::remove(output);
    process run{words, output};
    const auto code = run.wait(20s);
    if (!code)
        throw std::runtime_error{"a command doesn't end: " + read_whole(output)};
    return {*code, read_whole(output)};
}

std::string gateway_process::everything() const {
    std::string all;
    for (const auto& each : std::filesystem::directory_iterator{folder()})
        if (each.is_regular_file() && each.path().filename() != "kabinet.toml" &&
            each.path().filename() != "kabinet.key")
            all += read_whole(each.path());
    return all;
}

} // namespace kabinet::tests
