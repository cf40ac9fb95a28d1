// The number of a phone that is lost: blocked from here by its guest, or with the code word, which unblocks
// it.
#include "gateway/account/browser.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <fmt/format.h>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;

answer site::show_block(visit& of) const {
    const bool is_blocked = of.seen && of.seen->is_on("number_blocked");
    return is_blocked ? go_to("/account/unblock") : show(of, "block");
}

answer site::show_lost(visit& of) const {
    return show_asking(of, "lost");
}

answer site::show_found(visit& of) const {
    return show_asking(of, "found");
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

asio::awaitable<answer> site::block_by_word(visit& of) {
    return use_word(of, "/v1/number/block", "lost");
}

asio::awaitable<answer> site::unblock_by_word(visit& of) {
    return use_word(of, "/v1/number/unblock", "found");
}

asio::awaitable<answer> site::use_word(visit& of, std::string_view path, std::string_view way) {
    if (auto back = find_empty(
            of, {{"number", "number.empty"}, {"word", "word.empty"}, {"answer", "question.empty"}}))
        co_return std::move(*back);
    if (auto back = examine_person(of))
        co_return std::move(*back);
    std::string body =
        write_body(of, {{"msisdn", of.entered.reveal("number")}, {"code_word", of.entered.reveal("word")}},
                   person_vouched);
    const told came = co_await ask(of, path, std::move(body));
    const std::string reason = came.is_verdict("refused") ? came.text("reason") : std::string{};
    if (came.is_verdict("ok"))
        co_return finish(of, "/account",
                         fmt::format("{}.{}", way, came.is_on("operator_bars") ? "barred" : "done"));
    if (reason == "barred_by_owner" || reason == "not_blocked")
        co_return finish(of, "/account", fmt::format("{}.already", way));
    if (came.is_verdict("blocked"))
        co_return go_to("/account/word/closed");
    if (came.is_verdict("denied") || reason == "unknown_number")
        co_return complain(of, "word", "lost.wrong", "lost.wrong_more");
    if (!reason.empty())
        co_return complain(of, {}, "lost.barred");
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain_of_number(of, came);
}

} // namespace kabinet::gateway::account
