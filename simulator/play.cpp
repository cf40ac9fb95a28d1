#include "simulator/play.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>

namespace kabinet::simulator {

namespace {

namespace asio = boost::asio;
using std::chrono::steady_clock;

constexpr auto quietly = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds sweep_interval{100}; // how late a screen's failure may be noticed

/// A script that is played, and what wakes its coroutine. Answers of the door hold it weakly: they may come
/// when it is over.
struct performance {
    performance(const script& what, std::chrono::milliseconds ahead, const asio::any_io_executor& by)
        : playing{what,
                  {std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now() + ahead),
                   steady_clock::now()}}
        , wake{by} {}

    player playing;
    asio::steady_timer wake;
};

/// Does what a step says; false when it can't be done.
struct performer {
    centre& on;
    surroundings& around;
    const std::shared_ptr<performance>& of;
    msisdn who;

    bool operator()(const dial& what) const { return on.dial(who, what.code); }
    bool operator()(const answer& what) const { return on.answer(who, what.input); }
    bool operator()(const hang_up&) const { return on.hang_up(who); }
    bool operator()(const redeliver&) const { return on.redeliver(who, redelivery::new_number); }
    bool operator()(const text_to& what) const {
        on.text(who, what.number, what.body);
        return true;
    }
    bool operator()(const ask_door& what) const {
        if (!around.door)
            return false;
        around.door->ask(of->wake.get_executor(), what, [to = std::weak_ptr{of}, who = who](reply came) {
            const auto waiting = to.lock();
            if (!waiting)
                return;
            waiting->playing.hear(who, std::move(came));
            waiting->wake.cancel();
        });
        return true;
    }
    bool operator()(const let_pass& what) const {
        if (!around.clock)
            return false;
        around.clock->advance(what.by);
        return true;
    }
    template <class Expectation>
    bool operator()(const Expectation&) const {
        return true;
    }
};

void go_on(centre& on, surroundings& around, const std::shared_ptr<performance>& of) {
    while (const auto said = of->playing.go_on(steady_clock::now()))
        if (!std::visit(performer{on, around, of, said->who}, said->what))
            of->playing.give_up("this can't be done: no gateway is bound, or the dialogue is gone");
}

} // namespace

asio::awaitable<bool> wait_for_gateway(centre& on, std::chrono::milliseconds limit) {
    asio::steady_timer wake{co_await asio::this_coro::executor};
    on.watch([&wake](const event&) { wake.cancel(); });
    const auto latest = steady_clock::now() + limit;
    while (!on.has_receiver() && steady_clock::now() < latest) {
        wake.expires_at(latest);
        co_await wake.async_wait(quietly);
    }
    on.watch({});
    co_return on.has_receiver();
}

asio::awaitable<std::optional<failure>> play(centre& on, const script& script,
                                             std::chrono::milliseconds bind_wait, surroundings around) {
    if (!co_await wait_for_gateway(on, bind_wait))
        co_return failure{
            0, fmt::format("no gateway has bound within {}", std::chrono::duration<double>{bind_wait})};

    const auto ahead = around.clock ? around.clock->ahead() : std::chrono::milliseconds{};
    const auto of = std::make_shared<performance>(script, ahead, co_await asio::this_coro::executor);
    on.watch([&of](const event& what) {
        of->playing.see(what);
        of->wake.cancel();
    });
    for (go_on(on, around, of); !of->playing.is_over(); go_on(on, around, of)) {
        of->wake.expires_at(of->playing.deadline());
        co_await of->wake.async_wait(quietly);
    }
    on.watch({});
    co_return of->playing.failed();
}

asio::awaitable<std::optional<load_report>> carry(centre& on, load_settings settings,
                                                  std::chrono::milliseconds bind_wait) {
    if (!co_await wait_for_gateway(on, bind_wait))
        co_return std::nullopt;

    asio::steady_timer wake{co_await asio::this_coro::executor};
    load carried{on, std::move(settings)};
    on.watch([&](const event& what) {
        carried.see(what, steady_clock::now());
        if (carried.is_over())
            wake.cancel();
    });
    carried.start(steady_clock::now());
    while (!carried.is_over()) {
        wake.expires_after(sweep_interval);
        co_await wake.async_wait(quietly);
        carried.expire(steady_clock::now());
    }
    on.watch({});
    co_return carried.report();
}

} // namespace kabinet::simulator
