#include "smpp/link.hpp"

#include "smpp/frame.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <exception>
#include <netinet/tcp.h>

namespace kabinet::smpp {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto tick_every = std::chrono::milliseconds{100};
// A peer that doesn't read its responses isn't read from: what waits to leave stays bounded.
constexpr std::size_t output_enough = 256 * 1024;

steady_time steady_now() {
    return std::chrono::steady_clock::now();
}

void set_options(tcp::socket& socket, std::chrono::milliseconds silence) {
    error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored); // else every step waits 40 ms for a delayed ACK
    using user_timeout = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>;
    socket.set_option(user_timeout{static_cast<int>(silence.count())}, ignored);
}

} // namespace

/// One TCP connection and its state machine. Lives until its coroutines are done, for they hold it.
class link::connection : public std::enable_shared_from_this<connection> {
  public:
    connection(asio::io_context& loop, link& owner, bind_kind kind, std::uint32_t seed)
        : loop_{loop}
        , owner_{owner}
        , socket_{loop}
        , ticker_{loop}
        , readable_again_{loop}
        , fsm_{owner.settings_, kind, seed}
        , received_(largest_pdu * 2) {}

    void start() {
        // What a listener throws leaves by io_context::run: a link must not fall silent unseen.
        const auto rethrow = [](const std::exception_ptr& thrown) {
            if (thrown)
                std::rethrow_exception(thrown);
        };
        asio::co_spawn(loop_, run(shared_from_this()), rethrow);
        asio::co_spawn(loop_, keep_time(shared_from_this()), rethrow);
    }

    void stop() {
        fsm_.stop(steady_now());
        flush();
        ticker_.cancel(); // whoever waits looks again
    }

    /// The link goes: no call of the listener from here on.
    void abandon() {
        abandoned_ = true;
        number_ = 0;
        fsm_.stop(steady_now());
        error_code ignored;
        socket_.close(ignored);
        ticker_.cancel();
        readable_again_.cancel();
    }

    boost::system::result<void> submit(const submit_sm& pdu, ticket known_by) {
        auto taken = fsm_.submit(pdu, known_by, steady_now());
        if (taken)
            flush_soon();
        return taken;
    }

    void respond(const delivery& of, status result) {
        fsm_.respond(of.kind, of.sequence_number, result);
        flush_soon();
    }

    [[nodiscard]] const link_fsm& fsm() const { return fsm_; }
    /// 0 while there is no connection.
    [[nodiscard]] std::uint64_t number() const { return number_; }

  private:
    asio::awaitable<void> run(std::shared_ptr<connection> /*kept alive*/) {
        while (!abandoned_ && !fsm_.is_stopped()) {
            if (!fsm_.should_connect(steady_now())) {
                co_await pause();
                continue;
            }
            const error_code why = co_await connect();
            if (abandoned_)
                co_return;
            if (!why && !fsm_.should_close()) { // a stop may have come while the socket was being opened
                number_ = ++owner_.connected_times_;
                fsm_.connected(steady_now());
                flush();
                co_await read_until_closed();
            }
            lost(why);
        }
    }

    asio::awaitable<error_code> connect() {
        using namespace asio::experimental::awaitable_operators;
        fsm_.connecting();
        asio::steady_timer limit{loop_, owner_.settings_.bind_timeout};
        const auto outcome = co_await (open() || limit.async_wait(asio::use_awaitable));
        if (outcome.index() == 1)
            co_return asio::error::timed_out;
        co_return std::get<0>(outcome);
    }

    asio::awaitable<error_code> open() {
        error_code failed;
        tcp::resolver resolver{loop_};
        const auto found =
            co_await resolver.async_resolve(owner_.settings_.host, std::to_string(owner_.settings_.port),
                                            asio::redirect_error(asio::use_awaitable, failed));
        if (!failed && abandoned_)
            failed = asio::error::operation_aborted;
        if (failed)
            co_return failed;
        co_await asio::async_connect(socket_, found, asio::redirect_error(asio::use_awaitable, failed));
        if (!failed && !abandoned_)
            set_options(socket_,
                        owner_.settings_.enquire_link_interval + owner_.settings_.enquire_link_timeout);
        co_return failed;
    }

    asio::awaitable<void> read_until_closed() {
        filled_ = 0;
        while (!fsm_.should_close()) {
            error_code failed;
            const auto place = asio::buffer(received_) + filled_;
            const std::size_t size =
                co_await socket_.async_read_some(place, asio::redirect_error(asio::use_awaitable, failed));
            if (failed || abandoned_)
                break;
            filled_ += size;
            take_frames();
            flush();
            while (fsm_.output().size() > output_enough && fsm_.output().is_writing() && socket_.is_open() &&
                   !fsm_.should_close())
                co_await wait_for(readable_again_);
        }
        co_await drain_output();
    }

    /// What was written before the connection was given up (a nack, unbind_resp) may still leave.
    asio::awaitable<void> drain_output() {
        const steady_time until = steady_now() + std::chrono::seconds{1};
        flush();
        while (fsm_.output().is_writing() && socket_.is_open() && steady_now() < until)
            co_await wait_for(readable_again_);
    }

    void take_frames() {
        batch_ = true;
        octets rest{received_.data(), filled_};
        while (!fsm_.should_close() && !abandoned_) {
            const cut next = cut_frame(rest);
            if (next.state == cut::state::broken)
                fsm_.received_broken_frame();
            if (next.state != cut::state::whole)
                break;
            const link_event event = fsm_.received(next.pdu, steady_now());
            rest = rest.subspan(next.pdu.size());
            tell(event);
        }
        std::copy(rest.begin(), rest.end(), received_.begin());
        filled_ = rest.size();
        fsm_.has_partial_pdu(filled_ != 0, steady_now());
        batch_ = false;
    }

    void tell(const link_event& event) {
        if (const auto* arrived = std::get_if<message>(&event))
            return owner_.listener_.message_arrived(
                owner_, {number_, arrived->kind, arrived->sequence_number}, *arrived);
        if (const auto* answer = std::get_if<response>(&event))
            return owner_.listener_.response_arrived(owner_, *answer);
        if (const auto* bound = std::get_if<bound_now>(&event)) {
            if (owner_.is_bound())
                owner_.listener_.link_bound(owner_, bound->system_id);
            return;
        }
        if (const auto* refused = std::get_if<smpp::bind_refused>(&event))
            owner_.listener_.bind_refused(owner_, refused->why);
    }

    asio::awaitable<void> keep_time(std::shared_ptr<connection> /*kept alive*/) {
        while (!abandoned_ && !fsm_.is_stopped()) {
            co_await wait_for(ticker_);
            if (abandoned_)
                co_return;
            fsm_.tick(steady_now());
            flush();
            if (fsm_.should_close())
                wake_run();
            tell_unanswered();
        }
    }

    asio::awaitable<void> pause() {
        asio::steady_timer timer{loop_, tick_every};
        co_await timer.async_wait(asio::use_awaitable);
    }

    static asio::awaitable<void> wait_for(asio::steady_timer& timer) {
        error_code ignored;
        timer.expires_after(tick_every);
        co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }

    void lost(error_code why) {
        const bool asked_for = fsm_.should_close();
        error_code ignored;
        socket_.close(ignored);
        fsm_.disconnected(steady_now());
        number_ = 0;
        tell_unanswered();
        if (abandoned_)
            return;
        owner_.listener_.link_lost(owner_, why         ? why.message()
                                           : asked_for ? "closed"
                                                       : "the SMSC closed the connection");
    }

    void tell_unanswered() {
        while (!abandoned_) {
            const auto given_up = fsm_.take_unanswered(steady_now());
            if (!given_up)
                return;
            owner_.listener_.response_missing(owner_, *given_up);
        }
    }

    /// Ends the connect or the read that `run` waits in, but not a write under way.
    void wake_run() {
        error_code ignored;
        if (number_ == 0)
            socket_.cancel(ignored);
        else
            socket_.shutdown(tcp::socket::shutdown_receive, ignored);
    }

    void flush_soon() {
        if (batch_ || flush_posted_)
            return;
        flush_posted_ = true;
        asio::post(loop_, [self = shared_from_this()] {
            self->flush_posted_ = false;
            self->flush();
        });
    }

    void flush() {
        outbound& output = fsm_.output();
        if (output.is_writing() || output.size() == 0 || number_ == 0)
            return;
        const auto [responses, requests] = output.begin_write();
        const std::array<asio::const_buffer, 2> both{asio::buffer(responses.data(), responses.size()),
                                                     asio::buffer(requests.data(), requests.size())};
        const std::uint64_t connection_now = number_;
        asio::async_write(socket_, both,
                          [self = shared_from_this(), connection_now](error_code failed, std::size_t) {
                              self->wrote(failed, connection_now);
                          });
    }

    void wrote(error_code failed, std::uint64_t connection_then) {
        if (connection_then != number_)
            return; // of a connection that is gone
        fsm_.output().written();
        readable_again_.cancel();
        if (failed)
            return wake_run();
        flush();
    }

    asio::io_context& loop_;
    link& owner_;
    tcp::socket socket_;
    asio::steady_timer ticker_;
    asio::steady_timer readable_again_;
    link_fsm fsm_;
    std::vector<std::uint8_t> received_;
    std::size_t filled_ = 0;
    std::uint64_t number_ = 0;  // of the present connection; 0: none
    bool batch_ = false;        // frames of one read are being taken: one flush after the last
    bool flush_posted_ = false; // completions of one batch of the store: one flush after the last
    bool abandoned_ = false;
};

link::link(asio::io_context& loop, link_settings settings, link_listener& listener)
    : settings_{std::move(settings)}
    , listener_{listener} {
    std::random_device seed;
    const auto add = [&](bind_kind kind) {
        connections_.push_back(std::make_shared<connection>(loop, *this, kind, seed()));
    };
    if (settings_.bind == bind_mode::transceiver) {
        add(bind_kind::transceiver);
    } else {
        add(bind_kind::transmitter); // the first: what submits go by
        add(bind_kind::receiver);
    }
}

link::~link() {
    for (const auto& each : connections_)
        each->abandon();
}

void link::start() {
    for (const auto& each : connections_)
        each->start();
}

void link::stop() {
    for (const auto& each : connections_)
        each->stop();
}

bool link::is_stopped() const {
    return std::all_of(connections_.begin(), connections_.end(),
                       [](const auto& each) { return each->fsm().is_stopped(); });
}

bool link::is_bound() const {
    return std::all_of(connections_.begin(), connections_.end(),
                       [](const auto& each) { return each->fsm().is_bound(); });
}

std::uint32_t link::in_flight() const {
    return connections_.front()->fsm().in_flight();
}

link_counts link::counts() const {
    link_counts sum;
    for (const auto& each : connections_) {
        const link_counts& one = each->fsm().counts();
        sum.malformed += one.malformed;
        sum.unknown_commands += one.unknown_commands;
        sum.unknown_responses += one.unknown_responses;
        sum.refused_by_state += one.refused_by_state;
    }
    return sum;
}

boost::system::result<void> link::submit(const submit_sm& pdu, ticket known_by) {
    return connections_.front()->submit(pdu, known_by);
}

void link::respond(const delivery& of, status result) {
    for (const auto& each : connections_)
        if (of.connection != 0 && each->number() == of.connection)
            return each->respond(of, result);
}

} // namespace kabinet::smpp
