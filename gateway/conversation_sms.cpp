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
    wish made;
    if (may_answer == throttle::answer::no_for_the_first_time) {
        made.asked = menus::tell{menus::text_name{"gateway.too_often"}};
        made.id = wishes_.name_notice(request.who, asked.now.utc);
    } else {
        made = read_wish(request, std::move(*command), asked.now);
    }
    made.repeats_within = equal_sms_within;
    made.by = caller_of(asked.on, request.who, store::channel::sms, language_of(request.who));
    made.pack = packs_.of(request.who);
    made.sms_from = request.service;
    made.sms_to = request.subscriber;
    made.group = asked.on.settings().group;
    made.now = asked.now;
    auto shared = std::make_shared<wish>(std::move(made));
    auto work = [this, shared](const asked_by& mine) { return perform_for_sms(mine, std::move(*shared)); };
    if (!take_turn(asked, request.who, std::move(work)))
        put_off(asked, request.who);
}

wish conversation::read_wish(const sms_request& request, menus::command_read command, instant now) {
    wish made;
    made.asked = std::move(command.asked);
    made.id = wishes_.name_sms(request);
    if (const auto reply = replies_.take(request.who, command.reply, now)) {
        made.asked = action_of(reply->to);
        made.id = reply->id;
    } else if (command.asks_first) {
        auto told = replies_.await(request.who, *agreed_of(made.asked), now);
        made.asks_first = wish::question{std::move(told.code), told.until};
        // Nothing is done: brought again it is told again. Under the name of the SMS whoever agreed and asks
        // for the same once more would be told the code that did the first.
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
    of.kept = acknowledge(asked);
    performed done = co_await performer_.run(std::move(of));
    const instant now = read_clocks();
    hear(who, done);
    hear_of_another(done);
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
