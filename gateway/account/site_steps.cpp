#include "gateway/account/browser.hpp"
#include "gateway/account/site.hpp"
#include "gateway/account/told.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace kabinet::gateway::account {

namespace asio = boost::asio;
using door::answer;
using door::request;
using nlohmann::json;
using code_for = session::code_for;

namespace {

constexpr std::size_t longest_number = 64; // as typed, blanks and all

/// Escaped by hand into room that is there beforehand: no copy of a password stays behind in the heap.
void append_quoted(std::string& to, std::string_view text) {
    to += '"';
    for (const char each : text) {
        if (each == '"' || each == '\\')
            to += '\\';
        to += each; // a form has no control characters
    }
    to += '"';
}

using text_field = std::pair<std::string_view, std::string_view>;

void append_field(std::string& to, const text_field& field) {
    to += to.empty() ? '{' : ',';
    append_quoted(to, field.first);
    to += ':';
    append_quoted(to, field.second);
}

std::string write_object(const text_field& first, std::initializer_list<text_field> others,
                         std::string_view more) {
    std::string made;
    std::size_t most = 128 + 2 * first.second.size() + more.size();
    for (const auto& [name, text] : others)
        most += name.size() + 2 * text.size() + 8;
    made.reserve(most);
    append_field(made, first);
    for (const text_field& each : others)
        append_field(made, each);
    made += more;
    made += '}';
    return made;
}

} // namespace

asio::awaitable<answer> site::send_password(visit& of) {
    if (auto back = find_empty(of, {{"number", "number.empty"}, {"answer", "question.empty"}}))
        co_return std::move(*back);
    if (auto back = examine_person(of))
        co_return std::move(*back);
    std::string body = write_body(of, {{"msisdn", of.entered.reveal("number")}}, person_vouched);
    const told came = co_await ask(of, "/v1/password/send", std::move(body));
    if (came.is_verdict("accepted"))
        co_return finish(of, "/account/sent");
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain_of_number(of, came);
}

asio::awaitable<answer> site::send_code(visit& of) {
    if (auto back = find_empty(of, {{"number", "number.empty"}, {"answer", "question.empty"}}))
        co_return std::move(*back);
    if (auto back = examine_person(of))
        co_return std::move(*back);
    std::string number{of.entered.reveal("number")};
    co_return co_await have_code_sent(of, std::move(number), code_for::password, "/account/new");
}

/// Who is logged in has shown that he is a person.
asio::awaitable<answer> site::send_own_code(visit& of) {
    std::string number = of.by->who->number;
    co_return co_await have_code_sent(of, std::move(number), code_for::password, "/account/new");
}

asio::awaitable<answer> site::send_regime_code(visit& of) {
    std::string number = of.by->who->number;
    co_return co_await have_code_sent(of, std::move(number), code_for::regime, "/account/regime/code");
}

asio::awaitable<answer> site::have_code_sent(visit& of, std::string number, code_for what,
                                             std::string_view next) {
    std::string body =
        write_body(of, {{"msisdn", number}, {"purpose", what == code_for::password ? "password" : "regime"}},
                   person_vouched);
    told came = co_await ask(of, "/v1/code/send", std::move(body));
    if (came.is_verdict("code_sent")) {
        of.by->number = std::move(number);
        of.by->ticket = came.take("ticket");
        of.by->ticket_number = of.by->number;
        of.by->ticket_for = what;
        co_return finish(of, next);
    }
    if (came.is_verdict("refused"))
        co_return tell_refusal(of, came);
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain_of_number(of, came);
}

asio::awaitable<answer> site::set_password(visit& of) {
    session& by = *of.by;
    if (by.ticket_for != code_for::password)
        co_return complain(of, {}, "form.over");
    if (auto back =
            find_empty(of, {{"code", "code.empty"}, {"password", "new.empty"}, {"again", "new.empty"}}))
        co_return std::move(*back);
    const std::string_view chosen = of.entered.reveal("password");
    if (chosen != of.entered.reveal("again"))
        co_return complain(of, "again", "new.mismatch");
    std::string body = write_body(
        of, {{"ticket", by.ticket.reveal()}, {"code", of.entered.reveal("code")}, {"password", chosen}});
    const told came = co_await ask(of, "/v1/password/set", std::move(body));
    if (came.is_verdict("ok")) {
        use_up_ticket(of);
        if (by.who)
            co_return co_await log_in_again(of);
        co_return finish(of, "/account", "new.done");
    }
    if (came.is_verdict("denied"))
        co_return complain(of, "code", "code.wrong");
    if (came.is_verdict("refused")) {
        const std::string rule = "reason." + came.text("reason");
        if (of.speaks->find(rule) == nullptr)
            co_return tell_refusal(of, came);
        co_return complain(of, "password", rule);
    }
    if (auto trouble = find_trouble(of, came))
        co_return std::move(*trouble);
    co_return complain(of, "code", "code.wrong");
}

/// The number has another password: whoever came in with the old one is out.
void site::use_up_ticket(visit& of) {
    of.by->ticket_for = code_for::nothing;
    of.by->ticket.wipe();
    end_all_with(of, of.by->ticket_number);
}

void site::end_all_with(const visit& of, std::string_view number) {
    if (const auto who = normalise(number, of.pack->numbers))
        sessions_.end_all_of(who->text(), *of.by);
}

asio::awaitable<answer> site::set_regime(visit& of) {
    session& by = *of.by;
    if (by.ticket_for != code_for::regime)
        co_return complain(of, {}, "form.over");
    if (auto back = find_empty(of, {{"code", "code.empty"}}))
        co_return std::move(*back);
    std::string body = write_body(
        of, {{"ticket", by.ticket.reveal()}, {"code", of.entered.reveal("code")}, {"regime", "one-time"}});
    const told came = co_await ask(of, "/v1/regime/set", std::move(body));
    if (came.is_verdict("ok")) {
        use_up_ticket(of);
        co_return put_out(of, {}, "regime_code.done"); // no password is known that opens it now
    }
    if (came.is_verdict("refused"))
        co_return tell_refusal(of, came);
    if (!came.is_verdict("denied"))
        if (auto trouble = find_trouble(of, came))
            co_return std::move(*trouble);
    co_return complain(of, "code", "regime_code.wrong");
}

/// The number is remembered, so that it need not be typed again; a password never is.
std::optional<answer> site::find_empty(visit& of, texts wanted) const {
    if (!of.by->who)
        if (const std::string_view number = of.entered.reveal("number"); !number.empty())
            of.by->number = number.size() <= longest_number ? number : std::string_view{};
    for (const auto& [field, complaint] : wanted)
        if (of.entered.reveal(field).empty())
            return complain(of, field, complaint);
    return std::nullopt;
}

std::optional<answer> site::examine_person(visit& of) const {
    session& by = *of.by;
    const std::string_view once = of.entered.reveal("once");
    if (by.person_of == once)
        return std::nullopt;
    const std::optional<question> asked = std::exchange(by.asked, std::nullopt);
    const bool is_quick = asked && of.now < by.asked_at + quickest_answer;
    if (asked && !is_quick && is_answered(*asked, of.entered.reveal("answer"), *of.speaks)) {
        by.wrong_answers = 0;
        by.person_of = once;
        return std::nullopt;
    }
    if (++by.wrong_answers >= most_wrong_answers) {
        by.wrong_answers = 0;
        by.questions_from = of.now + questions_pause;
    }
    return complain(of, "answer", is_quick ? "question.fast" : "question.wrong");
}

/// What is nobody's fault in front of the screen; nothing was changed by any of it.
std::optional<answer> site::find_trouble(const visit& of, const told& came) const {
    if (came.status == 422 || came.status == 409)
        return std::nullopt;
    const bool may_wait = came.status == 429 || came.status == 503;
    const std::string_view kind = came.status == 429 ? "too_many" : may_wait ? "busy" : "impossible";
    const auto wait = came.retry_after.value_or(std::chrono::seconds{1});
    answer made = tell_trouble(of, may_wait ? came.status : 500, kind, may_wait ? say_when(of, wait) : "");
    if (may_wait)
        made.retry_after = wait;
    return made;
}

/// The subscriber's own limits, a bar, a new SIM.
answer site::tell_refusal(const visit& of, const told& came, std::string_view limit) const {
    const std::string reason = came.text("reason");
    if (reason == "limit")
        return tell_trouble(of, 429, limit, say_until(of, came.text("until")));
    const std::string own = "refused_" + reason;
    const bool has_own = of.speaks->find("trouble." + own) != nullptr;
    return tell_trouble(of, 403, has_own ? own : "refused", say_until(of, came.text("until")));
}

answer site::complain_of_number(visit& of, const told& came) {
    if (came.status == 409) // another form went by this one's name: it was sent before, with something else
        return complain(of, {}, "form.over");
    return complain(of, "number", "number.wrong");
}

std::string site::write_body(const visit& of, texts wanted, std::string_view more) {
    const std::string visitor = find_visitor(of.asked);
    return write_object({"visitor", visitor}, wanted, more);
}

std::string site::write_guest_body(const visit& of, texts wanted, std::string_view more) {
    return write_object({"session", of.by->who->login.reveal()}, wanted, more);
}

/// Of the session too: nobody meets another's wish by choosing its name.
std::string site::key_of(const visit& of, std::string_view path) const {
    const auto name =
        keys_.name_request({"account form", of.by->id, of.asked.path, path, of.entered.reveal("once")});
    return fmt::format("{:02x}", fmt::join(name, ""));
}

asio::awaitable<site::told> site::ask(const visit& of, std::string_view path, std::string body) {
    request wish;
    wish.method = "POST";
    wish.path = path;
    wish.peer = of.asked.peer;
    wish.content_type = "application/json";
    wish.bearer = house_.token.reveal();
    if (of.asked.method == "POST") // a look has no form, and changes nothing
        wish.idempotency_key = key_of(of, path);
    wish.body = std::move(body);
    answer came = co_await house_.ask(std::move(wish));
    told made;
    made.status = came.status;
    made.retry_after = came.retry_after;
    made.said = json::parse(came.body, nullptr, false);
    wipe(came.body.data(), came.body.size()); // there may be a session or a ticket in it
    if (!made.said.is_object()) {
        made.status = 500;
        made.said = json::object();
    }
    co_return made;
}

} // namespace kabinet::gateway::account
