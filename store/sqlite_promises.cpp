#include "store/sqlite_promises.hpp"

namespace kabinet::store::sqlite {
namespace {

promise_row promise_at(const statement::rows& rows) {
    promise_row read;
    read.id = rows.integer(0);
    read.account = rows.integer(1);
    read.amount = money::from_minor(rows.integer(2));
    read.fee = money::from_minor(rows.integer(3));
    read.taken = rows.time(4);
    read.due = rows.time(5);
    read.returned = rows.maybe_time(6);
    return read;
}

} // namespace

promise_rows::promise_rows(connection& on)
    : find_last_{on, "SELECT id, account, amount, fee, taken_at, due_at, returned_at FROM promises"
                     " WHERE account = ? ORDER BY id DESC LIMIT 1"}
    , add_{on, "INSERT INTO promises (account, amount, fee, taken_at, due_at) VALUES (?, ?, ?, ?, ?)"}
    , mark_returned_{on, "UPDATE promises SET returned_at = ?2 WHERE id = ?1"}
    , list_due_{on, "SELECT id, account, amount, fee, taken_at, due_at, returned_at FROM promises"
                    " INDEXED BY promises_due WHERE returned_at IS NULL AND due_at <= ?"
                    " ORDER BY due_at LIMIT ?"}
    , number_of_{on, "SELECT msisdn FROM accounts WHERE id = ?"} {}

std::optional<promise_row> promise_rows::find_last(std::int64_t account) {
    auto rows = find_last_.select(account);
    return rows.next() ? std::optional{promise_at(rows)} : std::nullopt;
}

void promise_rows::add(const promise_row& one) {
    add_.run(one.account, one.amount, one.fee, one.taken, one.due);
}

void promise_rows::mark_returned(std::int64_t id, utc_time now) {
    mark_returned_.run(id, now);
}

std::vector<promise_row> promise_rows::list_due(utc_time now, std::size_t most) {
    std::vector<promise_row> due;
    for (auto rows = list_due_.select(now, most); rows.next();)
        due.push_back(promise_at(rows));
    return due;
}

msisdn promise_rows::number_of(std::int64_t account) {
    auto rows = number_of_.select(account);
    return rows.next() ? msisdn::from_digits(rows.as<std::uint64_t>(0)) : msisdn{};
}

} // namespace kabinet::store::sqlite
