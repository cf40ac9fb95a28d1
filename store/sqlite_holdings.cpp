#include "store/sqlite_holdings.hpp"

#include <fmt/format.h>

#include <iterator>
#include <sstream>

namespace kabinet::store::sqlite {
namespace {

constexpr int own_columns = 14;      // of holding_columns
constexpr std::int64_t no_time = -1; // in a line

std::string select(std::string_view which) {
    return fmt::format("SELECT {}, id, account, kept, periods FROM holdings {}", holding_columns, which);
}

std::chrono::seconds span_at(const statement::rows& rows, int column) {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::microseconds{rows.integer(column)});
}

allowance allowance_at(const statement::rows& rows, int column) {
    return {rows.integer(column), rows.integer(column + 1), rows.integer(column + 2)};
}

holding_row holding_at(const statement::rows& rows) {
    holding_row read;
    read.is = holding_at(rows, 0);
    read.paused = rows.maybe_time(6);
    read.id = rows.integer(own_columns);
    read.account = rows.integer(own_columns + 1);
    read.kept = span_at(rows, own_columns + 2);
    read.periods = rows.integer(own_columns + 3);
    return read;
}

} // namespace

holding holding_at(const statement::rows& rows, int column) {
    holding read;
    read.kind = rows.as<ware_kind>(column);
    read.name = rows.text(column + 1);
    read.fee = money::from_minor(rows.integer(column + 2));
    read.period = span_at(rows, column + 3);
    read.since = rows.time(column + 4);
    read.due = rows.maybe_time(column + 5);
    read.is_paused = !rows.is_null(column + 6);
    read.renews = rows.integer(column + 7) != 0;
    read.holds = allowance_at(rows, column + 8);
    read.left = allowance_at(rows, column + 11);
    return read;
}

holding_rows::holding_rows(connection& on)
    : find_{on, select("WHERE account = ? AND kind = ? AND name = ? AND ended_at IS NULL").c_str()}
    , find_tariff_{on, select("WHERE account = ? AND kind = 2 AND ended_at IS NULL").c_str()}
    , add_{on,
           "INSERT INTO holdings (account, kind, name, fee, period, kept, renews, minutes, sms, megabytes,"
           " left_minutes, left_sms, left_megabytes, since_at, periods, due_at)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"}
    , update_{on, "UPDATE holdings SET fee = ?2, period = ?3, kept = ?4, renews = ?5, minutes = ?6, sms = ?7,"
                  " megabytes = ?8, left_minutes = ?9, left_sms = ?10, left_megabytes = ?11, periods = ?12,"
                  " due_at = ?13, paused_at = ?14 WHERE id = ?1"}
    , end_{on, "UPDATE holdings SET ended_at = ?2 WHERE id = ?1"}
    , end_all_{on, "UPDATE holdings SET ended_at = ?2 WHERE account = ?1 AND ended_at IS NULL"}
    , list_due_{on, select("INDEXED BY holdings_due WHERE ended_at IS NULL AND due_at IS NOT NULL"
                           " AND due_at <= ? ORDER BY due_at LIMIT ?")
                        .c_str()}
    , wake_{on, "UPDATE holdings SET due_at = ?2 WHERE account = ?1 AND ended_at IS NULL"
                " AND paused_at IS NOT NULL"}
    , take_up_{on, "UPDATE holdings SET due_at = ?2 WHERE account = ?1 AND ended_at IS NULL"
                   " AND due_at IS NULL AND (fee > 0 OR kind = 3)"} {}

std::optional<holding_row> holding_rows::find(std::int64_t account, ware_kind kind, std::string_view name) {
    auto rows = find_.select(account, kind, name);
    return rows.next() ? std::optional{holding_at(rows)} : std::nullopt;
}

std::optional<holding_row> holding_rows::find_tariff(std::int64_t account) {
    auto rows = find_tariff_.select(account);
    return rows.next() ? std::optional{holding_at(rows)} : std::nullopt;
}

void holding_rows::add(const holding_row& one) {
    add_.run(one.account, one.is.kind, std::string_view{one.is.name}, one.is.fee, one.is.period, one.kept,
             one.is.renews, one.is.holds.minutes, one.is.holds.sms, one.is.holds.megabytes,
             one.is.left.minutes, one.is.left.sms, one.is.left.megabytes, one.is.since, one.periods,
             one.is.due);
}

void holding_rows::update(const holding_row& one) {
    update_.run(one.id, one.is.fee, one.is.period, one.kept, one.is.renews, one.is.holds.minutes,
                one.is.holds.sms, one.is.holds.megabytes, one.is.left.minutes, one.is.left.sms,
                one.is.left.megabytes, one.periods, one.is.due, one.paused);
}

void holding_rows::end(std::int64_t id, utc_time now) {
    end_.run(id, now);
}

void holding_rows::end_all(std::int64_t account, utc_time now) {
    end_all_.run(account, now);
}

std::vector<holding_row> holding_rows::list_due(utc_time now, std::size_t most) {
    std::vector<holding_row> due;
    for (auto rows = list_due_.select(now, most); rows.next();)
        due.push_back(holding_at(rows));
    return due;
}

void holding_rows::wake(std::int64_t account, utc_time now) {
    wake_.run(account, now);
}

void holding_rows::take_up(std::int64_t account, utc_time now) {
    take_up_.run(account, now);
}

std::string write_holdings(std::span<const holding> those) {
    std::string lines;
    const auto since_epoch = [](utc_time at) { return at.time_since_epoch().count(); };
    for (const holding& each : those)
        fmt::format_to(std::back_inserter(lines), "{} {} {} {} {} {} {} {} {} {} {} {} {} {}\n",
                       static_cast<int>(each.kind), each.name, each.fee.minor(), each.period.count(),
                       since_epoch(each.since), each.due ? since_epoch(*each.due) : no_time,
                       int{each.is_paused}, int{each.renews}, each.holds.minutes, each.holds.sms,
                       each.holds.megabytes, each.left.minutes, each.left.sms, each.left.megabytes);
    return lines;
}

std::vector<holding> read_holdings(std::string_view lines) {
    std::vector<holding> those;
    std::istringstream from{std::string{lines}};
    int kind = 0, is_paused = 0, renews = 0;
    std::int64_t fee = 0, period = 0, since = 0, due = 0;
    holding one;
    while (from >> kind >> one.name >> fee >> period >> since >> due >> is_paused >> renews >>
           one.holds.minutes >> one.holds.sms >> one.holds.megabytes >> one.left.minutes >> one.left.sms >>
           one.left.megabytes) {
        one.kind = static_cast<ware_kind>(kind);
        one.fee = money::from_minor(fee);
        one.period = std::chrono::seconds{period};
        one.since = utc_time{std::chrono::microseconds{since}};
        one.due = due == no_time ? std::nullopt : std::optional{utc_time{std::chrono::microseconds{due}}};
        one.is_paused = is_paused != 0;
        one.renews = renews != 0;
        those.push_back(one);
    }
    return those;
}

} // namespace kabinet::store::sqlite
