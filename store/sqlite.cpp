#include "store/sqlite.hpp"

#include "store/schema.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_audit.hpp"
#include "store/sqlite_backup.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_feed.hpp"
#include "store/sqlite_files.hpp"
#include "store/sqlite_inbox.hpp"
#include "store/sqlite_ledger.hpp"
#include "store/sqlite_outbox.hpp"
#include "store/sqlite_purses.hpp"
#include "store/sqlite_staff.hpp"
#include "store/sqlite_subscribers.hpp"
#include "store/sqlite_wishes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <utility>

namespace kabinet::store {
namespace {

using boost::system::result;
using sqlite::connection;
using sqlite::statement;

constexpr std::int64_t application = 0x4B414249; // "KABI"
constexpr std::size_t released_at_once = 10'000;
constexpr std::size_t tidied_at_once = 500;
constexpr std::chrono::hours kept{24};
constexpr std::uint64_t octets_of_frame = 4096 + 24;

/// The one place where what SQLite threw becomes a value.
template <class Work>
auto guarded(Work work) -> decltype(work()) {
    try {
        return work();
    } catch (const sqlite::failure& failed) {
        if (failed.is_constraint())
            return store_error::rejected;
        return failed.is_full() ? storage_error::full : storage_error::failed;
    }
}

void set_up(connection& on) {
    statement log{on, "PRAGMA journal_mode = WAL"};
    if (auto rows = log.select(); !rows.next() || rows.text(0) != "wal")
        throw std::runtime_error(
            "the file system under the database can't share memory, so no write-ahead log");
    on.run("PRAGMA synchronous = FULL;"
           "PRAGMA wal_autocheckpoint = 0;"
           "PRAGMA temp_store = MEMORY;"
           "PRAGMA cache_size = -65536;"
           "PRAGMA secure_delete = ON"); // what is forgotten is gone from the file, too
}

void bring_up_to_date(connection& on, std::int64_t from) {
    const auto steps = schema_steps();
    for (auto step = static_cast<std::size_t>(from); step < steps.size(); ++step) {
        on.run("BEGIN EXCLUSIVE");
        on.run(steps[step]);
        on.run(
            fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT", application, step + 1)
                .c_str());
    }
}

/// Under another key old passwords and the audit would read as broken, and what is written now would soon.
void check_key(connection& on, const keys& with, const std::filesystem::path& file) {
    const auto mine = with.short_mark("key file", "of this database");
    const auto known = on.ask("SELECT value FROM meta WHERE name = 'key'");
    if (known == 0)
        on.run(fmt::format("UPDATE meta SET value = {} WHERE name = 'key'", mine).c_str());
    else if (known != mine)
        throw std::runtime_error(fmt::format("{}: sealed with another key file than the one given, or its "
                                             "first line stood elsewhere; put it back",
                                             file.string()));
    statement sealed{on, "SELECT id, mark FROM sealing_keys"};
    for (auto rows = sealed.select(); rows.next();)
        if (const auto id = rows.as<std::uint16_t>(0); with.mark_of(id) != rows.integer(1))
            throw std::runtime_error(
                fmt::format("{}: sealed with a key {} too, which the key file lacks; put its line back",
                            file.string(), id));
    const auto sealing = with.current(seal_purpose::account).id;
    statement{on, "INSERT OR IGNORE INTO sealing_keys VALUES (?, ?)"}.run(sealing, *with.mark_of(sealing));
}

connection open_database(const std::filesystem::path& file, const keys& with) {
    const bool has_log = sqlite::inspect_log(file);
    sqlite::own_files(file);
    try {
        connection opened{file};
        const auto tables = opened.ask("SELECT count(*) FROM sqlite_schema");
        const auto version = opened.ask("PRAGMA user_version");
        const auto known = static_cast<std::int64_t>(schema_steps().size());
        if (tables != 0 && opened.ask("PRAGMA application_id") != application)
            throw std::runtime_error(fmt::format("{}: the database of another program", file.string()));
        if (version > known)
            throw std::runtime_error(
                fmt::format("{}: made by a newer Kabinet (its schema is {}, this program knows {})",
                            file.string(), version, known));
        // A crash leaves a log that must fit its database; one that was swapped for another shows here.
        if (has_log && opened.ask("SELECT quick_check = 'ok' FROM pragma_quick_check(1)") != 1)
            throw std::runtime_error(fmt::format(
                "{}: damaged, or its -wal file isn't its own; restore the backup", file.string()));
        set_up(opened);
        bring_up_to_date(opened, version);
        check_key(opened, with, file);
        return opened;
    } catch (const sqlite::failure& failed) {
        throw std::runtime_error(fmt::format("{}: {}", file.string(), failed.what()));
    }
}

/// Another system knows nothing of them: it would cancel what may have been done.
void keep_orders_at(connection& on, const billing_place& place, const std::filesystem::path& file) {
    const auto open = on.ask("SELECT count(*) FROM orders INDEXED BY orders_open WHERE verdict IS NULL");
    {
        statement known{on, "SELECT at FROM billing_system"};
        auto rows = known.select();
        const std::string before{rows.next() ? std::string{rows.text(0)} : place.at};
        if (open != 0 && before != place.at && before != place.moved_from)
            throw std::runtime_error(fmt::format(
                "{}: {} orders to the billing system at {} have no end yet: name that one in [billing] until"
                " `kabinet status` shows none, or say with moved_from that it is the same (docs/billing.md)",
                file.string(), open, before));
    }
    statement{on, "INSERT OR REPLACE INTO billing_system (one, at) VALUES (1, ?)"}.run(
        std::string_view{place.at});
}

std::int64_t begin_run(connection& on) {
    on.run("UPDATE meta SET value = value + 1 WHERE name = 'run'");
    return on.ask("SELECT value FROM meta WHERE name = 'run'");
}

} // namespace

struct sqlite_backend::parts {
    parts(const std::filesystem::path& path, const keys& with, bool tells_network)
        : file{path}
        , keys_of{with}
        , lock{file}
        , writer{open_database(file, with)}
        , checkpointer{file}
        , reader{file}
        , outbox{writer, with, begin_run(writer)}
        , audit{writer, with}
        , subscribers{writer, with}
        , news{writer, tells_network}
        , ledger{writer, with}
        , wishes{with, all()}
        , staff{with, all()}
        , feed{writer, with, all()} {
        while (outbox.release_earlier(released_at_once) == released_at_once) {
        }
    }

    [[nodiscard]] sqlite::tables all() {
        return {accounts, codes,    subscribers, inbox,  outbox,   audit, ledger,
                vouchers, promises, notices,     orders, holdings, news,  calls};
    }

    std::filesystem::path file;
    const keys& keys_of;
    sqlite::file_lock lock;
    connection writer;
    connection checkpointer;
    std::uint64_t log_octets = 0; // as the checkpointer saw it last
    connection reader;
    statement begin{writer, "BEGIN IMMEDIATE"};
    statement commit{writer, "COMMIT"};
    sqlite::account_rows accounts{writer};
    sqlite::code_rows codes{writer};
    sqlite::inbox_rows inbox{writer};
    sqlite::outbox_rows outbox;
    sqlite::audit_rows audit;
    sqlite::subscriber_rows subscribers;
    sqlite::voucher_rows vouchers{writer};
    sqlite::promise_rows promises{writer};
    sqlite::notice_rows notices{writer};
    sqlite::order_rows orders{writer};
    sqlite::holding_rows holdings{writer};
    sqlite::news_rows news;
    sqlite::call_rows calls{writer};
    sqlite::ledger_rows ledger;
    sqlite::purse_reader purses{reader};
    sqlite::wishes wishes;
    sqlite::staff_desk staff;
    sqlite::feed_desk feed;
    std::optional<sqlite::audit_rows::head> audit_before_batch; // while one is open
    std::atomic<bool> is_hurried = false;
    std::mt19937_64 anywhere{std::random_device{}()};
};

sqlite_backend::sqlite_backend(const std::filesystem::path& database, const keys& with, bool tells_network,
                               const std::optional<billing_place>& orders_go_to) try
    : parts_{std::make_unique<parts>(database, with, tells_network)} {
    if (orders_go_to)
        keep_orders_at(parts_->writer, *orders_go_to, database);
} catch (const sqlite::failure& failed) {
    throw std::runtime_error(fmt::format("{}: {}", database.string(), failed.what()));
}

sqlite_backend::~sqlite_backend() = default;

result<void> sqlite_backend::begin() {
    return guarded([&]() -> result<void> {
        parts_->begin.run();
        parts_->audit_before_batch = parts_->audit.last();
        return {};
    });
}

result<void> sqlite_backend::commit() {
    return guarded([&]() -> result<void> {
        parts_->audit.seal_end();
        parts_->commit.run();
        parts_->audit_before_batch.reset();
        return {};
    });
}

void sqlite_backend::roll_back() noexcept {
    if (parts_->audit_before_batch) // else it never began
        parts_->audit.go_back_to(*std::exchange(parts_->audit_before_batch, std::nullopt));
    if (parts_->writer.is_autocommit())
        return; // SQLite did it itself
    try {
        parts_->writer.run("ROLLBACK");
    } catch (const sqlite::failure&) {
        // Nothing was committed, and the next BEGIN tells whether the connection is still of use.
    }
}

result<outcome> sqlite_backend::fulfil(const request& wish) {
    return guarded([&] { return parts_->wishes.fulfil(wish); });
}

result<begun_order> sqlite_backend::begin_order(const request& wish) {
    return guarded([&] { return parts_->wishes.begin_order(wish); });
}

result<std::optional<outcome>> sqlite_backend::end_order(const request_id& name, const order_end& end,
                                                         bool is_late, utc_time now) {
    return guarded([&]() -> result<std::optional<outcome>> {
        return parts_->wishes.end_order(name, end, is_late, now);
    });
}

result<std::vector<open_order>> sqlite_backend::list_orders(std::int64_t after, std::size_t most) {
    return guarded(
        [&]() -> result<std::vector<open_order>> { return parts_->orders.list_open(after, most); });
}

result<std::vector<number_news>> sqlite_backend::list_news(std::int64_t after, std::size_t most,
                                                           utc_time now) {
    return guarded([&]() -> result<std::vector<number_news>> { return parts_->news.list(after, most, now); });
}

result<void> sqlite_backend::end_news(std::int64_t version) {
    return guarded([&]() -> result<void> {
        parts_->news.end(version);
        return {};
    });
}

result<void> sqlite_backend::put_off_news(std::int64_t version, utc_time again) {
    return guarded([&]() -> result<void> {
        parts_->news.put_off(version, again);
        return {};
    });
}

result<news_figures> sqlite_backend::count_news() {
    return guarded([&]() -> result<news_figures> { return parts_->news.count(); });
}

result<login_facts> sqlite_backend::look_before_login(msisdn who, std::uint32_t most_wrong, utc_time now) {
    return guarded(
        [&]() -> result<login_facts> { return parts_->wishes.portal().look(who, most_wrong, now); });
}

result<std::vector<awaited_call>> sqlite_backend::list_calls(msisdn after, std::size_t most) {
    return guarded([&]() -> result<std::vector<awaited_call>> { return parts_->calls.list(after, most); });
}

result<bool> sqlite_backend::end_call(msisdn who, utc_time now) {
    return guarded([&]() -> result<bool> { return parts_->staff.end_call(who, now); });
}

result<call_figures> sqlite_backend::count_calls(utc_time now) {
    return guarded([&]() -> result<call_figures> { return parts_->calls.count(now); });
}

result<login_view> sqlite_backend::look_through(msisdn who, const login_proof& login) {
    return guarded([&]() -> result<login_view> { return parts_->wishes.portal().look_through(who, login); });
}

result<word_facts> sqlite_backend::look_before_word(msisdn who, std::uint32_t most_wrong, utc_time now) {
    return guarded(
        [&]() -> result<word_facts> { return parts_->wishes.portal().look_at_word(who, most_wrong, now); });
}

result<std::vector<outgoing_sms>> sqlite_backend::claim(std::size_t most, utc_time now) {
    return guarded([&]() -> result<std::vector<outgoing_sms>> { return parts_->outbox.claim(most, now); });
}

result<std::size_t> sqlite_backend::settle(std::span<const settlement> ended, utc_time) {
    return guarded([&]() -> result<std::size_t> {
        std::size_t changed = 0;
        for (const auto& one : ended)
            changed += parts_->outbox.settle(one);
        return changed;
    });
}

result<bool> sqlite_backend::tidy(utc_time now) {
    return guarded([&]() -> result<bool> {
        const auto until = now - kept;
        const auto expired = parts_->outbox.expire(tidied_at_once, now);
        const auto forgotten = parts_->inbox.prune(tidied_at_once, until);
        const auto ended = parts_->outbox.prune(tidied_at_once, until);
        const auto orders = parts_->orders.prune(tidied_at_once, until);
        const auto codes = parts_->codes.prune(tidied_at_once, until);
        const auto calls = parts_->calls.prune(tidied_at_once, until);
        const auto strangers = parts_->accounts.prune_guesses(tidied_at_once, parts_->anywhere());
        return std::max({expired, forgotten, ended, orders, codes, calls, strangers}) >= tidied_at_once;
    });
}

result<std::optional<account_facts>> sqlite_backend::inspect(msisdn who, utc_time now) {
    return guarded([&]() -> result<std::optional<account_facts>> { return parts_->staff.inspect(who, now); });
}

result<bool> sqlite_backend::change(msisdn who, const account_change& what, utc_time now) {
    return guarded([&]() -> result<bool> { return parts_->staff.change(who, what, now); });
}

result<void> sqlite_backend::note_use(msisdn who, std::chrono::seconds idle_after, utc_time now) {
    return guarded([&]() -> result<void> {
        parts_->accounts.note_use(who, now - idle_after, now);
        return {};
    });
}

result<std::vector<audit_entry>> sqlite_backend::trace(msisdn who, std::size_t most) {
    return guarded([&]() -> result<std::vector<audit_entry>> { return parts_->staff.trace(who, most); });
}

result<void> sqlite_backend::note_refused_portal(utc_time now) {
    return guarded([&]() -> result<void> {
        parts_->staff.note_refused_portal(now);
        return {};
    });
}

result<bool> sqlite_backend::erase(msisdn who, utc_time now) {
    return guarded([&]() -> result<bool> { return parts_->feed.erase(who, now); });
}

result<language_page> sqlite_backend::list_languages(std::int64_t after, std::size_t most, language except) {
    return guarded(
        [&]() -> result<language_page> { return parts_->accounts.list_languages(after, most, except); });
}

result<feed_outcome> sqlite_backend::take_feed(std::span<const subscriber> rows, const feed_terms& terms,
                                               utc_time now) {
    return guarded([&]() -> result<feed_outcome> { return parts_->feed.take(rows, terms, now); });
}

result<std::int64_t> sqlite_backend::begin_full_feed() {
    return guarded([&]() -> result<std::int64_t> { return parts_->subscribers.begin_full(); });
}

result<missing_page> sqlite_backend::drop_missing(std::int64_t full, msisdn after, std::size_t most,
                                                  utc_time now) {
    return guarded(
        [&]() -> result<missing_page> { return parts_->feed.drop_missing(full, after, most, now); });
}

result<std::optional<subscriber>> sqlite_backend::find_subscriber(msisdn who) {
    return guarded([&]() -> result<std::optional<subscriber>> {
        auto found = parts_->subscribers.find(who);
        return found ? std::optional{std::move(found->is)} : std::nullopt;
    });
}

result<std::vector<subscriber>> sqlite_backend::list_subscribers(msisdn after, std::size_t most) {
    return guarded(
        [&]() -> result<std::vector<subscriber>> { return parts_->subscribers.list(after, most); });
}

result<void> sqlite_backend::back_up(const std::filesystem::path& to) {
    return guarded([&] {
        connection reader{parts_->file};
        reader.end_when(parts_->is_hurried);
        return sqlite::back_up(reader, to);
    });
}

result<audit_check> sqlite_backend::verify_audit() {
    return guarded([&]() -> result<audit_check> {
        connection reader{parts_->file};
        reader.end_when(parts_->is_hurried);
        return sqlite::verify_audit(reader, parts_->keys_of);
    });
}

result<ledger_check> sqlite_backend::verify_ledger() {
    return guarded([&]() -> result<ledger_check> {
        connection reader{parts_->file};
        reader.end_when(parts_->is_hurried);
        return sqlite::verify_ledger(reader);
    });
}

result<vouchers_added> sqlite_backend::add_vouchers(std::span<const voucher> those) {
    return guarded([&]() -> result<vouchers_added> {
        vouchers_added came;
        for (const voucher& each : those)
            ++(parts_->vouchers.add(each) ? came.added : came.known);
        return came;
    });
}

result<std::size_t> sqlite_backend::return_promises(std::size_t most, std::string_view told, utc_time now) {
    return guarded(
        [&]() -> result<std::size_t> { return parts_->wishes.money().return_due(most, told, now); });
}

result<std::size_t> sqlite_backend::take_fees(std::size_t most, const ware_notices& told, utc_time now) {
    return guarded([&]() -> result<std::size_t> { return parts_->wishes.wares().take_due(most, told, now); });
}

result<bool> sqlite_backend::tell_left(msisdn who, std::string_view package, const allowance& left) {
    return guarded([&]() -> result<bool> {
        const auto account = parts_->accounts.find(who);
        return account && parts_->wishes.wares().tell_left(*account, package, left);
    });
}

result<notice_page> sqlite_backend::tell_waiting(const waiting_notices& how, std::int64_t after,
                                                 std::size_t most, utc_time now) {
    return guarded(
        [&]() -> result<notice_page> { return sqlite::tell_waiting(parts_->all(), how, after, most, now); });
}

result<void> sqlite_backend::begin_reading() {
    return guarded([&]() -> result<void> {
        parts_->purses.begin();
        return {};
    });
}

result<void> sqlite_backend::end_reading() {
    return guarded([&]() -> result<void> {
        parts_->purses.end();
        return {};
    });
}

result<purse_view> sqlite_backend::read_purse(msisdn who) {
    return guarded([&]() -> result<purse_view> { return parts_->purses.read(who); });
}

result<movements_view> sqlite_backend::read_movements(msisdn who, const movements_query& asked) {
    return guarded([&]() -> result<movements_view> { return parts_->purses.read_movements(who, asked); });
}

result<account_traits> sqlite_backend::read_traits(msisdn who, utc_time now) {
    return guarded([&]() -> result<account_traits> { return parts_->purses.read_traits(who, now); });
}

result<holdings_view> sqlite_backend::read_holdings(msisdn who) {
    return guarded([&]() -> result<holdings_view> { return parts_->purses.read_holdings(who); });
}

void sqlite_backend::hurry() noexcept {
    parts_->is_hurried = true;
}

result<void> sqlite_backend::probe() {
    return guarded([&]() -> result<void> {
        auto& on = parts_->writer;
        on.run("INSERT INTO room (filler) VALUES (zeroblob(65536))");
        on.run("DELETE FROM room");
        return {};
    });
}

result<bool> sqlite_backend::truncate_log() {
    return guarded([&]() -> result<bool> {
        const sqlite::impatience without_waiting{parts_->writer};
        statement truncate{parts_->writer, "PRAGMA wal_checkpoint(TRUNCATE)"};
        auto rows = truncate.select();
        return rows.next() && rows.integer(0) == 0;
    });
}

result<std::uint64_t> sqlite_backend::checkpoint() {
    return guarded([&]() -> result<std::uint64_t> {
        statement passive{parts_->checkpointer, "PRAGMA wal_checkpoint(PASSIVE)"};
        auto rows = passive.select();
        if (rows.next() && rows.integer(1) >= 0) // else another checkpoint is under way
            parts_->log_octets = static_cast<std::uint64_t>(rows.integer(1)) * octets_of_frame;
        return parts_->log_octets;
    });
}

void sqlite_backend::cap_pages(std::uint64_t most) {
    static_cast<void>(parts_->writer.ask(fmt::format("PRAGMA max_page_count = {}", most).c_str()));
}

} // namespace kabinet::store
