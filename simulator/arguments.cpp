#include "simulator/arguments.hpp"

#include "simulator/whole_file.hpp"

#include "config/dialect_toml.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

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

struct place {
    std::string host;
    std::uint16_t port = 0;
};

place read_place(std::string_view option, const std::string& text) {
    const auto colon = text.rfind(':');
    const std::string_view port = std::string_view{text}.substr(colon + 1);
    place read;
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), read.port);
    if (colon == std::string::npos || error != std::errc{} || stop != port.data() + port.size())
        throw broken_arguments{fmt::format("{}: '{}' is not ADDRESS:PORT", option, text)};
    read.host = text.substr(0, colon);
    return read;
}

/// The first of a file with a token a line; none without a file.
std::shared_ptr<const secret> read_token(const std::string& path) {
    if (path.empty())
        return nullptr;
    std::string clear = read_whole(path);
    const std::string_view line = std::string_view{clear}.substr(0, clear.find_first_of("\r\n"));
    auto token = std::make_shared<const secret>(line);
    wipe(clear.data(), clear.size());
    return token;
}

/// What the arguments lack for a step; empty when nothing.
std::string_view lack(const arguments& given, const deed& step) {
    if (std::holds_alternative<let_pass>(step) && given.clock_file.empty())
        return "time passes for a gateway that --clock-file FILE moves";
    const auto* const asked = std::get_if<ask_door>(&step);
    if (asked == nullptr)
        return "";
    if (given.portal.empty())
        return "a request needs a door: --portal ADDRESS:PORT";
    if (asked->by == asker::portal)
        return given.portal_token_file.empty() ? "the portal needs its token: --portal-token-file FILE" : "";
    return given.operator_token_file.empty() ? "the operator needs his token: --operator-token-file FILE"
                                             : "";
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
    place where = read_place("--listen", given.listen);
    links_settings read;
    read.host = std::move(where.host);
    read.port = where.port;
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
    for (const script_step& each : parsed.script.steps)
        if (const std::string_view missing = lack(given, each.what); !missing.empty())
            parsed.findings.emplace_back(mark{given.script_file, each.line}, std::string{missing});
    if (!parsed.findings.empty())
        refuse(parsed.findings);
    return std::move(parsed.script);
}

std::optional<portal_settings> read_portal(const arguments& given) {
    if (given.portal.empty())
        return std::nullopt;
    place where = read_place("--portal", given.portal);
    boost::system::error_code wrong;
    const auto address = boost::asio::ip::make_address(where.host, wrong);
    if (wrong || !address.is_loopback()) // the tokens travel in clear
        throw broken_arguments{fmt::format("--portal: '{}' is no address of loopback", where.host)};
    return portal_settings{std::move(where.host), where.port, read_token(given.portal_token_file),
                           read_token(given.operator_token_file)};
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
    write_whole(given.port_file, fmt::format("{}\n", port));
}

} // namespace kabinet::simulator
