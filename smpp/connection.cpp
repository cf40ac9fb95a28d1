#include "smpp/connection.hpp"

#include "smpp/frame.hpp"
#include "smpp/link.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <exception>
#include <netinet/tcp.h>

namespace kabinet::smpp {

namespace asio = boost::asio;

namespace {

constexpr auto tick_every = std::chrono::milliseconds{100};
constexpr auto last_words_take = std::chrono::seconds{1};
// A peer that doesn't read its responses isn't read from: what waits to leave stays bounded.
constexpr std::size_t output_enough = 256 * 1024;

steady_time steady_now() {
    return std::chrono::steady_clock::now();
}

void set_options(asio::ip::tcp::socket& socket, std::chrono::milliseconds silence) {
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay{true},
                      ignored); // else every step waits 40 ms for a delayed ACK
    using user_timeout = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_USER_TIMEOUT>;
    socket.set_option(user_timeout{static_cast<int>(silence.count())}, ignored);
}

} // namespace

connection::connection(asio::io_context& loop, link& owner, link_listener& listener, bind_kind kind,
                       std::uint32_t seed)
    : loop_{loop}
    , owner_{owner}
    , listener_{listener}
    , settings_{owner.settings()}
    , fsm_{settings_, kind, seed}
    , socket_{loop}
    , ticker_{loop}
    , readable_again_{loop}
    , received_(largest_pdu * 2) {}

void connection::start() {
    // What a listener throws leaves by io_context::run: a link must not fall silent unseen.
    const auto rethrow = [](const std::exception_ptr& thrown) {
        if (thrown)
            std::rethrow_exception(thrown);
    };
    asio::co_spawn(loop_, run(shared_from_this()), rethrow);
    asio::co_spawn(loop_, keep_time(shared_from_this()), rethrow);
}

void connection::stop() {
    fsm_.stop(steady_now());
    flush();
    ticker_.cancel(); // whoever waits looks again
}

void connection::abandon() {
    abandoned_ = true;
    number_ = 0;
    fsm_.stop(steady_now());
    error_code ignored;
    socket_.close(ignored);
    if (attempt_)
        attempt_->give_up();
    ticker_.cancel();
    readable_again_.cancel();
}

boost::system::result<void> connection::submit(const submit_sm& pdu, ticket known_by) {
    auto taken = fsm_.submit(pdu, known_by, steady_now());
    if (taken)
        flush_soon();
    return taken;
}

void connection::respond(const delivery& of, status result) {
    if (of.connection != number_ || number_ == 0)
        return;
    fsm_.respond(of.kind, of.sequence_number, result);
    flush_soon();
}

asio::awaitable<void> connection::run(kept_alive) {
    while (!abandoned_ && !fsm_.is_stopped()) {
        if (!fsm_.should_connect(steady_now())) {
            asio::steady_timer pause{loop_};
            co_await wait_for(pause);
            continue;
        }
        co_await open();
        if (!abandoned_ && !failed_ && !fsm_.should_close()) { // a stop may have come meanwhile
            number_ = ++opened_times_;
            fsm_.connected(steady_now());
            flush();
            co_await read_until_closed();
        }
        if (!abandoned_)
            tell_lost();
    }
}

asio::awaitable<void> connection::open() {
    fsm_.connecting();
    attempt_ = std::make_shared<attempt>(loop_);
    auto opened = co_await attempt_->open(settings_.host, settings_.port, settings_.bind_timeout);
    failed_ = opened.has_error() ? opened.error() : error_code{};
    if (failed_ || abandoned_)
        co_return;
    socket_ = std::move(*opened);
    set_options(socket_, settings_.enquire_link_interval + settings_.enquire_link_timeout);
}

asio::awaitable<void> connection::read_until_closed() {
    filled_ = 0;
    while (!fsm_.should_close()) {
        error_code failed;
        const auto place = asio::buffer(received_) + filled_;
        const std::size_t size =
            co_await socket_.async_read_some(place, asio::redirect_error(asio::use_awaitable, failed));
        if (failed)
            fail(failed == asio::error::eof ? make_error_code(link_error::closed_by_smsc) : failed);
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
asio::awaitable<void> connection::drain_output() {
    const steady_time until = steady_now() + last_words_take;
    flush();
    while (fsm_.output().is_writing() && socket_.is_open() && steady_now() < until)
        co_await wait_for(readable_again_);
}

asio::awaitable<void> connection::wait_for(asio::steady_timer& timer) {
    error_code ignored;
    timer.expires_after(tick_every);
    co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> connection::keep_time(kept_alive) {
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

void connection::take_frames() {
    batch_ = true;
    octets rest{received_.data(), filled_};
    while (!fsm_.should_close() && !abandoned_) {
        const cut next = cut_frame(rest);
        if (next.state == cut_state::broken)
            fsm_.received_broken_frame();
        if (next.state != cut_state::whole)
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

void connection::tell(const link_event& event) {
    if (const auto* arrived = std::get_if<message>(&event))
        return listener_.message_arrived(owner_, {number_, arrived->kind, arrived->sequence_number},
                                         *arrived);
    if (const auto* answer = std::get_if<response>(&event))
        return listener_.response_arrived(owner_, *answer);
    if (const auto* bound = std::get_if<bound_now>(&event); bound != nullptr && owner_.is_bound())
        listener_.link_bound(owner_, bound->system_id);
}

void connection::tell_unanswered() {
    while (!abandoned_) {
        const auto missing = fsm_.take_unanswered(steady_now());
        if (!missing)
            return;
        listener_.response_missing(owner_, *missing);
    }
}

void connection::tell_lost() {
    error_code ignored;
    socket_.close(ignored);
    fsm_.disconnected(steady_now());
    number_ = 0;
    tell_unanswered();
    if (abandoned_)
        return;
    const error_code own = fsm_.given_up_for();
    listener_.link_lost(owner_, {own ? own : failed_, fsm_.refusal(), fsm_.tries(), fsm_.was_bound()});
}

void connection::fail(error_code why) {
    if (!failed_)
        failed_ = why;
}

/// Ends the connect or the read that `run` waits in, but not a write under way.
void connection::wake_run() {
    error_code ignored;
    if (number_ != 0)
        socket_.shutdown(tcp::socket::shutdown_receive, ignored);
    else if (attempt_)
        attempt_->give_up();
}

void connection::flush_soon() {
    if (batch_ || flush_posted_)
        return;
    flush_posted_ = true;
    asio::post(loop_, [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

void connection::flush() {
    outbound& output = fsm_.output();
    if (output.is_writing() || output.size() == 0 || number_ == 0)
        return;
    const auto [first, then] = output.begin_write();
    const std::array<asio::const_buffer, 2> both{asio::buffer(first.data(), first.size()),
                                                 asio::buffer(then.data(), then.size())};
    asio::async_write(socket_, both,
                      [self = shared_from_this(), connection_now = number_](error_code failed, std::size_t) {
                          self->wrote(failed, connection_now);
                      });
}

void connection::wrote(error_code failed, std::uint64_t connection_then) {
    if (connection_then != number_)
        return; // of a connection that is gone
    fsm_.output().written();
    readable_again_.cancel();
    if (failed) {
        fail(failed);
        return wake_run();
    }
    flush();
}

} // namespace kabinet::smpp
