// The ways in and out: a password, the code by SMS that a subscriber may have put behind it, a code word for
// a new password, and what ends a login.
#include "gateway/account/browser.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using code_for = session::code_for;

guest site::make_guest(told& came, steady_time now) {
    guest who;
    who.number = came.text("msisdn");
    who.regime = came.text("regime");
    who.level = came.text("level");
    who.failures = came.said.value("last_failures", std::uint64_t{0});
    who.must_change = came.is_on("must_change");
    who.login = came.take("session");
    who.until = now + came.seconds("valid_for");
    return who;
}

asio::awaitable<answer> site::log_in(visit& of) {
    if (auto back = find_empty(of, {{"number", "number.empty"}, {"password", "password.empty"}}))
        co_return std::move(*back);
    std::string body = write_body(
        of, {{"msisdn", of.entered.reveal("number")}, {"password", of.entered.reveal("password")}});
    told came = co_await ask(of, "/v1/login", std::move(body));
    if (came.is_verdict("ok")) {
        of.by = sessions_.let_in(make_guest(came, of.now), of.now);
        co_return go_to("/account");
    }
    if (came.is_verdict("code_sent")) {
        std::string number = of.by->number;
        co_return want_code(of, came, std::move(number));
    }
    if (came.is_verdict("blocked"))
        co_return go_to("/account/blocked");
    if (came.is_verdict("denied"))
        co_return complain(of, "password", "login.denied", "login.denied_more");
    if (came.is_verdict("refused"))
        co_return tell_refusal(of, came, "login_codes");
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain_of_number(of, came);
}

/// In a new session: half a login is worth something already, and nobody planted that one's name.
answer site::want_code(visit& of, told& came, std::string number, std::string_view notice) {
    of.by = sessions_.open(of.now);
    session& by = *of.by;
    by.number = std::move(number);
    by.notice = notice;
    by.ticket = came.take("ticket");
    by.ticket_for = code_for::login;
    by.ticket_until = of.now + came.seconds("valid_for");
    by.code_again = of.now + came.seconds("resend_after");
    return go_to("/account/code");
}

/// The ticket stays in the stranger's session: the form sent twice is let in twice, as the same guest.
asio::awaitable<answer> site::finish_login(visit& of) {
    session& by = *of.by;
    if (by.ticket_for != code_for::login || of.now >= by.ticket_until) {
        by.ticket_for = code_for::nothing;
        by.ticket.wipe();
        by.problem = "login_code.over";
        co_return go_to("/account");
    }
    if (auto back = find_empty(of, {{"code", "code.empty"}}))
        co_return std::move(*back);
    std::string body = write_body(of, {{"ticket", by.ticket.reveal()}, {"code", of.entered.reveal("code")}});
    told came = co_await ask(of, "/v1/login/code", std::move(body));
    if (came.is_verdict("ok")) {
        of.by = sessions_.let_in(make_guest(came, of.now), of.now);
        co_return go_to("/account");
    }
    if (came.is_verdict("blocked"))
        co_return go_to("/account/blocked");
    if (came.is_verdict("refused"))
        co_return tell_refusal(of, came, "login_codes");
    if (!came.is_verdict("denied"))
        if (auto trouble = find_trouble(of, came))
            co_return std::move(*trouble);
    co_return complain(of, "code", "login_code.wrong", "login_code.wrong_more");
}

asio::awaitable<answer> site::log_in_again(visit& of) {
    std::string number = of.by->who->number;
    std::string body = write_body(of, {{"msisdn", number}, {"password", of.entered.reveal("password")}});
    told came = co_await ask(of, "/v1/login", std::move(body));
    if (came.is_verdict("ok")) {
        *of.by->who = make_guest(came, of.now);
        co_return finish(of, "/account", "new.done_guest");
    }
    sessions_.end(*of.by);
    if (came.is_verdict("code_sent"))
        co_return want_code(of, came, std::move(number), "new.done_code");
    co_return put_out(of, {}, "new.done");
}

asio::awaitable<answer> site::restore_password(visit& of) {
    if (auto back = find_empty(of, {{"number", "number.empty"},
                                    {"word", "word.empty"},
                                    {"password", "new.empty"},
                                    {"again", "new.empty"},
                                    {"answer", "question.empty"}}))
        co_return std::move(*back);
    const std::string_view chosen = of.entered.reveal("password");
    if (chosen != of.entered.reveal("again"))
        co_return complain(of, "again", "new.mismatch");
    if (auto back = examine_person(of))
        co_return std::move(*back);
    std::string body = write_body(of,
                                  {{"msisdn", of.entered.reveal("number")},
                                   {"code_word", of.entered.reveal("word")},
                                   {"password", chosen}},
                                  person_vouched);
    const told came = co_await ask(of, "/v1/password/restore", std::move(body));
    const std::string reason = came.is_verdict("refused") ? came.text("reason") : std::string{};
    if (came.is_verdict("ok")) {
        end_all_with(of, of.entered.reveal("number"));
        co_return finish(of, "/account", "new.done");
    }
    if (came.is_verdict("blocked"))
        co_return go_to("/account/word/closed");
    if (reason == "blocked") // by wrong passwords: the word alone opens nothing
        co_return go_to("/account/blocked");
    if (came.is_verdict("denied") || reason == "unknown_number")
        co_return complain(of, "word", "word.denied", "word.denied_more");
    if (!reason.empty()) {
        const std::string rule = "reason." + reason;
        if (of.speaks->find(rule) == nullptr)
            co_return tell_refusal(of, came);
        co_return complain(of, "password", rule);
    }
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain_of_number(of, came);
}

asio::awaitable<answer> site::log_out(visit& of) {
    co_return put_out(of, {}, "log_out.done");
}

answer site::put_out(visit& of, std::string_view problem, std::string_view notice) {
    sessions_.end(*of.by);
    of.by = sessions_.open(of.now);
    of.by->problem = problem;
    of.by->notice = notice;
    return go_to("/account");
}

} // namespace kabinet::gateway::account
