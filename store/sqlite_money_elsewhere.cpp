#include "store/sqlite_money.hpp"

#include <utility>

namespace kabinet::store::sqlite {

purse_facts money_desk::look_elsewhere(const request& wish, const top_up& what,
                                       const std::optional<account_row>& account) {
    purse_facts purse;
    const code_row wrong = in_.codes.find(place_of(wish, account), code_purpose::voucher);
    if (!is_over(wrong.expires, wish.now.utc, wrong.life) && wrong.tries >= what.most_wrong)
        purse.vouchers_again = wrong.expires;
    purse.voucher = voucher_state::good;
    return purse;
}

purse_facts money_desk::look_elsewhere(const request&, const take_promise& what,
                                       const std::optional<account_row>&) {
    purse_facts purse;
    purse.balance = what.floor;
    return purse;
}

purse_facts money_desk::look_elsewhere(const request& wish, const transfer& what,
                                       const std::optional<account_row>& account) {
    purse_facts purse;
    purse.balance = what.amount + what.fee + what.least;
    purse.is_party_known = true;
    if (account)
        given_ = in_.orders.list_given(account->id, wish.now.utc - longest_window);
    else
        given_.clear();
    purse.given = given_;
    return purse;
}

purse_facts money_desk::look_elsewhere(const request&, const pay_in&, const std::optional<account_row>&) {
    return {};
}

order_row money_desk::order(const request& wish, const account_row& account) {
    order_row made;
    made.name = name_operation(keys_, wish);
    made.wish = wish.id;
    made.who = wish.by.who;
    made.account = account.id;
    made.what = kind_of(wish.what);
    made.by = wish.by.by;
    made.at = wish.now.utc;
    if (const auto* typed = std::get_if<top_up>(&wish.what)) {
        const auto place = place_of(wish, account);
        code_row tries = in_.codes.find(place, code_purpose::voucher);
        if (is_over(tries.expires, wish.now.utc, tries.life))
            tries.tries = 0;
        ++tries.tries;
        tries.life = typed->closed_for;
        tries.expires = wish.now.utc + typed->closed_for;
        in_.codes.put(place, code_purpose::voucher, tries);
        made.is_last_try = tries.tries >= typed->most_wrong;
    }
    if (const auto* lent = std::get_if<take_promise>(&wish.what)) {
        made.amount = lent->amount;
        made.fee = lent->fee;
    }
    if (const auto* given = std::get_if<transfer>(&wish.what)) {
        made.amount = given->amount;
        made.fee = given->fee;
        made.party = given->to;
        made.told = given->told;
    }
    return made;
}

void money_desk::note_ended(const order_row& order, const account_row& account, outcome& came) {
    const auto place = account_rows::place{account.id};
    code_row tries = in_.codes.find(place, code_purpose::voucher);
    if (came.is == verdict::wrong_voucher) {
        if (order.is_last_try) {
            came.is = verdict::vouchers_closed;
            came.until = tries.expires;
        }
        return;
    }
    if (tries.tries == 0)
        return;
    tries.tries = came.is == verdict::topped_up ? 0 : tries.tries - 1;
    in_.codes.put(place, code_purpose::voucher, tries);
}

void money_desk::tell_party(const order_row& order, const order_end& end, language speaks, utc_time now) {
    if (!order.party || !order.who || !end.party_balance)
        return;
    if (auto party = in_.accounts.find(*order.party)) {
        note(*order.party, *party, order.by, effect_kind::receive_transfer, now);
        in_.accounts.update(*party);
    }
    notice_row notice;
    notice.who = *order.party;
    notice.text = order.told;
    notice.speaks = speaks;
    notice.at = now;
    notice.says.amount = order.amount;
    notice.says.balance = end.party_balance;
    notice.says.party = *order.who;
    in_.notices.add(notice);
}

} // namespace kabinet::store::sqlite
