#include "store/sqlite_notices.hpp"

namespace kabinet::store::sqlite {

notice_rows::notice_rows(connection& on)
    : add_{on, "INSERT INTO notices (msisdn, text, at, amount, balance, party, about, until, language)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"}
    , list_{on, "SELECT n.id, n.msisdn, n.text, n.at, n.amount, n.balance, n.party,"
                " COALESCE(a.language, n.language), COALESCE(a.status, 1), s.zone, n.about, n.until,"
                " a.stopped_at IS NOT NULL"
                " FROM notices AS n LEFT JOIN accounts AS a ON a.msisdn = n.msisdn"
                " LEFT JOIN subscribers AS s ON s.msisdn = n.msisdn"
                " WHERE n.id > ? ORDER BY n.id LIMIT ?"}
    , remove_{on, "DELETE FROM notices WHERE id = ?"} {}

void notice_rows::add(const notice_row& row) {
    const auto speaks = row.speaks ? std::optional{row.speaks->code()} : std::nullopt;
    add_.run(row.who, std::string_view{row.text}, row.at, row.says.amount, row.says.balance, row.says.party,
             std::string_view{row.about}, row.until, speaks);
}

std::vector<notice_row> notice_rows::list(std::int64_t after, std::size_t most) {
    std::vector<notice_row> found;
    for (auto rows = list_.select(after, most); rows.next();) {
        notice_row one;
        one.id = rows.integer(0);
        one.who = msisdn::from_digits(rows.as<std::uint64_t>(1));
        one.text = rows.text(2);
        one.at = rows.time(3);
        if (!rows.is_null(4))
            one.says.amount = money::from_minor(rows.integer(4));
        if (!rows.is_null(5))
            one.says.balance = money::from_minor(rows.integer(5));
        if (!rows.is_null(6))
            one.says.party = msisdn::from_digits(rows.as<std::uint64_t>(6));
        if (!rows.is_null(7)) {
            one.speaks = language::from(rows.text(7));
            one.status = rows.as<account_status>(8);
        }
        if (!rows.is_null(9))
            one.zone = rows.text(9);
        one.about = rows.text(10);
        one.until = rows.maybe_time(11);
        one.is_stopped = rows.integer(12) != 0;
        found.push_back(std::move(one));
    }
    return found;
}

void notice_rows::remove(std::int64_t id) {
    remove_.run(id);
}

} // namespace kabinet::store::sqlite
