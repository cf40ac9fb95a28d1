// What came in and went, a month of the pack's zone at a time. Nothing of it is kept here: which month and
// from where on stands in the address.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"
#include "gateway/clocks.hpp"
#include "menus/format.hpp"
#include "values/money.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace kabinet::gateway::account {

using door::answer;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr int months_shown = 7; // this one and half a year before it

/// How many months ago: 0 for anything that isn't one of those shown.
int read_months_back(const door::request& asked) {
    const std::string_view text = find_field(asked, "back");
    int back = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), back);
    const bool is_shown =
        wrong == std::errc{} && end == text.data() + text.size() && back > 0 && back < months_shown;
    return is_shown ? back : 0;
}

struct period {
    utc_time from{};
    std::optional<utc_time> until; // none: now
    bool is_continued = false;     // not from the month's end on
};

period read_period(const door::request& asked, std::string_view zone, utc_time now) {
    period made{menus::month_begins(zone, now), std::nullopt, false};
    for (int back = read_months_back(asked); back > 0; --back) {
        made.until = made.from;
        made.from = menus::month_begins(zone, made.from - 1s);
    }
    const auto older = read_iso(find_field(asked, "until"));
    if (older && *older > made.from && (!made.until || *older < *made.until)) {
        made.until = older;
        made.is_continued = true;
    }
    return made;
}

std::string say_kind(const words& speaks, const json& one) {
    const std::string name = "statement.kind_" + text_of(one, "kind");
    return std::string{speaks.say(speaks.find(name) != nullptr ? name : "statement.kind_other")};
}

} // namespace

std::string site::write_period(const visit& of) {
    const period asked = read_period(of.asked, of.pack->zone, read_clocks().utc);
    const std::string from = write_iso(asked.from);
    if (!asked.until)
        return write_guest_body(of, {{"from", from}});
    return write_guest_body(of, {{"from", from}, {"until", write_iso(*asked.until)}});
}

answer site::show_statement(visit& of) const {
    const pen writes{*of.pack, *of.speaks};
    const period asked = read_period(of.asked, of.pack->zone, read_clocks().utc);
    const int back = read_months_back(of.asked);
    const utc_time last = asked.until && !asked.is_continued ? *asked.until - 1s : read_clocks().utc;
    page_values values{{"from", writes.forms.write_day(asked.from)}, {"to", writes.forms.write_day(last)}};
    if (back + 1 < months_shown)
        values["earlier"] = fmt::format("/account/statement?back={}", back + 1);
    if (back > 0)
        values["later"] = fmt::format("/account/statement?back={}", back - 1);
    if (!of.seen)
        return show(of, "statement", {{"is_away", "yes"}});
    const json& said = of.seen->said;
    if (!asked.is_continued) {
        values["has_sums"] = "yes";
        values["income"] = writes.write_sum(said, "income");
        values["spent"] = writes.write_sum(said, "spent");
    }
    if (const std::string older = text_of(said, "older_until"); !older.empty())
        values["older"] = fmt::format("/account/statement?back={}&until={}", back, older);
    page_rows rows;
    for (const json& each : list_of(said, "movements"))
        rows["movements"].push_back({{"at", writes.write_time(each, "at")},
                                     {"what", say_kind(*of.speaks, each)},
                                     {"amount", writes.write_sum(each, "amount")}});
    if (!asked.is_continued)
        for (const json& each : list_of(said, "totals"))
            rows["totals"].push_back(
                {{"what", say_kind(*of.speaks, each)}, {"amount", writes.write_sum(each, "amount")}});
    if (!rows["totals"].empty())
        values["has_totals"] = "yes";
    if (rows["movements"].empty())
        values["is_empty"] = "yes";
    return show(of, "statement", std::move(values), rows);
}

} // namespace kabinet::gateway::account
