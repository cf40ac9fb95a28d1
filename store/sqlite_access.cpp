#include "store/sqlite_access.hpp"

namespace kabinet::store::sqlite {

std::vector<outbox_id> end_access(const tables& in, account_row& account, utc_time now) {
    auto told = in.codes.annul(account_rows::place{account.id});
    if (account.secret && account.secret->told_by)
        told.push_back(*account.secret->told_by);
    std::erase_if(told, [&](outbox_id row) { return in.outbox.cancel(row) == 0; });
    account.blocked = now;
    account.pin.reset();
    account.is_automatic = false;
    in.accounts.update(account);
    in.accounts.annul_secret(account.id);
    return told;
}

} // namespace kabinet::store::sqlite
