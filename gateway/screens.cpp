#include "gateway/screens.hpp"

#include "gateway/clocks.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using smpp::status;

namespace {

constexpr std::size_t most_queued = 10'000; // of a link: more than it shows within an answer deadline

/// A vendor's status has no name.
std::string status_text(status refused) {
    return fmt::format("status {:#x} {}", static_cast<std::uint32_t>(refused), smpp::name_of(refused));
}

} // namespace

screens::screens(asio::io_context& loop, lines& lines, screen_watcher& watcher)
    : loop_{loop}
    , lines_{lines}
    , watcher_{watcher} {}

void screens::show(screen made, instant now) {
    if (made.text.empty() && made.kind != screen_kind::release) // an empty USSD text hangs some centres
        return watcher_.screen_failed(made, "it has no text", now);
    if (queues_.size() <= made.line)
        queues_.resize(made.line + std::size_t{1});
    std::deque<screen>& queue = queues_[made.line];
    if (queue.empty() && submit(made, now) == submitted::over)
        return;
    if (queue.size() >= most_queued)
        return watcher_.screen_failed(made, "too many wait for a place in the window", now);
    queue.push_back(std::move(made));
    ++queued_;
}

screens::submitted screens::submit(screen& made, instant now) {
    const line& by = lines_.at(made.line);
    const place_key place = awaited_.put(std::move(made));
    const screen& of = *awaited_.find(place);
    submit_scratch scratch;
    const auto pdu =
        write_screen(by.speaks(), {of.kind, of.subscriber, of.service, of.session, view(of.text)}, scratch);
    const auto taken = pdu ? by.link->submit(*pdu, ticket{ticket_of::screen, place}.write()) : pdu.error();
    if (taken)
        return submitted::over;
    made = *awaited_.take(place);
    if (taken.error() == smpp::link_error::window_full)
        return submitted::later;
    watcher_.screen_failed(made, taken.error().message(), now);
    return submitted::over;
}

void screens::work(instant now) {
    if (queued_ == 0)
        return;
    for (std::deque<screen>& queue : queues_)
        while (!queue.empty()) {
            screen next = std::move(queue.front());
            queue.pop_front();
            --queued_;
            if (now.steady >= next.deadline) {
                watcher_.screen_failed(next, "no place in the window in time", now);
            } else if (!watcher_.is_wanted(next)) {
                watcher_.screen_failed(next, "its dialogue is over", now);
            } else if (submit(next, now) == submitted::later) {
                queue.push_front(std::move(next));
                ++queued_;
                break;
            }
        }
}

void screens::response_arrived(place_key place, const smpp::response& answer, instant now) {
    std::optional<screen> shown = awaited_.take(place);
    if (!shown) // given up before; it failed then
        return;
    if (answer.result == status::ok)
        return watcher_.screen_shown(*shown, now);
    const bool is_for_now = answer.result == status::throttled || answer.result == status::queue_full;
    const std::chrono::milliseconds wait = answer.result == status::queue_full ? 1'000ms : 300ms;
    if (!is_for_now || now.steady + wait >= shown->deadline)
        return watcher_.screen_failed(*shown, status_text(answer.result), now);
    ++waiting_;
    screen again = std::move(*shown);
    spawn(loop_, show_later(std::move(again), wait));
}

asio::awaitable<void> screens::show_later(screen made, std::chrono::milliseconds wait) {
    asio::steady_timer timer{loop_, wait};
    co_await timer.async_wait(asio::use_awaitable);
    --waiting_;
    if (watcher_.is_wanted(made))
        show(std::move(made), read_clocks());
    else
        watcher_.screen_failed(made, "its dialogue is over", read_clocks());
}

void screens::response_missing(place_key place, instant now) {
    if (const auto lost = awaited_.take(place))
        watcher_.screen_failed(*lost, "no response", now);
}

} // namespace kabinet::gateway
