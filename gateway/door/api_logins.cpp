// The paths that let somebody in.
#include "gateway/door/api.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

namespace {

/// What a login answers whichever way it went.
json describe_login(const portal_answer& came) {
    return {{"verdict", "ok"},
            {"msisdn", came.who.text()},
            {"level", name_of(came.level)},
            {"last_failures", came.failures},
            {"session", came.session},
            {"valid_for", seconds_until(came.until.value_or(utc_time{}))}};
}

/// And of one by password.
json describe_password_login(const portal_answer& came) {
    json said = describe_login(came);
    said["regime"] = came.kind == store::secret_kind::generated ? "one-time" : "static";
    said["must_change"] = came.must_change;
    return said;
}

} // namespace

asio::awaitable<answer> api::log_in(const request& asked) {
    fields body;
    login_attempt wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "password", wish.typed))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::log_in, std::move(wish));
    co_return tell(came, describe_password_login(came));
}

asio::awaitable<answer> api::confirm_login(const request& asked) {
    fields body;
    code_entry wish;
    if (auto wrong = read_entry(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::confirm_login, std::move(wish));
    co_return tell(came, describe_password_login(came));
}

asio::awaitable<answer> api::log_in_by_pin(const request& asked) {
    fields body;
    pin_attempt wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "device", wish.device))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "pin", wish.pin))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::log_in_by_pin, std::move(wish));
    co_return tell(came, describe_login(came));
}

asio::awaitable<answer> api::log_in_by_sim(const request& asked) {
    fields body;
    portal_wish wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_mobile_data(body))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::log_in_by_sim, std::move(wish));
    co_return tell(came, describe_login(came));
}

} // namespace kabinet::gateway::door
