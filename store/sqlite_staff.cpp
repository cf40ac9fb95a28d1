#include "store/sqlite_staff.hpp"

#include "store/sqlite_access.hpp"
#include "store/sqlite_standing.hpp"

namespace kabinet::store::sqlite {

std::optional<account_facts> staff_desk::inspect(msisdn who, utc_time now) {
    const auto account = in_.accounts.find(who);
    if (!account)
        return std::nullopt;
    account_facts facts;
    facts.created = account->created;
    facts.status = account->state().is;
    facts.bar = account->state().why;
    facts.stopped = account->stopped;
    facts.speaks = account->speaks;
    facts.blocked = account->blocked;
    facts.cooldown_until = account->cooldown_until;
    facts.version = account->version;
    facts.issues = account->issues;
    facts.last_use = account->last_use();
    facts.asks_code = account->asks_code;
    facts.is_automatic = account->is_automatic;
    facts.has_pin = account->pin.has_value();
    if (!account->secret)
        return facts;
    facts.kind = account->secret->kind;
    facts.is_live = account->secret->is_live(now);
    standing tried = standing_of(*account, now, std::nullopt);
    tried.wrong = in_.accounts.find_guesses(account_rows::place_of(*account, keys_.number_token(who)));
    facts.wants_sim = wants_sim(log_in{}, tried, now);
    facts.expires = account->secret->expires;
    facts.used = account->secret->used;
    return facts;
}

bool staff_desk::change(msisdn who, const account_change& what, utc_time now) {
    auto account = in_.accounts.find(who);
    if (!account)
        return std::holds_alternative<lift_limits>(what) && lift_cooldown_of_feed(who, now);
    const auto kind = std::visit([&](const auto& one) { return make(one, *account, now); }, what);
    note(who, kind, &*account, now);
    in_.accounts.update(*account);
    return true;
}

/// Of a number that the feed knows and that never dialled.
bool staff_desk::lift_cooldown_of_feed(msisdn who, utc_time now) {
    if (in_.subscribers.lift_cooldown(who) == 0)
        return false;
    note(who, effect_kind::lift_limits, nullptr, now);
    return true;
}

/// In the audit, and in the account's own list where there is one to stand in.
void staff_desk::note(msisdn who, effect_kind what, account_row* listed, utc_time now) {
    in_.audit.add({now, keys_.number_token(who), channel::staff, what, verdict::account_changed, {}},
                  listed == nullptr ? nullptr : &listed->last_audit);
}

bool staff_desk::end_call(msisdn who, utc_time now) {
    if (!in_.calls.end(who, now))
        return false;
    auto account = in_.accounts.find(who);
    note(who, effect_kind::make_call, account ? &*account : nullptr, now);
    if (account)
        in_.accounts.update(*account);
    return true;
}

void staff_desk::note_refused_portal(utc_time now) {
    in_.audit.add({now, 0, channel::portal, effect_kind::knock, verdict::untrusted, {}});
}

std::vector<audit_entry> staff_desk::trace(msisdn who, std::size_t most) {
    const auto account = in_.accounts.find(who);
    return account ? in_.audit.list(account->last_audit, most) : std::vector<audit_entry>{};
}

effect_kind staff_desk::make(const set_bar& what, account_row& account, utc_time) {
    account.status = what.is_barred ? account_status::barred : account_status::active;
    account.bar = what.why;
    return effect_kind::set_bar;
}

effect_kind staff_desk::make(const block&, account_row& account, utc_time now) {
    static_cast<void>(end_access(in_, account, now)); // what is on its way already tells a dead password
    return effect_kind::block;
}

effect_kind staff_desk::make(const cool_down& what, account_row& account, utc_time) {
    account.cooldown_until = what.until;
    return effect_kind::cool_down;
}

effect_kind staff_desk::make(const lift_limits&, account_row& account, utc_time) {
    account.cooldown_until.reset();
    in_.accounts.forget_issues(account.id);
    const account_rows::place place{account.id};
    code_row wrong = in_.codes.find(place, code_purpose::voucher);
    wrong.tries = 0;
    in_.codes.put(place, code_purpose::voucher, wrong);
    return effect_kind::lift_limits;
}

} // namespace kabinet::store::sqlite
