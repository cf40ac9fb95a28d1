// One SQLite connection and its prepared statements, in the types of the house. Knows no table.
#pragma once

#include "values/instant.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace kabinet::store::sqlite {

/// What a call to SQLite failed by. Caught once, in sqlite_backend.
class failure : public std::runtime_error {
  public:
    failure(int code, const std::string& what)
        : std::runtime_error{what}
        , code_{code} {}
    [[nodiscard]] bool is_constraint() const;
    [[nodiscard]] bool is_full() const;

  private:
    int code_;
};

/// A checkpoint may hold the file for a moment.
inline constexpr std::chrono::milliseconds usual_patience{5'000};

class connection {
  public:
    /// Opens or makes the file, for one thread at a time.
    explicit connection(const std::filesystem::path& file);
    ~connection();
    connection(connection&&) noexcept;

    /// Statements without parameters and rows.
    void run(const char* sql);
    /// The first column of the first row.
    [[nodiscard]] std::int64_t ask(const char* sql);
    [[nodiscard]] std::int64_t last_row() const;
    /// Whether no transaction is open: after an error SQLite may have rolled it back itself.
    [[nodiscard]] bool is_autocommit() const;
    /// From the moment `over` is true each statement fails, one that runs already too. `over` outlives it.
    void end_when(const std::atomic<bool>& over);
    /// How long a statement waits for another connection that stands in its way.
    void wait_for_others(std::chrono::milliseconds);

  private:
    friend class statement;
    struct handle;
    std::unique_ptr<handle> handle_;
};

/// While it lives, statements of the connection fail at once where another one stands in their way.
class impatience {
  public:
    explicit impatience(connection& on)
        : on_{on} {
        on_.wait_for_others(std::chrono::milliseconds{0});
    }
    ~impatience() { on_.wait_for_others(usual_patience); }
    impatience(const impatience&) = delete;
    impatience& operator=(const impatience&) = delete;

  private:
    connection& on_;
};

using octets = std::span<const std::uint8_t>;

/// A prepared statement, kept for the life of its connection.
class statement {
  public:
    statement(connection&, const char* sql);
    ~statement();

    /// Binds and runs to the end; returns the rows changed.
    template <class... Values>
    std::size_t run(const Values&... values) {
        int at = 0;
        (bind(++at, values), ...);
        return finish();
    }

    class rows;
    /// Binds; what is bound must outlive the rows.
    template <class... Values>
    [[nodiscard]] rows select(const Values&... values);

  private:
    template <class Integer>
    requires std::integral<Integer> || std::is_enum_v<Integer>
    void bind(int at, Integer value) { bind_integer(at, static_cast<std::int64_t>(value)); }
    void bind(int at, utc_time value) { bind_integer(at, value.time_since_epoch().count()); }
    void bind(int at, std::chrono::microseconds value) { bind_integer(at, value.count()); }
    void bind(int at, msisdn value) { bind_integer(at, static_cast<std::int64_t>(value.digits())); }
    void bind(int at, money value) { bind_integer(at, value.minor()); }
    void bind(int at, std::string_view value);
    void bind(int at, octets value);
    void bind(int at, std::nullopt_t);
    template <class Value>
    void bind(int at, const std::optional<Value>& value) {
        if (value)
            bind(at, *value);
        else
            bind(at, std::nullopt);
    }

    void bind_integer(int at, std::int64_t);
    std::size_t finish();
    struct handle;
    std::unique_ptr<handle> handle_;
};

/// The rows of one run; the statement is free again when they go.
class statement::rows {
  public:
    explicit rows(statement& of)
        : of_{of} {}
    ~rows();
    rows(const rows&) = delete;
    rows& operator=(const rows&) = delete;

    [[nodiscard]] bool next();
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] octets blob(int column) const;

    /// Of just that size; what is missing is zero.
    template <std::size_t Size>
    [[nodiscard]] std::array<std::uint8_t, Size> fixed_blob(int column) const {
        std::array<std::uint8_t, Size> copy{};
        const auto found = blob(column);
        std::copy_n(found.begin(), std::min(found.size(), Size), copy.begin());
        return copy;
    }
    [[nodiscard]] utc_time time(int column) const {
        return utc_time{std::chrono::microseconds{integer(column)}};
    }
    [[nodiscard]] std::optional<utc_time> maybe_time(int column) const {
        return is_null(column) ? std::nullopt : std::optional{time(column)};
    }
    template <class Value>
    [[nodiscard]] Value as(int column) const {
        return static_cast<Value>(integer(column));
    }
    template <class Value>
    [[nodiscard]] std::optional<Value> maybe(int column) const {
        return is_null(column) ? std::nullopt : std::optional{as<Value>(column)};
    }

  private:
    statement& of_;
};

template <class... Values>
statement::rows statement::select(const Values&... values) {
    int at = 0;
    (bind(++at, values), ...);
    return rows{*this};
}

} // namespace kabinet::store::sqlite
