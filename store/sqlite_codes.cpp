#include "store/sqlite_codes.hpp"

#include "store/sqlite_times.hpp"

namespace kabinet::store::sqlite {

code_rows::code_rows(connection& on)
    : find_{on, "SELECT code, expires_at, life, tries, sent, told_by FROM codes"
                " WHERE place = ? AND purpose = ?"}
    , put_{on, "INSERT INTO codes (place, purpose, code, expires_at, life, tries, sent, told_by)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (place, purpose) DO UPDATE SET"
               " code = ?3, expires_at = ?4, life = ?5, tries = ?6, sent = ?7, told_by = ?8"}
    , list_told_{on, "SELECT told_by FROM codes WHERE place = ? AND told_by != 0"}
    , annul_{on, "UPDATE codes SET code = zeroblob(16), expires_at = 0, told_by = 0"
                 " WHERE place = ? AND purpose < ?"}
    , prune_{on, "DELETE FROM codes WHERE (place, purpose) IN (SELECT place, purpose FROM codes"
                 " INDEXED BY codes_of_nobody WHERE place < 0 AND expires_at <= ? LIMIT ?)"} {}

std::size_t code_rows::prune(std::size_t most, utc_time until) {
    return prune_.run(until, most);
}

std::vector<outbox_id> code_rows::annul(account_rows::place of) {
    std::vector<outbox_id> told;
    for (auto rows = list_told_.select(of); rows.next();)
        told.push_back(rows.as<outbox_id>(0));
    annul_.run(of, code_purpose::word); // wrong words and vouchers are counted as before
    return told;
}

code_row code_rows::find(account_rows::place of, code_purpose what_for) {
    auto rows = find_.select(of, what_for);
    if (!rows.next())
        return {};
    code_row found;
    found.code = rows.fixed_blob<std::tuple_size_v<fingerprint>>(0);
    found.expires = rows.time(1);
    found.life = std::chrono::microseconds{rows.integer(2)};
    found.tries = rows.as<std::uint32_t>(3);
    found.sent = unpack_times(rows.blob(4));
    found.told_by = rows.as<outbox_id>(5);
    return found;
}

void code_rows::put(account_rows::place of, code_purpose what_for, const code_row& row) {
    pack_times(row.sent, packed_);
    put_.run(of, what_for, octets{row.code}, row.expires, row.life, row.tries, octets{packed_}, row.told_by);
}

} // namespace kabinet::store::sqlite
