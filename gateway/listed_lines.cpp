#include "gateway/listed_lines.hpp"

#include "gateway/sell.hpp"

#include <string_view>

namespace kabinet::gateway {
namespace {

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
    case store::effect_kind::call_back:
    case store::effect_kind::make_call:
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

void add_lines(const store::holding& of, std::vector<menus::holding>& to) {
    const store::subject about{store::name_text(of.kind, of.name), {}, {}};
    menus::holding line{"paid", title_of(about).value_or(menus::title_name{}), of.fee, 0, of.due};
    const auto add = [&](std::string_view word) {
        line.line = word;
        to.push_back(line);
    };
    if (of.is_paused)
        return add("paused");
    if (of.kind != store::ware_kind::package)
        return add(of.due ? "paid" : "free");
    struct units {
        std::string_view word;
        std::int64_t holds;
        std::int64_t left;
    };
    for (const units& each :
         {units{"minutes", of.holds.minutes, of.left.minutes}, units{"sms", of.holds.sms, of.left.sms},
          units{"megabytes", of.holds.megabytes, of.left.megabytes}}) {
        line.count = static_cast<std::uint64_t>(each.left);
        if (each.holds != 0)
            add(each.word);
    }
}

} // namespace

std::vector<menus::operation> operations_of(std::span<const store::past_effect> those) {
    std::vector<menus::operation> lines;
    for (const store::past_effect& each : those)
        lines.push_back({each.at, archive_word(each.what), store::name_of(each.by)});
    return lines;
}

listed_lines::listed_lines(const store::outcome& of)
    : operations_{operations_of(of.operations)} {
    for (const store::movement& each : of.movements)
        movements_.push_back({each.at, store::name_of(each.what), each.amount});
    for (const store::holding& each : of.holdings)
        add_lines(each, holdings_);
}

void listed_lines::add_to(menus::fields& known) const {
    known.movements = movements_;
    known.totals = movements_;
    known.holdings = holdings_;
    known.operations = operations_;
}

} // namespace kabinet::gateway
