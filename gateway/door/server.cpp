#include "gateway/door/server.hpp"

#include "gateway/log.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <ctime>
#include <stdexcept>
#include <thread>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr auto accept_again = 100ms; // after an error that is ours, such as no file descriptors
constexpr unsigned http_1_1 = 11;
constexpr auto goodbye = 1s; // to let a refused peer read why

using parser = http::request_parser<http::string_body>;
using message = http::response<http::string_body>;

std::string to_text(beast::string_view from) {
    return {from.data(), from.size()};
}

request read_head(const parser& from, const beast::tcp_stream& by) {
    constexpr beast::string_view scheme = "Bearer ";
    const auto& head = from.get();
    request made;
    made.method =
        to_text(head.method() == http::verb::head ? http::to_string(http::verb::get) : head.method_string());
    beast::string_view target = head.target();
    if (target.starts_with("http://")) // as to a proxy: RFC 9112 3.2.2
        target.remove_prefix(std::min(target.find('/', std::string_view{"http://"}.size()), target.size()));
    const auto query = target.find('?');
    made.path = to_text(target.substr(0, query));
    if (query != beast::string_view::npos)
        made.query = to_text(target.substr(query + 1));
    error_code gone;
    made.peer = by.socket().remote_endpoint(gone).address().to_string();
    made.forwarded_for = to_text(head["X-Forwarded-For"]);
    made.content_type = to_text(head[http::field::content_type]);
    made.accept_language = to_text(head[http::field::accept_language]);
    made.cookie = to_text(head[http::field::cookie]);
    const beast::string_view authorization = head[http::field::authorization];
    if (authorization.size() > scheme.size() &&
        beast::iequals(authorization.substr(0, scheme.size()), scheme))
        made.bearer = to_text(authorization.substr(scheme.size()));
    if (const auto key = head.find("Idempotency-Key"); key != head.end())
        made.idempotency_key = to_text(key->value());
    return made;
}

/// What HTTP/1.1 wants of a request beyond what the parser sees to.
std::optional<answer> refuse_oddities(const parser& from) {
    const auto plain = [](unsigned status, std::string text) {
        return answer{status, "text/plain", std::move(text)};
    };
    const auto& head = from.get();
    if (head.version() == http_1_1 && head.count(http::field::host) != 1)
        return plain(400, "Host is wanted, once\n");
    if (head.count(http::field::transfer_encoding) != 0 && !from.chunked()) // its end is anyone's guess
        return plain(400, "of transfer codings only chunked is taken\n");
    if (const auto wanted = head.find(http::field::expect);
        wanted != head.end() && !beast::iequals(wanted->value(), "100-continue"))
        return plain(417, "nothing but 100-continue can be expected\n");
    return std::nullopt;
}

/// `with_body` is false for HEAD: the length is told and nothing else.
message write_message(answer&& from, unsigned version, bool keeps_alive, bool with_body) {
    message made{static_cast<http::status>(from.status), version};
    made.set(http::field::date, fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))));
    made.set(http::field::content_type, from.content_type);
    made.set(http::field::cache_control, "no-store");
    made.set("X-Content-Type-Options", "nosniff");
    if (from.retry_after)
        made.set(http::field::retry_after, std::to_string(from.retry_after->count()));
    for (const auto& [name, value] : from.headers) {
        if (name == "Set-Cookie") // the only one that may stand twice
            made.insert(name, value);
        else
            made.set(name, value);
    }
    made.body() = std::move(from.body);
    made.keep_alive(keeps_alive);
    made.prepare_payload();
    if (!with_body)
        made.body().clear();
    return made;
}

/// Why a request that isn't HTTP, or too much of it, is refused; nothing when the peer is gone.
std::optional<answer> explain(const error_code& wrong) {
    const auto plain = [](unsigned status, std::string text) {
        return answer{status, "text/plain", std::move(text)};
    };
    if (wrong == http::error::body_limit || wrong == http::error::buffer_overflow)
        return plain(413, "the body is too large\n");
    if (wrong == http::error::header_limit)
        return plain(431, "the header is too large\n");
    if (wrong == http::error::end_of_stream || wrong == http::error::partial_message ||
        wrong.category() != make_error_code(http::error::bad_value).category())
        return std::nullopt;
    return plain(400, "this is no HTTP/1.1 request\n");
}

} // namespace

struct server::parts {
    parts(server_settings given, gate first, handler then)
        : settings{std::move(given)}
        , refuse_early{std::move(first)}
        , respond{std::move(then)} {
        error_code wrong;
        const auto address = asio::ip::make_address(settings.address, wrong);
        if (!wrong)
            listen(tcp::endpoint{address, settings.port}, wrong);
        if (wrong)
            throw std::runtime_error(fmt::format("the door can't listen on {} port {}: {}", settings.address,
                                                 settings.port, wrong.message()));
    }

    void listen(const tcp::endpoint& at, error_code& wrong) {
        acceptor.open(at.protocol(), wrong);
        if (!wrong)
            acceptor.set_option(asio::socket_base::reuse_address{true}, wrong);
        if (!wrong)
            acceptor.bind(at, wrong);
        if (!wrong)
            acceptor.listen(asio::socket_base::max_listen_connections, wrong);
        if (!wrong)
            port = acceptor.local_endpoint(wrong).port();
    }

    asio::awaitable<void> accept() {
        asio::steady_timer timer{io};
        while (!is_stopping) {
            error_code wrong;
            tcp::socket taken =
                co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, wrong));
            if (wrong == asio::error::operation_aborted)
                co_return;
            if (wrong) {
                spdlog::warn("the door can't take a connection: {}", wrong.message());
                timer.expires_after(accept_again);
                co_await timer.async_wait(asio::use_awaitable);
                continue;
            }
            if (connections < settings.connections)
                asio::co_spawn(io, serve(std::move(taken)), asio::detached);
        }
    }

    asio::awaitable<void> serve(tcp::socket taken) {
        error_code ignored;
        taken.set_option(tcp::no_delay{true}, ignored); // a whole answer is one write
        beast::tcp_stream stream{std::move(taken)};
        ++connections;
        try {
            beast::flat_buffer buffer{settings.header_octets +
                                      static_cast<std::size_t>(settings.body_octets)};
            while (co_await serve_one(stream, buffer)) {
            }
            buffer.clear();
            wipe_read(buffer);
        } catch (const std::exception& thrown) {
            spdlog::error("a request brought the door down: {}", thrown.what());
        }
        --connections;
    }

    /// False when the connection is to end.
    asio::awaitable<bool> serve_one(beast::tcp_stream& stream, beast::flat_buffer& buffer) {
        parser incoming;
        incoming.header_limit(settings.header_octets);
        incoming.body_limit(settings.body_octets);
        stream.expires_after(settings.patience);
        error_code wrong;
        co_await http::async_read_header(stream, buffer, incoming,
                                         asio::redirect_error(asio::use_awaitable, wrong));
        const under_way mine{working}; // before the look: whoever stops the door looks at it after
        if (wrong || is_stopping)
            co_return co_await give_up(stream, wrong);
        request asked = read_head(incoming, stream);
        auto refused = refuse_oddities(incoming);
        if (!refused)
            refused = refuse_early(asked);
        if (refused) {
            const bool has_body = !incoming.is_done();
            co_return co_await send(stream, std::move(*refused), incoming, !has_body);
        }
        if (incoming.get().version() == http_1_1 && incoming.get().count(http::field::expect) != 0)
            co_await send_continue(stream, incoming.get().version(), wrong);
        if (!wrong)
            co_await http::async_read(stream, buffer, incoming,
                                      asio::redirect_error(asio::use_awaitable, wrong));
        if (wrong)
            co_return co_await give_up(stream, wrong);
        asked.body = std::move(incoming.get().body());
        wipe_read(buffer);
        stream.expires_never(); // what the house takes is the house's time
        answer made = co_await respond(std::move(asked));
        co_return co_await send(stream, std::move(made), incoming, incoming.keep_alive());
    }

    asio::awaitable<bool> send(beast::tcp_stream& stream, answer made, const parser& to, bool keeps_alive) {
        keeps_alive = keeps_alive && to.keep_alive() && !is_stopping;
        const bool with_body = to.get().method() != http::verb::head;
        message outgoing = write_message(std::move(made), to.get().version(), keeps_alive, with_body);
        stream.expires_after(settings.patience);
        error_code wrong;
        co_await http::async_write(stream, outgoing, asio::redirect_error(asio::use_awaitable, wrong));
        if (wrong)
            co_return false;
        if (!keeps_alive)
            co_await say_goodbye(stream);
        co_return keeps_alive;
    }

    asio::awaitable<void> send_continue(beast::tcp_stream& stream, unsigned version, error_code& wrong) {
        http::response<http::empty_body> go_on{http::status::continue_, version};
        co_await http::async_write(stream, go_on, asio::redirect_error(asio::use_awaitable, wrong));
    }

    asio::awaitable<bool> give_up(beast::tcp_stream& stream, error_code why) {
        auto told = explain(why);
        if (!told)
            co_return false;
        message outgoing = write_message(std::move(*told), http_1_1, false, true);
        stream.expires_after(goodbye);
        error_code wrong;
        co_await http::async_write(stream, outgoing, asio::redirect_error(asio::use_awaitable, wrong));
        if (!wrong)
            co_await say_goodbye(stream);
        co_return false;
    }

    /// Closing over what the peer is still sending would have his system throw our answer away: what comes
    /// within a second is read and dropped.
    asio::awaitable<void> say_goodbye(beast::tcp_stream& stream) {
        error_code wrong;
        stream.socket().shutdown(tcp::socket::shutdown_send, wrong);
        stream.expires_after(goodbye);
        std::array<char, 4096> dropped;
        while (!wrong)
            co_await stream.async_read_some(asio::buffer(dropped),
                                            asio::redirect_error(asio::use_awaitable, wrong));
    }

    /// What was read of a request may be a password.
    static void wipe_read(beast::flat_buffer& buffer) {
        const auto rest = buffer.prepare(buffer.capacity() - buffer.size());
        wipe(rest.data(), rest.size());
    }

    struct under_way {
        explicit under_way(std::atomic<std::size_t>& count)
            : count_{count} {
            ++count_;
        }
        ~under_way() { --count_; }
        under_way(const under_way&) = delete;
        under_way& operator=(const under_way&) = delete;
        std::atomic<std::size_t>& count_;
    };

    server_settings settings;
    gate refuse_early;
    handler respond;
    std::uint16_t port = 0;
    std::size_t connections = 0;
    std::atomic<std::size_t> working = 0;
    std::atomic<bool> is_stopping = false;
    asio::io_context io{1}; // with the coroutines that use all that stands before it
    tcp::acceptor acceptor{io};
    std::thread thread;
};

server::server(server_settings given, gate first, handler then)
    : parts_{std::make_unique<parts>(std::move(given), std::move(first), std::move(then))} {
    // a door that silently takes nobody is worse than a gateway that is started again
    asio::co_spawn(parts_->io, parts_->accept(), [](const std::exception_ptr& thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    });
    parts_->thread = std::thread{[all = parts_.get()] { all->io.run(); }};
}

server::~server() {
    end();
}

void server::end() {
    parts_->io.stop();
    if (parts_->thread.joinable())
        parts_->thread.join();
}

std::uint16_t server::port() const {
    return parts_->port;
}

asio::any_io_executor server::executor() {
    return parts_->io.get_executor();
}

void server::stop_taking() {
    parts_->is_stopping = true;
    asio::post(parts_->io, [all = parts_.get()] {
        error_code ignored;
        all->acceptor.close(ignored);
    });
}

bool server::is_at_rest() const {
    return parts_->working == 0;
}

} // namespace kabinet::gateway::door
