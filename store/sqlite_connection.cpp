#include "store/sqlite_connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <utility>

namespace kabinet::store::sqlite {
namespace {

/// SQLiteCpp's exceptions end here: no other file knows them.
template <class Work>
auto translated(Work work) {
    try {
        return work();
    } catch (const SQLite::Exception& error) {
        throw failure{error.getErrorCode(), error.what()};
    }
}

/// The statistics of SQLite's allocator cost a process-wide mutex with each allocation.
void leave_out_statistics() {
    static const int told = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(told);
}

} // namespace

bool failure::is_constraint() const {
    return code_ == SQLITE_CONSTRAINT;
}
bool failure::is_full() const {
    return code_ == SQLITE_FULL;
}

struct connection::handle {
    explicit handle(SQLite::Database&& opened)
        : database{std::move(opened)} {}
    SQLite::Database database;

    handle(const std::filesystem::path& file, int flags, int busy_ms)
        : database{file.string(), flags, busy_ms} {}
};

connection::connection(const std::filesystem::path& file)
    : handle_{translated([&] {
        leave_out_statistics();
        return std::make_unique<handle>(file,
                                        SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
                                        static_cast<int>(usual_patience.count()));
    })} {}

connection::~connection() = default;
connection::connection(connection&&) noexcept = default;

void connection::run(const char* sql) {
    translated([&] { handle_->database.exec(sql); });
}

std::int64_t connection::ask(const char* sql) {
    return translated([&] { return handle_->database.execAndGet(sql).getInt64(); });
}

std::int64_t connection::last_row() const {
    return handle_->database.getLastInsertRowid();
}

bool connection::is_autocommit() const {
    return sqlite3_get_autocommit(handle_->database.getHandle()) != 0;
}

void connection::end_when(const std::atomic<bool>& over) {
    constexpr int looked_after = 10'000; // instructions of SQLite's machine: some tens of microseconds
    const auto is_over = [](void* told) {
        return static_cast<const std::atomic<bool>*>(told)->load() ? 1 : 0;
    };
    sqlite3_progress_handler(handle_->database.getHandle(), looked_after, is_over,
                             const_cast<std::atomic<bool>*>(&over));
}

void connection::wait_for_others(std::chrono::milliseconds patience) {
    sqlite3_busy_timeout(handle_->database.getHandle(), static_cast<int>(patience.count()));
}

struct statement::handle {
    explicit handle(SQLite::Statement&& made)
        : prepared{std::move(made)} {}
    SQLite::Statement prepared;

    handle(const SQLite::Database& on, const char* sql)
        : prepared{on, sql} {}
};

statement::statement(connection& on, const char* sql)
    : handle_{translated([&] { return std::make_unique<handle>(on.handle_->database, sql); })} {}

statement::~statement() = default;

void statement::bind(int at, std::string_view value) {
    translated([&] { handle_->prepared.bind(at, std::string{value}); });
}

void statement::bind(int at, octets value) {
    // An empty blob isn't NULL, and only a pointer says so.
    static constexpr std::uint8_t nothing = 0;
    const void* start = value.empty() ? &nothing : value.data();
    translated([&] { handle_->prepared.bindNoCopy(at, start, static_cast<int>(value.size())); });
}

void statement::bind(int at, std::nullopt_t) {
    translated([&] { handle_->prepared.bind(at); });
}

void statement::bind_integer(int at, std::int64_t value) {
    translated([&] { handle_->prepared.bind(at, value); });
}

std::size_t statement::finish() {
    return translated([&] {
        struct freed {
            SQLite::Statement& which;
            ~freed() { which.tryReset(); }
        } const after{handle_->prepared};
        return static_cast<std::size_t>(handle_->prepared.exec());
    });
}

statement::rows::~rows() {
    of_.handle_->prepared.tryReset();
}

bool statement::rows::next() {
    return translated([&] { return of_.handle_->prepared.executeStep(); });
}

bool statement::rows::is_null(int column) const {
    return translated([&] { return of_.handle_->prepared.isColumnNull(column); });
}

std::int64_t statement::rows::integer(int column) const {
    return translated([&] { return of_.handle_->prepared.getColumn(column).getInt64(); });
}

std::string_view statement::rows::text(int column) const {
    return translated([&] {
        const auto value = of_.handle_->prepared.getColumn(column);
        const char* start = value.getText();
        return std::string_view{start, static_cast<std::size_t>(value.getBytes())};
    });
}

octets statement::rows::blob(int column) const {
    return translated([&] {
        const auto value = of_.handle_->prepared.getColumn(column);
        const auto* start = static_cast<const std::uint8_t*>(value.getBlob());
        return octets{start, static_cast<std::size_t>(value.getBytes())};
    });
}

} // namespace kabinet::store::sqlite
