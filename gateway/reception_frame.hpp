// The frame of each of the portal's wishes. For the files of `reception` alone.
#pragma once

#include "gateway/reception.hpp"

namespace kabinet::gateway {

[[nodiscard]] inline portal_answer refuse(std::string_view reason) {
    portal_answer told;
    told.is = portal_verdict::refused;
    told.reason = reason;
    return told;
}

template <class Wish>
reception::answering reception::receive(wish_kind what, Wish asked,
                                        answering (reception::*work)(const Wish&, const menus::definition&),
                                        std::optional<menus::action_kind> does) {
    if (auto stop = refuse_early(what, asked))
        co_return note(what, asked, std::move(*stop));
    if (auto stop = refuse_closed(does))
        co_return put_off(what, asked, std::move(*stop));
    if (!co_await take_turn(asked.who))
        co_return put_off(what, asked, {});
    struct turn {
        std::shared_ptr<turns> of;
        msisdn who;
        ~turn() { of->leave(who); }
    } const mine{turns_, asked.who};
    const auto pack = packs_().of(asked.who);
    portal_answer answer = co_await (this->*work)(asked, *pack);
    if (answer.is == portal_verdict::ok && asked.from && proves(what))
        visitors_.forgive(*asked.from, asked.who);
    if (answer.is == portal_verdict::try_later)
        co_return put_off(what, asked, std::move(answer));
    co_return note(what, asked, std::move(answer));
}

template <class Wish>
reception::answering reception::admit(Wish asked,
                                      answering (reception::*work)(const Wish&, const menus::definition&),
                                      std::optional<menus::action_kind> does) {
    const auto login = store::read_ticket(with_.keys, asked.session);
    if (!login || login->use != store::ticket_use::session || login->expires <= read_clocks().utc) {
        portal_answer over;
        over.is = portal_verdict::logged_out;
        co_return note(wish_kind::account, asked, std::move(over));
    }
    asked.login = *login;
    asked.who = login->who;
    co_return co_await receive(wish_kind::account, std::move(asked), work, does);
}

} // namespace kabinet::gateway
