#include "gateway/screens.hpp"

#include "gateway/clocks.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using smpp::status;

screens::screens(asio::io_context& loop, lines& lines, screen_watcher& watcher)
    : loop_{loop}
    , lines_{lines}
    , watcher_{watcher} {}

void screens::show(screen made, instant now) {
    if (made.text.empty() && made.kind != screen_kind::release) // an empty USSD text hangs some centres
        return watcher_.screen_failed(made, "it has no text", now);
    const line& by = lines_.at(made.line);
    submit_scratch scratch;
    const auto pdu = write_screen(by.speaks(), made.kind, made.subscriber, made.service, made.session,
                                  view(made.text), scratch);
    if (!pdu)
        return watcher_.screen_failed(made, pdu.error().message(), now);
    const place_key place = awaited_.put(std::move(made));
    const auto taken = by.link->submit(*pdu, ticket{ticket_of::screen, place}.write());
    if (!taken)
        watcher_.screen_failed(*awaited_.take(place), taken.error().message(), now);
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
        return watcher_.screen_failed(*shown, smpp::name_of(answer.result), now);
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
