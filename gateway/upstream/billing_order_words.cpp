// Orders to a billing system, and what came of them.
#include "gateway/upstream/billing_answer.hpp"
#include "gateway/upstream/billing_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::upstream {

using json = nlohmann::json;
using store::effect_kind;
using store::verdict;

namespace {

constexpr unsigned accepted = 202;
/// With these a PUT did nothing, for certain.
constexpr std::array<unsigned, 6> nothing_done{400, 401, 403, 409, 422, 429};

std::string name_in_path(const store::request_id& name) {
    std::string path = "/v1/operations/";
    for (const std::uint8_t each : name)
        fmt::format_to(std::back_inserter(path), "{:02x}", each);
    return path;
}

std::string write(const msisdn of) {
    return std::to_string(of.digits());
}

void add_terms(const store::ware_terms& on, json& to) {
    to["name"] = on.name;
    to["price"] = write_money(on.price);
    to["fee"] = write_money(on.fee);
    to["seconds"] = on.period.count();
    to["kept"] = on.kept.count();
}

/// All that was read of it, for nobody there knows the pack.
void add_ware(const store::effect& what, json& to) {
    if (const auto* connected = std::get_if<store::connect_service>(&what)) {
        add_terms(connected->on, to);
        to["conflicts"] = connected->conflicts;
    }
    if (const auto* ended = std::get_if<store::disconnect_service>(&what))
        to["name"] = ended->name;
    if (const auto* changed = std::get_if<store::change_tariff>(&what)) {
        add_terms(changed->on, to);
        to["default"] = changed->is_default;
    }
    if (const auto* bought = std::get_if<store::buy_package>(&what)) {
        add_terms(bought->on, to);
        to["renews"] = bought->renews;
        to["minutes"] = bought->holds.minutes;
        to["sms"] = bought->holds.sms;
        to["megabytes"] = bought->holds.megabytes;
    }
    if (const auto* stopped = std::get_if<store::stop_package>(&what))
        to["name"] = stopped->name;
}

json describe(const store::request& wish) {
    json said{{"kind", store::name_of(kind_of(wish.what))}, {"msisdn", write(wish.by.who)}};
    if (std::holds_alternative<store::top_up>(wish.what))
        said["voucher"] = wish.carried.reveal();
    if (const auto* lent = std::get_if<store::take_promise>(&wish.what)) {
        said["offer"] = lent->offer;
        said["amount"] = write_money(lent->amount);
        said["fee"] = write_money(lent->fee);
        said["seconds"] = lent->term.count();
        said["floor"] = write_money(lent->floor);
    }
    if (const auto* given = std::get_if<store::transfer>(&wish.what)) {
        said["to"] = write(given->to);
        said["amount"] = write_money(given->amount);
        said["fee"] = write_money(given->fee);
        said["least"] = write_money(given->least);
    }
    add_ware(wish.what, said);
    return said;
}

/// Which refusals there are texts for, of what.
bool may_refuse(verdict why, effect_kind what) {
    using enum effect_kind;
    switch (why) {
    case verdict::wrong_voucher:
    case verdict::used_voucher:
    case verdict::old_voucher:
        return what == top_up;
    case verdict::promise_unpaid:
    case verdict::below_floor:
        return what == take_promise;
    case verdict::promise_open:
        return what == take_promise || what == transfer;
    case verdict::unknown_party:
        return what == transfer;
    case verdict::full_purse:
        return what == top_up || what == take_promise || what == transfer || what == buy_package;
    case verdict::short_of:
        return what == transfer || what == connect_service || what == change_tariff || what == buy_package;
    case verdict::already_connected:
        return what == connect_service || what == change_tariff;
    case verdict::conflict:
        return what == connect_service;
    case verdict::not_connected:
        return what == disconnect_service || what == stop_package;
    default:
        return false;
    }
}

/// What isn't in docs/billing.yaml, or not there of such an order, is `declined`.
verdict refusal_named(std::string_view reason, effect_kind what) {
    constexpr std::array known{verdict::wrong_voucher,     verdict::used_voucher,   verdict::old_voucher,
                               verdict::promise_open,      verdict::promise_unpaid, verdict::below_floor,
                               verdict::short_of,          verdict::unknown_party,  verdict::full_purse,
                               verdict::already_connected, verdict::conflict,       verdict::not_connected};
    const auto found = std::ranges::find_if(
        known, [&](verdict each) { return store::name_of(each) == reason && may_refuse(each, what); });
    return found == known.end() ? verdict::declined : *found;
}

verdict done_verdict(effect_kind what, bool is_extended) {
    switch (what) {
    case effect_kind::top_up:
        return verdict::topped_up;
    case effect_kind::take_promise:
        return verdict::promised;
    case effect_kind::connect_service:
        return verdict::connected;
    case effect_kind::disconnect_service:
        return verdict::disconnected;
    case effect_kind::change_tariff:
        return verdict::switched;
    case effect_kind::buy_package:
        return is_extended ? verdict::extended : verdict::bought;
    case effect_kind::stop_package:
        return verdict::stopped;
    default:
        return verdict::transferred;
    }
}

/// What an order of that kind must say of itself when it is done; nothing where it doesn't.
std::optional<store::order_end> read_done(answer_object& said, effect_kind what) {
    store::order_end end;
    end.is = done_verdict(what, said.flag("extended", false));
    end.says.balance = said.sum("balance");
    end.says.points = said.points();
    bool is_whole = end.says.balance.has_value();
    if (what == effect_kind::top_up) {
        end.says.amount = said.sum("amount");
        is_whole = is_whole && end.says.amount;
    }
    if (what == effect_kind::transfer) {
        end.party_balance = said.sum("party_balance");
        is_whole = is_whole && end.party_balance;
    }
    const bool has_term = what == effect_kind::take_promise || what == effect_kind::buy_package ||
                          what == effect_kind::stop_package;
    if (has_term || what == effect_kind::connect_service || what == effect_kind::change_tariff)
        end.until = said.time("until");
    is_whole = is_whole && (!has_term || end.until);
    return is_whole && said.is_whole() ? std::optional{end} : std::nullopt;
}

std::optional<store::order_end> read_end(answer_object& said, effect_kind what) {
    const auto state = said.text("state");
    if (state == "done")
        return read_done(said, what);
    store::order_end end;
    if (state == "refused") {
        end.is = refusal_named(said.text("reason").value_or(""), what);
        end.says.balance = said.sum("balance");
        end.until = said.time("until");
        // some texts of refusals can't do without what they say
        const bool says_balance = end.is == verdict::short_of || end.is == verdict::below_floor ||
                                  end.is == verdict::promise_unpaid;
        if ((says_balance && !end.says.balance) || (end.is == verdict::promise_open && !end.until))
            end.is = verdict::declined;
        const bool is_whole = said.is_whole();
        if (end.is == verdict::conflict) { // with something that no pack could name it is a refusal still
            end.conflict = said.ware("conflict").value_or("");
            end.is = end.conflict.empty() ? verdict::declined : end.is;
        }
        return is_whole ? std::optional{end} : std::nullopt;
    }
    return state == "cancelled" ? std::optional{end} : std::nullopt;
}

} // namespace

question ask_order(const store::request_id& name, const store::request& wish) {
    return {"PUT", name_in_path(name), describe(wish).dump()};
}

question ask_after(const store::request_id& name) {
    return {"GET", name_in_path(name)};
}

question ask_to_cancel(const store::request_id& name) {
    return {"DELETE", name_in_path(name)};
}

std::optional<order_answer> read_order(const http_answer& came, effect_kind what) {
    if (std::ranges::find(nothing_done, came.status) != nothing_done.end())
        return order_answer{order_answer::state::refused_unread, {}};
    if (came.status == http_not_found)
        return std::nullopt;
    return read_state(came, what);
}

std::optional<order_answer> read_state(const http_answer& came, effect_kind what) {
    if (came.status == accepted)
        return order_answer{order_answer::state::open, {}};
    if (came.status == http_not_found)
        return order_answer{order_answer::state::absent, {}};
    auto said = came.status == http_ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    const auto end = read_end(*said, what);
    return end ? std::optional{order_answer{order_answer::state::ended, *end}} : std::nullopt;
}

} // namespace kabinet::gateway::upstream
