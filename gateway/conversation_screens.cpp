#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "gateway/sell.hpp"

namespace kabinet::gateway {

namespace {

screen screen_of(const dialogue& at, screen_kind kind, steady_time deadline) {
    screen made;
    made.of = at.id;
    made.who = at.who;
    made.line = at.link;
    made.kind = kind;
    made.subscriber = at.subscriber;
    made.service = at.service;
    made.session = at.session;
    made.deadline = deadline;
    return made;
}

} // namespace

screen_kind conversation::last_screen_of(const dialogue& of) {
    return of.is_one_shot ? screen_kind::one_shot_answer : screen_kind::answer;
}

void conversation::show(const asked_by& asked, dialogue& at, screen_kind kind,
                        const boost::system::result<short_text>& text, instant now,
                        std::optional<store::outbox_id> held) {
    const smpp::dialect& speaks = lines_.at(at.link).speaks();
    screen made = screen_of(at, kind, asked.now.steady + speaks.answer_deadline);
    made.held = held;
    if (text)
        made.text = *text;
    else
        spdlog::error("a screen can't be written: {}", text.error().message());
    ++at.screens;
    if (kind == screen_kind::ask) {
        at.phase = dialogue::phase::awaiting;
        dialogues_.set_deadline(at, std::min(at.total_deadline, now.steady + speaks.idle_timeout));
    } else {
        made.dial = at.dial;
        finish(at, "answered", now);
    }
    screens_.show(std::move(made), now);
    counted_.answers.add(std::chrono::steady_clock::now() - asked.now.steady);
}

/// Nobody answers any more: the centre needn't keep the session either.
void conversation::give_up(dialogue& at, std::string_view why, instant now) {
    const smpp::dialect& speaks = lines_.at(at.link).speaks();
    const bool is_released = at.phase == dialogue::phase::awaiting && speaks.ops.abort_request;
    screen made = screen_of(at, screen_kind::release, now.steady + speaks.answer_deadline);
    finish(at, why, now);
    if (is_released)
        screens_.show(std::move(made), now);
}

void conversation::put_by(dialogue& at, instant now) {
    const smpp::dialect& speaks = lines_.at(at.link).speaks();
    screen made = screen_of(at, last_screen_of(at), at.asked + speaks.answer_deadline);
    if (const auto text = menus::render(*at.pack, "gateway.slow.screen", at.speaks))
        made.text = *text;
    put_by_.push_back(at.id);
    finish(at, "put by", now);
    screens_.show(std::move(made), now);
}

/// The house's own word to somebody who has no dialogue, or none any more.
void conversation::say(const asked_by& asked, const ussd_request& request, std::string_view house_text,
                       const menus::fields& known) {
    const auto text =
        menus::render(*packs_.of(request.who), view(menus::name_text(house_text, menus::channel::screen)),
                      language_of(request.who), known);
    screen made;
    made.who = request.who;
    made.line = asked.on.number;
    made.kind = request.event == ussd_event::one_shot ? screen_kind::one_shot_answer : screen_kind::answer;
    made.subscriber = request.subscriber;
    made.service = request.service;
    made.session = request.session;
    made.deadline = asked.now.steady + asked.on.speaks().answer_deadline;
    if (text)
        made.text = *text;
    answer_around(asked, [&] { screens_.show(std::move(made), asked.now); });
}

/// A question whose dialogue was replaced meanwhile would land in the next one, and a release would end it.
bool conversation::is_wanted(const screen& made) {
    if (made.kind == screen_kind::release)
        return false;
    return made.kind != screen_kind::ask || dialogues_.find(made.of) != nullptr;
}

void conversation::screen_shown(const screen& shown, instant now) {
    if (shown.held)
        sender_.cancel(*shown.held);
    if (shown.dial)
        wishes_.is_over(*shown.dial, lines_.at(shown.line).speaks().response_timeout * 2, now.steady);
}

void conversation::screen_failed(const screen& failed, std::string_view why, instant now) {
    if (failed.kind == screen_kind::release) // the centre had ended it already, as likely as not
        return;
    ++counted_.screens_lost;
    spdlog::warn("{}: a screen for {} {} could not be shown: {}", lines_.at(failed.line).settings().name,
                 failed.who.masked(), keys_.token(failed.who), why);
    recent_.note(failed.who, now.utc, "screen not shown:", why);
    if (failed.held)
        sender_.release(*failed.held);
    if (dialogue* at = dialogues_.find(failed.of); at != nullptr && failed.kind == screen_kind::ask)
        leave(*at, "screen refused", now);
}

} // namespace kabinet::gateway
