#include "simulator/arguments.hpp"

#include "simulator/whole_file.hpp"

#include "config/dialect_toml.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace kabinet::simulator {

namespace {

/// What the arguments lack for a step; empty when nothing.
std::string_view lack(const arguments& given, const deed& step) {
    if (std::holds_alternative<let_pass>(step) && given.clock_file.empty())
        return "time passes for a gateway that --clock-file FILE moves";
    if (std::holds_alternative<let_pass>(step) && given.script_files.size() > 1)
        return "where time passes, a script is played by itself";
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

script read_script(const arguments& given, const std::string& file) {
    parsed_script parsed = parse_script(read_whole(file), file);
    if (is_refused(parsed.findings))
        refuse(parsed.findings);
    for (const script_step& each : parsed.script.steps)
        if (const std::string_view missing = lack(given, each.what); !missing.empty())
            parsed.findings.emplace_back(mark{file, each.line}, std::string{missing});
    if (!parsed.findings.empty())
        refuse(parsed.findings);
    return std::move(parsed.script);
}

std::optional<portal_settings> read_portal(const arguments& given) {
    if (given.portal.empty())
        return std::nullopt;
    place where = read_loopback("--portal", given.portal);
    return portal_settings{std::move(where.host), where.port, read_token(given.portal_token_file),
                           read_token(given.operator_token_file)};
}

load_settings read_load(const arguments& given) {
    load_settings read;
    read.dialogues = given.dialogues;
    read.window = given.window;
    if (given.subscribers != 0 && given.subscribers <= given.window)
        throw broken_arguments{
            "--subscribers: more than the window are wanted, for each has one dialogue at a time"};
    read.subscribers = given.subscribers;
    read.from = read_number("--from", given.from);
    read.code = given.code;
    read.answers = given.answers;
    read.expected = given.expected;
    read.leaves_open = given.leaves_open;
    return read;
}

msisdn read_subscriber(const arguments& given) {
    return read_number("--subscriber", given.subscriber);
}

std::chrono::milliseconds read_bind_wait(const arguments& given) {
    return read_time("--bind-wait", given.bind_wait);
}

void write_port_file(const arguments& given, std::uint16_t port) {
    if (given.port_file.empty())
        return;
    write_whole(given.port_file, fmt::format("{}\n", port));
}

} // namespace kabinet::simulator
