#include "gateway/walk_examples.hpp"

#include "menus/machine.hpp"

#include <algorithm>

namespace kabinet::gateway {

using menus::action_kind;
using namespace std::chrono_literals;

namespace {

/// Of the first thing that the pack sells.
menus::title_name first_title(const menus::definition& pack) {
    const auto found = std::ranges::find_if(
        pack.offers, [](const menus::offer& each) { return each.kind != menus::offer_kind::promise; });
    return found == pack.offers.end() ? menus::title_name{} : menus::title_of(found->kind, view(found->name));
}

} // namespace

walk_examples::walk_examples(msisdn who, utc_time now)
    : who_{who}
    , now_{now}
    , password_{"examp1es"} // as long as those that are issued
    , reply_{"4172"}
    , operations_{{now - 1h, "issue_password", "ussd"},
                  {now - 26h, "log_in", "portal"},
                  {now - 49h, "set_language", "ussd"},
                  {now - 200h, "choose_password", "sms"}}
    , movements_{{now - 1h, "voucher", money::from_minor(10'000)},
                 {now - 30h, "transfer_fee", money::from_minor(-500)},
                 {now - 30h, "transfer", money::from_minor(-10'050)}} {}

std::vector<menus::holding> walk_examples::listed_by(action_kind of, const menus::definition& pack) const {
    const auto make = [&](std::string_view line, menus::offer_kind kind) {
        const auto found = std::ranges::find(pack.offers, kind, &menus::offer::kind);
        return menus::holding{line,
                              menus::title_of(kind, found == pack.offers.end() ? "" : view(found->name)),
                              found == pack.offers.end() ? money{} : found->fee, 50, now_ + 240h};
    };
    if (of == action_kind::list_services)
        return {make("paid", menus::offer_kind::service), make("free", menus::offer_kind::service)};
    if (of == action_kind::show_packages)
        return {make("minutes", menus::offer_kind::package), make("megabytes", menus::offer_kind::package)};
    return {};
}

menus::fields walk_examples::at(const menus::definition& pack, const menus::place& at,
                                std::string_view code) const {
    menus::fields known = menus::fields_of(pack, at, now_);
    known.until = known.until.value_or(now_ + pack.passwords.life);
    known.balance = money::from_minor(12'050);
    known.points = 35;
    known.amount = known.amount.value_or(money::from_minor(10'000));
    known.fee = known.fee.value_or(money::from_minor(1'000));
    known.party = known.party.value_or(who_);
    known.income = money::from_minor(35'050);
    known.spent = money::from_minor(4'500);
    known.movements = movements_;
    known.totals = movements_;
    known.at = now_ - 1h;
    known.login = who_;
    known.password = &password_;
    known.count = operations_.size();
    known.code = code;
    known.operations = operations_;
    known.title = known.title.value_or(first_title(pack));
    known.other = known.title;
    known.price = known.price.value_or(money::from_minor(5'000));
    known.period = known.period.value_or(std::chrono::days{30});
    if (menus::is_connected(pack, at).value_or(false))
        known.has = menus::holding_state::held;
    return known;
}

} // namespace kabinet::gateway
