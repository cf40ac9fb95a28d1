#include "gateway/upstream/billing_words.hpp"

#include "gateway/upstream/billing_answer.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::upstream {

using json = nlohmann::json;

namespace {

constexpr std::int64_t longest_period = 3'155'760'000; // a hundred years, in seconds

std::string digits_of(const msisdn of) {
    return std::to_string(of.digits());
}

std::optional<store::ware_kind> find_ware_kind(std::string_view word) {
    constexpr std::array kinds{store::ware_kind::service, store::ware_kind::tariff,
                               store::ware_kind::package};
    const auto found =
        std::ranges::find_if(kinds, [&](store::ware_kind each) { return store::name_of(each) == word; });
    return found == kinds.end() ? std::nullopt : std::optional{*found};
}

/// Nothing where it isn't one.
std::optional<store::holding> read_holding(answer_object row) {
    store::holding one;
    const auto kind = find_ware_kind(row.text("kind").value_or(""));
    const auto name = row.ware("name");
    const auto fee = row.sum("fee");
    const auto since = row.time("since");
    const bool has_all = kind && name && fee && since && row.has("seconds");
    one.period = std::chrono::seconds{row.count("seconds", longest_period)};
    one.due = row.time("due");
    one.is_paused = row.flag("paused", false);
    one.renews = row.flag("renews", true);
    one.holds = {row.count("minutes", store::most_units), row.count("sms", store::most_units),
                 row.count("megabytes", store::most_units)};
    one.left = {row.count("minutes_left", store::most_units), row.count("sms_left", store::most_units),
                row.count("megabytes_left", store::most_units)};
    if (!has_all || *fee < money{} || !row.is_whole())
        return std::nullopt;
    one.kind = *kind;
    one.name = *name;
    one.fee = *fee;
    one.since = *since;
    return one;
}

} // namespace

question ask_purse(msisdn who) {
    return {"GET", "/v1/accounts/" + digits_of(who)};
}

question ask_movements(msisdn who, const store::movements_query& asked) {
    std::string target =
        fmt::format("/v1/accounts/{}/movements?totals_since={}&listed_since={}&most={}", digits_of(who),
                    write_iso(asked.totals_since), write_iso(asked.listed_since), asked.most);
    if (asked.until)
        target += "&until=" + write_iso(*asked.until);
    return {"GET", std::move(target)};
}

question ask_holdings(msisdn who) {
    return {"GET", "/v1/accounts/" + digits_of(who) + "/holdings"};
}

std::optional<store::purse_view> read_purse(const http_answer& came) {
    store::purse_view seen;
    if (came.status == http_not_found)
        return seen;
    auto said = came.status == http_ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    seen.is_known = true;
    const auto balance = said->sum("balance");
    seen.points = said->points();
    const auto lent = said->sum("promised");
    const auto due = said->time("promised_until");
    if (!balance || !said->is_whole() || lent.has_value() != due.has_value())
        return std::nullopt;
    seen.balance = *balance;
    if (lent)
        seen.promise = store::purse_view::loan{*lent, *due};
    return seen;
}

std::optional<store::movements_view> read_movements(const http_answer& came) {
    store::movements_view seen;
    if (came.status == http_not_found)
        return seen;
    auto said = came.status == http_ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    const auto income = said->sum("income");
    const auto spent = said->sum("spent");
    const auto totals = said->list("totals");
    const auto listed = said->list("movements");
    if (!income || !spent || !said->is_whole())
        return std::nullopt;
    seen.is_known = true;
    seen.income = *income;
    seen.spent = *spent;
    for (const json& each : totals) {
        answer_object row{each};
        const auto kind = store::find_entry_kind(row.text("kind").value_or(""));
        const auto amount = row.sum("amount");
        if (!kind || !amount)
            return std::nullopt;
        seen.totals.push_back({*kind, *amount});
    }
    for (const json& each : listed) {
        answer_object row{each};
        const auto at = row.time("at");
        const auto kind = store::find_entry_kind(row.text("kind").value_or(""));
        const auto amount = row.sum("amount");
        if (!at || !kind || !amount)
            return std::nullopt;
        seen.last.push_back({*at, *kind, *amount});
    }
    return seen;
}

std::optional<store::holdings_view> read_holdings(const http_answer& came) {
    store::holdings_view seen;
    if (came.status == http_not_found)
        return seen;
    auto said = came.status == http_ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    const auto balance = said->sum("balance");
    const auto listed = said->list("holdings");
    if (!balance || !said->is_whole())
        return std::nullopt;
    seen.is_known = true;
    seen.balance = *balance;
    for (const json& each : listed) {
        auto one = read_holding(answer_object{each});
        if (!one)
            return std::nullopt;
        seen.has.push_back(std::move(*one));
    }
    return seen;
}

} // namespace kabinet::gateway::upstream
