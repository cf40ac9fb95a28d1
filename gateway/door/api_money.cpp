// The paths of money: for whoever was let in, and for the operator's system that tells of payments.
#include "gateway/door/api.hpp"

#include "values/money.hpp"
#include "values/written_time.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

namespace {

/// What there is of it.
json describe(const portal_answer& came) {
    json said{{"verdict", "ok"}};
    if (came.sums.amount)
        said["amount"] = write_money(*came.sums.amount);
    if (came.sums.fee)
        said["fee"] = write_money(*came.sums.fee);
    if (came.sums.balance)
        said["balance"] = write_money(*came.sums.balance);
    if (came.until)
        said["until"] = write_iso(*came.until);
    return said;
}

json describe(const std::vector<menus::offer>& offers) {
    json all = json::array();
    for (const menus::offer& each : offers)
        all.push_back({{"offer", std::string_view{each.name.data(), each.name.size()}},
                       {"amount", write_money(each.amount)},
                       {"fee", write_money(each.fee)},
                       {"seconds", each.term.count()}});
    return all;
}

/// Bonus points, in digits: all that is no switch is a text here.
std::optional<std::int64_t> read_points(std::string_view text) {
    std::int64_t points = 0;
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), points);
    const bool is_whole = wrong == std::errc{} && end == text.data() + text.size();
    return is_whole && points > 0 && points <= most_money.minor() ? std::optional{points} : std::nullopt;
}

} // namespace

asio::awaitable<answer> api::show_balance(const request& asked) {
    fields body;
    account_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_purse, std::move(wish));
    if (!came.purse)
        co_return tell(came, {});
    json said{{"verdict", "ok"},
              {"currency", came.currency},
              {"balance", write_money(came.purse->balance)},
              {"points", came.purse->points}};
    if (came.purse->seen)
        said["as_of"] = write_iso(*came.purse->seen);
    if (came.purse->promise) {
        said["promised"] = write_money(came.purse->promise->amount);
        said["promised_until"] = write_iso(came.purse->promise->due);
    }
    said["transfer_min"] = write_money(came.transfers.min);
    said["transfer_max"] = write_money(came.transfers.max);
    said["transfer_fee"] = write_money(came.transfers.fee);
    said["offers"] = describe(came.offers);
    co_return say(said);
}

asio::awaitable<answer> api::show_movements(const request& asked) {
    fields body;
    statement_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    const secret* from = body.take_text("from");
    const auto begins = read_iso(from == nullptr ? std::string_view{} : from->reveal());
    if (!begins)
        co_return wrong_field("from is a time such as \"2026-11-01T00:00:00Z\" and wanted");
    wish.since = *begins;
    if (const secret* until = body.take_text("until")) {
        wish.until = read_iso(until->reveal());
        if (!wish.until)
            co_return wrong_field("until is a time such as \"2026-12-01T00:00:00Z\"");
    }
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_movements, std::move(wish));
    if (!came.movements)
        co_return tell(came, {});
    json totals = json::array();
    for (const store::total& each : came.movements->totals)
        totals.push_back({{"kind", store::name_of(each.what)}, {"amount", write_money(each.amount)}});
    json listed = json::array();
    for (const store::movement& each : came.movements->last)
        listed.push_back({{"at", write_iso(each.at)},
                          {"kind", store::name_of(each.what)},
                          {"amount", write_money(each.amount)}});
    json said{{"verdict", "ok"},
              {"currency", came.currency},
              {"income", write_money(came.movements->income)},
              {"spent", write_money(came.movements->spent)},
              {"totals", std::move(totals)},
              {"movements", std::move(listed)}};
    if (came.older_until)
        said["older_until"] = write_iso(*came.older_until);
    co_return say(said);
}

asio::awaitable<answer> api::top_up(const request& asked) {
    fields body;
    voucher_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "voucher", wish.voucher))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::top_up, std::move(wish));
    co_return tell(came, describe(came));
}

asio::awaitable<answer> api::take_promise(const request& asked) {
    fields body;
    promise_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "offer", wish.offer))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::take_promise, std::move(wish));
    co_return tell(came, describe(came));
}

/// `to` is read as any number is. Without a name for it one whose answer was lost might go twice.
asio::awaitable<answer> api::transfer(const request& asked) {
    fields body;
    transfer_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (!asked.idempotency_key)
        co_return refuse(400, "An Idempotency-Key is wanted", "it names the transfer, so that it is one");
    const secret* to = body.take_text("to");
    const boost::system::result<msisdn> whom =
        normalise(to == nullptr ? std::string_view{} : to->reveal(), numbers_);
    if (!whom)
        co_return wrong_field("to is a subscriber's number and wanted");
    wish.to = *whom;
    const secret* amount = body.take_text("amount");
    const auto sum = amount == nullptr ? std::nullopt : read_money(amount->reveal());
    if (!sum || !is_amount(*sum))
        co_return wrong_field("amount is a text such as \"99.90\", more than nothing");
    wish.amount = *sum;
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::transfer, std::move(wish));
    co_return tell(came, describe(came));
}

/// Without a name for it a payment that was told of twice would be two.
asio::awaitable<answer> api::take_payment(const request& asked) {
    fields body;
    if (!body.read(asked.body))
        co_return refuse(400, "Not what is taken", body.complaint());
    payment_wish wish;
    if (!asked.idempotency_key)
        co_return refuse(400, "An Idempotency-Key is wanted", "it names the payment, so that it is one");
    wish.idempotency_key = *asked.idempotency_key;
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (const secret* amount = body.take_text("amount")) {
        const auto read = read_money(amount->reveal());
        if (!read || !is_amount(*read))
            co_return wrong_field("amount is a text such as \"99.90\", more than nothing");
        wish.amount = *read;
    }
    if (const secret* points = body.take_text("points")) {
        const auto read = read_points(points->reveal());
        if (!read)
            co_return wrong_field("points is a text of digits, more than nothing");
        wish.points = *read;
    }
    if (wish.amount == money{} && wish.points == 0)
        co_return wrong_field("amount or points is wanted, or both");
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::pay_in, std::move(wish));
    co_return tell(came, describe(came));
}

} // namespace kabinet::gateway::door
