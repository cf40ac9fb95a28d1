#include "gateway/archive.hpp"

#include <string_view>

namespace kabinet::gateway {
namespace {

constexpr std::size_t rows_looked_at = 50; // refusals of the SIM's wishes among them aren't operations

/// The word that packs have for it; what subscribers needn't tell apart is `other`.
std::string_view archive_word(store::effect_kind what) {
    switch (what) {
    case store::effect_kind::issue_password:
    case store::effect_kind::choose_password:
    case store::effect_kind::set_language:
    case store::effect_kind::log_in:
    case store::effect_kind::close_portal:
    case store::effect_kind::set_switch:
    case store::effect_kind::set_pin:
    case store::effect_kind::top_up:
    case store::effect_kind::take_promise:
    case store::effect_kind::pay_in:
    case store::effect_kind::return_promise:
    case store::effect_kind::transfer:
    case store::effect_kind::receive_transfer:
    case store::effect_kind::connect_service:
    case store::effect_kind::disconnect_service:
    case store::effect_kind::change_tariff:
    case store::effect_kind::buy_package:
    case store::effect_kind::stop_package:
    case store::effect_kind::block_number:
    case store::effect_kind::unblock_number:
        return store::name_of(what);
    case store::effect_kind::pause_ware:
        return "ware_paused";
    case store::effect_kind::resume_ware:
        return "ware_resumed";
    case store::effect_kind::renew_ware:
        return store::name_of(store::effect_kind::buy_package);
    case store::effect_kind::end_ware:
        return "ware_ended";
    case store::effect_kind::log_in_by_pin:
    case store::effect_kind::log_in_by_sim:
        return store::name_of(store::effect_kind::log_in);
    case store::effect_kind::block:
        return "access_blocked";
    case store::effect_kind::lift_limits:
        return "access_opened";
    case store::effect_kind::tell:
    case store::effect_kind::set_bar:
    case store::effect_kind::cool_down:
    case store::effect_kind::leave:
    case store::effect_kind::change_owner:
    case store::effect_kind::send_code:
    case store::effect_kind::erase:
    case store::effect_kind::knock:
        break;
    }
    return "other";
}

bool is_operation(const store::audit_entry& row) {
    return !store::is_refusal(row.came) && row.came != store::verdict::code_wanted &&
           row.what != store::effect_kind::tell;
}

} // namespace

boost::system::result<archive> find_archive(store::backend& in, msisdn who, utc_time now) {
    auto account = in.inspect(who, now);
    if (!account)
        return account.error();
    const auto rows = in.trace(who, rows_looked_at);
    if (!rows)
        return rows.error();
    archive found;
    found.account = std::move(*account);
    for (const store::audit_entry& each : *rows)
        if (is_operation(each) && found.operations.size() < menus::most_operations)
            found.operations.push_back({each.at, archive_word(each.what), store::name_of(each.by)});
    return found;
}

} // namespace kabinet::gateway
