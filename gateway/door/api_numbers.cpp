// The paths that block a number and unblock it.
#include "gateway/door/api.hpp"

#include <nlohmann/json.hpp>

namespace kabinet::gateway::door {

namespace asio = boost::asio;

/// With a login's session, or with number and code word.
asio::awaitable<answer> api::block_number(const request& asked) {
    fields body;
    account_wish wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (const secret* session = body.take_text("session")) {
        if (auto wrong = refuse_rest(body))
            co_return std::move(*wrong);
        wish.session = session->reveal();
        const portal_answer came = co_await ask(&reception::block_number, std::move(wish));
        co_return tell(came, {{"verdict", "ok"}});
    }
    number_wish by_word;
    static_cast<portal_wish&>(by_word) = std::move(wish);
    if (auto wrong = read_number_and_word(body, by_word))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::block_number_by_word, std::move(by_word));
    co_return tell(came, {{"verdict", "ok"}});
}

asio::awaitable<answer> api::unblock_number(const request& asked) {
    fields body;
    number_wish wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_number_and_word(body, wish))
        co_return std::move(*wrong);
    const portal_answer came = co_await ask(&reception::unblock_number, std::move(wish));
    nlohmann::ordered_json ok{{"verdict", "ok"}};
    if (came.is_still_barred)
        ok["operator_bars"] = true;
    co_return tell(came, ok);
}

std::optional<answer> api::read_number_and_word(fields& body, number_wish& into) const {
    if (auto wrong = read_number(body, numbers_, into))
        return wrong;
    if (auto wrong = read_challenge(body))
        return wrong;
    if (auto wrong = read_typed(body, "code_word", into.word))
        return wrong;
    return refuse_rest(body);
}

} // namespace kabinet::gateway::door
