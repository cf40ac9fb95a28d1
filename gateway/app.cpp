#include "gateway/app.hpp"

#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto work_every = 100ms;
constexpr auto longest_drain = 10s;

std::size_t hash_threads() {
    return std::max(2U, std::thread::hardware_concurrency()) - 1;
}

} // namespace

struct app::parts {
    parts(settings given, menus::definition pack)
        : configured{std::move(given)}
        , keys{store::keys::read(configured.store.key_file)}
        , records{configured.cdr}
        , loop{1}
        , lane{std::make_unique<store::sqlite_backend>(configured.store.database, keys), loop.get_executor(),
               configured.store}
        , pool{hash_threads(), configured.limits.hash_queue}
        , performing{lane, keys, pool}
        , sending{all_lines, lane, [this] { return talk.pack(); }}
        , talk{loop,      {configured.numbers, configured.known, configured.limits.dialogues},
               all_lines, performing,
               sending,   keys,
               records,   std::make_shared<const menus::definition>(std::move(pack))} {
        for (smpp::link_settings& each : configured.links)
            all_lines.add(std::make_unique<smpp::link>(loop, std::move(each), talk));
    }

    settings configured;
    store::keys keys;
    call_records records;
    asio::io_context loop;
    store::lane lane;
    hash_pool pool;
    lines all_lines;
    performer performing;
    sender sending;
    conversation talk;

    bool is_ending = false;

    asio::awaitable<void> keep_working() {
        asio::steady_timer timer{loop};
        while (true) {
            timer.expires_after(work_every);
            co_await timer.async_wait(asio::use_awaitable);
            const instant now = read_clocks();
            talk.work(now);
            sending.work(now);
        }
    }

    asio::awaitable<void> end_on_signal() {
        asio::signal_set signals{loop, SIGTERM, SIGINT};
        const int first = co_await signals.async_wait(asio::use_awaitable);
        spdlog::info("{}: finishing what is under way", first == SIGINT ? "SIGINT" : "SIGTERM");
        begin_end();
        co_await signals.async_wait(asio::use_awaitable);
        spdlog::warn("a second signal: ending at once");
        stop_log();
        std::_Exit(1); // the store is whole at any moment: what isn't committed was not acknowledged
    }

    void begin_end() {
        if (!std::exchange(is_ending, true))
            asio::co_spawn(loop, drain(), asio::detached);
    }

    asio::awaitable<void> drain() {
        asio::steady_timer timer{loop};
        talk.stop_taking();
        const auto until = std::chrono::steady_clock::now() + longest_drain;
        while (!(talk.is_at_rest() && sending.is_at_rest()) && std::chrono::steady_clock::now() < until) {
            timer.expires_after(work_every / 5);
            co_await timer.async_wait(asio::use_awaitable);
            sending.work(read_clocks());
        }
        for (line& each : all_lines)
            each.link->stop();
        while (std::any_of(all_lines.begin(), all_lines.end(),
                           [](const line& each) { return !each.link->is_stopped(); })) {
            timer.expires_after(work_every / 5);
            co_await timer.async_wait(asio::use_awaitable);
        }
        loop.stop();
    }
};

app::app(settings given, menus::definition pack)
    : parts_{std::make_unique<parts>(std::move(given), std::move(pack))} {}

app::~app() = default;

int app::run() {
    parts& all = *parts_;
    asio::co_spawn(all.loop, all.keep_working(), asio::detached);
    asio::co_spawn(all.loop, all.end_on_signal(), asio::detached);
    all.talk.when_first_bound([] { spdlog::info("ready"); });
    for (line& each : all.all_lines)
        each.link->start();
    all.loop.run();
    all.lane.stop();
    spdlog::info("ended");
    return 0;
}

void app::end() {
    asio::post(parts_->loop, [all = parts_.get()] { all->begin_end(); });
}

void guard_memory() {
    prctl(PR_SET_DUMPABLE, 0);
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
}

} // namespace kabinet::gateway
