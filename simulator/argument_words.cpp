#include "simulator/argument_words.hpp"

#include "simulator/script.hpp"

#include "config/dialect_toml.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <charconv>

namespace kabinet::simulator {

void refuse(const std::vector<finding>& findings) {
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

std::shared_ptr<const secret> read_token(const std::string& path) {
    if (path.empty())
        return nullptr;
    std::string clear = read_whole(path);
    const std::string_view line = std::string_view{clear}.substr(0, clear.find_first_of("\r\n"));
    auto token = std::make_shared<const secret>(line);
    wipe(clear.data(), clear.size());
    return token;
}

place read_loopback(std::string_view option, const std::string& text) {
    place read = read_place(option, text);
    boost::system::error_code wrong;
    const auto address = boost::asio::ip::make_address(read.host, wrong);
    if (wrong || !address.is_loopback()) // the tokens travel in clear
        throw broken_arguments{fmt::format("{}: '{}' is no address of loopback", option, read.host)};
    return read;
}

std::chrono::milliseconds read_time(std::string_view option, const std::string& text) {
    const auto read = parse_duration(text);
    if (!read)
        throw broken_arguments{fmt::format("{}: '{}' is not a time such as 30s, 500ms or 2m", option, text)};
    return *read;
}

msisdn read_number(std::string_view option, const std::string& text) {
    const auto number = normalise(text, {});
    if (!number)
        throw broken_arguments{fmt::format("{}: '{}' is {}", option, text, number.error().message())};
    return *number;
}

} // namespace kabinet::simulator
