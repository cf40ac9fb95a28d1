#include "store/sqlite_wishes.hpp"

#include <chrono>
#include <utility>

namespace kabinet::store::sqlite {

using namespace std::chrono_literals;

begun_order wishes::open(const request& wish, account_row& account, outcome came, const fingerprint& mark) {
    came.is = verdict::under_way;
    came.until.reset();
    order_row order = money_.order(wish, account);
    if (const ware_terms* const on = terms_of(wish.what)) {
        order.amount = on->at_once();
        order.fee = on->fee;
    }
    order.about = came.about;
    if (wish.sms) {
        came.sms = order.sms = in_.outbox.next_id();
        order.when_done = wish.sms->when_done;
        order.when_refused = wish.sms->when_refused;
        in_.outbox.add(*came.sms, *wish.sms, wish.by.who, came, false, came.at);
    }
    in_.accounts.update(account);
    in_.orders.add(order);
    in_.inbox.add(wish.id, {mark, came, std::nullopt});
    return {std::move(came), order.name};
}

std::optional<outcome> wishes::end_order(const request_id& name, const order_end& end, bool is_late,
                                         utc_time now) {
    const auto order = in_.orders.find_open(name);
    if (!order)
        return std::nullopt;
    in_.orders.end(name, end.is, now);
    outcome came;
    came.is = end.is;
    came.at = now;
    came.until = end.until;
    const bool is_begun = came.is == verdict::connected || came.is == verdict::switched;
    if (is_begun && !came.until && order->about.period.value_or(0s) > 0s)
        came.until = order->at + *order->about.period; // it has a fee, and a text without a date denies that
    came.sums = end.says;
    came.sums.party = order->party;
    if (!came.sums.amount)
        came.sums.amount = order->amount;
    if (!is_refusal(came.is))
        came.sums.fee = order->fee;
    came.about = order->about;
    if (!end.conflict.empty())
        came.about.other = name_text(ware_kind::service, end.conflict);
    auto account = order->who ? in_.accounts.find(*order->who) : std::nullopt;
    if (!account || account->id != order->account) { // somebody else's number by now: nobody is to be told
        if (order->sms)
            in_.outbox.cancel(*order->sms);
        return came;
    }
    came.speaks = account->speaks;
    if (order->what == effect_kind::top_up)
        money_.note_ended(*order, *account, came);
    if (came.is == verdict::transferred)
        money_.tell_party(*order, end, account->speaks, now);
    const bool is_listed = !is_refusal(came.is) || order->by != channel::portal;
    enter(*order->who, order->by, order->what, came, is_listed ? &*account : nullptr);
    in_.accounts.update(*account);
    const auto birth = is_refusal(came.is) ? order->when_refused : order->when_done;
    if (order->sms) {
        in_.outbox.tell(*order->sms, came, birth, is_late);
        if (birth != result_sms::birth::never || is_late)
            came.sms = order->sms;
    }
    outcome heard = came;
    if (came.is == verdict::not_done && order->by != channel::portal) // there its name says which wish it is
        heard.until = now + tried_again_after;
    in_.inbox.end(order->wish, order->at, heard);
    return came;
}

} // namespace kabinet::store::sqlite
