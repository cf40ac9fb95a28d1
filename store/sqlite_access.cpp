#include "store/sqlite_access.hpp"

namespace kabinet::store::sqlite {

namespace {

/// Codes that were sent, and the password where it goes with them: the rows that nobody needs any more.
std::vector<outbox_id> take_back(const tables& in, const account_row& account, bool takes_password) {
    auto told = in.codes.annul(account_rows::place{account.id});
    if (takes_password && account.secret && account.secret->told_by)
        told.push_back(*account.secret->told_by);
    std::erase_if(told, [&](outbox_id row) { return in.outbox.cancel(row) == 0; });
    return told;
}

} // namespace

std::vector<outbox_id> end_access(const tables& in, account_row& account, utc_time now) {
    auto told = take_back(in, account, true);
    account.blocked = now;
    account.pin.reset();
    account.is_automatic = false;
    in.accounts.update(account);
    in.accounts.annul_secret(account.id);
    return told;
}

std::vector<outbox_id> end_access_of_sim(const tables& in, account_row& account) {
    const bool is_generated = account.secret && account.secret->kind == secret_kind::generated;
    auto told = take_back(in, account, is_generated);
    account.pin.reset();
    account.is_automatic = false;
    in.accounts.update(account);
    if (is_generated)
        in.accounts.annul_secret(account.id);
    return told;
}

account_row open_account(const tables& in, msisdn who, std::uint64_t token,
                         const std::optional<subscriber_row>& in_feed, language otherwise, utc_time now) {
    const auto speaks = in_feed ? in_feed->is.speaks : std::nullopt;
    account_row made = in.accounts.create(who, speaks.value_or(otherwise), now);
    if (in_feed) {
        made.stand(state_of(in_feed->is));
        made.cooldown_until = in_feed->cooldown_until;
    }
    in.accounts.adopt(made, token);
    return made;
}

} // namespace kabinet::store::sqlite
