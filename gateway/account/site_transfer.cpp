// Money that a guest gives to another subscriber. There is no way back, so the number and the amount are read
// back on a page of their own, with the fee, before anything moves.
#include "gateway/account/browser.hpp"
#include "gateway/account/pen.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <fmt/format.h>

#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using nlohmann::json;

namespace {

constexpr std::string_view form_page = "/account/transfer";
constexpr std::string_view transfer_terms_page = "/account/transfer/confirm";
constexpr std::size_t longest_typed = 64; // blanks and all

page_values describe_bounds(const pen& writes, const json& purse) {
    page_values made{{"min", writes.write_sum(purse, "transfer_min")},
                     {"max", writes.write_sum(purse, "transfer_max")},
                     {"fee", writes.write_sum(purse, "transfer_fee")},
                     {"balance", writes.write_sum(purse, "balance")},
                     {"promised_until", writes.write_time(purse, "promised_until")}};
    const bool is_free = sum_of(purse, "transfer_fee") == money{};
    if (is_free)
        made["fee"] = writes.speaks.say("promise.free");
    made["fee_said"] = writes.say(is_free ? "promise.free" : "promise.fee", made);
    return made;
}

/// Among other words, in one line: with blanks and hyphens that don't break.
std::string write_party(msisdn who) {
    std::string made;
    for (const char each : write_number(who.text())) {
        if (each == ' ')
            made += "\u00a0";
        else if (each == '-')
            made += "\u2011";
        else
            made += each;
    }
    return made;
}

/// Nothing that must be left on the account is told, so this is short of it, or there would be too little.
std::string_view short_word(const json& purse, money whole) {
    return sum_of(purse, "balance") < whole ? "transfer.refused_short_of" : "transfer.refused_little_left";
}

/// What leads back to a field of the form, by why it was refused.
std::string_view field_of(std::string_view reason) {
    if (reason == "to_oneself" || reason == "unknown_party")
        return "to";
    if (reason == "amount" || reason == "day_limit")
        return "amount";
    return {};
}

} // namespace

answer site::show_transfer(visit& of) const {
    if (!of.purse)
        return show(of, "transfer");
    const pen writes{*of.pack, *of.speaks};
    page_values values = describe_bounds(writes, of.purse->said);
    values["has_purse"] = "yes";
    values["bounds"] = writes.say("transfer.bounds", values);
    values["to"] = of.by->transfer_to;
    values["amount"] = of.by->transfer_amount;
    if (!values["promised_until"].empty())
        values["is_lent"] = "yes";
    else if (sum_of(of.purse->said, "transfer_max") > money{})
        values["may_give"] = "yes";
    return show(of, "transfer", std::move(values));
}

answer site::show_transfer_terms(visit& of) const {
    const auto party = normalise(of.by->transfer_to, of.pack->numbers);
    const auto amount = read_money(of.by->transfer_amount);
    if (!of.by->is_transfer_read || !of.purse || !party || !amount)
        return go_to(form_page);
    const pen writes{*of.pack, *of.speaks};
    const json& purse = of.purse->said;
    page_values values = describe_bounds(writes, purse);
    values["party"] = write_number(party->text());
    values["amount"] = writes.write_sum(*amount);
    values["whole"] = writes.write_sum(*amount + sum_of(purse, "transfer_fee"));
    values["to_sent"] = party->text();
    values["amount_sent"] = of.by->transfer_amount;
    values["terms"] = text_of(purse, "transfer_fee");
    return show(of, "transfer_terms", std::move(values));
}

/// As often as anybody likes: nothing moves yet.
asio::awaitable<answer> site::read_transfer(visit& of) {
    session& by = *of.by;
    by.is_transfer_read = false;
    by.transfer_to = of.entered.reveal("to").substr(0, longest_typed);
    by.transfer_amount = of.entered.reveal("amount").substr(0, longest_typed);
    if (auto back = find_empty(of, {{"to", "transfer.empty_to"}, {"amount", "transfer.empty_amount"}}))
        co_return std::move(*back);
    if (!normalise(by.transfer_to, of.pack->numbers))
        co_return complain(of, "to", "number.wrong");
    const auto amount = read_money(by.transfer_amount);
    if (!amount || !is_amount(*amount))
        co_return complain(of, "amount", "transfer.wrong_amount");
    std::string asked = write_guest_body(of, {});
    if (auto instead = co_await look(of, "/v1/balance", std::move(asked), of.purse))
        co_return std::move(*instead);
    if (!of.purse)
        co_return tell_trouble(of, 503, "busy", say_when(of, std::chrono::seconds{1}));
    const json& purse = of.purse->said;
    if (*amount < sum_of(purse, "transfer_min") || *amount > sum_of(purse, "transfer_max")) {
        by.said = describe_bounds({*of.pack, *of.speaks}, purse);
        co_return complain(of, "amount", "transfer.refused_amount");
    }
    by.is_transfer_read = true;
    co_return go_to(transfer_terms_page);
}

asio::awaitable<answer> site::make_transfer(visit& of) {
    if (auto back = find_empty(of, {{"to", "form.over"}, {"amount", "form.over"}}))
        co_return std::move(*back);
    const std::string_view to = of.entered.reveal("to"), amount = of.entered.reveal("amount");
    std::string asked = write_guest_body(of, {});
    if (auto instead = co_await look(of, "/v1/balance", std::move(asked), of.purse))
        co_return std::move(*instead);
    if (!of.purse)
        co_return tell_trouble(of, 503, "busy", say_when(of, std::chrono::seconds{1}));
    session& by = *of.by;
    const auto party = normalise(to, of.pack->numbers);
    by.transfer_to = party ? write_number(party->text()) : std::string{to};
    by.transfer_amount = amount;
    by.is_transfer_read = true;
    const json& purse = of.purse->said;
    if (sum_of(purse, "transfer_max") == money{}) {
        by.is_transfer_read = false;
        co_return go_to(form_page); // which says what is the matter
    }
    if (text_of(purse, "transfer_fee") != of.entered.reveal("terms"))
        co_return complain(of, {}, "transfer_terms.changed");
    std::string body = write_guest_body(of, {{"to", to}, {"amount", amount}});
    const told came = co_await ask(of, "/v1/transfer", std::move(body));
    if (came.status == 200 || came.status == 202 || came.status == 422)
        by.is_transfer_read = false; // whatever came of it, it is agreed to no more
    if (!came.is_verdict("ok") && !came.is_verdict("under_way"))
        co_return tell_of_transfer(of, came);
    by.transfer_to.clear();
    by.transfer_amount.clear();
    if (!came.is_verdict("ok"))
        co_return tell_of_transfer(of, came);
    const pen writes{*of.pack, *of.speaks};
    by.said = {{"amount", writes.write_sum(came.said, "amount")},
               {"party", party ? write_party(*party) : std::string{to}},
               {"fee", writes.write_sum(came.said, "fee")},
               {"balance", writes.write_sum(came.said, "balance")}};
    co_return finish(of, "/account", "transfer.done");
}

/// Where it is refused for what was typed, the form has it still.
answer site::tell_of_transfer(visit& of, const told& came) {
    const std::string reason = came.text("reason");
    const json& purse = of.purse->said;
    const money whole = read_money(of.by->transfer_amount).value_or(money{}) + sum_of(purse, "transfer_fee");
    const pen writes{*of.pack, *of.speaks};
    page_values more = describe_bounds(writes, purse);
    more["missing"] = writes.write_sum(whole - sum_of(purse, "balance"));
    more["whole"] = writes.write_sum(whole);
    if (came.is_verdict("refused") && reason == "short_of") {
        of.by->said = std::move(more);
        return complain(of, "top_up", short_word(purse, whole));
    }
    answer made = tell_of_money(of, came, "transfer", field_of(reason));
    of.by->said.merge(more);
    return made;
}

} // namespace kabinet::gateway::account
