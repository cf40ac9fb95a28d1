// The paths of what is sold: services, the tariff, packages; and what the operator's systems count of these.
#include "gateway/door/api.hpp"

#include "menus/make_action.hpp"
#include "values/money.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;
using menus::action_kind;
using menus::offer_kind;

namespace {

std::string_view state_of(const ware_line& line) {
    if (line.own)
        return line.own->is_paused ? "paused" : "on";
    return line.is_usual ? "on" : "off";
}

void describe_package(const ware_line& line, json& said) {
    const store::allowance holds =
        line.own ? line.own->holds : store::allowance{line.on.minutes, line.on.sms, line.on.megabytes};
    said["minutes"] = holds.minutes;
    said["sms"] = holds.sms;
    said["megabytes"] = holds.megabytes;
    said["renews"] = line.own ? line.own->renews : line.on.renews;
    if (!line.own)
        return;
    said["left_minutes"] = line.own->left.minutes;
    said["left_sms"] = line.own->left.sms;
    said["left_megabytes"] = line.own->left.megabytes;
    if (line.on.is_sold)
        said["anew"] = {{"seconds", line.on.term.count()},
                        {"minutes", line.on.minutes},
                        {"sms", line.on.sms},
                        {"megabytes", line.on.megabytes},
                        {"renews", line.on.renews}};
}

/// By its own terms where the account has it.
json describe(const ware_line& line) {
    const bool is_paid = line.own && line.own->period != std::chrono::seconds{};
    const money fee = line.own ? line.own->fee : line.on.fee;
    json said{{"offer", std::string_view{line.on.name.data(), line.on.name.size()}},
              {"title", line.title},
              {"price", write_money(line.on.price())},
              {"fee", write_money(fee)},
              {"seconds", is_paid ? line.own->period.count() : line.on.term.count()},
              {"state", state_of(line)},
              {"sold", line.on.is_sold}};
    if (line.on.kind == offer_kind::service) {
        said["conflicts"] = json::array();
        for (const menus::offer_name& each : line.on.conflicts)
            said["conflicts"].push_back(std::string_view{each.data(), each.size()});
    }
    if (line.on.kind == offer_kind::package)
        describe_package(line, said);
    if (line.own && line.own->due)
        said["due"] = write_iso(*line.own->due);
    return said;
}

/// What there is of it.
json describe_order(const portal_answer& came) {
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

std::optional<answer> read_sum(fields& body, std::string_view name, std::optional<money>& into) {
    const secret* text = body.take_text(name);
    if (text == nullptr)
        return std::nullopt;
    into = read_money(text->reveal());
    if (!into || *into < money{})
        return wrong_field(fmt::format("{} is a text such as \"99.90\"", name));
    return std::nullopt;
}

/// Missing: there is nothing of it.
std::optional<answer> read_units(fields& body, std::string_view name, std::int64_t& into) {
    const secret* given = body.take_text(name);
    if (given == nullptr)
        return std::nullopt;
    const std::string_view text = given->reveal();
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), into);
    const bool is_whole = wrong == std::errc{} && end == text.data() + text.size();
    if (!is_whole || into < 0 || into > store::most_units)
        return wrong_field(fmt::format("{} is a text of digits, at most {}", name, store::most_units));
    return std::nullopt;
}

} // namespace

asio::awaitable<answer> api::show_wares(const request& asked, offer_kind of) {
    fields body;
    ware_wish wish;
    wish.of = of;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_wares, std::move(wish));
    json said{{"verdict", "ok"},
              {"currency", came.currency},
              {"balance", write_money(came.sums.balance.value_or(money{}))},
              {"offers", json::array()}};
    for (const ware_line& each : came.wares)
        said["offers"].push_back(describe(each));
    co_return tell(came, said);
}

asio::awaitable<answer> api::show_services(const request& asked) {
    return show_wares(asked, offer_kind::service);
}

asio::awaitable<answer> api::show_tariff(const request& asked) {
    return show_wares(asked, offer_kind::tariff);
}

asio::awaitable<answer> api::show_packages(const request& asked) {
    return show_wares(asked, offer_kind::package);
}

/// `price` and `fee` are what was shown, where the portal says them.
asio::awaitable<answer> api::order_ware(const request& asked, offer_kind of, action_kind what) {
    fields body;
    ware_wish wish;
    wish.of = of;
    wish.what = what;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (what == action_kind::buy_package && !asked.idempotency_key) // bought again it would be extended
        co_return refuse(400, "An Idempotency-Key is wanted", "it names the purchase, so that it is one");
    if (auto wrong = read_typed(body, "offer", wish.offer))
        co_return std::move(*wrong);
    if (!menus::ends_something(what)) {
        if (auto wrong = read_sum(body, "price", wish.price))
            co_return std::move(*wrong);
        if (auto wrong = read_sum(body, "fee", wish.fee))
            co_return std::move(*wrong);
    }
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::order_ware, std::move(wish));
    co_return tell(came, describe_order(came));
}

asio::awaitable<answer> api::connect_service(const request& asked) {
    return order_ware(asked, offer_kind::service, action_kind::connect_service);
}

asio::awaitable<answer> api::disconnect_service(const request& asked) {
    return order_ware(asked, offer_kind::service, action_kind::disconnect_service);
}

asio::awaitable<answer> api::change_tariff(const request& asked) {
    return order_ware(asked, offer_kind::tariff, action_kind::change_tariff);
}

asio::awaitable<answer> api::buy_package(const request& asked) {
    return order_ware(asked, offer_kind::package, action_kind::buy_package);
}

asio::awaitable<answer> api::stop_package(const request& asked) {
    return order_ware(asked, offer_kind::package, action_kind::stop_package);
}

asio::awaitable<answer> api::take_left(const request& asked) {
    fields body;
    if (!body.read(asked.body))
        co_return refuse(400, "Not what is taken", body.complaint());
    left_wish wish;
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "offer", wish.offer))
        co_return std::move(*wrong);
    for (auto [name, into] : {std::pair{"minutes", &wish.left.minutes}, std::pair{"sms", &wish.left.sms},
                              std::pair{"megabytes", &wish.left.megabytes}})
        if (auto wrong = read_units(body, name, *into))
            co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::tell_left, std::move(wish));
    co_return tell(came, json{{"verdict", "ok"}});
}

} // namespace kabinet::gateway::door
