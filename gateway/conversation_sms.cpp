#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using smpp::status;

namespace {

constexpr auto equal_sms_within = 10min;
constexpr auto reply_is_kept = 24h;
constexpr std::string_view no_command = "?";

} // namespace

void conversation::take(const asked_by& asked, const sms_request& request) {
    if (request.segment.number != 1) // the first part is answered for all
        return answer(asked, status::ok);
    if (!is_taking_ || is_in_maintenance(asked.now.utc)) // the centre keeps it
        return answer(asked, asked.on.try_later());
    recent_.note(request.who, asked.now.utc, "texts", quoted(view(request.service.characters)));
    // No command is as long as a message in parts, or in a coding that can't be read: help is told.
    const bool may_be_command = request.is_readable && request.segment.total == 1;
    auto command = menus::read_command(*packs_.of(request.who), view(request.service.characters),
                                       may_be_command ? view(request.text) : no_command);
    if (!command) {
        spdlog::debug("{}: a text to {} that is no command", asked.on.settings().name,
                      quoted(view(request.service.characters)));
        return answer(asked, status::ok);
    }
    const throttle::answer may_answer = sms_replies_.admit(request.who, asked.now.steady);
    if (may_answer != throttle::answer::yes)
        counted_.stopped_by_limit.add("sms_replies");
    if (may_answer == throttle::answer::no) // silence: whoever texts that often is a machine
        return answer(asked, status::ok);
    if (may_answer == throttle::answer::no_for_the_first_time)
        command = menus::command_read{menus::tell{menus::text_name{"gateway.too_often"}}};
    wish made = read_wish(asked, request, std::move(*command));
    if (may_answer == throttle::answer::no_for_the_first_time)
        made.id = wishes_.name_notice(request.who, asked.now.utc);
    made.sms_from = request.service;
    made.sms_to = request.subscriber;
    made.group = asked.on.settings().group;
    made.now = asked.now;
    auto shared = std::make_shared<wish>(std::move(made));
    auto work = [this, shared](const asked_by& mine) { return perform_for_sms(mine, std::move(*shared)); };
    if (!take_turn(asked, request.who, std::move(work)))
        put_off(asked, request.who);
}

wish conversation::read_wish(const asked_by& asked, const sms_request& request, menus::command_read command) {
    wish made;
    made.pack = packs_.of(request.who);
    made.asked = std::move(command.asked);
    made.id = wishes_.name_sms(request);
    made.repeats_within = equal_sms_within;
    made.by = caller_of(asked.on, request.who, store::channel::sms, language_of(request.who));
    if (!made.by.is_vouched_for) // whoever may write under another's number neither asks for him nor agrees
        return made;
    const auto reply = replies_.find(request.who, view(command.reply), asked.now);
    if (reply && menus::asks_by_sms(*made.pack, menus::kind_of(action_of(reply->to)))) {
        made.asked = action_of(reply->to);
        made.id = reply->id;
        made.repeats_within = reply_is_kept; // longer than its code counts, whatever the clock does
    } else if (command.asks_first) {
        made.asks_first = replies_.ask(request.who, *proposal_of(made.asked), asked.now);
        // A repeat is told without its code: so the same, asked again, is another asking. Nothing is done by
        // it.
        made.id = store::keys::draw_request_id();
    }
    return made;
}

/// The centre brings it again; until then it isn't one of the answers that are counted.
void conversation::put_off(const asked_by& asked, msisdn who) {
    sms_replies_.give_back(who);
    answer(asked, asked.on.try_later());
}

asio::awaitable<void> conversation::perform_for_sms(const asked_by& asked, wish of) {
    const msisdn who = of.by.who;
    const address number = of.sms_from;
    const store::request_id name = of.id;
    of.kept = acknowledge(asked);
    performed done = co_await performer_.run(std::move(of));
    const instant now = read_clocks();
    hear(who, done);
    hear_of_another(done);
    if (done.is_done && done.came.is != store::verdict::told)
        replies_.conclude(who, name, store::is_refusal(done.came.is));
    if (done.is_done)
        answer(asked, status::ok);
    else if (done.is_hopeless)
        answer(asked, status::permanent_error);
    else
        put_off(asked, who);
    std::string did{menus::name_of(done.asked)};
    did.append(".").append(done.word);
    records_.write({.kind = "sms",
                    .who = who,
                    .link = asked.on.settings().name,
                    .service = view(number.characters),
                    .began = asked.now.utc,
                    .ended = now.utc,
                    .screens = 0,
                    .did = did,
                    .end = done.is_done ? "answered" : "put off"});
    recent_.note(who, now.utc, "by SMS", did);
    if (done.due)
        sender_.send(std::move(*done.due));
}

} // namespace kabinet::gateway
