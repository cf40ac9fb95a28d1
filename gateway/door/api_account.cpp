// The paths for whoever was let in: what a login answered as `session` stands in each body.
#include "gateway/door/api.hpp"

#include "values/written_time.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

asio::awaitable<answer> api::show_account(const request& asked) {
    fields body;
    account_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_account, std::move(wish));
    if (!came.account)
        co_return tell(came, {});
    co_return say({{"verdict", "ok"},
                   {"msisdn", came.who.text()},
                   {"level", name_of(came.level)},
                   {"language", came.account->speaks.code()},
                   {"two_step", came.account->asks_code},
                   {"automatic", came.account->is_automatic},
                   {"pin", came.account->has_pin},
                   {"number_blocked", came.account->stopped.has_value()}});
}

asio::awaitable<answer> api::show_archive(const request& asked) {
    fields body;
    account_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::show_account, std::move(wish));
    json operations = json::array();
    for (const menus::operation& each : came.operations)
        operations.push_back({{"at", write_iso(each.at)}, {"what", each.what}, {"by", each.by}});
    co_return tell(came, {{"verdict", "ok"}, {"operations", std::move(operations)}});
}

asio::awaitable<answer> api::set_language(const request& asked) {
    fields body;
    language_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "language", wish.chosen))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::set_language, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}});
}

asio::awaitable<answer> api::set_two_step(const request& asked) {
    fields body;
    switch_wish wish;
    wish.which = store::account_switch::two_step;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_switch(body, "on", wish.is_on))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::set_switch, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}});
}

asio::awaitable<answer> api::set_automatic(const request& asked) {
    fields body;
    switch_wish wish;
    wish.which = store::account_switch::automatic;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_switch(body, "on", wish.is_on))
        co_return std::move(*wrong);
    const bool* mobile = body.take_switch("mobile_data");
    wish.is_over_mobile = mobile != nullptr && *mobile;
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::set_switch, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}});
}

asio::awaitable<answer> api::set_pin(const request& asked) {
    fields body;
    pin_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "pin", wish.pin))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "pin_again", wish.again))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::set_pin, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}, {"device", came.device}});
}

asio::awaitable<answer> api::call_back(const request& asked) {
    fields body;
    account_wish wish;
    if (auto wrong = read_session(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::call_back, std::move(wish));
    json promised{{"verdict", "ok"}};
    if (came.until)
        promised["until"] = write_iso(*came.until);
    co_return tell(came, promised);
}

std::optional<answer> api::read_session(const request& asked, fields& body, account_wish& into) const {
    if (auto wrong = read_body(asked, body, into))
        return wrong;
    return read_typed(body, "session", into.session);
}

} // namespace kabinet::gateway::door
