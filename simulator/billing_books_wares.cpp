// How a billing system judges orders of what is sold.
#include "simulator/billing_books.hpp"

namespace kabinet::simulator {

namespace {

bool is_short(const ware_terms& on, money balance) {
    return on.at_once() > money{} && balance < on.at_once();
}

/// Charges it at once and says what the account has after it, and when it is due.
void sell(const ware_terms& on, msisdn who, movement_kind price, movement_kind fee, money balance,
          billing_change& made) {
    made.move(who, own_purse::fees, price, on.price);
    made.move(who, own_purse::fees, fee, on.fee);
    made.say_done(who, balance);
    if (on.period != std::chrono::seconds{})
        made.came.until = made.at + on.period;
}

} // namespace

void billing_books::judge(const connect_service& order, account& of, billing_change& made) const {
    if (wares_.find(order.who, {ware_kind::service, order.on.name}) != nullptr)
        return made.refuse(order_refusal::already_connected, of.balance);
    for (const std::string& each : order.conflicts)
        if (wares_.find(order.who, {ware_kind::service, each}) != nullptr) {
            made.came.conflict = each;
            return made.refuse(order_refusal::conflict, of.balance);
        }
    if (is_short(order.on, of.balance))
        return made.refuse(order_refusal::short_of, of.balance);
    sell(order.on, order.who, movement_kind::service, movement_kind::service_fee, of.balance, made);
    made.came.points = of.points;
}

void billing_books::judge(const disconnect_service& order, account& of, billing_change& made) const {
    if (wares_.find(order.who, {ware_kind::service, order.name}) == nullptr)
        return made.refuse(order_refusal::not_connected, of.balance);
    made.say_done(order.who, of.balance);
    made.came.points = of.points;
}

void billing_books::judge(const change_tariff& order, account& of, billing_change& made) const {
    const ware_held* const now = wares_.find_tariff(order.who);
    if (now == nullptr ? order.is_default : now->on.name == order.on.name)
        return made.refuse(order_refusal::already_connected, of.balance);
    if (is_short(order.on, of.balance))
        return made.refuse(order_refusal::short_of, of.balance);
    sell(order.on, order.who, movement_kind::tariff, movement_kind::tariff_fee, of.balance, made);
    made.came.points = of.points;
}

void billing_books::judge(const buy_package& order, account& of, billing_change& made) const {
    if (is_short(order.on, of.balance))
        return made.refuse(order_refusal::short_of, of.balance);
    const ware_held* const before = wares_.find(order.who, {ware_kind::package, order.on.name});
    if (before != nullptr && !is_within_bounds(before->left + order.holds))
        return made.refuse(order_refusal::full_purse, of.balance);
    sell(order.on, order.who, movement_kind::package, movement_kind::package, of.balance, made);
    made.came.points = of.points;
    made.came.is_extended = before != nullptr;
}

void billing_books::judge(const stop_package& order, account& of, billing_change& made) const {
    const ware_held* const one = wares_.find(order.who, {ware_kind::package, order.name});
    if (one == nullptr)
        return made.refuse(order_refusal::not_connected, of.balance);
    made.say_done(order.who, of.balance);
    made.came.points = of.points;
    made.came.until = one->due.value_or(made.at); // paused for good, it ends now
}

} // namespace kabinet::simulator
