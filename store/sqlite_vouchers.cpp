#include "store/sqlite_vouchers.hpp"

namespace kabinet::store::sqlite {

voucher_rows::voucher_rows(connection& on)
    : find_{on, "SELECT amount, expires_at, used_at FROM vouchers WHERE mark = ?"}
    , add_{on, "INSERT OR IGNORE INTO vouchers (mark, amount, expires_at) VALUES (?, ?, ?)"}
    , use_{on, "UPDATE vouchers SET used_at = ?2, used_by = ?3 WHERE mark = ?1"} {}

std::optional<voucher_row> voucher_rows::find(const fingerprint& mark) {
    auto rows = find_.select(octets{mark});
    if (!rows.next())
        return std::nullopt;
    return voucher_row{{mark, money::from_minor(rows.integer(0)), rows.maybe_time(1)}, rows.maybe_time(2)};
}

bool voucher_rows::add(const voucher& one) {
    return add_.run(octets{one.mark}, one.amount, one.expires) == 1;
}

void voucher_rows::use(const fingerprint& mark, std::int64_t account, utc_time now) {
    use_.run(octets{mark}, now, account);
}

} // namespace kabinet::store::sqlite
