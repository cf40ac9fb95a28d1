#include "store/sqlite_wares.hpp"

#include "store/sqlite_money.hpp"

#include <stdexcept>
#include <utility>

namespace kabinet::store::sqlite {
namespace {

constexpr std::chrono::hours put_off{24}; // what a barred account owes no fee for is looked at again

entry_kind price_of(ware_kind kind) {
    switch (kind) {
    case ware_kind::service:
        return entry_kind::service;
    case ware_kind::tariff:
        return entry_kind::tariff;
    case ware_kind::package:
        break;
    }
    return entry_kind::package;
}

entry_kind fee_of(ware_kind kind) {
    switch (kind) {
    case ware_kind::service:
        return entry_kind::service_fee;
    case ware_kind::tariff:
        return entry_kind::tariff_fee;
    case ware_kind::package:
        break;
    }
    return entry_kind::package;
}

purse_facts begin_sale(const std::optional<account_row>& account) {
    purse_facts purse;
    if (account) {
        purse.balance = account->balance;
        purse.points = account->points;
    }
    return purse;
}

/// Its first period has begun, and was paid.
holding_row begin_holding(const ware_terms& on, ware_kind kind, std::int64_t account, const outcome& came) {
    holding_row made;
    made.account = account;
    made.is.kind = kind;
    made.is.name = on.name;
    made.is.fee = on.fee;
    made.is.period = on.period;
    made.is.since = came.at;
    made.is.due = came.until;
    made.kept = on.kept;
    made.periods = 1;
    return made;
}

} // namespace

purse_facts ware_desk::look(const connect_service& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_sale(account);
    if (!account)
        return purse;
    purse.ware.is_held = in_.holdings.find(account->id, ware_kind::service, what.on.name).has_value();
    for (const std::string& each : what.conflicts)
        if (purse.ware.conflict.empty() && in_.holdings.find(account->id, ware_kind::service, each))
            purse.ware.conflict = each;
    return purse;
}

purse_facts ware_desk::look(const disconnect_service& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_sale(account);
    purse.ware.is_held = account && in_.holdings.find(account->id, ware_kind::service, what.name);
    return purse;
}

purse_facts ware_desk::look(const change_tariff& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_sale(account);
    const auto now = account ? in_.holdings.find_tariff(account->id) : std::nullopt;
    purse.ware.is_held = now ? now->is.name == what.on.name : what.is_default;
    return purse;
}

purse_facts ware_desk::look(const buy_package& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_sale(account);
    const auto held =
        account ? in_.holdings.find(account->id, ware_kind::package, what.on.name) : std::nullopt;
    purse.ware.is_held = held.has_value();
    if (held)
        purse.ware.left = held->is.left;
    return purse;
}

purse_facts ware_desk::look(const stop_package& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_sale(account);
    const auto held = account ? in_.holdings.find(account->id, ware_kind::package, what.name) : std::nullopt;
    purse.ware.is_held = held.has_value();
    if (held)
        purse.ware.due = held->is.due;
    return purse;
}

void ware_desk::make(const request& wish, const connect_service& what, account_row& account, outcome& came) {
    pay(wish, what.on, ware_kind::service, account, came);
    in_.holdings.add(begin_holding(what.on, ware_kind::service, account.id, came));
}

void ware_desk::make(const request&, const disconnect_service& what, account_row& account, outcome& came) {
    in_.holdings.end(in_.holdings.find(account.id, ware_kind::service, what.name).value().id, came.at);
}

void ware_desk::make(const request& wish, const change_tariff& what, account_row& account, outcome& came) {
    pay(wish, what.on, ware_kind::tariff, account, came);
    if (const auto before = in_.holdings.find_tariff(account.id))
        in_.holdings.end(before->id, came.at);
    in_.holdings.add(begin_holding(what.on, ware_kind::tariff, account.id, came));
}

/// One that is extended goes on by the terms of now.
void ware_desk::make(const request& wish, const buy_package& what, account_row& account, outcome& came) {
    pay(wish, what.on, ware_kind::package, account, came);
    holding_row bought = begin_holding(what.on, ware_kind::package, account.id, came);
    bought.is.holds = what.holds;
    bought.is.renews = what.renews;
    bought.is.left = what.holds;
    const auto before = in_.holdings.find(account.id, ware_kind::package, what.on.name);
    if (!before)
        return in_.holdings.add(bought);
    bought.id = before->id;
    bought.is.left = before->is.left + what.holds;
    bought.periods = before->periods + 1;
    in_.holdings.update(bought);
}

void ware_desk::make(const request&, const stop_package& what, account_row& account, outcome&) {
    holding_row stopped = in_.holdings.find(account.id, ware_kind::package, what.name).value();
    stopped.is.renews = false;
    in_.holdings.update(stopped);
}

void ware_desk::pay(const request& wish, const ware_terms& on, ware_kind kind, account_row& account,
                    outcome& came) {
    operation made{name_operation(keys_, wish), came.at, {}, money{}};
    made.move(purse_of(account.id), purse::fees, price_of(kind), on.price);
    made.move(purse_of(account.id), purse::fees, fee_of(kind), on.fee);
    if (!made.entries.empty() && in_.ledger.post(made) != posting::posted)
        throw std::logic_error{"what was judged to be within the balance can't be paid"};
    came.sums.amount = on.at_once();
    came.sums.fee = on.fee;
    came.sums.balance = account.balance - on.at_once();
    came.sums.points = account.points;
}

bool ware_desk::tell_left(const account_row& account, std::string_view name, const allowance& left) {
    auto held = in_.holdings.find(account.id, ware_kind::package, name);
    if (!held)
        return false;
    held->is.left = left;
    in_.holdings.update(*held);
    return true;
}

std::size_t ware_desk::take_due(std::size_t most, const ware_notices& told, utc_time now) {
    const auto due = in_.holdings.list_due(now, most);
    for (const holding_row& each : due)
        take_due(each, told, now);
    return due.size();
}

void ware_desk::take_due(holding_row one, const ware_notices& told, utc_time now) {
    const msisdn who = in_.promises.number_of(one.account);
    account_row account = in_.accounts.find(who).value();
    if (account.state().is != account_status::active) { // its subscriber may have had it blocked, too
        one.is.due = now + put_off;
        if (account.status == account_status::left)
            one.is.due.reset(); // until it is back: nobody looks at it day by day
        return in_.holdings.update(one);
    }
    const bool was_paused = one.paused.has_value();
    ware_event came = was_paused ? ware_event::resumed : ware_event::renewed;
    if (!one.is.renews) {
        came = ware_event::ended;
        in_.holdings.end(one.id, now);
    } else if (pay_period(one, now)) {
        begin_period(one, now);
        if (!was_paused && one.is.kind != ware_kind::package)
            return; // the statement tells of it
    } else if (pause(one, now)) {
        came = ware_event::paused;
        if (was_paused)
            return;
    } else {
        came = ware_event::ended;
        in_.holdings.end(one.id, now);
    }
    note(who, account,
         came == ware_event::paused    ? effect_kind::pause_ware
         : came == ware_event::resumed ? effect_kind::resume_ware
         : came == ware_event::renewed ? effect_kind::renew_ware
                                       : effect_kind::end_ware,
         now);
    tell(who, one, came, told, now);
}

/// Named by the row and the period, so that it is paid once however often it is found due.
bool ware_desk::pay_period(const holding_row& one, utc_time now) {
    const std::int64_t period = one.periods + 1;
    operation made{keys_.name_request({"fee", octets_in(one.id), octets_in(period)}), now, {}, money{}};
    made.move(purse_of(one.account), purse::fees, fee_of(one.is.kind), one.is.fee);
    if (made.entries.empty())
        return true;
    const posting came = in_.ledger.post(made);
    if (came == posting::conflict)
        throw std::logic_error{"a fee under the name of another"};
    return came != posting::short_of;
}

/// Where the last one ended, but never in the past: what nobody was there to serve is not paid for.
void ware_desk::begin_period(holding_row& one, utc_time now) {
    const utc_time next = one.paused ? now + one.is.period : one.is.due.value_or(now) + one.is.period;
    one.is.due = next > now ? next : now + one.is.period;
    one.is.left = one.is.holds;
    one.paused.reset();
    ++one.periods;
    in_.holdings.update(one);
}

bool ware_desk::pause(holding_row& one, utc_time now) {
    const utc_time since = one.paused.value_or(now);
    const bool is_for_good = one.kept == std::chrono::seconds{};
    if (!is_for_good && now >= since + one.kept)
        return false;
    one.paused = since;
    one.is.due = is_for_good ? std::nullopt : std::optional{since + one.kept};
    one.is.left = {};
    in_.holdings.update(one);
    return true;
}

void ware_desk::note(msisdn who, account_row& account, effect_kind what, utc_time now) {
    in_.audit.add({now, keys_.number_token(who), channel::feed, what, verdict::account_changed, {}},
                  &account.last_audit);
    in_.accounts.update(account);
}

void ware_desk::tell(msisdn who, const holding_row& one, ware_event came, const ware_notices& told,
                     utc_time now) {
    notice_row notice;
    notice.who = who;
    notice.text = told(one.is.kind, came);
    notice.at = now;
    notice.says.amount = one.is.fee;
    notice.says.balance = in_.accounts.find(who).value().balance;
    notice.about = name_text(one.is.kind, one.is.name);
    notice.until = came == ware_event::ended ? std::nullopt : one.is.due;
    in_.notices.add(notice);
}

const ware_terms* terms_of(const effect& what) {
    const auto find = []<class Effect>(const Effect& of) -> const ware_terms* {
        if constexpr (of_wares<Effect> && requires { of.on; })
            return &of.on;
        return nullptr;
    };
    return std::visit(find, what);
}

std::optional<money> price_of(const effect& what) {
    const ware_terms* const on = terms_of(what);
    return on == nullptr ? std::nullopt : std::optional{on->at_once()};
}

purse_facts grant_elsewhere(const effect& what) {
    purse_facts purse;
    purse.balance = price_of(what).value_or(money{});
    purse.ware.is_held = terms_of(what) == nullptr; // else there is nothing to end
    return purse;
}

subject subject_of(const effect& what, const purse_facts& facts) {
    const auto on = [](ware_kind kind, const ware_terms& terms) {
        return subject{name_text(kind, terms.name), {}, terms.period};
    };
    if (const auto* connect = std::get_if<connect_service>(&what)) {
        subject made = on(ware_kind::service, connect->on);
        if (!facts.ware.conflict.empty())
            made.other = name_text(ware_kind::service, facts.ware.conflict);
        return made;
    }
    if (const auto* disconnect = std::get_if<disconnect_service>(&what))
        return {name_text(ware_kind::service, disconnect->name), {}, {}};
    if (const auto* change = std::get_if<change_tariff>(&what))
        return on(ware_kind::tariff, change->on);
    if (const auto* buy = std::get_if<buy_package>(&what))
        return on(ware_kind::package, buy->on);
    if (const auto* stop = std::get_if<stop_package>(&what))
        return {name_text(ware_kind::package, stop->name), {}, {}};
    return {};
}

} // namespace kabinet::store::sqlite
