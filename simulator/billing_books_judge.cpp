#include "simulator/billing_books.hpp"

namespace kabinet::simulator {

billing_change billing_books::judge(const std::string& id, const billing_order& what, utc_time at) {
    billing_change made;
    made.is = billing_change::step::ended;
    made.at = at;
    made.id = id;
    made.order = what;
    std::visit(
        [&](const auto& order) {
            account* const of = find(order.who, at);
            if (of != nullptr)
                return judge(order, *of, made);
            made.came.state = operation_state::refused;
            made.came.reason = order_refusal::declined;
        },
        what);
    return made;
}

void billing_books::judge(const top_up& order, account& of, billing_change& made) const {
    const auto found = settings_.vouchers.find(order.voucher);
    if (used_vouchers_.contains(order.voucher))
        return made.refuse(order_refusal::used_voucher, of.balance);
    if (found == settings_.vouchers.end())
        return made.refuse(order_refusal::wrong_voucher, of.balance);
    const voucher& one = found->second;
    if (one.expires && made.at >= *one.expires)
        return made.refuse(order_refusal::old_voucher, of.balance);
    if (of.balance + one.worth > most_money)
        return made.refuse(order_refusal::full_purse, of.balance);
    made.move(own_purse::vouchers, order.who, movement_kind::voucher, one.worth);
    made.say_done(order.who, of.balance);
    made.came.amount = one.worth;
    made.came.points = of.points;
}

void billing_books::judge(const take_promise& order, account& of, billing_change& made) const {
    if (!of.promise.empty()) {
        made.refuse(order_refusal::promise_open, of.balance);
        made.came.until = operations_.at(of.promise).due;
        return;
    }
    if (of.has_returned_one && of.balance < money{})
        return made.refuse(order_refusal::promise_unpaid, of.balance);
    if (of.balance < order.floor)
        return made.refuse(order_refusal::below_floor, of.balance);
    if (of.balance + order.amount > most_money)
        return made.refuse(order_refusal::full_purse, of.balance);
    if (of.balance - order.fee < -most_money) // what goes back leaves no more than that
        return made.refuse(order_refusal::declined, of.balance);
    made.move(own_purse::promises, order.who, movement_kind::promise, order.amount);
    made.move(order.who, own_purse::fees, movement_kind::promise_fee, order.fee);
    made.say_done(order.who, of.balance);
    made.came.points = of.points;
    made.came.until = made.at + order.term;
}

void billing_books::judge(const transfer& order, account& of, billing_change& made) {
    if (order.to == order.who)
        return made.refuse(order_refusal::declined, of.balance);
    if (!of.promise.empty()) {
        made.refuse(order_refusal::promise_open, of.balance);
        made.came.until = operations_.at(of.promise).due;
        return;
    }
    if (of.balance - order.amount - order.fee < order.least)
        return made.refuse(order_refusal::short_of, of.balance);
    const account* const to = find(order.to, made.at);
    if (to == nullptr || to->balance + order.amount > most_money)
        return made.refuse(order_refusal::unknown_party, of.balance);
    made.move(order.who, order.to, movement_kind::transfer, order.amount);
    made.move(order.who, own_purse::fees, movement_kind::transfer_fee, order.fee);
    made.say_done(order.who, of.balance);
    made.came.points = of.points;
    made.came.party_balance = to->balance + order.amount;
}

} // namespace kabinet::simulator
