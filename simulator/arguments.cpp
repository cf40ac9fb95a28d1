#include "simulator/arguments.hpp"

#include "config/dialect_toml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <fstream>

namespace kabinet::simulator {

namespace {

[[noreturn]] void refuse(const std::vector<finding>& findings) {
    std::string all;
    for (const finding& each : findings)
        all += each.line == 0 ? fmt::format("{}: {}\n", each.file, each.what)
                              : fmt::format("{}:{}: {}\n", each.file, each.line, each.what);
    all.pop_back();
    throw broken_arguments{all};
}

std::string read_whole(const std::string& path) {
    std::vector<finding> findings;
    auto content = config::read_file(path, findings);
    if (!content)
        refuse(findings);
    return std::move(*content);
}

/// Text editors end a file with a newline that is no part of the password.
std::shared_ptr<const secret> read_password(const std::string& path) {
    std::string clear = read_whole(path);
    std::string_view trimmed = clear;
    if (trimmed.ends_with('\n'))
        trimmed.remove_suffix(1);
    auto password = std::make_shared<const secret>(trimmed);
    wipe(clear.data(), clear.size());
    return password;
}

msisdn read_number(std::string_view option, const std::string& text) {
    const auto number = normalise(text, {});
    if (!number)
        throw broken_arguments{fmt::format("{}: '{}' is {}", option, text, number.error().message())};
    return *number;
}

} // namespace

links_settings read_links(const arguments& given) {
    const auto colon = given.listen.rfind(':');
    const std::string_view port = std::string_view{given.listen}.substr(colon + 1);
    links_settings read;
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), read.port);
    if (colon == std::string::npos || error != std::errc{} || stop != port.data() + port.size())
        throw broken_arguments{fmt::format("--listen: '{}' is not ADDRESS:PORT", given.listen)};
    read.host = given.listen.substr(0, colon);
    read.system_id = given.system_id;
    if (!given.password_file.empty())
        read.password = read_password(given.password_file);
    read.window = std::max(read.window, given.window);
    return read;
}

smpp::dialect read_dialect(const arguments& given) {
    if (given.dialect_file.empty())
        return {};
    std::vector<finding> findings;
    smpp::dialect read = config::read_dialect(read_whole(given.dialect_file), given.dialect_file, findings);
    if (is_refused(findings))
        refuse(findings);
    return read;
}

script read_script(const arguments& given) {
    parsed_script parsed = parse_script(read_whole(given.script_file), given.script_file);
    if (is_refused(parsed.findings))
        refuse(parsed.findings);
    return std::move(parsed.script);
}

load_settings read_load(const arguments& given) {
    load_settings read;
    read.dialogues = given.dialogues;
    read.window = given.window;
    read.from = read_number("--from", given.from);
    read.code = given.code;
    read.answers = given.answers;
    read.leaves_open = given.leaves_open;
    return read;
}

msisdn read_subscriber(const arguments& given) {
    return read_number("--subscriber", given.subscriber);
}

std::chrono::milliseconds read_bind_wait(const arguments& given) {
    const auto wait = parse_duration(given.bind_wait);
    if (!wait)
        throw broken_arguments{
            fmt::format("--bind-wait: '{}' is not a time such as 30s, 500ms or 2m", given.bind_wait)};
    return *wait;
}

void write_port_file(const arguments& given, std::uint16_t port) {
    if (given.port_file.empty())
        return;
    const std::string unfinished = given.port_file + ".new";
    std::ofstream{unfinished} << port << '\n';
    if (std::rename(unfinished.c_str(), given.port_file.c_str()) != 0)
        throw broken_arguments{given.port_file + ": can't be written"};
}

} // namespace kabinet::simulator
