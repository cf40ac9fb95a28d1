#include "gateway/upstream/billing_words.hpp"

#include "values/money.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>
#include <vector>

namespace kabinet::gateway::upstream {

using json = nlohmann::json;
using store::verdict;

namespace {

constexpr unsigned ok = 200;
constexpr unsigned accepted = 202;
constexpr unsigned not_found = 404;
/// With these a PUT did nothing, for certain.
constexpr std::array<unsigned, 6> nothing_done{400, 401, 403, 409, 422, 429};
constexpr int deepest = 3; // what docs/billing.yaml nests

/// As read: an object whose fields are looked for by name. What doesn't fit is nothing, and remembered.
class answer_object {
  public:
    explicit answer_object(json from)
        : from_(std::move(from)) // in braces it would be a list of one
        , is_whole_{from_.is_object()} {}

    /// False once anything that was there wasn't as it should be.
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] bool has(const char* name) const { return is_whole_ && from_.contains(name); }

    std::optional<std::string> text(const char* name) {
        if (!has(name))
            return std::nullopt;
        const json& value = from_[name];
        if (!value.is_string())
            return refuse();
        return value.get<std::string>();
    }
    std::optional<money> sum(const char* name) {
        const auto written = text(name);
        if (!written)
            return std::nullopt;
        const bool is_whole = written->size() > 3 && written->at(written->size() - 3) == '.';
        const auto read = is_whole ? read_money(*written) : std::nullopt; // a subscriber may type `100,5`
        if (!read)
            refuse();
        return read;
    }
    std::optional<utc_time> time(const char* name) {
        const auto written = text(name);
        if (!written)
            return std::nullopt;
        const auto read = read_iso(*written);
        if (!read)
            refuse();
        return read;
    }
    std::int64_t points() {
        if (!has("points"))
            return 0;
        const json& value = from_["points"];
        const bool fits = value.is_number_unsigned() &&
                          value.get<std::uint64_t>() <= static_cast<std::uint64_t>(most_money.minor());
        if (!fits)
            refuse();
        return fits ? value.get<std::int64_t>() : 0;
    }
    std::vector<json> list(const char* name) {
        if (!has(name) || !from_[name].is_array()) {
            refuse();
            return {};
        }
        return from_[name].get<std::vector<json>>();
    }

  private:
    std::nullopt_t refuse() {
        is_whole_ = false;
        return std::nullopt;
    }

    json from_;
    bool is_whole_;
};

/// Neither nested deeper than it may be nor with a field twice: who knows which of the two is meant.
std::optional<answer_object> parse(const http_answer& came) {
    using event = json::parse_event_t;
    bool is_plain = true;
    std::vector<std::set<std::string>> names; // of the objects that are open
    const auto watch = [&](int depth, event what, const json& value) {
        if (what == event::object_start || what == event::array_start)
            is_plain = is_plain && depth < deepest;
        if (what == event::object_start)
            names.emplace_back();
        else if (what == event::object_end)
            names.pop_back();
        else if (what == event::key)
            is_plain = names.back().insert(value.get<std::string>()).second && is_plain;
        return true;
    };
    answer_object read{json::parse(came.body, watch, false)};
    return is_plain && read.is_whole() ? std::optional{std::move(read)} : std::nullopt;
}

std::string name_in_path(const store::request_id& name) {
    std::string path = "/v1/operations/";
    for (const std::uint8_t each : name)
        fmt::format_to(std::back_inserter(path), "{:02x}", each);
    return path;
}

std::string write(const msisdn of) {
    return std::to_string(of.digits());
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
    return said;
}

/// What isn't in docs/billing.yaml is `declined`.
verdict refusal_named(std::string_view reason) {
    constexpr std::array known{verdict::wrong_voucher, verdict::used_voucher,   verdict::old_voucher,
                               verdict::promise_open,  verdict::promise_unpaid, verdict::below_floor,
                               verdict::short_of,      verdict::unknown_party,  verdict::full_purse};
    const auto found =
        std::ranges::find_if(known, [&](verdict each) { return store::name_of(each) == reason; });
    return found == known.end() ? verdict::declined : *found;
}

/// What an order of that kind must say of itself when it is done; nothing where it doesn't.
std::optional<store::order_end> read_done(answer_object& said, store::effect_kind what) {
    store::order_end end;
    end.says.balance = said.sum("balance");
    end.says.points = said.points();
    bool is_whole = end.says.balance.has_value();
    if (what == store::effect_kind::top_up) {
        end.is = verdict::topped_up;
        end.says.amount = said.sum("amount");
        is_whole = is_whole && end.says.amount;
    } else if (what == store::effect_kind::take_promise) {
        end.is = verdict::promised;
        end.until = said.time("until");
        is_whole = is_whole && end.until;
    } else {
        end.is = verdict::transferred;
        end.party_balance = said.sum("party_balance");
        is_whole = is_whole && end.party_balance;
    }
    return is_whole && said.is_whole() ? std::optional{end} : std::nullopt;
}

std::optional<store::order_end> read_end(answer_object& said, store::effect_kind what) {
    const auto state = said.text("state");
    if (state == "done")
        return read_done(said, what);
    store::order_end end;
    if (state == "refused") {
        end.is = refusal_named(said.text("reason").value_or(""));
        end.says.balance = said.sum("balance");
        end.until = said.time("until");
        // some texts of refusals can't do without what they say
        const bool says_balance = end.is == verdict::short_of || end.is == verdict::below_floor ||
                                  end.is == verdict::promise_unpaid;
        if ((says_balance && !end.says.balance) || (end.is == verdict::promise_open && !end.until))
            end.is = verdict::declined;
        return said.is_whole() ? std::optional{end} : std::nullopt;
    }
    return state == "cancelled" ? std::optional{end} : std::nullopt;
}

} // namespace

question ask_purse(msisdn who) {
    return {"GET", "/v1/accounts/" + write(who)};
}

question ask_movements(msisdn who, const store::movements_query& asked) {
    std::string target =
        fmt::format("/v1/accounts/{}/movements?totals_since={}&listed_since={}&most={}", write(who),
                    write_iso(asked.totals_since), write_iso(asked.listed_since), asked.most);
    if (asked.until)
        target += "&until=" + write_iso(*asked.until);
    return {"GET", std::move(target)};
}

question ask_order(const store::request_id& name, const store::request& wish) {
    return {"PUT", name_in_path(name), describe(wish).dump()};
}

question ask_after(const store::request_id& name) {
    return {"GET", name_in_path(name)};
}

question ask_to_cancel(const store::request_id& name) {
    return {"DELETE", name_in_path(name)};
}

std::optional<store::purse_view> read_purse(const http_answer& came) {
    store::purse_view seen;
    if (came.status == not_found)
        return seen;
    auto said = came.status == ok ? parse(came) : std::nullopt;
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
    if (came.status == not_found)
        return seen;
    auto said = came.status == ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    const auto income = said->sum("income");
    const auto spent = said->sum("spent");
    const auto listed = said->list("movements");
    if (!income || !spent || !said->is_whole())
        return std::nullopt;
    seen.is_known = true;
    seen.income = *income;
    seen.spent = *spent;
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

std::optional<order_answer> read_order(const http_answer& came, store::effect_kind what) {
    if (std::ranges::find(nothing_done, came.status) != nothing_done.end())
        return order_answer{order_answer::state::refused_unread, {}};
    if (came.status == not_found)
        return std::nullopt;
    return read_state(came, what);
}

std::optional<order_answer> read_state(const http_answer& came, store::effect_kind what) {
    if (came.status == accepted)
        return order_answer{order_answer::state::open, {}};
    if (came.status == not_found)
        return order_answer{order_answer::state::absent, {}};
    auto said = came.status == ok ? parse(came) : std::nullopt;
    if (!said)
        return std::nullopt;
    const auto end = read_end(*said, what);
    return end ? std::optional{order_answer{order_answer::state::ended, *end}} : std::nullopt;
}

} // namespace kabinet::gateway::upstream
