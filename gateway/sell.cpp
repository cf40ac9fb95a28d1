#include "gateway/sell.hpp"

#include "gateway/perform_words.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace kabinet::gateway {

using namespace outcome_words;

namespace {

constexpr std::string_view shown_free = "shown_free";
constexpr std::string_view paused = "paused";

std::string text_of(const menus::offer_name& name) {
    return {name.data(), name.size()};
}

/// What costs no fee is never due.
store::ware_terms terms_of(const menus::offer& on) {
    const bool is_free = on.fee == money{};
    return {text_of(on.name), on.amount, on.fee, is_free ? std::chrono::seconds{} : on.term, on.kept};
}

std::optional<menus::title_name> title_named(std::string_view text) {
    if (text.empty() || text.size() > menus::title_name{}.max_size())
        return std::nullopt;
    return menus::title_name{text.data(), text.size()};
}

} // namespace

store::ware_kind ware_kind_of(menus::offer_kind kind) {
    if (kind == menus::offer_kind::tariff)
        return store::ware_kind::tariff;
    return kind == menus::offer_kind::package ? store::ware_kind::package : store::ware_kind::service;
}

store::connect_service connect(const menus::offer& on) {
    store::connect_service made{terms_of(on), {}};
    for (const menus::offer_name& each : on.conflicts)
        made.conflicts.push_back(text_of(each));
    return made;
}

store::change_tariff change_to(const menus::offer& on) {
    return {terms_of(on), on.is_default};
}

store::buy_package buy(const menus::offer& on) {
    return {terms_of(on), {on.minutes, on.sms, on.megabytes}, on.renews};
}

store::disconnect_service disconnect(const menus::offer_name& name) {
    return {text_of(name)};
}

store::stop_package stop(const menus::offer_name& name) {
    return {text_of(name)};
}

std::optional<store::effect> order_of(menus::action_kind what, const menus::offer& on) {
    switch (what) {
    case menus::action_kind::connect_service:
        return connect(on);
    case menus::action_kind::disconnect_service:
        return disconnect(on.name);
    case menus::action_kind::change_tariff:
        return change_to(on);
    case menus::action_kind::buy_package:
        return buy(on);
    case menus::action_kind::stop_package:
        return stop(on.name);
    default:
        return std::nullopt;
    }
}

std::string_view tell_tariff(const store::holdings_view& seen, const menus::definition& pack,
                             store::outcome& came) {
    const store::holding* const own = seen.find_tariff();
    if (own == nullptr) {
        const auto usual = std::ranges::find_if(pack.offers, [](const menus::offer& each) {
            return each.kind == menus::offer_kind::tariff && each.is_default;
        });
        if (usual != pack.offers.end())
            came.about.what = store::name_text(store::ware_kind::tariff, view(usual->name));
        return shown_free;
    }
    came.about.what = store::name_text(store::ware_kind::tariff, own->name);
    came.about.period = own->period;
    came.sums.fee = own->fee;
    came.until = own->due;
    if (own->is_paused)
        return paused;
    return own->due ? shown : shown_free;
}

std::optional<menus::title_name> title_of(const store::subject& about) {
    return title_named(about.what);
}

std::optional<menus::title_name> other_of(const store::subject& about) {
    return title_named(about.other);
}

bool has(const store::holdings_view& seen, const menus::offer& what) {
    if (what.kind == menus::offer_kind::promise)
        return false;
    const bool is_usual = what.is_default && seen.find_tariff() == nullptr;
    return is_usual || seen.find(ware_kind_of(what.kind), view(what.name)) != nullptr;
}

void add_state(const store::holdings_view& seen, const menus::offer& about, menus::fields& to) {
    if (!has(seen, about))
        return;
    to.has = menus::holding_state::held;
    const store::holding* const own = seen.find(ware_kind_of(about.kind), view(about.name));
    if (own == nullptr) // the tariff of whoever chose none
        return;
    if (own->is_paused)
        to.has = menus::holding_state::paused;
    to.fee = own->fee;
    if (own->period != std::chrono::seconds{})
        to.period = own->period;
}

} // namespace kabinet::gateway
