#include "gateway/door/connection.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <type_traits>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr unsigned http_1_1 = 11;
constexpr auto goodbye = 1s; // to let a refused peer read why

using parser = http::request_parser<http::string_body>;
using message = http::response<http::string_body>;

std::string to_text(beast::string_view from) {
    return {from.data(), from.size()};
}

request read_head(const parser& from, const tcp::socket& by) {
    constexpr beast::string_view scheme = "Bearer ";
    const auto& head = from.get();
    request made;
    made.method =
        to_text(head.method() == http::verb::head ? http::to_string(http::verb::get) : head.method_string());
    beast::string_view target = head.target();
    for (const beast::string_view each : {"http://", "https://"})
        if (target.starts_with(each)) // as to a proxy: RFC 9112 3.2.2
            target.remove_prefix(std::min(target.find('/', each.size()), target.size()));
    const auto query = target.find('?');
    made.path = to_text(target.substr(0, query));
    if (query != beast::string_view::npos)
        made.query = to_text(target.substr(query + 1));
    error_code gone;
    made.peer = by.remote_endpoint(gone).address().to_string();
    // a proxy that adds a line of its own adds it last; the others may be the browser's
    for (auto [line, end] = head.equal_range("X-Forwarded-For"); line != end; ++line)
        made.forwarded_for = to_text(line->value());
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

/// Whether it begins as the methods of HTTP do: somebody forgot the s.
bool begins_in_clear(const beast::flat_buffer& hello) {
    const auto* const first = static_cast<const char*>(hello.cdata().data());
    return hello.size() != 0 && *first >= 'A' && *first <= 'Z';
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

using plain_stream = beast::tcp_stream;
using tls_stream = beast::ssl_stream<beast::tcp_stream>;

template <class Stream>
class connection {
    static constexpr bool is_tls = std::is_same_v<Stream, tls_stream>;

  public:
    connection(doorway& through, Stream over)
        : of_{through}
        , stream_{std::move(over)}
        , buffer_{through.settings.header_octets + static_cast<std::size_t>(through.settings.body_octets)} {}

    asio::awaitable<void> serve() {
        bool goes_on = true;
        while (goes_on) // gcc 12 makes a trap of a loop whose condition awaits
            goes_on = co_await serve_one();
        buffer_.clear();
        wipe_read();
    }

    /// Within the time that already runs. `hello` is what was read of the peer's before.
    asio::awaitable<bool> shake_hands(beast::flat_buffer hello) requires(is_tls) {
        error_code wrong;
        co_await stream_.async_handshake(asio::ssl::stream_base::server, hello.data(),
                                         asio::redirect_error(asio::use_awaitable, wrong));
        if (!wrong)
            co_return true;
        if (auto why = why_unproven(stream_.native_handle(), wrong))
            of_.secured.turned_away(std::move(*why));
        beneath().expires_after(goodbye);
        co_await drop_rest(); // the alert says why
        co_return false;
    }

    /// To a peer that ends with it.
    asio::awaitable<void> tell_last(answer made) {
        message outgoing = write_message(std::move(made), http_1_1, false, true);
        beneath().expires_after(goodbye);
        error_code wrong;
        co_await http::async_write(stream_, outgoing, asio::redirect_error(asio::use_awaitable, wrong));
        if (!wrong)
            co_await say_goodbye();
    }

  private:
    beast::tcp_stream& beneath() { return beast::get_lowest_layer(stream_); }

    /// False when the connection is to end.
    asio::awaitable<bool> serve_one() {
        parser incoming;
        incoming.header_limit(of_.settings.header_octets);
        incoming.body_limit(of_.settings.body_octets);
        beneath().expires_after(of_.settings.patience);
        error_code wrong;
        co_await http::async_read_header(stream_, buffer_, incoming,
                                         asio::redirect_error(asio::use_awaitable, wrong));
        const under_way mine{of_.working}; // before the look: whoever stops the door looks at it after
        if (wrong || of_.is_stopping)
            co_return co_await give_up(wrong);
        request asked = read_head(incoming, beneath().socket());
        if (auto odd = refuse_oddities(incoming)) // where the next request begins is anyone's guess
            co_return co_await send(std::move(*odd), incoming, false);
        if (auto refused = of_.refuse_early(asked)) {
            const bool has_body = !incoming.is_done();
            co_return co_await send(std::move(*refused), incoming, !has_body);
        }
        if (incoming.get().version() == http_1_1 && incoming.get().count(http::field::expect) != 0)
            co_await send_continue(incoming.get().version(), wrong);
        if (!wrong)
            co_await http::async_read(stream_, buffer_, incoming,
                                      asio::redirect_error(asio::use_awaitable, wrong));
        if (wrong)
            co_return co_await give_up(wrong);
        asked.body = std::move(incoming.get().body());
        wipe_read();
        if (!is_current()) // nothing is done for whoever isn't let in any more
            co_return false;
        beneath().expires_never(); // what the house takes is the house's time
        answer made = co_await of_.respond(std::move(asked));
        co_return co_await send(std::move(made), incoming, incoming.keep_alive());
    }

    asio::awaitable<bool> send(answer made, const parser& to, bool keeps_alive) {
        keeps_alive = keeps_alive && to.keep_alive() && !of_.is_stopping && is_current();
        const bool with_body = to.get().method() != http::verb::head;
        message outgoing = write_message(std::move(made), to.get().version(), keeps_alive, with_body);
        beneath().expires_after(of_.settings.patience);
        error_code wrong;
        co_await http::async_write(stream_, outgoing, asio::redirect_error(asio::use_awaitable, wrong));
        if (wrong)
            co_return false;
        if (!keeps_alive)
            co_await say_goodbye();
        co_return keeps_alive;
    }

    /// Whoever came under another certificate comes again: he may be let in no more.
    [[nodiscard]] bool is_current() const { return came_under_ == of_.secured.context; }

    asio::awaitable<void> send_continue(unsigned version, error_code& wrong) {
        http::response<http::empty_body> go_on{http::status::continue_, version};
        co_await http::async_write(stream_, go_on, asio::redirect_error(asio::use_awaitable, wrong));
    }

    asio::awaitable<bool> give_up(error_code why) {
        if (auto told = explain(why))
            co_await tell_last(std::move(*told));
        else if (why == http::error::end_of_stream)
            co_await say_goodbye();
        co_return false;
    }

    asio::awaitable<void> say_goodbye() {
        beneath().expires_after(goodbye);
        if constexpr (is_tls) {
            error_code ignored; // a peer that is still sending isn't heard, and may be told why all the same
            co_await stream_.async_shutdown(asio::redirect_error(asio::use_awaitable, ignored));
        }
        co_await drop_rest();
    }

    /// Closing over what the peer is still sending would have his system throw our answer away: what comes
    /// within a second is read and dropped.
    asio::awaitable<void> drop_rest() {
        error_code wrong;
        beneath().socket().shutdown(tcp::socket::shutdown_send, wrong);
        std::array<char, 4096> dropped;
        while (!wrong)
            co_await beneath().async_read_some(asio::buffer(dropped),
                                               asio::redirect_error(asio::use_awaitable, wrong));
    }

    /// What was read of a request may be a password.
    void wipe_read() {
        const auto rest = buffer_.prepare(buffer_.capacity() - buffer_.size());
        if (rest.size() != 0) // after a failed handshake there never was anything
            wipe(rest.data(), rest.size());
    }

    doorway& of_;
    tls_context came_under_ = of_.secured.context;
    Stream stream_;
    beast::flat_buffer buffer_;
};

} // namespace

asio::awaitable<void> serve(doorway& of, tcp::socket taken) {
    error_code ignored;
    taken.set_option(tcp::no_delay{true}, ignored); // a whole answer is one write
    beast::tcp_stream plain{std::move(taken)};
    if (!of.secured.context) {
        connection<plain_stream> one{of, std::move(plain)};
        co_await one.serve();
        co_return;
    }
    beast::flat_buffer hello;
    error_code gone;
    plain.expires_after(of.settings.patience);
    co_await beast::async_detect_ssl(plain, hello, asio::redirect_error(asio::use_awaitable, gone));
    if (gone)
        co_return;
    if (begins_in_clear(hello)) {
        wipe(hello.data().data(), hello.size()); // it may hold a password already
        connection<plain_stream> one{of, std::move(plain)};
        co_await one.tell_last({400, "text/plain", "TLS is spoken here: https\n"});
        co_return;
    }
    connection<tls_stream> one{of, tls_stream{std::move(plain), *of.secured.context}};
    if (co_await one.shake_hands(std::move(hello)))
        co_await one.serve();
}

} // namespace kabinet::gateway::door
