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
        effect_kind operator()(const call_back&) const { return effect_kind::call_back; }
    } constexpr name;
    return std::visit(name, what);
}

bool moves_money(const effect& what) {
    return std::visit([]<class Effect>(const Effect&) { return of_money<Effect> || of_wares<Effect>; }, what);
}

bool tells_network(const effect& what) {
    return std::visit([]<class Effect>(const Effect&) { return of_number<Effect>; }, what);
}

} // namespace kabinet::store
