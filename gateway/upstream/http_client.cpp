#include "gateway/upstream/http_client.hpp"

#include "gateway/upstream/client_tls.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <sys/socket.h>

namespace kabinet::gateway::upstream {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::steady_clock;
using namespace std::chrono_literals;

namespace {

constexpr unsigned http_1_1 = 11;
constexpr std::uint16_t plain_port = 80; // where no port is said: RFC 9110 4.2.1, 4.2.2
constexpr std::uint16_t secured_port = 443;
constexpr std::size_t largest_answer = 65'536;
constexpr std::size_t most_waiting = 10'000;
constexpr auto kept_idle = 30s;        // a connection
constexpr auto looked_at_every = 50ms; // what waits

class ask_category_of final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "kabinet.upstream"; }
    [[nodiscard]] std::string message(int value) const override {
        return value == static_cast<int>(ask_error::not_sent) ? "it could not be asked"
                                                              : "it gave no answer in time";
    }
};

using plain_stream = beast::tcp_stream;
using tls_stream = beast::ssl_stream<beast::tcp_stream>;

/// Whether its peer still holds an idle connection open, and has said nothing unasked.
bool is_fresh(tcp::socket& of) {
    char octet = 0;
    const auto came = ::recv(of.native_handle(), &octet, 1, MSG_PEEK | MSG_DONTWAIT);
    return came < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

/// Whether something stands behind the answer that was read, where `is_fresh` can't see it.
bool has_rest(plain_stream&) {
    return false;
}
bool has_rest(tls_stream& of) {
    SSL* const beneath = of.native_handle();
    return SSL_pending(beneath) > 0 || BIO_ctrl_pending(SSL_get_rbio(beneath)) > 0;
}

} // namespace

std::string host_field(const upstream_settings& of) {
    const bool is_v6 = of.host.find(':') != std::string::npos;
    std::string said = is_v6 ? '[' + of.host + ']' : of.host;
    if (of.port != (of.is_tls ? secured_port : plain_port))
        said += ':' + std::to_string(of.port);
    return said;
}

const boost::system::error_category& ask_category() {
    static const ask_category_of only;
    return only;
}

boost::system::error_code make_error_code(ask_error of) {
    return {static_cast<int>(of), ask_category()};
}

struct http_client::parts {
    struct job {
        question asked;
        hear heard;
        steady_clock::time_point deadline;
    };

    parts(const upstream_settings& of, asio::any_io_executor hears)
        : settings{of}
        , house{std::move(hears)} {
        if (of.is_tls)
            context = make_tls(of);
    }

    void take(job one) {
        if (waiting.size() >= most_waiting)
            return tell(std::move(one.heard), ask_error::not_sent);
        waiting.push_back(std::move(one));
        if (!idle.empty()) {
            idle.back()->cancel();
            idle.pop_back();
        } else if (connections < settings.connections) {
            ++connections;
            asio::co_spawn(io, context ? serve<tls_stream>() : serve<plain_stream>(), asio::detached);
        }
    }

    /// What waits for a connection longer than it may isn't asked any more.
    asio::awaitable<void> drop_overdue() {
        asio::steady_timer timer{io};
        while (true) {
            timer.expires_after(looked_at_every);
            co_await timer.async_wait(asio::use_awaitable);
            for (; !waiting.empty() && waiting.front().deadline <= steady_clock::now(); waiting.pop_front())
                tell(std::move(waiting.front().heard), ask_error::not_sent);
        }
    }

    void tell(hear to, boost::system::result<http_answer> what) {
        asio::post(house, [to = std::move(to), what = std::move(what)] { to(what); });
    }

    /// One connection: asks what waits, one thing after another, until there is nothing for a while.
    template <class Stream>
    asio::awaitable<void> serve() {
        std::optional<Stream> over;
        asio::steady_timer news{io};
        while (true) {
            if (waiting.empty()) {
                news.expires_after(kept_idle);
                idle.push_back(&news);
                error_code woken;
                co_await news.async_wait(asio::redirect_error(asio::use_awaitable, woken));
                std::erase(idle, &news);
                if (waiting.empty() && !woken)
                    break;
                continue;
            }
            job one = std::move(waiting.front());
            waiting.pop_front();
            auto came = co_await answer_to(one, over);
            tell(std::move(one.heard), std::move(came));
        }
        --connections;
    }

    template <class Stream>
    asio::awaitable<boost::system::result<http_answer>> answer_to(const job& one,
                                                                  std::optional<Stream>& over) {
        if (one.deadline <= steady_clock::now())
            co_return ask_error::not_sent;
        if (over && !is_fresh(beast::get_lowest_layer(*over).socket()))
            over.reset();
        if (!over && !co_await connect(one, over)) {
            over.reset();
            co_return ask_error::not_sent;
        }
        auto came = co_await exchange(one, *over);
        if (!came || !came->second) {
            over.reset();
            if (!came)
                co_return came.error();
        }
        co_return std::move(came->first);
    }

    /// Nothing where the name isn't known, or not in time. A lookup can't be taken back once it is begun, and
    /// a resolver that hangs keeps it longer than any deadline: so nobody awaits the lookup itself, and there
    /// is one at a time. One that was under way before may have failed before the question came: it is tried
    /// again.
    asio::awaitable<tcp::resolver::results_type> resolve(steady_clock::time_point deadline) {
        for (bool is_own = false; !is_own;) {
            asio::steady_timer looked_up{io, deadline};
            is_own = !is_looking_up;
            if (is_own)
                look_up();
            awaiting_place.push_back(&looked_up);
            error_code woken;
            co_await looked_up.async_wait(asio::redirect_error(asio::use_awaitable, woken));
            std::erase(awaiting_place, &looked_up);
            if (!woken)
                break;
            if (!places.empty())
                co_return places;
        }
        co_return tcp::resolver::results_type{};
    }

    void look_up() {
        finder.async_resolve(settings.host, std::to_string(settings.port),
                             [this](error_code, tcp::resolver::results_type found) {
                                 is_looking_up = false;
                                 places = std::move(found);
                                 for (asio::steady_timer* each : awaiting_place)
                                     each->cancel();
                             });
        is_looking_up = true;
    }

    template <class Stream>
    asio::awaitable<bool> connect(const job& one, std::optional<Stream>& over) {
        error_code wrong;
        const tcp::resolver::results_type found = co_await resolve(one.deadline);
        if (found.empty())
            co_return false;
        if constexpr (std::is_same_v<Stream, tls_stream>)
            over.emplace(io, *context);
        else
            over.emplace(io);
        beast::tcp_stream& beneath = beast::get_lowest_layer(*over);
        beneath.expires_at(one.deadline);
        co_await beneath.async_connect(found, asio::redirect_error(asio::use_awaitable, wrong));
        if (wrong)
            co_return false;
        beneath.socket().set_option(tcp::no_delay{true}, wrong);
        if constexpr (std::is_same_v<Stream, tls_stream>) {
            SSL_set_tlsext_host_name(over->native_handle(), settings.host.c_str());
            over->set_verify_callback(asio::ssl::host_name_verification(settings.host));
            co_await over->async_handshake(asio::ssl::stream_base::client,
                                           asio::redirect_error(asio::use_awaitable, wrong));
        }
        co_return !wrong;
    }

    /// And whether the connection may be kept.
    template <class Stream>
    asio::awaitable<boost::system::result<std::pair<http_answer, bool>>> exchange(const job& one,
                                                                                  Stream& over) {
        http::request<http::string_body> asked{http::string_to_verb(one.asked.method), one.asked.target,
                                               http_1_1};
        asked.set(http::field::host, host_field(settings));
        asked.set(http::field::accept, "application/json");
        if (settings.token)
            asked.set(http::field::authorization, fmt::format("Bearer {}", settings.token->reveal()));
        if (!one.asked.body.empty()) {
            asked.set(http::field::content_type, "application/json");
            asked.body() = one.asked.body;
        }
        asked.prepare_payload();
        beast::get_lowest_layer(over).expires_at(one.deadline);
        error_code wrong;
        co_await http::async_write(over, asked, asio::redirect_error(asio::use_awaitable, wrong));
        wipe(asked.body().data(), asked.body().size());
        if (wrong)
            co_return ask_error::no_answer;
        co_return co_await hear_answer(over);
    }

    /// What is said before the answer is read and forgotten (RFC 9110 15.2); a peer that says such things for
    /// ever is bounded by the deadline. To no other protocol (101) was it asked to go.
    template <class Stream>
    asio::awaitable<boost::system::result<std::pair<http_answer, bool>>> hear_answer(Stream& over) {
        beast::flat_buffer buffer{largest_answer};
        while (true) {
            http::response_parser<http::string_body> incoming;
            incoming.body_limit(largest_answer);
            error_code wrong;
            co_await http::async_read(over, buffer, incoming,
                                      asio::redirect_error(asio::use_awaitable, wrong));
            if (wrong || incoming.get().result() == http::status::switching_protocols)
                co_return ask_error::no_answer;
            if (http::to_status_class(incoming.get().result_int()) == http::status_class::informational)
                continue;
            // what is said unasked would be taken for the answer to the next question
            const bool is_kept = incoming.get().keep_alive() && buffer.size() == 0 && !has_rest(over);
            co_return std::pair{http_answer{incoming.get().result_int(), std::move(incoming.get().body())},
                                is_kept};
        }
    }

    upstream_settings settings;
    asio::any_io_executor house;
    std::unique_ptr<asio::ssl::context> context; // none: plain text
    std::deque<job> waiting;
    std::vector<asio::steady_timer*> idle; // of connections that have nothing to do
    std::size_t connections = 0;
    std::vector<asio::steady_timer*> awaiting_place; // of connections that are to be made
    bool is_looking_up = false;
    tcp::resolver::results_type places; // of the last lookup
    asio::io_context io{1};             // with the coroutines that use all that stands before it
    tcp::resolver finder{io};
    std::thread thread;
};

http_client::http_client(const upstream_settings& of, asio::any_io_executor hears)
    : parts_{std::make_unique<parts>(of, std::move(hears))} {
    asio::co_spawn(parts_->io, parts_->drop_overdue(), asio::detached);
    parts_->thread = std::thread{[all = parts_.get()] { all->io.run(); }};
}

http_client::~http_client() {
    end();
}

/// What is heard belongs to the executor that hears: none of it may be left when that goes.
void http_client::end() {
    if (!parts_)
        return;
    parts_->io.stop();
    parts_->thread.join();
    parts_.reset();
}

void http_client::ask(question what, hear heard) {
    if (!parts_)
        return;
    parts::job one{std::move(what), std::move(heard), steady_clock::now() + parts_->settings.deadline};
    // a std::function copies what it holds; what is posted needn't
    asio::post(parts_->io,
               [all = parts_.get(), one = std::move(one)]() mutable { all->take(std::move(one)); });
}

} // namespace kabinet::gateway::upstream
