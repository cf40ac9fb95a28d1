#include "simulator/portal.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace kabinet::simulator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using json = nlohmann::ordered_json;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);
constexpr std::string_view key_field = "idempotency-key"; // goes into the head
constexpr std::size_t largest_answer = 65'536;

std::string write_text(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string write_row(const json& value) {
    std::string row;
    for (const json& each : value.is_structured() ? value : json::array({value}))
        row += (row.empty() ? "" : " ") + write_text(each);
    return row;
}

reply no_reply(std::string why) {
    reply none;
    none.trouble = std::move(why);
    return none;
}

asio::awaitable<reply> talk(tcp::endpoint with, std::string asked) {
    tcp::socket socket{co_await asio::this_coro::executor};
    auto [wrong] = co_await socket.async_connect(with, as_result);
    if (!wrong) {
        const auto [unwritten, size] = co_await asio::async_write(socket, asio::buffer(asked), as_result);
        wrong = unwritten;
    }
    wipe(asked.data(), asked.size());
    std::string came;
    if (!wrong) {
        auto into = asio::dynamic_buffer(came, largest_answer);
        const auto [unread, size] = co_await asio::async_read(socket, into, as_result);
        wrong = unread == asio::error::eof ? error_code{} : unread;
    }
    co_return wrong ? no_reply(wrong.message()) : read_http(came);
}

} // namespace

void portal::ask(const asio::any_io_executor& on, const ask_door& what,
                 std::function<void(reply)> hear) const {
    const auto& token = what.by == asker::portal ? settings_.token : settings_.operator_token;
    std::string asked = write_http(what, token ? token->reveal() : std::string_view{});
    const tcp::endpoint door{asio::ip::make_address(settings_.host), settings_.port};
    asio::co_spawn(on, talk(door, std::move(asked)),
                   [hear = std::move(hear)](const std::exception_ptr&, reply came) {
                       if (came.status == 0 && came.trouble.empty())
                           came.trouble = "the request was left";
                       hear(std::move(came));
                   });
}

std::string write_http(const ask_door& what, std::string_view token) {
    json body = json::object();
    std::string key;
    for (const field& each : what.fields)
        if (each.name == key_field)
            key = "Idempotency-Key: " + each.value + "\r\n";
        else if (each.is_switch)
            body[each.name] = each.value == "true";
        else
            body[each.name] = each.value;
    const std::string text = body.dump(-1, ' ', false, json::error_handler_t::replace);
    return fmt::format(
        "POST /v1/{} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n"
        "{}Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
        what.path, token, key, text.size(), text);
}

reply read_http(std::string_view came) {
    constexpr std::string_view version = "HTTP/1.1 ";
    constexpr std::string_view head_ends = "\r\n\r\n";
    const auto head = came.find(head_ends);
    reply read;
    if (!came.starts_with(version) || head == std::string_view::npos)
        return no_reply("what came is no answer in HTTP");
    const std::string_view status = came.substr(version.size(), 3);
    std::from_chars(status.data(), status.data() + status.size(), read.status);
    const json body = json::parse(came.substr(head + head_ends.size()), nullptr, false);
    if (read.status == 0 || !body.is_object())
        return no_reply("what came is no object of JSON");
    for (const auto& [name, value] : body.items()) {
        if (!value.is_array())
            read.fields.push_back({name, write_text(value), value.is_boolean()});
        else
            for (const json& each : value)
                read.rows.push_back(write_row(each));
    }
    return read;
}

} // namespace kabinet::simulator
