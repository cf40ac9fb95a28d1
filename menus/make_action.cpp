#include "menus/make_action.hpp"

#include "menus/entry.hpp"
#include "menus/typed.hpp"
#include "values/text.hpp"

namespace kabinet::menus {

namespace {

/// At a prompt the number was asked for before; by SMS it stands before the word.
template <class Action>
Action take_word(const definition& pack, std::string_view argument, const kept_entries& kept) {
    Action made;
    made.whose = kept.number;
    if (kept.number == msisdn{}) {
        const split_text typed = split(argument);
        if (const auto number = normalise(typed.first, pack.numbers))
            made.whose = *number;
        argument = typed.rest;
    }
    made.word = secret{argument};
    return made;
}

} // namespace

action make_action(const definition& pack, const does& what, std::string_view argument,
                   const kept_entries& kept) {
    switch (what.what) {
    case action_kind::issue_password:
        return issue_password{};
    case action_kind::choose_password:
        return choose_password{secret{argument}};
    case action_kind::tell:
        return tell{what.text};
    case action_kind::set_language:
        return set_language{what.chosen};
    case action_kind::list_archive:
        return list_archive{};
    case action_kind::explain_login:
        return explain_login{};
    case action_kind::close_portal:
        return close_portal{};
    case action_kind::ask_code:
        return ask_code{};
    case action_kind::skip_code:
        return skip_code{};
    case action_kind::show_balance:
        return show_balance{};
    case action_kind::top_up:
        return top_up{digits_of_voucher(argument)};
    case action_kind::take_promise:
        return take_promise{pack.offers.at(what.about), pack.promise_floor};
    case action_kind::show_spending:
        return show_spending{};
    case action_kind::list_movements:
        return list_movements{};
    case action_kind::connect_service:
        return connect_service{pack.offers.at(what.about)};
    case action_kind::disconnect_service:
        return disconnect_service{pack.offers.at(what.about).name};
    case action_kind::change_tariff:
        return change_tariff{pack.offers.at(what.about)};
    case action_kind::buy_package:
        return buy_package{pack.offers.at(what.about)};
    case action_kind::stop_package:
        return stop_package{pack.offers.at(what.about).name};
    case action_kind::list_services:
        return list_services{};
    case action_kind::show_tariff:
        return show_tariff{};
    case action_kind::show_packages:
        return show_packages{};
    case action_kind::block_number:
        return block_number{};
    case action_kind::block_other:
        return take_word<block_other>(pack, argument, kept);
    case action_kind::unblock_other:
        return take_word<unblock_other>(pack, argument, kept);
    case action_kind::call_back:
        return call_back{};
    case action_kind::transfer:
        return transfer{kept.number, kept.amount, pack.transfers.fee};
    }
    return tell{what.text};
}

} // namespace kabinet::menus
