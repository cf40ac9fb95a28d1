#include "store/sqlite_inbox.hpp"

#include "store/sqlite_sums.hpp"

#include <tuple>

namespace kabinet::store::sqlite {

inbox_rows::inbox_rows(connection& on)
    : find_{on, "SELECT at, mark, verdict, language, until, version, outbox, failures, amount, fee,"
                " balance, points, party, income, spent, about, other, period FROM inbox WHERE request = ?"}
    , add_{on, "INSERT INTO inbox (request, at, mark, verdict, language, until, version, outbox, failures,"
               " amount, fee, balance, points, party, income, spent, about, other, period)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"}
    , forget_{on, "DELETE FROM inbox WHERE request = ?"}
    , end_{on,
           "UPDATE inbox SET verdict = ?2, language = ?3, until = ?4, amount = ?5, fee = ?6, balance = ?7,"
           " points = ?8, party = ?9, other = ?10"
           " WHERE request = ?1 AND at = ?11 AND verdict = ?12"}
    , tell_by_{on, "UPDATE inbox SET outbox = ?2 WHERE request = ?1"}
    , prune_{on, "DELETE FROM inbox WHERE seq IN (SELECT seq FROM inbox ORDER BY seq LIMIT ?) AND at <= ?"} {}

std::optional<inbox_row> inbox_rows::find(const request_id& id) {
    auto rows = find_.select(octets{id});
    if (!rows.next())
        return std::nullopt;
    inbox_row found;
    found.came.at = rows.time(0);
    found.mark = rows.fixed_blob<std::tuple_size_v<fingerprint>>(1);
    found.came.is = rows.as<verdict>(2);
    found.came.speaks = language::from(rows.text(3)).value_or(language{});
    found.came.until = rows.maybe_time(4);
    found.version = found.came.version = rows.maybe<std::int64_t>(5);
    found.came.sms = rows.maybe<outbox_id>(6);
    found.came.failures = rows.as<std::uint32_t>(7);
    found.came.sums = sums_at(rows, 8);
    found.came.about = subject_at(rows, 15);
    return found;
}

void inbox_rows::add(const request_id& id, const inbox_row& row) {
    add_.run(octets{id}, row.came.at, octets{row.mark}, row.came.is, row.came.speaks.code(), row.came.until,
             row.version, row.came.sms, row.came.failures, row.came.sums.amount, row.came.sums.fee,
             row.came.sums.balance, row.came.sums.points, row.came.sums.party, row.came.sums.income,
             row.came.sums.spent, std::string_view{row.came.about.what},
             std::string_view{row.came.about.other}, row.came.about.period);
}

void inbox_rows::forget(const request_id& id) {
    forget_.run(octets{id});
}

void inbox_rows::end(const request_id& id, utc_time at, const outcome& came) {
    end_.run(octets{id}, came.is, came.speaks.code(), came.until, came.sums.amount, came.sums.fee,
             came.sums.balance, came.sums.points, came.sums.party, std::string_view{came.about.other}, at,
             verdict::under_way);
}

void inbox_rows::tell_by(const request_id& id, outbox_id row) {
    tell_by_.run(octets{id}, row);
}

std::size_t inbox_rows::prune(std::size_t most, utc_time until) {
    return prune_.run(most, until);
}

} // namespace kabinet::store::sqlite
