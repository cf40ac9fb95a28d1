#include "simulator/billing_books.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <stdexcept>

namespace kabinet::simulator {

using boost::system::result;

namespace {

class books_category_impl final : public boost::system::error_category {
  public:
    const char* name() const noexcept override { return "kabinet.billing_books"; }
    std::string message(int) const override { return "the name was used for something else"; }
};

void add_up(std::vector<movements_total>& totals, const billing_movement& one) {
    const bool came = one.amount > money{};
    const auto same = [&](const movements_total& of) {
        return of.kind == one.kind && (of.amount > money{}) == came;
    };
    if (const auto found = std::ranges::find_if(totals, same); found != totals.end())
        found->amount = found->amount + one.amount;
    else
        totals.push_back({one.kind, one.amount});
}

[[noreturn]] void refuse_step(const billing_change& what, const char* why) {
    throw std::invalid_argument{(what.id.empty() ? what.who.text() : what.id) + ": " + why};
}

} // namespace

const boost::system::error_category& books_category() {
    static const books_category_impl category;
    return category;
}

boost::system::error_code make_error_code(books_error from) {
    return {static_cast<int>(from), books_category()};
}

billing_books::billing_books(books_settings given)
    : settings_{std::move(given)} {}

void billing_books::keep_with(keeper with) {
    keep_ = std::move(with);
}

std::optional<purse_seen> billing_books::read_purse(msisdn who, utc_time now) {
    catch_up(now);
    const account* const of = find(who, now);
    if (of == nullptr)
        return std::nullopt;
    purse_seen seen{of->balance, of->points, std::nullopt};
    if (!of->promise.empty()) {
        const operation& lent = operations_.at(of->promise);
        seen.promise = {std::get<take_promise>(*lent.order).amount, lent.due};
    }
    return seen;
}

std::optional<movements_seen> billing_books::read_movements(msisdn who, const movements_asked& asked,
                                                            utc_time now) {
    catch_up(now);
    const account* const of = find(who, now);
    if (of == nullptr)
        return std::nullopt;
    movements_seen seen;
    for (auto each = of->movements.rbegin(); each != of->movements.rend(); ++each) {
        if (asked.until && each->at >= *asked.until)
            continue;
        if (each->at >= asked.listed_since && seen.last.size() < asked.most)
            seen.last.push_back(*each);
        const bool is_lent =
            each->kind == movement_kind::promise || each->kind == movement_kind::promise_return;
        if (each->at < asked.totals_since || is_lent)
            continue;
        money& total = each->amount > money{} ? seen.income : seen.spent;
        total = total + (each->amount > money{} ? each->amount : -each->amount);
        add_up(seen.totals, *each);
    }
    const auto size_of = [](const movements_total& one) { return std::abs(one.amount.minor()); };
    std::ranges::stable_sort(seen.totals, std::ranges::greater{}, size_of);
    seen.income = std::min(seen.income, most_money);
    seen.spent = std::min(seen.spent, most_money);
    return seen;
}

std::optional<holdings_seen> billing_books::read_holdings(msisdn who, utc_time now) {
    catch_up(now);
    const account* const of = find(who, now);
    return of == nullptr ? std::nullopt : std::optional{holdings_seen{of->balance, wares_.list(who)}};
}

result<operation_end> billing_books::order(const std::string& id, const billing_order& what, utc_time now) {
    catch_up(now);
    if (const operation* const known = find_repeated(id)) {
        if (!known->order || *known->order == what)
            return known->came;
        ++figures_.conflicts;
        return books_error::conflict;
    }
    make(judge(id, what, now));
    return operations_.at(id).came;
}

result<operation_end> billing_books::begin(const std::string& id, const billing_order& what, utc_time ends,
                                           utc_time now) {
    catch_up(now);
    if (operations_.contains(id) || ends <= now)
        return order(id, what, now);
    billing_change begun;
    begun.is = billing_change::step::began;
    begun.at = now;
    begun.id = id;
    begun.order = what;
    begun.ends = ends;
    make(std::move(begun));
    return operations_.at(id).came;
}

std::optional<operation_end> billing_books::ask_after(const std::string& id, utc_time now) {
    catch_up(now);
    const auto found = operations_.find(id);
    return found == operations_.end() ? std::nullopt : std::optional{found->second.came};
}

operation_end billing_books::cancel(const std::string& id, utc_time now) {
    catch_up(now);
    if (!operations_.contains(id)) {
        billing_change never;
        never.is = billing_change::step::cancelled;
        never.at = now;
        never.id = id;
        make(std::move(never));
    }
    return operations_.at(id).came;
}

bool billing_books::pay_in(msisdn who, money amount, movement_kind payment_or_bonus, utc_time now) {
    catch_up(now);
    const account* const to = find(who, now);
    if (to == nullptr || to->balance + amount > most_money)
        return false;
    billing_change paid;
    paid.is = billing_change::step::paid;
    paid.at = now;
    paid.who = who;
    paid.move(payment_or_bonus == movement_kind::bonus ? own_purse::bonuses : own_purse::payments, who,
              payment_or_bonus, amount);
    make(std::move(paid));
    return true;
}

money billing_books::sum() const {
    money all;
    for (const auto& [name, held] : own_)
        all = all + held;
    for (const auto& [who, of] : accounts_)
        all = all + of.balance;
    return all;
}

void billing_books::make(billing_change what) {
    if (keep_)
        keep_(what);
    enter(what);
}

void billing_books::enter(const billing_change& what) {
    using step = billing_change::step;
    money sum;
    for (const billing_entry& each : what.entries)
        sum = sum + each.amount;
    if (sum != money{})
        refuse_step(what, "its entries don't sum to nothing");
    switch (what.is) {
    case step::opened:
        if (!accounts_.try_emplace(what.who).second)
            refuse_step(what, "it has an account already");
        accounts_.at(what.who).points = what.points;
        break;
    case step::paid:
        break;
    case step::began: {
        const operation open{what.order, {}, what.ends};
        if (!operations_.try_emplace(what.id, open).second)
            refuse_step(what, "it was begun already");
        due_.emplace(what.ends, what.id);
        ++figures_.open;
        break;
    }
    case step::ended:
        enter_end(what);
        break;
    case step::cancelled: {
        operation never;
        never.came.state = operation_state::cancelled;
        if (!operations_.try_emplace(what.id, never).second)
            refuse_step(what, "it is known and can't be cancelled");
        ++figures_.cancelled;
        break;
    }
    case step::returned: {
        const auto lent = operations_.find(what.id);
        if (lent == operations_.end() || due_.erase({lent->second.due, what.id}) == 0)
            refuse_step(what, "nothing was lent under it");
        account& of = accounts_.at(std::get<take_promise>(*lent->second.order).who);
        of.promise.clear();
        of.has_returned_one = true;
        break;
    }
    case step::charged:
    case step::paused:
    case step::dropped:
        wares_.enter(what);
        break;
    }
    for (const billing_entry& each : what.entries)
        enter_entry(each, what.at);
}

void billing_books::enter_entry(const billing_entry& each, utc_time at) {
    if (const auto* const own = std::get_if<own_purse>(&each.purse)) {
        own_[*own] = own_[*own] + each.amount;
        return;
    }
    account& of = accounts_.at(std::get<msisdn>(each.purse));
    of.balance = of.balance + each.amount;
    if (each.kind == movement_kind::opening) // it was there before anything moved
        return;
    of.movements.push_back({at, each.kind, each.amount});
    if (each.amount > money{})
        wares_.wake(std::get<msisdn>(each.purse), at);
}

void billing_books::enter_end(const billing_change& what) {
    if (!what.order)
        refuse_step(what, "nothing was ordered");
    const auto [at, is_new] = operations_.try_emplace(what.id);
    operation& known = at->second;
    if (!is_new && (known.came.state != operation_state::open || known.order != what.order))
        refuse_step(what, "it has ended already");
    if (!is_new) {
        due_.erase({known.due, what.id});
        --figures_.open;
    }
    known.order = what.order;
    known.came = what.came;
    if (what.came.state == operation_state::refused) {
        ++figures_.refused;
        return;
    }
    ++figures_.done;
    wares_.enter(*what.order, what.at);
    if (const auto* const filled = std::get_if<top_up>(&*what.order))
        used_vouchers_.insert(filled->voucher);
    if (const auto* const lent = std::get_if<take_promise>(&*what.order)) {
        if (!what.came.until)
            refuse_step(what, "it lends and has no term");
        known.due = *what.came.until;
        due_.emplace(known.due, what.id);
        accounts_.at(lent->who).promise = what.id;
    }
}

/// Opens the account of whoever hasn't one; null for a stranger.
billing_books::account* billing_books::find(msisdn who, utc_time now) {
    if (settings_.strangers.contains(who))
        return nullptr;
    const auto found = accounts_.find(who);
    if (found != accounts_.end())
        return &found->second;
    billing_change opened;
    opened.is = billing_change::step::opened;
    opened.at = now;
    opened.who = who;
    opened.points = settings_.points;
    opened.move(own_purse::opening, who, movement_kind::opening, settings_.opening);
    make(std::move(opened));
    return &accounts_.at(who);
}

const billing_books::operation* billing_books::find_repeated(const std::string& id) {
    const auto found = operations_.find(id);
    if (found == operations_.end())
        return nullptr;
    ++figures_.repeated;
    return &found->second;
}

} // namespace kabinet::simulator
