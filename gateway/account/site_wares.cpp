// What is sold to a guest: services, the tariff, packages. What it costs stands on a page of its own before
// anything is done, and the same price and fee are sent along then. Nothing of it is kept here.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using nlohmann::json;

namespace {

/// A kind of what is sold, with a page that lists it.
struct shelf {
    std::string_view page;
    std::string_view words; // begins the names of its words; the page's file too
    std::string_view asks;  // of the API
};
constexpr std::array shelves{shelf{"/account/services", "services", "/v1/services"},
                             shelf{"/account/tariff", "tariff", "/v1/tariff"},
                             shelf{"/account/packages", "packages", "/v1/packages"}};
constexpr const shelf& packages = shelves[2];

/// What is done with one of them, on a page that asks whether.
struct deed {
    std::string_view page;
    std::string_view words; // as a shelf's
    const shelf* of;
    std::string_view asks;
    bool ends = false;
};
constexpr std::array deeds{
    deed{"/account/service/connect", "service_connect", &shelves[0], "/v1/service/connect"},
    deed{"/account/service/disconnect", "service_disconnect", &shelves[0], "/v1/service/disconnect", true},
    deed{"/account/tariff/change", "tariff_change", &shelves[1], "/v1/tariff/change"},
    deed{"/account/package/buy", "package_buy", &shelves[2], "/v1/package/buy"},
    deed{"/account/package/stop", "package_stop", &shelves[2], "/v1/package/stop", true}};

template <class Rows>
const auto& find_at(const Rows& rows, std::string_view page) {
    return *std::ranges::find(rows, page, &Rows::value_type::page); // each has its route
}

bool is_held(const json& ware) {
    return text_of(ware, "state") != "off";
}

bool may_do(const deed& what, const json& ware) {
    const bool is_package = what.of == &packages;
    if (what.ends)
        return is_held(ware) && (!is_package || is_on(ware, "renews"));
    return is_on(ware, "sold") && (is_package || !is_held(ware));
}

/// What it is to whoever agrees to it now: of a package that is there already not what it was then.
json terms_now(const json& ware) {
    json now = ware;
    const auto anew = ware.find("anew");
    if (anew == ware.end() || !anew->is_object())
        return now;
    now.update(*anew);
    now["fee"] = text_of(ware, "price");
    return now;
}

/// All that somebody agrees to, to compare with what holds when he does.
std::string write_terms(const json& now) {
    return fmt::format("{} {} {} {} {} {} {}", text_of(now, "price"), text_of(now, "fee"),
                       count_of(now, "seconds"), count_of(now, "minutes"), count_of(now, "sms"),
                       count_of(now, "megabytes"), is_on(now, "renews"));
}

/// A package has one price, each time.
money at_once(const shelf& in, const json& now) {
    return &in == &packages ? sum_of(now, "price") : sum_of(now, "price") + sum_of(now, "fee");
}

/// `57 minutes, 100 SMS`: of which there is some, or was. `left_` before their names for what is left.
std::string write_units(const pen& writes, const json& ware, std::string_view before) {
    std::string made;
    for (const char* unit : {"minutes", "sms", "megabytes"})
        if (count_of(ware, unit) != 0)
            made += fmt::format("{}{}", made.empty() ? "" : ", ",
                                writes.count(fmt::format("packages.{}", unit),
                                             count_of(ware, fmt::format("{}{}", before, unit).c_str())));
    return made;
}

page_values describe(const pen& writes, const json& ware) {
    return {{"ware", text_of(ware, "title")},
            {"price", writes.write_sum(ware, "price")},
            {"fee", writes.write_sum(ware, "fee")},
            {"period", writes.write_term(count_of(ware, "seconds"))},
            {"due", writes.write_time(ware, "due")},
            {"holds", write_units(writes, ware, "")},
            {"left", write_units(writes, ware, "left_")}};
}

/// The word for what it costs, or for how it stands where the account has it.
std::string_view standing_of(const shelf& in, const json& ware) {
    const bool has_due = !text_of(ware, "due").empty();
    if (text_of(ware, "state") == "paused")
        return has_due ? "paused_due" : "paused";
    if (&in == &packages) {
        if (!is_held(ware))
            return is_on(ware, "renews") ? "terms" : "terms_once";
        return !has_due ? "on" : is_on(ware, "renews") ? "on_due" : "on_ends";
    }
    if (is_held(ware))
        return has_due ? "on_due" : "on";
    const bool has_price = sum_of(ware, "price") > money{};
    if (sum_of(ware, "fee") > money{})
        return has_price ? "terms_both" : "terms_fee";
    return has_price ? "terms_price" : "terms_free";
}

/// As a row of its list, with what may be done.
page_values describe_row(const pen& writes, const shelf& in, const json& ware, bool may_change) {
    page_values row = describe(writes, ware);
    if (!row["holds"].empty() && row["holds"] != row["ware"]) // some are called so
        row["holds_said"] = row["holds"] + ": ";
    row["standing"] = writes.say(fmt::format("{}.{}", in.words, standing_of(in, ware)), row);
    if (text_of(ware, "state") == "paused")
        row["is_paused"] = "yes";
    for (const deed& each : deeds)
        if (may_change && each.of == &in && may_do(each, ware)) {
            const bool is_again = !each.ends && is_held(ware);
            const std::string_view place = each.ends ? "stop" : "begin";
            row[std::string{place}] = fmt::format("{}?offer={}", each.page, text_of(ware, "offer"));
            row[fmt::format("{}_said", place)] =
                writes.speaks.say(fmt::format("{}.{}", in.words, is_again ? "again" : place));
        }
    return row;
}

/// Of what the account has; null where it goes with all of that.
const json* find_conflict(const json& said, const json& ware) {
    for (const json& each : list_of(ware, "conflicts")) {
        const json* other = each.is_string() ? find_offer(said, each.get<std::string>()) : nullptr;
        if (other != nullptr && is_held(*other))
            return other;
    }
    return nullptr;
}

/// What it costs, and what stands in its way.
page_values describe_terms(const pen& writes, const deed& what, const json& said, const json& now) {
    const money takes = at_once(*what.of, now);
    const money has = sum_of(said, "balance");
    const auto or_free = [&](const char* sum, const char* free) {
        return sum_of(now, sum) > money{} ? writes.write_sum(now, sum) : std::string{writes.speaks.say(free)};
    };
    page_values made = describe(writes, now);
    made["price_said"] = or_free("price", "wares.free");
    made["at_once"] =
        takes > money{} ? writes.write_sum(takes) : std::string{writes.speaks.say("wares.free")};
    made["balance"] = writes.write_sum(has);
    made["price_sent"] = text_of(now, "price");
    made["fee_sent"] = text_of(now, "fee");
    made["terms"] = write_terms(now);
    made["go"] = writes.say(fmt::format("{}.{}", what.words, takes > money{} ? "go" : "go_free"), made);
    if (sum_of(now, "fee") > money{})
        made["has_fee"] = "yes";
    if (is_on(now, "renews"))
        made["renews"] = "yes";
    const json* other = find_conflict(said, now);
    if (other != nullptr) {
        made["conflict"] = text_of(*other, "title");
        made["conflict_page"] = fmt::format("{}?offer={}", deeds[1].page, text_of(*other, "offer"));
    } else if (takes > money{} && has < takes) {
        made["missing"] = writes.write_sum(takes - has);
    } else {
        made["may_go"] = "yes";
    }
    return made;
}

/// What was done, in as many words as there is to tell.
std::string_view done_word(const json& came) {
    if (sum_of(came, "amount") == money{})
        return "done_free";
    return text_of(came, "until").empty() ? "done_once" : "done";
}

} // namespace

asio::awaitable<std::optional<answer>> site::look_for_wares(visit& of) {
    for (const shelf& each : shelves) {
        std::shared_ptr<told> seen;
        std::string body = write_guest_body(of, {});
        if (auto instead = co_await look(of, each.asks, std::move(body), seen))
            co_return std::move(*instead);
        if (seen && !offers_of(seen->said).empty())
            of.sells[fmt::format("sells_{}", each.words)] = "yes";
    }
    co_return std::nullopt;
}

answer site::show_wares(visit& of) const {
    const shelf& in = find_at(shelves, of.asked.path);
    if (!of.seen)
        return show(of, in.words, {{"is_away", "yes"}});
    const pen writes{*of.pack, *of.speaks};
    page_values values{{"balance", writes.write_sum(of.seen->said, "balance")}};
    page_rows rows;
    for (const json& each : offers_of(of.seen->said))
        rows[is_held(each) ? "own" : "others"].push_back(
            describe_row(writes, in, each, of.by->who->level != "view"));
    for (const char* group : {"own", "others"})
        if (!rows[group].empty())
            values[fmt::format("has_{}", group)] = "yes";
    return show(of, in.words, std::move(values), rows);
}

/// The address says which; after a form it is the form's.
answer site::show_ware(visit& of) const {
    const deed& what = find_at(deeds, of.asked.path);
    if (const std::string_view named = find_field(of.asked, "offer"); !named.empty())
        of.by->ware = named.substr(0, secret::capacity);
    const json* chosen = of.seen ? find_offer(of.seen->said, of.by->ware) : nullptr;
    if (chosen == nullptr || !may_do(what, *chosen))
        return go_to(what.of->page); // which says what is the matter
    const pen writes{*of.pack, *of.speaks};
    page_values values = what.ends ? describe(writes, *chosen)
                                   : describe_terms(writes, what, of.seen->said, terms_now(*chosen));
    values["offer"] = of.by->ware;
    values["list"] = what.of->page;
    if (what.ends && sum_of(*chosen, "fee") > money{})
        values["has_fee"] = "yes";
    if (is_held(*chosen))
        values["is_again"] = "yes";
    return show(of, what.words, std::move(values));
}

asio::awaitable<answer> site::order_ware(visit& of) {
    const deed& what = find_at(deeds, of.asked.path);
    if (auto back = find_empty(of, {{"offer", "form.over"}}))
        co_return std::move(*back);
    const std::string_view offer = of.entered.reveal("offer");
    of.by->ware = offer;
    std::string asked = write_guest_body(of, {});
    if (auto instead = co_await look(of, what.of->asks, std::move(asked), of.seen))
        co_return std::move(*instead);
    if (!of.seen)
        co_return tell_trouble(of, 503, "busy", say_when(of, std::chrono::seconds{1}));
    const json* chosen = find_offer(of.seen->said, offer);
    if (!what.ends && chosen != nullptr && write_terms(terms_now(*chosen)) != of.entered.reveal("terms"))
        co_return complain(of, {}, "wares.refused_terms");
    std::string body = what.ends ? write_guest_body(of, {{"offer", offer}})
                                 : write_guest_body(of, {{"offer", offer},
                                                         {"price", of.entered.reveal("price")},
                                                         {"fee", of.entered.reveal("fee")}});
    const told came = co_await ask(of, what.asks, std::move(body));
    if (came.status == 422) // no page of ours says so
        co_return complain(of, {}, "form.over");
    const auto title_of = [](const json* ware, std::string_view name) {
        return ware == nullptr ? std::string{name} : text_of(*ware, "title");
    };
    const pen writes{*of.pack, *of.speaks};
    if (!came.is_verdict("ok")) {
        answer made = tell_of_money(of, came, "wares", {});
        const std::string other = came.text("other");
        of.by->said["ware"] = title_of(chosen, offer);
        of.by->said["other"] = title_of(find_offer(of.seen->said, other), other);
        co_return made;
    }
    of.by->said = {{"ware", title_of(chosen, offer)},
                   {"amount", writes.write_sum(came.said, "amount")},
                   {"fee", writes.write_sum(came.said, "fee")},
                   {"balance", writes.write_sum(came.said, "balance")},
                   {"until", writes.write_time(came.said, "until")}};
    co_return finish(of, what.of->page,
                     fmt::format("{}.{}", what.words, what.ends ? "done" : done_word(came.said)));
}

} // namespace kabinet::gateway::account
