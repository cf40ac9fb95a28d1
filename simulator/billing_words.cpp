#include "simulator/billing_words.hpp"

#include "simulator/named_values.hpp"
#include "simulator/plain_text.hpp"
#include "values/written_time.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace kabinet::simulator {

using json = nlohmann::ordered_json;

namespace {

constexpr std::array<std::pair<order_refusal, std::string_view>, 13> refusals{{
    {order_refusal::wrong_voucher, "wrong_voucher"},
    {order_refusal::used_voucher, "used_voucher"},
    {order_refusal::old_voucher, "old_voucher"},
    {order_refusal::promise_open, "promise_open"},
    {order_refusal::promise_unpaid, "promise_unpaid"},
    {order_refusal::below_floor, "below_floor"},
    {order_refusal::short_of, "short_of"},
    {order_refusal::unknown_party, "unknown_party"},
    {order_refusal::full_purse, "full_purse"},
    {order_refusal::already_connected, "already_connected"},
    {order_refusal::conflict, "conflict"},
    {order_refusal::not_connected, "not_connected"},
    {order_refusal::declined, "declined"},
}};

constexpr std::array<std::pair<operation_state, std::string_view>, 4> states{{
    {operation_state::open, "open"},
    {operation_state::done, "done"},
    {operation_state::refused, "refused"},
    {operation_state::cancelled, "cancelled"},
}};

constexpr std::array<std::pair<movement_kind, std::string_view>, 14> kinds{{
    {movement_kind::opening, "opening"},
    {movement_kind::voucher, "voucher"},
    {movement_kind::payment, "payment"},
    {movement_kind::bonus, "bonus"},
    {movement_kind::promise, "promise"},
    {movement_kind::promise_fee, "promise_fee"},
    {movement_kind::promise_return, "promise_return"},
    {movement_kind::transfer, "transfer"},
    {movement_kind::transfer_fee, "transfer_fee"},
    {movement_kind::service, "service"},
    {movement_kind::service_fee, "service_fee"},
    {movement_kind::tariff, "tariff"},
    {movement_kind::tariff_fee, "tariff_fee"},
    {movement_kind::package, "package"},
}};

constexpr std::array<std::pair<ware_kind, std::string_view>, 3> wares{{
    {ware_kind::service, "service"},
    {ware_kind::tariff, "tariff"},
    {ware_kind::package, "package"},
}};

json as_json(const billing_movement& one) {
    return {{"at", write_iso(one.at)}, {"kind", name_of(one.kind)}, {"amount", write_money(one.amount)}};
}

json as_json(const ware_held& one) {
    json written{{"kind", name_of(one.kind)},
                 {"name", one.on.name},
                 {"fee", write_money(one.on.fee)},
                 {"seconds", one.on.period.count()},
                 {"since", write_iso(one.since)}};
    if (one.due)
        written["due"] = write_iso(*one.due);
    written["paused"] = one.paused.has_value();
    if (one.kind != ware_kind::package)
        return written;
    written["renews"] = one.renews;
    written["minutes"] = one.holds.minutes;
    written["sms"] = one.holds.sms;
    written["megabytes"] = one.holds.megabytes;
    written["minutes_left"] = one.left.minutes;
    written["sms_left"] = one.left.sms;
    written["megabytes_left"] = one.left.megabytes;
    return written;
}

void put_sum(json& in, const char* name, const std::optional<money>& sum) {
    if (sum)
        in[name] = write_money(*sum);
}

} // namespace

std::string write_end(const operation_end& came) {
    json written{{"state", find_name(states, came.state)}};
    if (came.reason)
        written["reason"] = find_name(refusals, *came.reason);
    put_sum(written, "amount", came.amount);
    put_sum(written, "balance", came.balance);
    if (came.points)
        written["points"] = *came.points;
    if (came.until)
        written["until"] = write_iso(*came.until);
    put_sum(written, "party_balance", came.party_balance);
    if (came.is_extended)
        written["extended"] = true;
    if (came.conflict)
        written["conflict"] = *came.conflict;
    return written.dump();
}

std::optional<operation_end> read_end(std::string_view text) {
    const json parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object())
        return std::nullopt;
    bool is_right = true;
    // what isn't there is nothing; what is there and isn't as it should be is wrong
    const auto take = [&](const char* name, auto read) {
        const auto found = parsed.find(name);
        decltype(read(std::string{})) value;
        if (found == parsed.end())
            return value;
        if (found->is_string())
            value = read(found->template get<std::string>());
        is_right = is_right && value.has_value();
        return value;
    };
    operation_end came;
    const auto state = take("state", [](const std::string& name) { return find_value(states, name); });
    came.state = state.value_or(operation_state::open);
    came.reason = take("reason", [](const std::string& name) { return find_value(refusals, name); });
    came.amount = take("amount", read_sum);
    came.balance = take("balance", read_sum);
    came.until = take("until", read_date_time);
    came.party_balance = take("party_balance", read_sum);
    came.conflict = take("conflict", [](const std::string& name) { return std::optional{name}; });
    if (const auto extended = parsed.find("extended"); extended != parsed.end()) {
        is_right = is_right && extended->is_boolean();
        came.is_extended = extended->is_boolean() && extended->get<bool>();
    }
    if (const auto points = parsed.find("points"); points != parsed.end()) {
        is_right = is_right && points->is_number_integer();
        came.points = points->is_number_integer() ? std::optional{points->get<std::int64_t>()} : std::nullopt;
    }
    return is_right && state ? std::optional{came} : std::nullopt;
}

std::string write_purse(const purse_seen& seen) {
    json written{{"balance", write_money(seen.balance)}, {"points", seen.points}};
    if (seen.promise) {
        written["promised"] = write_money(seen.promise->amount);
        written["promised_until"] = write_iso(seen.promise->due);
    }
    return written.dump();
}

std::string write_movements(const movements_seen& seen) {
    json listed = json::array();
    for (const billing_movement& each : seen.last)
        listed.push_back(as_json(each));
    json totals = json::array();
    for (const movements_total& each : seen.totals)
        totals.push_back({{"kind", name_of(each.kind)}, {"amount", write_money(each.amount)}});
    return json{{"income", write_money(seen.income)},
                {"spent", write_money(seen.spent)},
                {"totals", std::move(totals)},
                {"movements", std::move(listed)}}
        .dump();
}

std::string write_holdings(const holdings_seen& seen) {
    json listed = json::array();
    for (const ware_held& each : seen.has)
        listed.push_back(as_json(each));
    return json{{"balance", write_money(seen.balance)}, {"holdings", std::move(listed)}}.dump();
}

std::string_view name_of(ware_kind of) {
    return find_name(wares, of);
}

std::optional<ware_kind> read_ware_kind(std::string_view name) {
    return find_value(wares, name);
}

std::string_view name_of(movement_kind of) {
    return find_name(kinds, of);
}

std::optional<movement_kind> read_movement_kind(std::string_view name) {
    return find_value(kinds, name);
}

std::optional<money> read_sum(std::string_view text) {
    constexpr std::size_t most_digits = 9;
    const std::string_view size = text.substr(text.starts_with('-') ? 1 : 0);
    const auto point = size.find('.');
    if (point == 0 || point > most_digits || size.size() != point + 3)
        return std::nullopt;
    if (!are_digits(size.substr(0, point)) || !are_digits(size.substr(point + 1)))
        return std::nullopt;
    return read_money(text);
}

std::optional<msisdn> read_number(std::string_view text) {
    if (text.size() < 7 || text.size() > 15 || text.front() == '0' || !are_digits(text))
        return std::nullopt;
    std::uint64_t digits = 0;
    std::from_chars(text.data(), text.data() + text.size(), digits);
    return msisdn::from_digits(digits);
}

bool is_operation_name(std::string_view text) {
    constexpr std::size_t digits = 32;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace kabinet::simulator
