#include "simulator/billing_wares.hpp"

#include <algorithm>
#include <stdexcept>

namespace kabinet::simulator {

namespace {

/// When the period that begins then is over.
std::optional<utc_time> end_of(const ware_terms& on, utc_time begins) {
    return on.period == std::chrono::seconds{} ? std::nullopt : std::optional{begins + on.period};
}

ware_held begin_holding(ware_kind kind, const ware_terms& on, utc_time at) {
    ware_held made;
    made.kind = kind;
    made.on = on;
    made.since = at;
    made.due = end_of(on, at);
    return made;
}

} // namespace

allowance operator+(const allowance& left, const allowance& right) {
    return {left.minutes + right.minutes, left.sms + right.sms, left.megabytes + right.megabytes};
}

bool is_within_bounds(const allowance& what) {
    const auto [least, most] = std::minmax({what.minutes, what.sms, what.megabytes});
    return least >= 0 && most <= most_units;
}

std::vector<ware_held> billing_wares::list(msisdn who) const {
    std::vector<ware_held> those;
    if (const auto found = rows_.find(who); found != rows_.end())
        for (const row& each : found->second)
            those.push_back(each.is);
    return those;
}

const ware_held* billing_wares::find(msisdn who, const ware_name& name) const {
    const row* const found = look_for(who, name);
    return found == nullptr ? nullptr : &found->is;
}

const ware_held* billing_wares::find_tariff(msisdn who) const {
    const auto those = rows_.find(who);
    if (those == rows_.end())
        return nullptr;
    const auto found = std::ranges::find_if(
        those->second, [](const row& each) { return each.is.kind == ware_kind::tariff; });
    return found == those->second.end() ? nullptr : &found->is;
}

void billing_wares::enter(const billing_order& what, utc_time at) {
    if (const auto* const connected = std::get_if<connect_service>(&what))
        return add(connected->who, begin_holding(ware_kind::service, connected->on, at));
    if (const auto* const ended = std::get_if<disconnect_service>(&what))
        return end(ended->who, {ware_kind::service, ended->name});
    if (const auto* const changed = std::get_if<change_tariff>(&what)) {
        if (const ware_held* const before = find_tariff(changed->who))
            end(changed->who, before->name());
        return add(changed->who, begin_holding(ware_kind::tariff, changed->on, at));
    }
    if (const auto* const bought = std::get_if<buy_package>(&what)) {
        ware_held made = begin_holding(ware_kind::package, bought->on, at);
        made.holds = made.left = bought->holds;
        made.renews = bought->renews;
        if (look_for(bought->who, made.name()) == nullptr)
            return add(bought->who, std::move(made));
        row& before = get(bought->who, made.name());
        made.since = before.is.since;
        made.left = before.is.left + bought->holds;
        before.is = std::move(made);
        return put_off(bought->who, before, before.is.due);
    }
    if (const auto* const stopped = std::get_if<stop_package>(&what)) {
        row& one = get(stopped->who, {ware_kind::package, stopped->name});
        one.is.renews = false;
        one.is.due = one.is.due.value_or(at); // paused for good, it would have no end
        put_off(stopped->who, one, one.is.due);
    }
}

void billing_wares::enter(const billing_change& what) {
    using step = billing_change::step;
    if (what.is == step::dropped)
        return end(what.who, what.ware);
    row& one = get(what.who, what.ware);
    if (what.is == step::charged) {
        one.is.paused.reset();
        one.is.due = end_of(one.is.on, what.at);
        one.is.left = one.is.holds;
    } else {
        const bool is_for_good = one.is.on.kept == std::chrono::seconds{};
        one.is.paused = what.at;
        one.is.due = is_for_good ? std::nullopt : std::optional{what.at + one.is.on.kept};
        one.is.left = {};
    }
    put_off(what.who, one, one.is.due);
}

void billing_wares::wake(msisdn who, utc_time at) {
    const auto those = rows_.find(who);
    if (those == rows_.end())
        return;
    // what stands there of earlier was looked at then, or there would be a step of it
    for (row& each : those->second)
        if (each.is.paused && each.is.renews)
            put_off(who, each, at);
}

void billing_wares::leave_paused(msisdn who, const ware_name& name) {
    row& one = get(who, name);
    put_off(who, one, one.is.due);
}

std::optional<billing_wares::due_ware> billing_wares::find_due() const {
    if (due_.empty())
        return std::nullopt;
    const auto& [at, who, ware] = *due_.begin();
    return due_ware{at, who, ware};
}

const billing_wares::row* billing_wares::look_for(msisdn who, const ware_name& name) const {
    const auto those = rows_.find(who);
    if (those == rows_.end())
        return nullptr;
    const auto found =
        std::ranges::find_if(those->second, [&](const row& each) { return each.is.name() == name; });
    return found == those->second.end() ? nullptr : &*found;
}

billing_wares::row& billing_wares::get(msisdn who, const ware_name& name) {
    const auto those = rows_.find(who);
    if (those != rows_.end())
        for (row& each : those->second)
            if (each.is.name() == name)
                return each;
    throw std::invalid_argument{who.text() + ": it has no " + name.name};
}

void billing_wares::add(msisdn who, ware_held what) {
    if (look_for(who, what.name()) != nullptr)
        throw std::invalid_argument{who.text() + ": it has " + what.on.name + " already"};
    row& added = rows_[who].emplace_back(row{std::move(what), std::nullopt});
    put_off(who, added, added.is.due);
}

void billing_wares::end(msisdn who, const ware_name& name) {
    put_off(who, get(who, name), std::nullopt);
    std::erase_if(rows_.at(who), [&](const row& each) { return each.is.name() == name; });
}

void billing_wares::put_off(msisdn who, row& one, std::optional<utc_time> until) {
    if (one.next)
        due_.erase({*one.next, who, one.is.name()});
    one.next = until;
    if (until)
        due_.emplace(*until, who, one.is.name());
}

} // namespace kabinet::simulator
