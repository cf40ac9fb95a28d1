#include "store/sqlite_money.hpp"

#include "store/sqlite_access.hpp"

#include <stdexcept>
#include <string_view>
#include <utility>

namespace kabinet::store::sqlite {
namespace {

operation payment_of(const request& wish, const pay_in& what, std::int64_t account) {
    operation made{wish.id, wish.now.utc, {}, std::nullopt, wish.by.who};
    made.move(purse::payments, purse_of(account), entry_kind::payment, what.amount);
    made.move_points(purse::bonuses, purse_of(account), entry_kind::bonus, what.points);
    return made;
}

purse_facts begin_purse(const std::optional<account_row>& account, money incoming) {
    purse_facts purse;
    if (account) {
        purse.balance = account->balance;
        purse.points = account->points;
    }
    purse.incoming = incoming;
    return purse;
}

/// What stands in the account after it.
void tell_sums(outcome& came, money amount, money balance, std::int64_t points) {
    came.sums.amount = amount;
    came.sums.balance = balance;
    came.sums.points = points;
}

} // namespace

purse_facts money_desk::look(const request& wish, const top_up& what,
                             const std::optional<account_row>& account) {
    const auto found = in_.vouchers.find(what.voucher);
    purse_facts purse = begin_purse(account, found ? found->is.amount : money{});
    const utc_time now = wish.now.utc;
    const code_row wrong = in_.codes.find(place_of(wish, account), code_purpose::voucher);
    if (!is_over(wrong.expires, now, wrong.life))
        purse.wrong_vouchers = wrong.tries;
    if (purse.wrong_vouchers >= what.most_wrong)
        purse.vouchers_again = wrong.expires;
    if (!found)
        return purse;
    if (found->used)
        purse.voucher = voucher_state::used;
    else if (found->is.expires && now >= *found->is.expires)
        purse.voucher = voucher_state::old;
    else
        purse.voucher = voucher_state::good;
    return purse;
}

purse_facts money_desk::look(const request&, const take_promise& what,
                             const std::optional<account_row>& account) {
    purse_facts purse = begin_purse(account, what.amount);
    if (!account)
        return purse;
    if (const auto last = in_.promises.find_last(account->id)) {
        purse.promise = last->returned ? promise_state::returned : promise_state::open;
        purse.promise_due = last->due;
    }
    return purse;
}

purse_facts money_desk::look(const request& wish, const transfer& what,
                             const std::optional<account_row>& account) {
    purse_facts purse = begin_purse(account, money{});
    purse.is_party_known = may_receive(what.to, what.amount);
    if (!account)
        return purse;
    given_ = in_.ledger.list_given(account->id, entry_kind::transfer, wish.now.utc - longest_window);
    purse.given = given_;
    if (const auto last = in_.promises.find_last(account->id); last && !last->returned) {
        purse.promise = promise_state::open;
        purse.promise_due = last->due;
    }
    return purse;
}

purse_facts money_desk::look(const request&, const pay_in& what, const std::optional<account_row>& account) {
    purse_facts purse = begin_purse(account, what.amount);
    purse.incoming_points = what.points;
    return purse;
}

/// For an hour after the last, as code words are for a day.
void money_desk::note_refused(const request& wish, const std::optional<account_row>& account,
                              const decision& came) {
    const auto* what = std::get_if<top_up>(&wish.what);
    const bool is_wrong = came.is == verdict::wrong_voucher || came.is == verdict::vouchers_closed;
    if (what == nullptr || !is_wrong)
        return;
    const auto place = place_of(wish, account);
    code_row wrong = in_.codes.find(place, code_purpose::voucher);
    if (is_over(wrong.expires, wish.now.utc, wrong.life))
        wrong.tries = 0;
    if (wrong.tries >= what->most_wrong) // none was looked at
        return;
    ++wrong.tries;
    wrong.life = what->closed_for;
    wrong.expires = wish.now.utc + what->closed_for;
    in_.codes.put(place, code_purpose::voucher, wrong);
}

void money_desk::make(const request& wish, const top_up& what, account_row& account, outcome& came) {
    const money worth = in_.vouchers.find(what.voucher).value().is.amount;
    operation made{name_operation(keys_, wish), came.at, {}, std::nullopt};
    made.move(purse::vouchers, purse_of(account.id), entry_kind::voucher, worth);
    enter(made);
    in_.vouchers.use(what.voucher, account.id, came.at);
    in_.holdings.wake(account.id, came.at);
    const auto place = place_of(wish, account);
    if (code_row wrong = in_.codes.find(place, code_purpose::voucher); wrong.tries != 0) {
        wrong.tries = 0;
        in_.codes.put(place, code_purpose::voucher, wrong);
    }
    tell_sums(came, worth, account.balance + worth, account.points);
}

void money_desk::make(const request& wish, const take_promise& what, account_row& account, outcome& came) {
    operation made{name_operation(keys_, wish), came.at, {}, std::nullopt};
    made.move(purse::promises, purse_of(account.id), entry_kind::promise, what.amount);
    made.move(purse_of(account.id), purse::fees, entry_kind::promise_fee, what.fee);
    enter(made);
    in_.promises.add(
        {0, account.id, what.amount, what.fee, came.at, came.until.value_or(came.at), std::nullopt});
    in_.holdings.wake(account.id, came.at);
    tell_sums(came, what.amount, account.balance + what.amount - what.fee, account.points);
    came.sums.fee = what.fee;
}

void money_desk::make(const request& wish, const transfer& what, account_row& account, outcome& came) {
    account_row party = find_party(what, wish.by.speaks, came.at).value();
    operation made{name_operation(keys_, wish), came.at, {}, what.least};
    made.move(purse_of(account.id), purse_of(party.id), entry_kind::transfer, what.amount);
    made.move(purse_of(account.id), purse::fees, entry_kind::transfer_fee, what.fee);
    enter(made);
    tell_sums(came, what.amount, account.balance - what.amount - what.fee, account.points);
    came.sums.fee = what.fee;
    came.sums.party = what.to;
    note(what.to, party, wish.by.by, effect_kind::receive_transfer, came.at);
    in_.accounts.update(party);
    in_.holdings.wake(party.id, came.at);
    notice_row notice;
    notice.who = what.to;
    notice.text = what.told;
    notice.at = came.at;
    notice.says.amount = what.amount;
    notice.says.balance = party.balance + what.amount;
    notice.says.party = wish.by.who;
    in_.notices.add(notice);
}

/// Whoever the operator barred, or who left, gets nothing; nor does who has all that an account holds.
bool money_desk::may_receive(msisdn who, money amount) {
    if (const auto account = in_.accounts.find(who))
        return is_open(account->state(), matter::payment) && account->balance + amount <= most_money;
    const auto in_feed = in_.subscribers.find(who);
    return in_feed && is_open(state_of(in_feed->is), matter::payment);
}

std::optional<account_row> money_desk::find_party(const transfer& what, language speaks, utc_time now) {
    if (auto account = in_.accounts.find(what.to))
        return account;
    const auto in_feed = in_.subscribers.find(what.to);
    if (!in_feed)
        return std::nullopt;
    return open_account(in_, what.to, keys_.number_token(what.to), in_feed, speaks, now);
}

void money_desk::make(const request& wish, const pay_in& what, account_row& account, outcome& came) {
    enter(payment_of(wish, what, account.id));
    in_.holdings.wake(account.id, came.at);
    tell_sums(came, what.amount, account.balance + what.amount, account.points + what.points);
}

std::optional<posting> money_desk::find_entered(const request& wish,
                                                const std::optional<account_row>& account) {
    const auto* what = std::get_if<pay_in>(&wish.what);
    if (what == nullptr)
        return std::nullopt;
    return in_.ledger.find(payment_of(wish, *what, account ? account->id : nobody));
}

std::size_t money_desk::return_due(std::size_t most, std::string_view told, utc_time now) {
    const auto due = in_.promises.list_due(now, most);
    for (const promise_row& each : due) {
        give_back(each, now);
        const msisdn who = in_.promises.number_of(each.account);
        account_row account = in_.accounts.find(who).value();
        note(who, account, channel::feed, effect_kind::return_promise, now);
        in_.accounts.update(account);
        notice_row notice;
        notice.who = who;
        notice.text = told;
        notice.at = now;
        notice.says.amount = each.amount;
        notice.says.balance = account.balance;
        in_.notices.add(notice);
    }
    return due.size();
}

void money_desk::note(msisdn who, account_row& account, channel by, effect_kind what, utc_time now) {
    in_.audit.add({now, keys_.number_token(who), by, what, verdict::account_changed, {}},
                  &account.last_audit);
}

money money_desk::leave(const account_row& account, utc_time now) {
    if (const auto last = in_.promises.find_last(account.id); last && !last->returned)
        give_back(*last, now);
    in_.holdings.end_all(account.id, now);
    return in_.ledger.leave(account.id, keys_.name_request({"leaving", octets_in(account.id)}), now);
}

money money_desk::leave_to_next(const account_row& account, utc_time since, utc_time now) {
    const money brought = in_.ledger.sum_brought(account.id, since);
    const auto lent = in_.promises.find_last(account.id);
    const bool is_his_loan = lent && !lent->returned && lent->taken > since;
    const money before = account.balance; // the loan of the one before isn't his to pay
    const money after = leave(account, now);
    return std::min(brought, is_his_loan ? after : before);
}

void money_desk::hand_over(const account_row& to, money what, utc_time now) {
    operation made{keys_.name_request({"handing over", octets_in(to.id)}), now, {}, std::nullopt};
    made.move(purse::left, purse_of(to.id), entry_kind::payment, what);
    enter(made);
}

request_id name_operation(const keys& with, const request& wish) {
    const auto at = wish.now.utc.time_since_epoch().count();
    return with.name_request({"operation", octets_in(wish.id), octets_in(at)});
}

account_rows::place money_desk::place_of(const request& wish,
                                         const std::optional<account_row>& account) const {
    return account_rows::place_of(account ? *account : account_row{}, keys_.number_token(wish.by.who));
}

void money_desk::enter(const operation& what) {
    if (in_.ledger.post(what) != posting::posted)
        throw std::logic_error{"an operation that was judged can't be entered"};
}

/// Named by the row, so that it is done once however often it is found due.
void money_desk::give_back(const promise_row& one, utc_time now) {
    operation made{keys_.name_request({"promise return", octets_in(one.id)}), now, {}, std::nullopt};
    made.move(purse_of(one.account), purse::promises, entry_kind::promise_return, one.amount);
    if (const auto came = in_.ledger.post(made); came != posting::posted && came != posting::repeated)
        throw std::logic_error{"a promised payment that can't be taken back"};
    in_.promises.mark_returned(one.id, now);
}

notice_page tell_waiting(const tables& in, const waiting_notices& how, std::int64_t after, std::size_t most,
                         utc_time now) {
    notice_page page;
    const auto waiting = in.notices.list(after, most);
    if (waiting.size() == most)
        page.next = waiting.back().id;
    for (const notice_row& each : waiting) {
        const bool is_anybody = each.speaks && each.status != account_status::left && !each.is_stopped;
        if (is_anybody && !how.is_awake(each.who, each.zone))
            continue;
        in.notices.remove(each.id);
        if (!is_anybody)
            continue;
        result_sms sms;
        sms.action = each.text;
        sms.is_notice = true;
        sms.from = how.from(each.who);
        sms.to = how.plan.to(each.who);
        sms.life = how.plan.life;
        outgoing_sms row = begin_sms(each.who, sms, now);
        row.id = in.outbox.next_id();
        row.what.speaks = *each.speaks;
        row.what.at = each.at;
        row.what.sums = each.says;
        row.what.until = each.until;
        row.what.about.what = each.about;
        in.outbox.add(row.id, sms, row.who, row.what, false, now);
        page.sms.push_back(std::move(row));
    }
    return page;
}

} // namespace kabinet::store::sqlite
