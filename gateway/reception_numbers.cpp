#include "gateway/perform.hpp"
#include "gateway/reception_frame.hpp"

namespace kabinet::gateway {

namespace asio = boost::asio;
using menus::action_kind;

asio::awaitable<portal_answer> reception::block_number(account_wish asked) {
    return admit(std::move(asked), &reception::stop_number, action_kind::block_number);
}

asio::awaitable<portal_answer> reception::stop_number(const account_wish& asked,
                                                      const menus::definition& pack) {
    portal_answer told;
    if (with_.numbers == nullptr)
        co_return told;
    store::request wish =
        make_request("portal number block", asked, least_level(action_kind::block_number), pack);
    wish.what = store::block_number{};
    wish.sms->action = "notice.number_blocked";
    const auto came = co_await make_true(std::move(wish), told);
    if (came)
        tell_of_account(*came, told);
    co_return told;
}

asio::awaitable<portal_answer> reception::block_number_by_word(number_wish asked) {
    return receive(wish_kind::number, std::move(asked), &reception::stop_number_by_word,
                   action_kind::block_other);
}

asio::awaitable<portal_answer> reception::stop_number_by_word(const number_wish& asked,
                                                              const menus::definition& pack) {
    store::effect what = store::block_number{};
    return use_word(asked, std::move(what), pack);
}

asio::awaitable<portal_answer> reception::unblock_number(number_wish asked) {
    return receive(wish_kind::number, std::move(asked), &reception::free_number, action_kind::unblock_other);
}

asio::awaitable<portal_answer> reception::free_number(const number_wish& asked,
                                                      const menus::definition& pack) {
    store::effect what = store::unblock_number{};
    return use_word(asked, std::move(what), pack);
}

asio::awaitable<portal_answer> reception::use_word(const number_wish& asked, store::effect what,
                                                   const menus::definition& pack) {
    portal_answer told;
    if (with_.numbers == nullptr)
        co_return told;
    const bool blocks = std::holds_alternative<store::block_number>(what);
    store::request wish = make_request(blocks ? "portal number block" : "portal number unblock", asked, pack);
    auto proof = co_await with_.numbers->prove(asked.who, asked.word, with_.pool, pack.allowed);
    if (!proof)
        co_return told;
    wish.proof = std::move(*proof);
    wish.what = std::move(what);
    wish.typed = mark(asked, {&asked.word});
    co_return co_await order_by_word(std::move(wish),
                                     blocks ? "notice.number_blocked" : "notice.number_unblocked");
}

} // namespace kabinet::gateway
