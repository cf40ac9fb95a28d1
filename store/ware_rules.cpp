#include "store/rules.hpp"

namespace kabinet::store {
namespace {

bool is_short(const ware_terms& on, const purse_facts& purse) {
    return on.at_once() > money{} && purse.balance < on.at_once();
}

/// When the period that begins now is over.
std::optional<utc_time> end_of(const ware_terms& on, utc_time now) {
    return on.period == std::chrono::seconds{} ? std::nullopt : std::optional{now + on.period};
}

} // namespace

decision judge(const connect_service& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::connect_service, account, by))
        return *refused;
    if (account.purse.ware.is_held)
        return {verdict::already_connected, std::nullopt};
    if (!account.purse.ware.conflict.empty())
        return {verdict::conflict, std::nullopt};
    if (is_short(wish.on, account.purse))
        return {verdict::short_of, std::nullopt};
    return {verdict::connected, end_of(wish.on, now)};
}

decision judge(const disconnect_service&, const standing& account, const caller& by, utc_time) {
    if (const auto refused = refuse_change(effect_kind::disconnect_service, account, by))
        return *refused;
    return {account.purse.ware.is_held ? verdict::disconnected : verdict::not_connected, std::nullopt};
}

decision judge(const change_tariff& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::change_tariff, account, by))
        return *refused;
    if (account.purse.ware.is_held)
        return {verdict::already_connected, std::nullopt};
    if (is_short(wish.on, account.purse))
        return {verdict::short_of, std::nullopt};
    return {verdict::switched, end_of(wish.on, now)};
}

decision judge(const buy_package& wish, const standing& account, const caller& by, utc_time now) {
    if (const auto refused = refuse_change(effect_kind::buy_package, account, by))
        return *refused;
    if (is_short(wish.on, account.purse))
        return {verdict::short_of, std::nullopt};
    if (!is_within_bounds(account.purse.ware.left + wish.holds))
        return {verdict::full_purse, std::nullopt};
    return {account.purse.ware.is_held ? verdict::extended : verdict::bought, end_of(wish.on, now)};
}

decision judge(const stop_package&, const standing& account, const caller& by, utc_time) {
    if (const auto refused = refuse_change(effect_kind::stop_package, account, by))
        return *refused;
    if (!account.purse.ware.is_held)
        return {verdict::not_connected, std::nullopt};
    return {verdict::stopped, account.purse.ware.due};
}

} // namespace kabinet::store
