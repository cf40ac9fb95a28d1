#include "store/effect.hpp"

namespace kabinet::store {

effect_kind kind_of(const effect& what) {
    struct {
        effect_kind operator()(const issue_password&) const { return effect_kind::issue_password; }
        effect_kind operator()(const choose_password&) const { return effect_kind::choose_password; }
        effect_kind operator()(const tell&) const { return effect_kind::tell; }
        effect_kind operator()(const set_language&) const { return effect_kind::set_language; }
        effect_kind operator()(const log_in&) const { return effect_kind::log_in; }
        effect_kind operator()(const send_code&) const { return effect_kind::send_code; }
        effect_kind operator()(const close_portal&) const { return effect_kind::close_portal; }
        effect_kind operator()(const set_switch&) const { return effect_kind::set_switch; }
        effect_kind operator()(const set_pin&) const { return effect_kind::set_pin; }
        effect_kind operator()(const log_in_by_pin&) const { return effect_kind::log_in_by_pin; }
        effect_kind operator()(const log_in_by_sim&) const { return effect_kind::log_in_by_sim; }
        effect_kind operator()(const top_up&) const { return effect_kind::top_up; }
        effect_kind operator()(const take_promise&) const { return effect_kind::take_promise; }
        effect_kind operator()(const pay_in&) const { return effect_kind::pay_in; }
        effect_kind operator()(const transfer&) const { return effect_kind::transfer; }
        effect_kind operator()(const connect_service&) const { return effect_kind::connect_service; }
        effect_kind operator()(const disconnect_service&) const { return effect_kind::disconnect_service; }
        effect_kind operator()(const change_tariff&) const { return effect_kind::change_tariff; }
        effect_kind operator()(const buy_package&) const { return effect_kind::buy_package; }
        effect_kind operator()(const stop_package&) const { return effect_kind::stop_package; }
        effect_kind operator()(const block_number&) const { return effect_kind::block_number; }
        effect_kind operator()(const unblock_number&) const { return effect_kind::unblock_number; }
    } constexpr name;
    return std::visit(name, what);
}

bool moves_money(const effect& what) {
    return std::visit([]<class Effect>(const Effect&) { return of_money<Effect> || of_wares<Effect>; }, what);
}

bool tells_network(const effect& what) {
    return std::visit([]<class Effect>(const Effect&) { return of_number<Effect>; }, what);
}

std::string_view name_of(effect_kind what) {
    switch (what) {
    case effect_kind::issue_password:
        return "issue_password";
    case effect_kind::choose_password:
        return "choose_password";
    case effect_kind::tell:
        return "tell";
    case effect_kind::set_language:
        return "set_language";
    case effect_kind::log_in:
        return "log_in";
    case effect_kind::send_code:
        return "send_code";
    case effect_kind::close_portal:
        return "close_portal";
    case effect_kind::set_switch:
        return "set_switch";
    case effect_kind::set_pin:
        return "set_pin";
    case effect_kind::log_in_by_pin:
        return "log_in_by_pin";
    case effect_kind::log_in_by_sim:
        return "log_in_by_sim";
    case effect_kind::top_up:
        return "top_up";
    case effect_kind::take_promise:
        return "take_promise";
    case effect_kind::pay_in:
        return "pay_in";
    case effect_kind::transfer:
        return "transfer";
    case effect_kind::receive_transfer:
        return "receive_transfer";
    case effect_kind::set_bar:
        return "set_bar";
    case effect_kind::block:
        return "block";
    case effect_kind::cool_down:
        return "cool_down";
    case effect_kind::lift_limits:
        return "lift_limits";
    case effect_kind::leave:
        return "leave";
    case effect_kind::change_owner:
        return "change_owner";
    case effect_kind::erase:
        return "erase";
    case effect_kind::knock:
        return "knock";
    case effect_kind::return_promise:
        return "return_promise";
    case effect_kind::connect_service:
        return "connect_service";
    case effect_kind::disconnect_service:
        return "disconnect_service";
    case effect_kind::change_tariff:
        return "change_tariff";
    case effect_kind::buy_package:
        return "buy_package";
    case effect_kind::stop_package:
        return "stop_package";
    case effect_kind::pause_ware:
        return "pause_ware";
    case effect_kind::resume_ware:
        return "resume_ware";
    case effect_kind::renew_ware:
        return "renew_ware";
    case effect_kind::end_ware:
        return "end_ware";
    case effect_kind::block_number:
        return "block_number";
    case effect_kind::unblock_number:
        return "unblock_number";
    }
    return "unknown";
}

std::string_view name_of(channel by) {
    switch (by) {
    case channel::ussd:
        return "ussd";
    case channel::sms:
        return "sms";
    case channel::portal:
        return "portal";
    case channel::staff:
        return "staff";
    case channel::feed:
        return "feed";
    }
    return "unknown";
}

std::string_view name_of(verdict is) {
    switch (is) {
    case verdict::issued:
        return "issued";
    case verdict::replaced:
        return "replaced";
    case verdict::replaced_chosen:
        return "replaced_chosen";
    case verdict::restored:
        return "restored";
    case verdict::chosen:
        return "chosen";
    case verdict::told:
        return "told";
    case verdict::language_set:
        return "set";
    case verdict::account_changed:
        return "changed";
    case verdict::logged_in_once:
        return "logged_in_once";
    case verdict::logged_in:
        return "logged_in";
    case verdict::logged_in_chosen:
        return "logged_in_chosen";
    case verdict::code_sent:
        return "code_sent";
    case verdict::code_under_way:
        return "code_under_way";
    case verdict::closed:
        return "closed";
    case verdict::code_wanted:
        return "code_wanted";
    case verdict::switched_on:
        return "switched_on";
    case verdict::switched_off:
        return "switched_off";
    case verdict::pin_set:
        return "pin_set";
    case verdict::logged_in_otherwise:
        return "logged_in_otherwise";
    case verdict::limit:
        return "limit";
    case verdict::barred:
        return "barred";
    case verdict::cooldown:
        return "cooldown";
    case verdict::unknown_number:
        return "unknown_number";
    case verdict::untrusted:
        return "untrusted";
    case verdict::wrong_password:
        return "wrong_password";
    case verdict::locked_out:
        return "locked_out";
    case verdict::wrong_code:
        return "wrong_code";
    case verdict::kept_chosen:
        return "kept_chosen";
    case verdict::no_login:
        return "no_login";
    case verdict::level:
        return "level";
    case verdict::wrong_word:
        return "wrong_word";
    case verdict::portal_limit:
        return "portal_limit";
    case verdict::blocked:
        return "blocked";
    case verdict::wrong_voucher:
        return "wrong_voucher";
    case verdict::used_voucher:
        return "used_voucher";
    case verdict::old_voucher:
        return "old_voucher";
    case verdict::vouchers_closed:
        return "vouchers_closed";
    case verdict::not_done:
        return "not_done";
    case verdict::declined:
        return "declined";
    case verdict::elsewhere:
        return "elsewhere";
    case verdict::under_way:
        return "under_way";
    case verdict::promise_open:
        return "promise_open";
    case verdict::promise_unpaid:
        return "promise_unpaid";
    case verdict::below_floor:
        return "below_floor";
    case verdict::full_purse:
        return "full_purse";
    case verdict::short_of:
        return "short_of";
    case verdict::unknown_party:
        return "unknown_party";
    case verdict::to_oneself:
        return "to_oneself";
    case verdict::day_limit:
        return "day_limit";
    case verdict::barred_debt:
        return "barred_debt";
    case verdict::barred_own_request:
        return "barred_own_request";
    case verdict::barred_inactivity:
        return "barred_inactivity";
    case verdict::barred_fraud:
        return "barred_fraud";
    case verdict::barred_lost:
        return "barred_lost";
    case verdict::barred_ended:
        return "barred_ended";
    case verdict::barred_by_owner:
        return "barred_by_owner";
    case verdict::not_blocked:
        return "not_blocked";
    case verdict::topped_up:
        return "topped_up";
    case verdict::promised:
        return "promised";
    case verdict::paid_in:
        return "paid_in";
    case verdict::transferred:
        return "transferred";
    case verdict::already_connected:
        return "already_connected";
    case verdict::not_connected:
        return "not_connected";
    case verdict::conflict:
        return "conflict";
    case verdict::connected:
        return "connected";
    case verdict::disconnected:
        return "disconnected";
    case verdict::switched:
        return "switched";
    case verdict::bought:
        return "bought";
    case verdict::extended:
        return "extended";
    case verdict::stopped:
        return "stopped";
    case verdict::restored_idle:
        return "restored_idle";
    case verdict::number_blocked:
        return "number_blocked";
    case verdict::number_unblocked:
        return "number_unblocked";
    case verdict::still_barred:
        return "still_barred";
    }
    return "unknown";
}

} // namespace kabinet::store
