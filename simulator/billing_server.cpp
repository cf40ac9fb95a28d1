#include "simulator/billing_server.hpp"

#include "simulator/billing_desk.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <ctime>
#include <exception>
#include <optional>
#include <set>

namespace kabinet::simulator {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t header_octets = 8192;
constexpr std::uint64_t body_octets = 65'536;
constexpr auto patience = 5min; // with a connection that asks nothing
constexpr auto goodbye = 1s;
constexpr auto accept_again = 100ms;

using parser = http::request_parser<http::string_body>;
using message = http::response<http::string_body>;

std::string to_text(beast::string_view from) {
    return {from.data(), from.size()};
}

billing_request read_request(parser& from) {
    constexpr beast::string_view scheme = "Bearer ";
    auto& head = from.get();
    billing_request made;
    made.method = to_text(head.method_string());
    made.target = to_text(head.target());
    made.content_type = to_text(head[http::field::content_type]);
    const beast::string_view authorization = head[http::field::authorization];
    if (authorization.size() > scheme.size() &&
        beast::iequals(authorization.substr(0, scheme.size()), scheme))
        made.bearer = to_text(authorization.substr(scheme.size()));
    made.body = std::move(head.body());
    return made;
}

message write_message(billing_answer&& from, unsigned version, bool keeps_alive) {
    message made{static_cast<http::status>(from.status), version};
    made.set(http::field::date, fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(std::time(nullptr))));
    if (!from.body.empty())
        made.set(http::field::content_type, from.status == 200 ? "application/json" : "text/plain");
    if (from.status == 401)
        made.set(http::field::www_authenticate, "Bearer");
    if (!from.allow.empty())
        made.set(http::field::allow, from.allow);
    made.body() = std::move(from.body);
    made.keep_alive(keeps_alive);
    made.prepare_payload();
    return made;
}

/// Why what came is no request; nothing when the peer is gone.
std::optional<billing_answer> explain(const error_code& wrong) {
    if (wrong == http::error::body_limit)
        return billing_answer{413, "the body is too large\n"};
    if (wrong == http::error::end_of_stream || wrong == http::error::partial_message ||
        wrong.category() != make_error_code(http::error::bad_value).category())
        return std::nullopt;
    return billing_answer{400, "this is no HTTP/1.1 request\n"};
}

/// Whether a response is made of it; the others are silence.
bool is_answered(billing_fault what) {
    return what != billing_fault::mute && what != billing_fault::swallowed &&
           what != billing_fault::afterwards;
}

constexpr auto rethrow = [](const std::exception_ptr& thrown) {
    if (thrown)
        std::rethrow_exception(thrown);
};

} // namespace

struct billing_server::parts : std::enable_shared_from_this<parts> {
    parts(asio::io_context& io, billing_settings given, billing_books& kept)
        : settings{std::move(given)}
        , books{kept}
        , desk{kept, settings.token}
        , dice{settings.seed}
        , acceptor{io, {asio::ip::make_address(settings.host), settings.port}} {}

    void end() {
        is_over = true;
        error_code ignored;
        acceptor.close(ignored);
        for (beast::tcp_stream* const each : open)
            each->close();
    }

    asio::awaitable<void> accept() {
        const auto alive = shared_from_this();
        asio::steady_timer timer{acceptor.get_executor()};
        while (!is_over) {
            error_code wrong;
            tcp::socket taken =
                co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, wrong));
            if (!wrong) {
                asio::co_spawn(acceptor.get_executor(), serve(std::move(taken)), rethrow);
            } else if (!is_over) { // no file descriptors, say
                timer.expires_after(accept_again);
                co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, wrong));
            }
        }
    }

    asio::awaitable<void> serve(tcp::socket taken);
    asio::awaitable<bool> serve_one(beast::tcp_stream& with, beast::flat_buffer& buffer);
    asio::awaitable<bool> send(beast::tcp_stream& to, billing_answer made, unsigned version,
                               bool keeps_alive);
    asio::awaitable<void> leave(beast::tcp_stream& with, bool is_cut);
    asio::awaitable<void> do_afterwards(billing_request asked, std::chrono::milliseconds after);
    std::optional<billing_answer> respond(billing_request asked, const billing_fate& fate);
    void note(billing_matter matter, const billing_fate& fate);

    billing_settings settings;
    billing_books& books;
    billing_desk desk;
    billing_dice dice;
    billing_faults faults;
    billing_figures figures;
    tcp::acceptor acceptor;
    std::set<beast::tcp_stream*> open;
    bool is_over = false;
};

asio::awaitable<void> billing_server::parts::serve(tcp::socket taken) {
    const auto alive = shared_from_this();
    error_code ignored;
    taken.set_option(tcp::no_delay{true}, ignored);
    beast::tcp_stream stream{std::move(taken)};
    struct listed {
        explicit listed(std::set<beast::tcp_stream*>& in, beast::tcp_stream& one)
            : all{in}
            , mine{&one} {
            all.insert(mine);
        }
        ~listed() { all.erase(mine); }
        listed(const listed&) = delete;
        listed& operator=(const listed&) = delete;
        std::set<beast::tcp_stream*>& all;
        beast::tcp_stream* mine;
    };
    const listed while_open{open, stream};
    beast::flat_buffer buffer;
    bool goes_on = !is_over;
    while (goes_on) // gcc 12 makes a trap of a loop whose condition awaits
        goes_on = co_await serve_one(stream, buffer);
}

/// False when the connection is to end.
asio::awaitable<bool> billing_server::parts::serve_one(beast::tcp_stream& with, beast::flat_buffer& buffer) {
    parser incoming;
    incoming.header_limit(header_octets);
    incoming.body_limit(body_octets);
    with.expires_after(patience);
    error_code wrong;
    co_await http::async_read(with, buffer, incoming, asio::redirect_error(asio::use_awaitable, wrong));
    with.expires_never(); // what it takes from here on is the faults' business
    if (is_over)
        co_return false;
    const unsigned version = incoming.get().version();
    if (wrong) {
        if (auto why = explain(wrong))
            co_await send(with, std::move(*why), version, false);
        co_return false;
    }
    const bool keeps_alive = incoming.keep_alive();
    billing_request asked = read_request(incoming);
    if (auto refused = desk.refuse(asked)) {
        ++figures.refused;
        co_return co_await send(with, std::move(*refused), version, keeps_alive);
    }
    const billing_matter matter = billing_desk::matter_of(asked);
    const billing_fate fate = dice.draw(faults, matter);
    note(matter, fate);
    auto made = respond(std::move(asked), fate);
    if (!made) {
        co_await leave(with, fate.is_cut && fate.what != billing_fault::afterwards);
        co_return false;
    }
    if (fate.late.count() != 0) {
        asio::steady_timer timer{acceptor.get_executor(), fate.late};
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, wrong));
    }
    co_return co_await send(with, std::move(*made), version, keeps_alive);
}

/// Nothing is told where the fate says so.
std::optional<billing_answer> billing_server::parts::respond(billing_request asked,
                                                             const billing_fate& fate) {
    switch (fate.what) {
    case billing_fault::none:
        return desk.answer(asked, settings.clock());
    case billing_fault::failed:
        return billing_answer{500, "it fails, as it was told to\n"};
    case billing_fault::turned_away:
        return billing_answer{429, "it has too much to do, as it was told to\n"};
    case billing_fault::begun:
        return desk.begin(asked, fate.after, settings.clock());
    case billing_fault::rubbish:
        (void)desk.answer(asked, settings.clock());
        return make_rubbish(fate.rubbish);
    case billing_fault::mute:
        (void)desk.answer(asked, settings.clock());
        return std::nullopt;
    case billing_fault::swallowed:
        return std::nullopt;
    case billing_fault::afterwards:
        ++figures.waiting;
        asio::co_spawn(acceptor.get_executor(), do_afterwards(std::move(asked), fate.after), rethrow);
        return std::nullopt;
    }
    return std::nullopt;
}

asio::awaitable<void> billing_server::parts::do_afterwards(billing_request asked,
                                                           std::chrono::milliseconds after) {
    const auto alive = shared_from_this();
    asio::steady_timer timer{acceptor.get_executor(), after};
    error_code wrong;
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, wrong));
    if (is_over)
        co_return;
    (void)desk.answer(asked, settings.clock());
    --figures.waiting;
}

asio::awaitable<bool> billing_server::parts::send(beast::tcp_stream& to, billing_answer made,
                                                  unsigned version, bool keeps_alive) {
    const message outgoing = write_message(std::move(made), version, keeps_alive);
    to.expires_after(patience);
    error_code wrong;
    co_await http::async_write(to, outgoing, asio::redirect_error(asio::use_awaitable, wrong));
    if (wrong || keeps_alive)
        co_return !wrong && !is_over;
    // closing over what the peer is still sending would have his system throw the answer away
    to.socket().shutdown(tcp::socket::shutdown_send, wrong);
    to.expires_after(goodbye);
    co_await leave(to, false);
    co_return false;
}

/// Silence: until the peer has had enough of it, or a broken connection.
asio::awaitable<void> billing_server::parts::leave(beast::tcp_stream& with, bool is_cut) {
    error_code wrong;
    std::array<char, 1024> dropped;
    while (!is_cut && !wrong)
        co_await with.async_read_some(asio::buffer(dropped),
                                      asio::redirect_error(asio::use_awaitable, wrong));
}

void billing_server::parts::note(billing_matter matter, const billing_fate& fate) {
    figures.orders += matter == billing_matter::order ? 1 : 0;
    figures.asked += matter == billing_matter::operation ? 1 : 0;
    figures.reads += matter == billing_matter::account ? 1 : 0;
    figures.late += fate.late.count() != 0 && is_answered(fate.what) ? 1 : 0;
    ++figures.met[static_cast<std::size_t>(fate.what)];
}

billing_server::billing_server(asio::io_context& io, billing_settings given, billing_books& books)
    : parts_{std::make_shared<parts>(io, std::move(given), books)} {
    asio::co_spawn(io, parts_->accept(), rethrow);
}

billing_server::~billing_server() {
    parts_->end();
}

std::uint16_t billing_server::port() const {
    return parts_->acceptor.local_endpoint().port();
}

billing_faults& billing_server::faults() {
    return parts_->faults;
}

const billing_figures& billing_server::figures() const {
    return parts_->figures;
}

billing_books& billing_server::books() {
    return parts_->books;
}

} // namespace kabinet::simulator
