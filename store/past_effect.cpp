#include "store/past_effect.hpp"

namespace kabinet::store {

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
    case effect_kind::call_back:
        return "call_back";
    case effect_kind::make_call:
        return "make_call";
    }
    return "unknown";
}

} // namespace kabinet::store
