#include "gateway/app.hpp"

#include "gateway/account/site.hpp"
#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/control_socket.hpp"
#include "gateway/conversation.hpp"
#include "gateway/door/api.hpp"
#include "gateway/door/server.hpp"
#include "gateway/errand.hpp"
#include "gateway/log.hpp"
#include "gateway/measure.hpp"
#include "gateway/spawn.hpp"
#include "gateway/written_time.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <span>
#include <thread>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto work_every = 100ms;
constexpr auto longest_drain = 10s;
constexpr auto longest_release = 2s;
constexpr int login_nice = 15; // a login waits for whoever dials
constexpr std::size_t accounts_at_once = 10'000;
constexpr std::size_t events_kept = 100'000; // of all subscribers together: 9 MB

std::size_t hash_threads() {
    return std::max(2U, std::thread::hardware_concurrency()) - 1;
}

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

house_rules rules_of(const settings& of) {
    return {of.numbers, of.known, of.limits.dialogues};
}

} // namespace

struct app::parts final : running_gateway {
    parts(settings given, menus::definition pack, pack_reader reader)
        : configured{std::move(given)}
        , read_pack{std::move(reader)}
        , keys{store::keys::read(configured.store.key_file)}
        , records{configured.cdr}
        , loop{1}
        , lane{std::make_unique<store::sqlite_backend>(configured.store.database, keys), loop.get_executor(),
               configured.store}
        , pool{hash_threads(), configured.limits.hash_queue}
        , performing{lane, pool}
        , sending{all_lines, lane, [this] { return talk.pack(); }}
        , talk{loop,
               rules_of(configured),
               {all_lines, performing, sending, keys, records, lately_seen},
               std::make_shared<const menus::definition>(std::move(pack))}
        , errands{lane, keys, performing, pool, configured.numbers, [this] { return talk.pack(); }, this}
        , commands{loop, socket_path(configured), errands}
        , check{keys}
        , login_pool{hash_threads(), configured.limits.hash_queue, login_nice}
        , desk{loop,
               {lane, keys, check, login_pool, sending, lately_seen,
                [this](msisdn who, language chosen) { talk.speak(who, chosen); }},
               [this] { return talk.pack(); },
               {configured.limits.visitor_numbers_per_hour, configured.limits.portal_sms_per_minute}} {
        login_pool.expect(hash_work::logins, check.usual_time());
        if (configured.door)
            open_door(*configured.door);
        for (smpp::link_settings& each : configured.links)
            all_lines.add(std::make_unique<smpp::link>(loop, std::move(each), talk));
    }

    /// Whatever threw: nobody comes in any more while the rest goes.
    ~parts() {
        if (portal_door)
            portal_door->end();
    }
    parts(const parts&) = delete;
    parts& operator=(const parts&) = delete;

    settings configured;
    pack_reader read_pack;
    store::keys keys;
    call_records records;
    // Before the loop, whose coroutines may still hold theirs when it goes.
    std::optional<door::api> portal_api;
    std::optional<account::site> portal_pages;
    std::optional<door::server> portal_door;
    asio::io_context loop;
    store::lane lane;
    hash_pool pool;
    asio::thread_pool files{1};
    lines all_lines;
    recent lately_seen{events_kept};
    performer performing;
    sender sending;
    conversation talk;
    office errands;
    control_socket commands;
    store::password_check check;
    hash_pool login_pool; // of its own: a login's milliseconds don't stand before a dial
    reception desk;
    utc_time started = read_clocks().utc;

    bool is_ending = false;
    std::uint64_t knocks = 0; // without the portal's token or certificate
    steady_time next_knock_noted{};

    void open_door(const door_settings& of) {
        door::house house{loop.get_executor(),
                          desk,
                          [this] { return is_ready(); },
                          [this] { return measure(); },
                          [this](change_notice said) { return take_change(lane, *talk.pack(), *this, said); },
                          [this] { turn_away(); }};
        door::credentials known{{}, {keys, *of.operator_tokens}};
        if (of.tokens || !of.wants_certificates()) // a door that wants nothing lets nobody in
            known.of_portal.emplace(keys, of.tokens ? std::span{*of.tokens} : std::span<const secret>{});
        portal_api.emplace(std::move(house), std::move(known), configured.numbers);
        if (of.has_account)
            lay_out_pages(of);
        door::server_settings at;
        at.address = of.address;
        at.port = of.port;
        door::tls beneath;
        if (of.tls)
            beneath.context = read_certificate(*of.tls);
        beneath.turned_away = [this] { asio::post(loop, [this] { turn_away(); }); };
        portal_door.emplace(
            std::move(at),
            [this](const door::request& asked) {
                return is_for_pages(asked) ? portal_pages->refuse_early(asked)
                                           : portal_api->refuse_early(asked);
            },
            [this](door::request asked) {
                return is_for_pages(asked) ? portal_pages->respond(std::move(asked))
                                           : portal_api->respond(std::move(asked));
            },
            std::move(beneath));
        spdlog::info("the portal's door is open on {} port {}{}{}", of.address, portal_door->port(),
                     of.wants_certificates() ? ", over TLS for clients with a certificate"
                     : of.tls                ? ", over TLS"
                                             : "",
                     of.has_account ? ", with pages at /account" : "");
    }

    [[nodiscard]] static door::tls_context read_certificate(const tls_files& from) {
        std::vector<finding> findings;
        door::tls_context made = door::read_tls(from, findings);
        if (made == nullptr)
            throw std::runtime_error{describe(findings.back())};
        for (const finding& each : findings)
            spdlog::warn("{}", describe(each));
        return made;
    }

    /// A portal of our own: it has a token as any other, and is on the door's thread.
    void lay_out_pages(const door_settings& of) {
        auto fetch_pack = [this]() -> asio::awaitable<std::shared_ptr<const menus::definition>> {
            co_return talk.pack();
        };
        account::house with;
        with.ask = [this](door::request asked) { return portal_api->respond(std::move(asked)); };
        with.pack = [this, fetch_pack] {
            return asio::co_spawn(loop.get_executor(), fetch_pack, asio::use_awaitable);
        };
        with.now = [] { return read_clocks().steady; };
        if (of.tokens)
            with.token = of.tokens->front().clone();
        // Whoever says plain_text on loopback has no TLS before it, and his browser no cookie that wants it.
        with.is_over_tls = of.tls || !(of.speaks_plain_text && is_loopback(of.address));
        portal_pages.emplace(std::move(with), keys);
    }
    [[nodiscard]] bool is_for_pages(const door::request& asked) const {
        return portal_pages && account::is_here(asked.path);
    }

    [[nodiscard]] bool is_ready() {
        return !is_ending && !lane.look().is_full &&
               std::any_of(all_lines.begin(), all_lines.end(),
                           [](const line& each) { return each.link->is_bound(); });
    }

    [[nodiscard]] metrics measure() {
        return gateway::measure({all_lines, talk, sending, desk, lane, pool, login_pool, records, knocks});
    }

    /// Somebody knocks without the portal's token or certificate. The audit has one row for all of a second.
    void turn_away() {
        ++knocks;
        const instant now = read_clocks();
        if (now.steady < next_knock_noted)
            return;
        next_knock_noted = now.steady + 1s;
        spdlog::warn("a request without the portal's token or certificate was turned away, {} by now",
                     knocks);
        auto note = [now](store::backend& rows) { return rows.note_refused_portal(now.utc); };
        spawn(loop, [](store::store& in, auto work) -> asio::awaitable<void> {
            static_cast<void>(co_await at_store(in, work));
        }(lane, note));
    }

    std::vector<std::string> status() override {
        std::vector<std::string> lines;
        const auto add = [&](std::string_view name, const auto& value) {
            lines.push_back(fmt::format("{:<22}{}", name, value));
        };
        const auto up = std::chrono::duration_cast<std::chrono::seconds>(read_clocks().utc - started);
        add("pack", talk.pack()->name);
        add("running for, s", up.count());
        for (const line& each : all_lines)
            add("link " + each.settings().name,
                each.link->is_bound() ? fmt::format("bound, {} in flight", each.link->in_flight())
                                      : "not bound: " + each.last_loss);
        for (const line& each : all_lines)
            if (const smpp::link_counts odd = each.link->counts(); odd != smpp::link_counts{})
                add("odd PDUs of " + each.settings().name,
                    fmt::format(
                        "{} malformed, {} unknown commands, {} unknown responses, {} at the wrong time",
                        odd.malformed, odd.unknown_commands, odd.unknown_responses, odd.refused_by_state));
        for (const unanswerable_reason why : unanswerable_reasons)
            if (const std::uint64_t times = talk.turned_away(why); times != 0)
                add("not answered", fmt::format("{}: {}", times, name_of(why)));
        const store::lane::figures figures = lane.look();
        add("open dialogues", talk.open_dialogues());
        add("SMS waiting", sending.waiting());
        add("hashes waiting, ms",
            std::chrono::duration_cast<std::chrono::milliseconds>(pool.waiting()).count());
        add("wishes waiting", figures.waiting);
        add("store", figures.is_full ? "no space left: nothing is taken" : "writes");
        add("store's log, KiB",
            fmt::format("{}{}", figures.log_octets / 1024,
                        figures.is_log_alarming ? ": a reader keeps it from being emptied" : ""));
        add("call records lost", records.lost());
        if (portal_door) {
            add("portal's door", fmt::format("port {}, {} requests without its token or certificate",
                                             portal_door->port(), knocks));
            for (std::size_t which = 0; which < portal_verdicts; ++which) {
                const auto verdict = static_cast<portal_verdict>(which);
                if (const auto times = desk.told(reception::wish_kind::login, verdict); times != 0)
                    add("logins", fmt::format("{}: {}", times, name_of(verdict)));
            }
        }
        const std::optional<utc_time> until = talk.maintenance_until();
        add("maintenance", !talk.is_in_maintenance(read_clocks().utc) ? "off"
                           : until                                    ? "on until " + write_for_eyes(*until)
                                                                      : "on");
        return lines;
    }

    struct read_again {
        std::shared_ptr<const menus::definition> pack; // none where anything is refused
        door::tls_context certificate;                 // of a door with TLS
        std::vector<finding> findings;
    };

    /// The files are read on another thread: subscribers are answered meanwhile.
    asio::awaitable<std::vector<finding>> reload() override {
        auto read = [this]() -> asio::awaitable<read_again> {
            read_again came;
            if (auto pack = read_pack(came.findings))
                came.pack = std::make_shared<const menus::definition>(std::move(*pack));
            if (configured.door && configured.door->tls) {
                came.certificate = door::read_tls(*configured.door->tls, came.findings);
                if (came.certificate == nullptr)
                    came.pack = nullptr;
            }
            co_return came;
        };
        records.reopen();
        read_again came = co_await asio::co_spawn(files.get_executor(), read, asio::use_awaitable);
        if (came.pack == nullptr) {
            spdlog::error("the files are refused; what was read before is still served");
            co_return came.findings;
        }
        if (came.certificate)
            portal_door->renew(std::move(came.certificate));
        const language spoken_before = talk.pack()->languages.front().code;
        talk.serve(std::move(came.pack));
        spdlog::info("the pack is served anew");
        if (talk.pack()->languages.front().code != spoken_before) {
            talk.forget_languages();
            spawn(loop, learn_languages());
        }
        co_return came.findings;
    }

    void begin_maintenance(std::optional<utc_time> until) override { talk.begin_maintenance(until); }
    void end_maintenance() override { talk.end_maintenance(); }

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
    }

    /// Those who speak something other than the pack's first language, while dials are answered already.
    asio::awaitable<void> learn_languages() {
        const language usual = talk.pack()->languages.front().code;
        for (std::optional<std::int64_t> after = 0; after;) {
            auto read = [from = *after, usual](store::backend& rows) {
                return rows.list_languages(from, accounts_at_once, usual);
            };
            const boost::system::result<store::language_page> page = co_await at_store(lane, read);
            if (!page) {
                spdlog::warn("languages of accounts can't be read: {}", page.error().message());
                co_return;
            }
            for (const store::spoken& each : page->found)
                talk.speak(each.who, each.speaks);
            after = page->next;
        }
    }

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
        spdlog::shutdown(); // what is queued is written
        std::_Exit(1);      // the store is whole at any moment: what isn't committed was not acknowledged
    }

    void begin_end() {
        if (!std::exchange(is_ending, true))
            spawn(loop, drain());
    }

    [[nodiscard]] bool is_door_at_rest() const {
        return !portal_door || (portal_door->is_at_rest() && desk.is_at_rest());
    }

    asio::awaitable<void> drain() {
        asio::steady_timer timer{loop};
        talk.stop_taking();
        desk.stop_taking();
        if (portal_door)
            portal_door->stop_taking();
        sending.stop_fetching();
        commands.stop();
        const auto began = std::chrono::steady_clock::now();
        while (!(talk.is_at_rest() && is_door_at_rest() && sending.is_drained()) &&
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

app::app(settings given, menus::definition pack, pack_reader reader)
    : parts_{std::make_unique<parts>(std::move(given), std::move(pack), std::move(reader))} {}

app::~app() = default;

int app::run() {
    parts& all = *parts_;
    spawn(all.loop, all.keep_working());
    spawn(all.loop, all.learn_languages());
    spawn(all.loop, all.end_on_signal());
    all.talk.when_first_bound([] { spdlog::info("ready"); });
    for (line& each : all.all_lines)
        each.link->start();
    all.commands.start();
    all.loop.run();
    if (all.portal_door)
        all.portal_door->end();
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
    if (!parts_->portal_door)
        return std::nullopt;
    return parts_->portal_door->port();
}

} // namespace kabinet::gateway
