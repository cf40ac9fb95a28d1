#include "store/sqlite_feed.hpp"

#include "store/sqlite_access.hpp"

#include <fmt/format.h>

#include <array>
#include <iterator>
#include <string>
#include <utility>

namespace kabinet::store::sqlite {
namespace {

/// As json_each reads them.
std::string write_list(std::span<const msisdn> numbers) {
    std::string list = "[";
    for (const msisdn each : numbers)
        fmt::format_to(std::back_inserter(list), "{}{}", list.size() == 1 ? "" : ",", each.digits());
    return list + ']';
}

/// The feed tells of an owner that it had not told of.
bool has_new_owner(const std::optional<subscriber_row>& known, const subscriber& said) {
    return said.owner_changed &&
           (!known || !known->is.owner_changed || *known->is.owner_changed < *said.owner_changed);
}

} // namespace

feed_desk::feed_desk(connection& on, const keys& with, const tables& in)
    : keys_{with}
    , in_{in}
    , money_{with, in}
    , forget_wishes_{on, "DELETE FROM inbox WHERE outbox IN (SELECT id FROM outbox WHERE msisdn IN"
                         " (SELECT value FROM json_each(?)))"}
    , forget_sms_{on, "DELETE FROM outbox WHERE msisdn IN (SELECT value FROM json_each(?1))"
                      " OR party IN (SELECT value FROM json_each(?1))"}
    , forget_notices_{on, "DELETE FROM notices WHERE msisdn IN (SELECT value FROM json_each(?1))"
                          " OR party IN (SELECT value FROM json_each(?1))"}
    , forget_orders_{on, "UPDATE orders SET msisdn = NULL, outbox = NULL WHERE msisdn IN"
                         " (SELECT value FROM json_each(?))"}
    , forget_order_parties_{on, "UPDATE orders SET party = NULL, told = NULL WHERE party IN"
                                " (SELECT value FROM json_each(?))"}
    , forget_parties_{on, "UPDATE inbox SET party = NULL WHERE party IN (SELECT value FROM json_each(?))"} {}

feed_outcome feed_desk::take(std::span<const subscriber> rows, const feed_terms& terms, utc_time now) {
    feed_outcome came;
    // A delta that comes in the middle of a full file is part of it: what it brings isn't missing.
    const std::int64_t seen = terms.full.value_or(in_.subscribers.last_full());
    for (const subscriber& each : rows)
        take(each, terms, seen, now, came);
    if (!came.recycled.empty())
        forget_messages(came.recycled);
    return came;
}

void feed_desk::take(const subscriber& said, const feed_terms& terms, std::int64_t seen, utc_time now,
                     feed_outcome& came) {
    auto known = in_.subscribers.find(said.who);
    auto account = in_.accounts.find(said.who);
    if (!known && !account && !terms.adds_numbers)
        return;
    const auto changed = news_of_change(known ? &known->is : nullptr, said, now);
    const auto cooldown = cooldown_after(changed, terms.cooldown, now);
    ++(known ? came.changed : came.added);
    if (has_new_owner(known, said) && recycle(said, terms, known, account, now)) {
        came.recycled.push_back(said.who);
        note(said.who, channel::feed, effect_kind::change_owner, now);
    }
    subscriber_row row{said, cooldown, now, seen};
    if (known) {
        row.is = merge(known->is, said, terms.full.has_value());
        row.cooldown_until = std::max(known->cooldown_until, cooldown);
        row.added = known->added;
    }
    in_.subscribers.put(row);
    ended_access ended;
    ended.who = said.who;
    if (account) {
        change_account(said.who, *account, state_of(row.is), cooldown, now);
        if (changed)
            end(*account, *changed, terms, now, ended);
    }
    if (ended.had_any || cooldown) // a dialogue lasts no longer than a cool-down
        came.ended.push_back(std::move(ended));
}

/// A password that was asked for between a change and the end of its cool-down may be whose the change was.
void feed_desk::end(account_row& account, utc_time changed, const feed_terms& terms, utc_time now,
                    ended_access& ended) {
    const bool has_password = account.secret && !account.secret->is_annulled;
    const bool has_others = account.pin || account.is_automatic;
    const bool is_older =
        has_password && account.secret->made.value_or(account.created) < changed + terms.cooldown;
    ended.had_any = is_older || has_others;
    if (is_older || (has_others && !has_password)) {
        enter(ended.who, account, effect_kind::block, now);
        ended.cancelled = end_access(in_, account, now);
        ended.sms = tell(ended.who, account, terms, now);
    } else if (has_others) { // nobody knows whether they are as young as the password
        account.pin.reset();
        account.is_automatic = false;
        enter(ended.who, account, effect_kind::set_switch, now);
        in_.accounts.update(account);
    }
}

std::optional<outgoing_sms> feed_desk::tell(msisdn who, const account_row& account, const feed_terms& terms,
                                            utc_time now) {
    if (!terms.notice || account.status == account_status::left)
        return std::nullopt;
    result_sms sms;
    sms.action = terms.notice->action;
    sms.is_notice = true;
    sms.from = terms.notice->from;
    sms.to = terms.notice->to(who);
    sms.life = terms.notice->life;
    outgoing_sms row = begin_sms(who, sms, now);
    row.id = in_.outbox.next_id();
    row.what.speaks = account.speaks;
    row.what.at = now;
    in_.outbox.add(row.id, sms, who, row.what, false, now);
    return row;
}

void feed_desk::enter(msisdn who, account_row& account, effect_kind what, utc_time now) {
    in_.audit.add({now, keys_.number_token(who), channel::feed, what, verdict::account_changed, {}},
                  &account.last_audit);
}

bool feed_desk::recycle(const subscriber& said, const feed_terms& terms, std::optional<subscriber_row>& known,
                        std::optional<account_row>& account, utc_time now) {
    const utc_time since = *said.owner_changed;
    const bool is_older_row = known && known->added < since;
    const bool is_older_account = account && account->created < since;
    if (is_older_row) {
        in_.subscribers.remove(known->is.who);
        known.reset();
    }
    if (is_older_account) {
        const money his = money_.leave_to_next(*account, since, now);
        const auto stopped = account->stopped > since ? account->stopped : std::nullopt;
        if (!stopped)
            in_.news.let_go(said.who, account->stopped.has_value(), now);
        in_.accounts.remove(account->id);
        account.reset();
        if (his > money{} || stopped)
            account = in_.accounts.create(said.who, said.speaks.value_or(terms.usual), now);
        if (his > money{})
            money_.hand_over(*account, his, now);
        if (stopped) {
            account->stopped = stopped;
            in_.accounts.update(*account);
        }
    }
    const bool is_his_no_more = is_older_row || is_older_account;
    if (is_his_no_more)
        in_.calls.forget(said.who, since);
    return is_his_no_more;
}

void feed_desk::change_account(msisdn who, account_row& account, number_state state,
                               std::optional<utc_time> cooldown, utc_time now) {
    const bool is_other = account.said() != state;
    if (is_other) {
        if (account.status == account_status::left)
            in_.holdings.take_up(account.id, now);
        account.stand(state);
        if (state.is == account_status::left)
            in_.calls.forget(who);
        enter(who, account, state.is == account_status::left ? effect_kind::leave : effect_kind::set_bar,
              now);
    }
    const bool cools_down = cooldown > account.cooldown_until;
    if (cools_down) {
        account.cooldown_until = cooldown;
        enter(who, account, effect_kind::cool_down, now);
    }
    if (is_other || cools_down)
        in_.accounts.update(account);
}

missing_page feed_desk::drop_missing(std::int64_t full, msisdn after, std::size_t most, utc_time now) {
    missing_page page;
    const auto numbers = in_.subscribers.list_seen(after, most);
    if (numbers.size() == most)
        page.next = numbers.back().first;
    for (const auto& [who, seen] : numbers) {
        if (seen >= full)
            continue;
        in_.subscribers.remove(who);
        ++page.gone;
        if (auto account = in_.accounts.find(who))
            change_account(who, *account, {account_status::left}, std::nullopt, now);
    }
    return page;
}

bool feed_desk::erase(msisdn who, utc_time now) {
    const std::array one{who};
    const auto account = in_.accounts.find(who);
    in_.news.let_go(who, account && account->stopped, now);
    in_.calls.forget(who);
    if (account) {
        money_.leave(*account, now);
        in_.accounts.remove(account->id);
    }
    const bool was_known = in_.subscribers.remove(who) != 0;
    const bool had_messages = forget_messages(one) != 0;
    if (!account && !was_known && !had_messages)
        return false;
    note(who, channel::staff, effect_kind::erase, now);
    return true;
}

std::size_t feed_desk::forget_messages(std::span<const msisdn> numbers) {
    const std::string list = write_list(numbers);
    forget_wishes_.run(std::string_view{list});
    forget_notices_.run(std::string_view{list});
    forget_orders_.run(std::string_view{list});
    forget_order_parties_.run(std::string_view{list});
    forget_parties_.run(std::string_view{list});
    return forget_sms_.run(std::string_view{list});
}

void feed_desk::note(msisdn who, channel by, effect_kind what, utc_time now) {
    in_.audit.add({now, keys_.number_token(who), by, what, verdict::account_changed, {}});
}

} // namespace kabinet::store::sqlite
