#include "store/sqlite_standing.hpp"

namespace kabinet::store::sqlite {

standing standing_of(const account_row& account, utc_time now,
                     std::optional<std::chrono::seconds> idle_after) {
    standing facts;
    facts.exists = account.id != nobody;
    const number_state state = account.state();
    facts.status = state.is;
    facts.bar = state.why;
    facts.is_stopped = account.stopped.has_value();
    facts.is_barred = account.said().is == account_status::barred;
    facts.is_blocked = account.blocked.has_value();
    facts.cooldown_until = account.cooldown_until;
    if (account.secret)
        facts.last_secret = account.secret->kind;
    facts.is_idle = account.secret && is_idle(account.last_use(), idle_after, now);
    facts.is_live = account.secret && account.secret->is_live(now) && !facts.is_idle;
    facts.issues = account.issues;
    facts.version = account.version;
    facts.asked = account.asked;
    facts.wants_code = account.asks_code;
    return facts;
}

standing standing_of(const std::optional<account_row>& account, const std::optional<subscriber_row>& in_feed,
                     utc_time now, std::optional<std::chrono::seconds> idle_after) {
    if (account)
        return standing_of(*account, now, idle_after);
    standing facts;
    if (in_feed) {
        facts.is_in_feed = true;
        const number_state state = state_of(in_feed->is);
        facts.status = state.is;
        facts.bar = state.why;
        facts.cooldown_until = in_feed->cooldown_until;
    }
    return facts;
}

} // namespace kabinet::store::sqlite
