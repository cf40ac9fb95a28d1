#include "simulator/billing_line.hpp"

#include "simulator/billing_words.hpp"
#include "simulator/named_values.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::simulator {

namespace {

using step = billing_change::step;

constexpr std::array<std::pair<step, std::string_view>, 9> steps{{
    {step::opened, "opened"},
    {step::began, "began"},
    {step::ended, "ended"},
    {step::cancelled, "cancelled"},
    {step::returned, "returned"},
    {step::paid, "paid"},
    {step::charged, "charged"},
    {step::paused, "paused"},
    {step::dropped, "dropped"},
}};

constexpr std::array<std::pair<own_purse, std::string_view>, 6> own_purses{{
    {own_purse::opening, "opening"},
    {own_purse::vouchers, "vouchers"},
    {own_purse::payments, "payments"},
    {own_purse::bonuses, "bonuses"},
    {own_purse::promises, "promises"},
    {own_purse::fees, "fees"},
}};

std::string write_purse_name(const billing_purse& of) {
    if (const auto* const own = std::get_if<own_purse>(&of))
        return std::string{find_name(own_purses, *own)};
    return std::get<msisdn>(of).text();
}

std::optional<billing_purse> read_purse_name(std::string_view name) {
    if (const auto own = find_value(own_purses, name))
        return *own;
    if (const auto who = read_number(name))
        return *who;
    return std::nullopt;
}

std::string write_entries(const std::vector<billing_entry>& those) {
    std::string rows;
    for (const billing_entry& each : those)
        rows += fmt::format(R"({}["{}","{}","{}"])", rows.empty() ? "" : ",", write_purse_name(each.purse),
                            name_of(each.kind), write_money(each.amount));
    return rows;
}

bool names_operation(step is) {
    return is == step::began || is == step::ended || is == step::cancelled || is == step::returned;
}

bool names_ware(step is) {
    return is == step::charged || is == step::paused || is == step::dropped;
}

/// Takes a line apart; all of it is of no use once something in it isn't as `write_line` makes it.
class line_reader {
  public:
    explicit line_reader(const nlohmann::json& from)
        : from_{from} {}

    std::optional<billing_change> read() {
        billing_change made;
        made.is = take(find_value(steps, text("is")));
        made.at = take(read_date_time(text("at")));
        if (names_operation(made.is))
            made.id = text("id");
        else
            made.who = take(read_number(text("who")));
        if (made.is == step::opened)
            made.points = number("points");
        if (names_ware(made.is))
            made.ware = {take(read_ware_kind(text("kind"))), text("name")};
        if (made.is == step::began || made.is == step::ended)
            made.order = take_order();
        if (made.is == step::began)
            made.ends = take(read_date_time(text("ends")));
        if (made.is == step::ended)
            made.came = take(read_end(object("came")));
        if (const auto rows = from_.find("entries"); rows != from_.end() && rows->is_array())
            for (const nlohmann::json& row : *rows)
                made.entries.push_back(read_entry(row));
        return is_right_ ? std::optional{std::move(made)} : std::nullopt;
    }

  private:
    template <class Value>
    Value take(std::optional<Value> read) {
        is_right_ = is_right_ && read.has_value();
        return std::move(read).value_or(Value{});
    }

    static std::optional<std::string> text_of(const nlohmann::json& value) {
        return value.is_string() ? std::optional{value.get<std::string>()} : std::nullopt;
    }

    const nlohmann::json& find(const char* name) {
        static const nlohmann::json nothing;
        const auto found = from_.find(name);
        is_right_ = is_right_ && found != from_.end();
        return found == from_.end() ? nothing : *found;
    }

    std::string text(const char* name) { return take(text_of(find(name))); }
    std::string object(const char* name) { return find(name).dump(); }

    std::int64_t number(const char* name) {
        const nlohmann::json& found = find(name);
        return take(found.is_number_integer() ? std::optional{found.get<std::int64_t>()} : std::nullopt);
    }

    std::optional<billing_order> take_order() {
        auto read = read_order(object("order"));
        is_right_ = is_right_ && read.has_value();
        return read ? std::optional{std::move(*read)} : std::nullopt;
    }

    billing_entry read_entry(const nlohmann::json& row) {
        if (!row.is_array() || row.size() != 3) {
            is_right_ = false;
            return {};
        }
        billing_entry read;
        read.purse = take(read_purse_name(take(text_of(row[0]))));
        read.kind = take(read_movement_kind(take(text_of(row[1]))));
        read.amount = take(read_sum(take(text_of(row[2]))));
        return read;
    }

    const nlohmann::json& from_;
    bool is_right_ = true;
};

} // namespace

std::string write_line(const billing_change& what) {
    std::string line = fmt::format(R"({{"is":"{}","at":"{}")", find_name(steps, what.is), write_iso(what.at));
    if (names_operation(what.is))
        line += fmt::format(R"(,"id":"{}")", what.id);
    else
        line += fmt::format(R"(,"who":"{}")", what.who.text());
    if (what.is == step::opened)
        line += fmt::format(R"(,"points":{})", what.points);
    if (names_ware(what.is))
        line += fmt::format(R"(,"kind":"{}","name":"{}")", name_of(what.ware.kind), what.ware.name);
    if (what.is == step::began)
        line += fmt::format(R"(,"ends":"{}")", write_iso(what.ends));
    if (what.order)
        line += fmt::format(R"(,"order":{})", write_order(*what.order));
    if (what.is == step::ended)
        line += fmt::format(R"(,"came":{})", write_end(what.came));
    if (what.is != step::began && what.is != step::cancelled)
        line += fmt::format(R"(,"entries":[{}])", write_entries(what.entries));
    return line + '}';
}

std::optional<billing_change> read_line(std::string_view line) {
    const nlohmann::json parsed = nlohmann::json::parse(line, nullptr, false);
    return parsed.is_object() ? line_reader{parsed}.read() : std::nullopt;
}

} // namespace kabinet::simulator
