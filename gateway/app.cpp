#include "gateway/app.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/control_socket.hpp"
#include "gateway/conversation.hpp"
#include "gateway/errand.hpp"
#include "gateway/later_work.hpp"
#include "gateway/log.hpp"
#include "gateway/measure.hpp"
#include "gateway/portal_side.hpp"
#include "gateway/spawn.hpp"
#include "gateway/status.hpp"
#include "gateway/upstream/http_billing.hpp"
#include "gateway/upstream/http_network.hpp"
#include "store/billing.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "values/written_time.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <fmt/format.h>

#include <csignal>
#include <string>
#include <thread>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto work_every = 100ms;
constexpr auto longest_learning = 2s;
constexpr auto longest_drain = 10s;
constexpr auto longest_release = 2s;
constexpr int login_nice = 15; // a login waits for whoever dials
constexpr std::size_t accounts_at_once = 10'000;
constexpr std::size_t events_kept = 100'000; // of all subscribers together: 9 MB

std::size_t hash_threads() {
    return std::max(2U, std::thread::hardware_concurrency()) - 1;
}

house_rules rules_of(const settings& of) {
    return {of.numbers, of.known, of.limits.dialogues, of.resume_within};
}

} // namespace

struct app::parts final : running_gateway {
    parts(settings given, read_packs packs, pack_reader reader)
        : configured{std::move(given)}
        , read_pack{std::move(reader)}
        , keys{store::keys::read(configured.store.key_file)}
        , records{configured.cdr}
        , loop{1}
        , lane{std::make_unique<store::sqlite_backend>(configured.store.database, keys,
                                                       configured.network.has_value(), orders_go_to()),
               loop.get_executor(), configured.store}
        , pool{hash_threads(), configured.limits.hash_queue}
        , money{choose_money()}
        , check{keys}
        , network{choose_network()}
        , performing{lane, money, keys, pool, &closed, &numbers}
        , sending{all_lines, lane, [this] { return talk.packs(); }}
        , talk{loop,
               rules_of(configured),
               {all_lines, performing, money, sending, keys, records, lately_seen, lane},
               pack_set{std::move(packs)}}
        , errands{{lane, keys, performing, pool, &money, this},
                  configured.numbers,
                  [this] { return talk.packs(); }}
        , commands{loop, socket_path(configured), errands}
        , login_pool{hash_threads(), configured.limits.hash_queue, login_nice}
        , desk{loop,
               {lane, money, keys, check, login_pool, sending, lately_seen,
                [this](msisdn who, language chosen) { talk.speak(who, chosen); }, &closed, &numbers},
               [this] { return talk.packs(); },
               {configured.limits.visitor_numbers_per_hour, configured.limits.portal_sms_per_minute}} {
        login_pool.expect(hash_work::logins, check.usual_time());
        if (configured.door)
            portals.emplace(portal_house{loop, desk, lane, keys, configured.numbers, *this,
                                         [this] { return talk.packs(); }, [this] { return is_ready(); },
                                         [this] { return measure(seen()); }},
                            *configured.door);
        for (smpp::link_settings& each : configured.links)
            all_lines.add(std::make_unique<smpp::link>(loop, std::move(each), talk));
    }

    /// Whatever threw: nobody comes in any more while the rest goes.
    ~parts() {
        if (portals)
            portals->end();
        if (elsewhere)
            elsewhere->end();
        if (told_network)
            told_network->end();
    }
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;

    settings configured;
    pack_reader read_pack;
    store::keys keys;
    call_records records;
    // before the loop: its coroutines may still hold these when it goes
    std::optional<portal_side> portals;
    std::unique_ptr<upstream::http_billing> elsewhere; // where the operator's billing system keeps the money
    std::unique_ptr<upstream::http_network> told_network;
    asio::io_context loop;
    store::lane lane;
    store::embedded_billing own_money{lane};
    hash_pool pool;
    store::billing& money;
    asio::thread_pool files{1};
    lines all_lines;
    recent lately_seen{events_kept};
    closed_actions closed;
    store::password_check check;
    store::embedded_network own_network{lane};
    store::network& network;
    number_desk numbers{{lane, network, &check}};
    performer performing;
    sender sending;
    conversation talk;
    office errands;
    control_socket commands;
    hash_pool login_pool; // of its own: a login's milliseconds don't stand before a dial
    reception desk;
    later_work later{loop, lane, sending, [this] { return talk.packs(); }, !configured.billing};
    asio::steady_timer learned{loop};
    utc_time started = read_clocks().utc;

    bool is_ending = false;

    [[nodiscard]] store::billing_place orders_go_to() const {
        if (!configured.billing)
            return {};
        return {fmt::format("{}:{}", configured.billing->host, configured.billing->port),
                configured.billing->moved_from};
    }

    store::billing& choose_money() {
        if (!configured.billing)
            return own_money;
        elsewhere = std::make_unique<upstream::http_billing>(loop, lane, *configured.billing);
        return *elsewhere;
    }

    store::network& choose_network() {
        if (!configured.network)
            return own_network;
        told_network = std::make_unique<upstream::http_network>(loop, lane, *configured.network);
        return *told_network;
    }

    [[nodiscard]] bool is_ready() {
        return !is_ending && !lane.look().is_full &&
               std::any_of(all_lines.begin(), all_lines.end(),
                           [](const line& each) { return each.link->is_bound(); });
    }

    [[nodiscard]] measured seen() {
        return {all_lines,
                talk,
                sending,
                desk,
                lane,
                pool,
                login_pool,
                records,
                closed,
                later,
                elsewhere.get(),
                told_network.get(),
                portals ? portals->knocks() : 0};
    }
    [[nodiscard]] std::optional<std::uint16_t> door_port() const {
        return portals ? std::optional{portals->port()} : std::nullopt;
    }

    std::vector<std::string> status() override {
        return describe_status(seen(), door_port(), started, read_clocks().utc);
    }

    void say_whom_it_serves() const {
        spdlog::info("pack {}, database {}", talk.packs().usual()->name, configured.store.database.string());
        for (const line& each : all_lines) {
            const smpp::link_settings& to = each.settings();
            spdlog::info("{}: {}:{} as {}", to.name, to.host, to.port, gateway::quoted(to.system_id));
        }
    }

    struct read_again {
        std::optional<pack_set> packs; // none where anything is refused
        door::tls_context certificate; // of a door with TLS
        std::vector<finding> findings;
    };

    /// The files are read on another thread: subscribers are answered meanwhile.
    asio::awaitable<std::vector<finding>> reload() override {
        auto read = [this]() -> asio::awaitable<read_again> {
            read_again came;
            if (auto packs = read_pack(came.findings))
                came.packs.emplace(std::move(*packs));
            if (configured.door && configured.door->tls) {
                came.certificate = door::read_tls(*configured.door->tls, came.findings);
                if (came.certificate == nullptr)
                    came.packs.reset();
            }
            co_return came;
        };
        records.reopen();
        read_again came = co_await asio::co_spawn(files.get_executor(), read, asio::use_awaitable);
        if (!came.packs) {
            spdlog::error("the files are refused; what was read before is still served: {}",
                          summarise(came.findings));
            co_return came.findings;
        }
        if (came.certificate)
            portals->renew(std::move(came.certificate));
        const language spoken_before = talk.pack()->languages.front().code;
        talk.serve(std::move(*came.packs));
        spdlog::info("the pack is served anew");
        if (talk.pack()->languages.front().code != spoken_before) {
            talk.forget_languages();
            spawn(loop, learn_languages());
        }
        co_return came.findings;
    }

    void begin_maintenance(std::optional<menus::action_kind> of, std::optional<utc_time> until) override {
        if (of)
            closed.close(*of, until);
        else
            talk.begin_maintenance(until);
    }
    void end_maintenance(std::optional<menus::action_kind> of) override {
        if (of)
            return closed.open(*of);
        closed.open_all();
        talk.end_maintenance();
    }

    std::vector<std::string> lately(msisdn who, std::size_t most) override {
        std::vector<std::string> lines;
        for (const recent::event& each : lately_seen.of(who, most)) {
            lines.push_back(fmt::format("{}  {}", write_for_eyes(each.at), view(each.what)));
        }
        return lines;
    }

    void send(store::outgoing_sms row) override { sending.send(std::move(row)); }

    void end_access(store::ended_access ended) override {
        talk.end_dialogues_of(ended.who, read_clocks());
        for (const store::outbox_id each : ended.cancelled)
            sending.forget(ended.who, each);
        if (ended.sms)
            sending.send(std::move(*ended.sms));
    }

    void forget(msisdn who) override {
        talk.forget(who);
        sending.forget(who);
        lately_seen.forget(who);
        if (elsewhere)
            elsewhere->forget(who);
    }

    /// Those who speak something other than the pack's first language.
    asio::awaitable<void> learn_languages() {
        const language usual = talk.pack()->languages.front().code;
        for (std::optional<std::int64_t> after = 0; after;) {
            auto read = [from = *after, usual](store::backend& rows) {
                return rows.list_languages(from, accounts_at_once, usual);
            };
            const boost::system::result<store::language_page> page = co_await at_store(lane, read);
            if (!page) {
                spdlog::warn("languages of accounts can't be read: {}", page.error().message());
                break;
            }
            for (const store::spoken& each : page->found)
                talk.speak(each.who, each.speaks);
            after = page->next;
        }
        learned.cancel();
    }

    /// Once it is known who speaks what. Where that takes long, the rest is learned while dials are answered.
    asio::awaitable<void> open_links() {
        learned.expires_after(longest_learning);
        spawn(loop, learn_languages());
        boost::system::error_code woken;
        co_await learned.async_wait(asio::redirect_error(asio::use_awaitable, woken));
        if (is_ending)
            co_return;
        for (line& each : all_lines)
            each.link->start();
    }

    asio::awaitable<void> keep_working() {
        asio::steady_timer timer{loop};
        while (true) {
            timer.expires_after(work_every);
            co_await timer.async_wait(asio::use_awaitable);
            const instant now = read_clocks();
            talk.work(now);
            sending.work(now);
            if (is_ending)
                continue;
            later.work(now);
            money.work(now);
            network.work(now);
        }
    }

    asio::awaitable<void> end_on_signal() {
        asio::signal_set signals{loop, SIGTERM, SIGINT};
        const int first = co_await signals.async_wait(asio::use_awaitable);
        spdlog::info("{}: finishing what is under way", first == SIGINT ? "SIGINT" : "SIGTERM");
        begin_end();
        co_await signals.async_wait(asio::use_awaitable);
        spdlog::warn("a second signal: ending at once");
        spdlog::shutdown(); // what is queued is written
        std::_Exit(1);      // the store is whole at any moment: what isn't committed was not acknowledged
    }

    void begin_end() {
        if (!std::exchange(is_ending, true))
            spawn(loop, drain());
    }

    [[nodiscard]] bool is_door_at_rest() const {
        return !portals || (portals->is_at_rest() && desk.is_at_rest());
    }

    [[nodiscard]] bool is_upstream_at_rest() const {
        return (!elsewhere || elsewhere->is_at_rest()) && (!told_network || told_network->is_at_rest());
    }

    asio::awaitable<void> drain() {
        asio::steady_timer timer{loop};
        talk.stop_taking();
        desk.stop_taking();
        if (portals)
            portals->stop_taking();
        if (elsewhere)
            elsewhere->stop();
        if (told_network)
            told_network->stop();
        sending.stop_fetching();
        commands.stop();
        const auto began = std::chrono::steady_clock::now();
        while (!(talk.is_at_rest() && later.is_at_rest() && is_upstream_at_rest() && is_door_at_rest() &&
                 sending.is_drained()) &&
               std::chrono::steady_clock::now() < began + longest_drain) {
            // the second half is for the answers to what left in the first
            if (std::chrono::steady_clock::now() >= began + longest_drain / 2)
                sending.stop_submitting();
            timer.expires_after(work_every / 5);
            co_await timer.async_wait(asio::use_awaitable);
            sending.work(read_clocks());
        }
        talk.end_dialogues(read_clocks());
        const auto released = std::chrono::steady_clock::now();
        while (!talk.is_at_rest() && std::chrono::steady_clock::now() < released + longest_release) {
            timer.expires_after(work_every / 5);
            co_await timer.async_wait(asio::use_awaitable);
            talk.work(read_clocks());
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

app::app(settings given, read_packs packs, pack_reader reader)
    : parts_{std::make_unique<parts>(std::move(given), std::move(packs), std::move(reader))} {}

app::~app() = default;

int app::run() {
    parts& all = *parts_;
    all.say_whom_it_serves();
    spawn(all.loop, all.keep_working());
    spawn(all.loop, all.open_links());
    spawn(all.loop, all.end_on_signal());
    all.talk.when_first_bound([] { spdlog::info("ready"); });
    all.commands.start();
    all.loop.run();
    if (all.portals)
        all.portals->end();
    // Nobody awaits signals any more: the next one ends it at once.
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    all.lane.stop();
    spdlog::info("ended");
    return 0;
}

void app::end() {
    asio::post(parts_->loop, [all = parts_.get()] { all->begin_end(); });
}

std::optional<std::uint16_t> app::door_port() const {
    return parts_->door_port();
}

} // namespace kabinet::gateway
