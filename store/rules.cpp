#include "store/rules.hpp"

#include "store/ledger.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <vector>

namespace kabinet::store {
namespace {

using std::chrono::microseconds;

/// When the window holds fewer than `most` again.
std::optional<utc_time> room_in(microseconds window, std::uint32_t most, std::span<const utc_time> issues,
                                utc_time now) {
    if (most == 0)
        return std::nullopt;
    std::vector<utc_time> recent;
    recent.reserve(issues.size());
    std::copy_if(issues.begin(), issues.end(), std::back_inserter(recent),
                 [=](utc_time at) { return !is_over(at + window, now, window); });
    if (recent.size() < most)
        return std::nullopt;
    // The `most`-th newest must leave the window.
    const auto last = recent.begin() + (most - 1);
    std::nth_element(recent.begin(), last, recent.end(), std::greater{});
    return *last + window;
}

number_state state_of(const standing& account) {
    return {account.status, account.bar};
}

/// Whose account it is not, or can't be.
std::optional<decision> refuse_stranger(const standing& account, const caller& by) {
    if (!by.is_vouched_for)
        return decision{verdict::untrusted, std::nullopt};
    if (account.status == account_status::left)
        return decision{verdict::unknown_number, std::nullopt};
    if (!account.exists && !account.is_in_feed && !by.may_register)
        return decision{verdict::unknown_number, std::nullopt};
    return std::nullopt;
}

/// What comes in must fit.
decision unless_full(const purse_facts& purse, decision granted) {
    if (purse.balance + purse.incoming > most_money ||
        purse.points + purse.incoming_points > most_money.minor())
        return {verdict::full_purse, std::nullopt};
    return granted;
}

std::optional<decision> refuse_secret(effect_kind what, const standing& account, const caller& by,
                                      issue_limits limits, utc_time now) {
    if (const auto refused = refuse_change(what, account, by))
        return refused;
    if (account.cooldown_until && now < *account.cooldown_until)
        return decision{verdict::cooldown, account.cooldown_until};
    if (const auto until = allowed_again(account.issues, limits, now))
        return decision{verdict::limit, until};
    return std::nullopt;
}

} // namespace

std::optional<decision> refuse_change(effect_kind what, const standing& account, const caller& by) {
    if (const auto refused = refuse_stranger(account, by))
        return refused;
    if (!is_open(state_of(account), matter_of(what)))
        return decision{refusal_of(state_of(account)), std::nullopt};
    if (account.level < by.wants)
        return decision{verdict::level, std::nullopt};
    return std::nullopt;
}

std::optional<utc_time> allowed_again(std::span<const utc_time> issues, issue_limits limits, utc_time now) {
    const auto hour = room_in(std::chrono::hours{1}, limits.per_hour, issues, now);
    const auto day = room_in(std::chrono::hours{24}, limits.per_day, issues, now);
    return std::max(hour, day);
}

decision judge(const issue_password& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused =
            refuse_secret(effect_kind::issue_password, account, by, {wish.per_hour, wish.per_day}, now))
        return *refused;
    if (wish.is_for_anyone && account.is_live && account.last_secret == secret_kind::chosen)
        return {verdict::kept_chosen, std::nullopt};
    if (account.is_blocked)
        return {verdict::restored, std::nullopt};
    if (account.is_idle)
        return {verdict::restored_idle, std::nullopt};
    if (!account.last_secret)
        return {verdict::issued, std::nullopt};
    return {account.last_secret == secret_kind::chosen ? verdict::replaced_chosen : verdict::replaced,
            std::nullopt};
}

decision judge(const choose_password& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused =
            refuse_secret(effect_kind::choose_password, account, by, {wish.per_hour, wish.per_day}, now))
        return *refused;
    if (account.is_blocked)
        return {verdict::restored, std::nullopt};
    return {account.is_idle ? verdict::restored_idle : verdict::chosen, std::nullopt};
}

decision judge(const set_language&, const standing& account, const caller& by, utc_time) {
    return refuse_change(effect_kind::set_language, account, by)
        .value_or(decision{verdict::language_set, std::nullopt});
}

decision judge(const close_portal&, const standing& account, const caller& by, utc_time) {
    return refuse_change(effect_kind::close_portal, account, by)
        .value_or(decision{verdict::closed, std::nullopt});
}

decision judge(const set_switch& wish, const standing& account, const caller& by, utc_time) {
    const verdict done = wish.is_on ? verdict::switched_on : verdict::switched_off;
    return refuse_change(effect_kind::set_switch, account, by).value_or(decision{done, std::nullopt});
}

decision judge(const set_pin&, const standing& account, const caller& by, utc_time) {
    return refuse_change(effect_kind::set_pin, account, by)
        .value_or(decision{verdict::pin_set, std::nullopt});
}

decision judge(const log_in_by_sim&, const standing& account, const caller&, utc_time) {
    const bool may_log_in = account.exists && !account.is_blocked && !account.is_idle &&
                            is_open(state_of(account), matter::login);
    return {may_log_in ? verdict::logged_in_otherwise : verdict::no_login, std::nullopt};
}

decision judge(const log_in_by_pin&, const standing& account, const caller& by, utc_time now) {
    return judge(log_in_by_sim{}, account, by, now);
}

bool is_closed(const log_in& attempt, const standing& account) {
    return account.wrong.in_a_row >= attempt.most_wrong;
}

bool wants_sim(const log_in& attempt, const standing& account, utc_time now) {
    const bool was_here =
        account.asked && !is_over(*account.asked + attempt.sim_counts_for, now, attempt.sim_counts_for);
    return account.wrong.in_all >= attempt.most_wrong_in_all && !was_here;
}

decision judge(const log_in& attempt, const standing& account, const caller&, utc_time now) {
    if (is_closed(attempt, account))
        return {verdict::locked_out, std::nullopt};
    const bool may_log_in = account.exists && !account.is_blocked &&
                            is_open(state_of(account), matter::login) && account.is_live &&
                            account.version == attempt.version && !wants_sim(attempt, account, now);
    if (!attempt.is_right || !may_log_in) {
        const bool is_last = account.wrong.in_a_row + 1 >= attempt.most_wrong;
        return {is_last ? verdict::locked_out : verdict::wrong_password, std::nullopt};
    }
    if (account.wants_code)
        return {verdict::code_wanted, std::nullopt};
    if (account.last_secret == secret_kind::chosen)
        return {verdict::logged_in_chosen, std::nullopt};
    return {attempt.ends_generated ? verdict::logged_in_once : verdict::logged_in, std::nullopt};
}

bool is_reached(const standing& account, utc_time now) {
    const bool is_cooling = account.cooldown_until && now < *account.cooldown_until;
    return account.exists && is_open(state_of(account), matter::ways_in) && !is_cooling;
}

decision judge(const send_code& what, const standing& account, const caller&, utc_time now) {
    const auto is_fresh = [&](utc_time sent) {
        return !is_over(sent + what.again_after, now, what.again_after);
    };
    if (std::ranges::any_of(account.issues, is_fresh))
        return {verdict::code_under_way, std::nullopt};
    if (const auto until = allowed_again(account.issues, {what.per_hour, what.per_day}, now))
        return {verdict::limit, until};
    return {verdict::code_sent, now + what.life};
}

decision judge(const top_up& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::top_up, account, by))
        return *refused;
    const purse_facts& purse = account.purse;
    if (purse.vouchers_again)
        return {verdict::vouchers_closed, purse.vouchers_again};
    switch (purse.voucher) {
    case voucher_state::good:
        return unless_full(purse, {verdict::topped_up, std::nullopt});
    case voucher_state::used:
        return {verdict::used_voucher, std::nullopt};
    case voucher_state::old:
        return {verdict::old_voucher, std::nullopt};
    case voucher_state::unknown:
        break;
    }
    if (purse.wrong_vouchers + 1 >= wish.most_wrong)
        return {verdict::vouchers_closed, now + wish.closed_for};
    return {verdict::wrong_voucher, std::nullopt};
}

decision judge(const take_promise& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::take_promise, account, by))
        return *refused;
    const purse_facts& purse = account.purse;
    if (purse.promise == promise_state::open)
        return {verdict::promise_open, purse.promise_due};
    if (purse.promise == promise_state::returned && purse.balance < money{})
        return {verdict::promise_unpaid, std::nullopt};
    if (purse.balance < wish.floor)
        return {verdict::below_floor, std::nullopt};
    return unless_full(purse, {verdict::promised, now + wish.term});
}

std::optional<utc_time> fits_again(std::span<const moved> given, money amount, money most, utc_time now) {
    const auto is_recent = [&](const moved& one) {
        return !is_over(one.at + longest_window, now, longest_window);
    };
    money sum = amount;
    for (const moved& each : given)
        if (is_recent(each))
            sum = sum + each.amount;
    if (sum <= most)
        return std::nullopt;
    for (const moved& each : given) { // the oldest leave the day first
        if (!is_recent(each))
            continue;
        sum = sum - each.amount;
        if (sum <= most)
            return each.at + longest_window;
    }
    return now + longest_window;
}

/// A promised payment isn't for giving away, and whoever has just got the SIM gives nothing.
decision judge(const transfer& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::transfer, account, by))
        return *refused;
    if (account.cooldown_until && now < *account.cooldown_until)
        return {verdict::cooldown, account.cooldown_until};
    const purse_facts& purse = account.purse;
    if (wish.to == by.who)
        return {verdict::to_oneself, std::nullopt};
    if (purse.promise == promise_state::open)
        return {verdict::promise_open, purse.promise_due};
    std::vector<utc_time> times;
    for (const moved& each : purse.given)
        times.push_back(each.at);
    if (const auto until = allowed_again(times, {wish.per_hour, 0}, now))
        return {verdict::limit, until};
    if (const auto until = fits_again(purse.given, wish.amount, wish.per_day, now))
        return {verdict::day_limit, until};
    if (purse.balance - wish.amount - wish.fee < wish.least)
        return {verdict::short_of, std::nullopt};
    // last, so that nobody learns for nothing who is a subscriber
    return {purse.is_party_known ? verdict::transferred : verdict::unknown_party, std::nullopt};
}

decision judge(const pay_in&, const standing& account, const caller& by, utc_time) {
    if (const auto refused = refuse_change(effect_kind::pay_in, account, by))
        return *refused;
    return unless_full(account.purse, {verdict::paid_in, std::nullopt});
}

decision judge(const block_number&, const standing& account, const caller& by, utc_time) {
    return refuse_change(effect_kind::block_number, account, by)
        .value_or(decision{verdict::number_blocked, std::nullopt});
}

decision judge(const unblock_number&, const standing& account, const caller& by, utc_time) {
    if (const auto refused = refuse_stranger(account, by))
        return *refused;
    if (!account.is_stopped)
        return {verdict::not_blocked, std::nullopt};
    return {account.is_barred ? verdict::still_barred : verdict::number_unblocked, std::nullopt};
}

decision judge(const call_back& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_stranger(account, by))
        return *refused;
    const decision promised{verdict::call_promised, now + wish.within};
    if (const auto until = account.calls.awaited_until) // what was promised and not kept is promised anew
        return now < *until ? decision{verdict::call_awaited, until} : promised;
    if (const auto until = allowed_again(account.calls.asked, {0, wish.per_day}, now))
        return {verdict::limit, until};
    return promised;
}

decision judge(const tell&, const standing&, const caller&, utc_time) {
    return {verdict::told, std::nullopt};
}

} // namespace kabinet::store
