// What a billing system does by itself: what was lent goes back, what was begun ends, fees are taken.
#include "simulator/billing_books.hpp"

namespace kabinet::simulator {

namespace {

movement_kind fee_of(ware_kind of) {
    switch (of) {
    case ware_kind::service:
        return movement_kind::service_fee;
    case ware_kind::tariff:
        return movement_kind::tariff_fee;
    case ware_kind::package:
        break;
    }
    return movement_kind::package;
}

} // namespace

/// In the order of what is due, for one may lead to another.
void billing_books::catch_up(utc_time now) {
    while (true) {
        const auto ware = wares_.find_due();
        const bool is_operation = !due_.empty() && (!ware || due_.begin()->first <= ware->at);
        if (is_operation && due_.begin()->first <= now) {
            const auto [at, id] = *due_.begin();
            end_due(id, at);
        } else if (!is_operation && ware && ware->at <= now) {
            take_fee(*ware);
        } else {
            return;
        }
    }
}

void billing_books::end_due(const std::string& id, utc_time at) {
    const billing_order what = operations_.at(id).order.value();
    if (operations_.at(id).came.state == operation_state::open)
        return make(judge(id, what, at));
    const auto& lent = std::get<take_promise>(what);
    billing_change back;
    back.is = billing_change::step::returned;
    back.at = at;
    back.id = id;
    back.move(lent.who, own_purse::promises, movement_kind::promise_return, lent.amount);
    make(std::move(back));
}

/// A fee never brings a balance below nothing: what can't be paid is paused, and ends when it was kept for so
/// long.
void billing_books::take_fee(const billing_wares::due_ware& due) {
    using step = billing_change::step;
    const ware_held& one = *wares_.find(due.who, due.ware);
    const std::chrono::seconds kept = one.on.kept;
    const bool is_kept = !one.paused || kept == std::chrono::seconds{} || due.at < *one.paused + kept;
    billing_change made;
    made.at = due.at;
    made.who = due.who;
    made.ware = due.ware;
    if (!one.renews) {
        made.is = step::dropped;
    } else if (accounts_.at(due.who).balance >= one.on.fee) {
        made.is = step::charged;
        made.move(due.who, own_purse::fees, fee_of(one.kind), one.on.fee);
    } else if (!is_kept) {
        made.is = step::dropped;
    } else if (one.paused) {
        return wares_.leave_paused(due.who, due.ware);
    } else {
        made.is = step::paused;
    }
    make(std::move(made));
}

} // namespace kabinet::simulator
