#include "store/sqlite_codes.hpp"

#include "store/sqlite_times.hpp"

namespace kabinet::store::sqlite {

code_rows::code_rows(connection& on)
    : find_{on, "SELECT code, expires_at, life, tries, sent FROM codes"
                " WHERE place = ? AND purpose = ? AND token = ?"}
    , put_{on, "INSERT INTO codes (place, purpose, token, code, expires_at, life, tries, sent)"
               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (place, purpose) DO UPDATE SET"
               " token = ?3, code = ?4, expires_at = ?5, life = ?6, tries = ?7, sent = ?8"} {}

code_row code_rows::find(const account_rows::place& of, code_purpose what_for) {
    auto rows = find_.select(of.at, what_for, of.token);
    if (!rows.next())
        return {};
    code_row found;
    found.code = rows.fixed_blob<std::tuple_size_v<fingerprint>>(0);
    found.expires = rows.time(1);
    found.life = std::chrono::microseconds{rows.integer(2)};
    found.tries = rows.as<std::uint32_t>(3);
    found.sent = unpack_times(rows.blob(4));
    return found;
}

void code_rows::put(const account_rows::place& of, code_purpose what_for, const code_row& row) {
    pack_times(row.sent, packed_);
    put_.run(of.at, what_for, of.token, octets{row.code}, row.expires, row.life, row.tries, octets{packed_});
}

} // namespace kabinet::store::sqlite
