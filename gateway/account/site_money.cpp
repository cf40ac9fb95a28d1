// What a guest has and owes, a voucher that tops it up, a promised payment. Nothing of it is kept here. A
// price stands on a page of its own before anything is taken, and the same price is asked for then.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"
#include "values/money.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using nlohmann::json;

namespace {

constexpr std::string_view offers_page = "/account/promise";
constexpr std::string_view promise_terms_page = "/account/promise/confirm";

/// All that somebody agrees to, to compare with what holds when he does.
std::string terms_of(const json& offer) {
    return fmt::format("{} {} {}", text_of(offer, "amount"), text_of(offer, "fee"),
                       count_of(offer, "seconds"));
}

page_values describe_promise(const pen& writes, const json& offer) {
    page_values made{{"offer", text_of(offer, "offer")},
                     {"amount", writes.write_sum(offer, "amount")},
                     {"fee", writes.write_sum(offer, "fee")},
                     {"term", writes.write_term(count_of(offer, "seconds"))},
                     {"terms", terms_of(offer)}};
    const bool is_free = read_money(text_of(offer, "fee")) == money{};
    if (is_free)
        made["fee"] = writes.speaks.say("promise.free");
    made["fee_said"] = writes.say(is_free ? "promise.free" : "promise.fee", made);
    made["terms_said"] = writes.say("promise.terms", made);
    return made;
}

} // namespace

void site::add_purse(const visit& of, page_values& values, page_rows& rows) {
    if (!of.purse)
        return;
    const json& purse = of.purse->said;
    const pen writes{*of.pack, *of.speaks};
    values["has_purse"] = "yes";
    values["balance"] = writes.write_sum(purse, "balance");
    values["points"] = std::to_string(count_of(purse, "points"));
    values["promised"] = writes.write_sum(purse, "promised");
    values["promised_until"] = writes.write_time(purse, "promised_until");
    if (sum_of(purse, "transfer_max") > money{})
        values["has_transfers"] = "yes";
    for (const json& each : offers_of(purse))
        rows["offers"].push_back(describe_promise(writes, each));
    if (!rows["offers"].empty())
        values["has_offers"] = "yes";
}

answer site::show_top_up(visit& of) const {
    page_values values;
    page_rows rows;
    add_purse(of, values, rows);
    return show(of, "top_up", std::move(values));
}

answer site::show_promise(visit& of) const {
    page_values values;
    page_rows rows;
    add_purse(of, values, rows);
    for (page_values& row : rows["offers"])
        if (row["offer"] == of.by->offer)
            row["is_chosen"] = "yes";
    return show(of, "promise", std::move(values), rows);
}

answer site::show_terms(visit& of) const {
    const bool may_take = of.purse && !of.purse->said.contains("promised");
    const json* chosen = may_take ? find_offer(of.purse->said, of.by->offer) : nullptr;
    if (chosen == nullptr)
        return go_to(offers_page); // which says what is the matter
    const pen writes{*of.pack, *of.speaks};
    page_values values = describe_promise(writes, *chosen);
    values["balance"] = writes.write_sum(of.purse->said, "balance");
    return show(of, "promise_terms", std::move(values));
}

asio::awaitable<answer> site::top_up(visit& of) {
    if (auto back = find_empty(of, {{"voucher", "top_up.empty"}}))
        co_return std::move(*back);
    std::string body = write_guest_body(of, {{"voucher", of.entered.reveal("voucher")}});
    const told came = co_await ask(of, "/v1/top-up", std::move(body));
    if (!came.is_verdict("ok"))
        co_return tell_of_money(of, came, "top_up", "voucher");
    const pen writes{*of.pack, *of.speaks};
    of.by->said = {{"amount", writes.write_sum(came.said, "amount")},
                   {"balance", writes.write_sum(came.said, "balance")}};
    co_return finish(of, "/account", "top_up.done");
}

/// As often as anybody likes: it is only chosen, and nothing is asked of the API.
asio::awaitable<answer> site::choose_offer(visit& of) {
    if (auto back = find_empty(of, {{"offer", "promise.empty"}}))
        co_return std::move(*back);
    of.by->offer = of.entered.reveal("offer");
    co_return go_to(promise_terms_page);
}

asio::awaitable<answer> site::take_promise(visit& of) {
    std::string asked = write_guest_body(of, {});
    if (auto instead = co_await look(of, "/v1/balance", std::move(asked), of.purse))
        co_return std::move(*instead);
    if (!of.purse)
        co_return tell_trouble(of, 503, "busy", say_when(of, std::chrono::seconds{1}));
    const std::string_view offer = of.entered.reveal("offer");
    const json* chosen = find_offer(of.purse->said, offer);
    if (chosen != nullptr && terms_of(*chosen) != of.entered.reveal("terms"))
        co_return complain(of, {}, "promise_terms.changed");
    std::string body = write_guest_body(of, {{"offer", offer}});
    const told came = co_await ask(of, "/v1/promise/take", std::move(body));
    if (came.status == 200) // whatever came of it, it is no choice any more
        of.by->offer.clear();
    if (!came.is_verdict("ok"))
        co_return tell_of_money(of, came, "promise", {});
    const pen writes{*of.pack, *of.speaks};
    of.by->said = {{"amount", writes.write_sum(came.said, "amount")},
                   {"until", writes.write_time(came.said, "until")},
                   {"fee", writes.write_sum(came.said, "fee")},
                   {"balance", writes.write_sum(came.said, "balance")}};
    co_return finish(of, "/account", "promise.done");
}

/// Each reason has words of its own, of the one wish or of both; those of a field lead to it.
answer site::tell_of_money(visit& of, const told& came, std::string_view way, std::string_view at) {
    if (came.is_verdict("logged_out"))
        return put_out(of, "session.ended");
    if (came.is_verdict("under_way"))
        return finish(of, "/account", "money.under_way");
    if (auto trouble = came.is_verdict("refused") ? std::nullopt : find_trouble(of, came))
        return std::move(*trouble);
    if (came.status == 409) // another form went by this one's name
        return complain(of, {}, "form.over");
    const std::string reason = came.status == 422 ? "unreadable" : came.text("reason");
    if (reason == "level") {
        of.by->problem = "settings.level";
        return go_to("/account"); // where it is seen what is left
    }
    const std::string own = fmt::format("{}.refused_{}", way, reason);
    const std::string common = fmt::format("money.refused_{}", reason);
    const pen writes{*of.pack, *of.speaks};
    of.by->said = {{"until", writes.write_time(came.said, "until")}};
    if (of.speaks->find(own) != nullptr)
        return complain(of, at, own);
    return complain(of, {}, of.speaks->find(common) != nullptr ? common : "money.refused");
}

} // namespace kabinet::gateway::account
