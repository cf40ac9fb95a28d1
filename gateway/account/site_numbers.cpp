// The number of a phone that is lost: blocked from here, and unblocked with the code word.
#include "gateway/account/browser.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;

answer site::show_block(visit& of) const {
    const bool is_blocked = of.seen && of.seen->is_on("number_blocked");
    return is_blocked ? go_to("/account/unblock") : show(of, "block");
}

answer site::show_unblock(visit& of) const {
    const bool is_open = of.seen && !of.seen->is_on("number_blocked");
    return is_open ? go_to("/account/block") : show(of, "unblock");
}

asio::awaitable<answer> site::block_number(visit& of) {
    std::string body = write_guest_body(of, {});
    const told came = co_await ask(of, "/v1/number/block", std::move(body));
    if (came.is_verdict("ok"))
        co_return finish(of, "/account", "block.done");
    if (came.is_verdict("logged_out"))
        co_return put_out(of, "session.ended");
    if (came.is_verdict("refused"))
        co_return came.text("reason") == "barred_by_owner" ? go_to("/account/unblock")
                                                           : tell_refusal(of, came);
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain(of, {}, "form.over");
}

/// Who is logged in has shown that he is a person.
asio::awaitable<answer> site::unblock_number(visit& of) {
    if (auto back = find_empty(of, {{"word", "word.empty"}}))
        co_return std::move(*back);
    std::string body = write_body(
        of, {{"msisdn", of.by->who->number}, {"code_word", of.entered.reveal("word")}}, person_vouched);
    const told came = co_await ask(of, "/v1/number/unblock", std::move(body));
    if (came.is_verdict("ok"))
        co_return finish(of, "/account", "unblock.done");
    if (came.is_verdict("denied"))
        co_return complain(of, "word", "unblock.wrong");
    if (came.is_verdict("blocked"))
        co_return complain(of, "word", "unblock.closed");
    if (came.is_verdict("refused"))
        co_return finish(of, "/account", "unblock.already");
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain(of, {}, "form.over");
}

} // namespace kabinet::gateway::account
