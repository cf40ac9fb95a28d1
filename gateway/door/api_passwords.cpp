// The paths to passwords and codes.
#include "gateway/door/api.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::door {

namespace asio = boost::asio;

asio::awaitable<answer> api::send_password(const request& asked) {
    fields body;
    sms_wish wish;
    if (auto wrong = read_sms_wish(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::send_password, std::move(wish));
    co_return tell(came, {{"verdict", "accepted"}});
}

asio::awaitable<answer> api::send_code(const request& asked) {
    fields body;
    sms_wish wish;
    if (auto wrong = read_sms_wish(asked, body, wish))
        co_return std::move(*wrong);
    const secret* purpose = body.take_text("purpose");
    if (purpose == nullptr || (purpose->reveal() != "password" && purpose->reveal() != "regime"))
        co_return wrong_field("purpose is \"password\" or \"regime\"");
    if (purpose->reveal() == "regime")
        wish.what_for = store::code_purpose::regime;
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::send_code, std::move(wish));
    co_return tell(came, describe_code(came));
}

asio::awaitable<answer> api::set_password(const request& asked) {
    fields body;
    code_entry wish;
    if (auto wrong = read_entry(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "password", wish.chosen))
        co_return std::move(*wrong);
    co_return co_await use_code(body, std::move(wish));
}

asio::awaitable<answer> api::set_regime(const request& asked) {
    fields body;
    code_entry wish;
    if (auto wrong = read_entry(asked, body, wish))
        co_return std::move(*wrong);
    const secret* regime = body.take_text("regime");
    if (regime == nullptr || regime->reveal() != "one-time")
        co_return wrong_field("regime is \"one-time\"; a password that is set is static");
    co_return co_await use_code(body, std::move(wish));
}

asio::awaitable<answer> api::use_code(const fields& body, code_entry wish) {
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::use_code, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}});
}

asio::awaitable<answer> api::restore_password(const request& asked) {
    fields body;
    word_attempt wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_challenge(body))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "code_word", wish.word))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "password", wish.chosen))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::restore, std::move(wish));
    co_return tell(came, {{"verdict", "ok"}});
}

std::optional<answer> api::read_sms_wish(const request& asked, fields& body, sms_wish& into) const {
    if (auto wrong = read_body(asked, body, into))
        return wrong;
    if (auto wrong = read_number(body, numbers_, into))
        return wrong;
    return read_challenge(body);
}

std::optional<answer> api::read_entry(const request& asked, fields& body, code_entry& into) const {
    if (auto wrong = read_body(asked, body, into))
        return wrong;
    if (auto wrong = read_typed(body, "ticket", into.ticket))
        return wrong;
    return read_typed(body, "code", into.code);
}

} // namespace kabinet::gateway::door
