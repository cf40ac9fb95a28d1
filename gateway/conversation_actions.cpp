#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/listed_lines.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"

#include <boost/asio/awaitable.hpp>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto equal_dial_within = 5s; // at a centre without session ids

/// How long an answer may be in the making: what is left is for its screen's way.
std::chrono::milliseconds patience(const smpp::dialect& speaks) {
    return speaks.answer_deadline * 7 / 10;
}

/// What only reads leaves no SMS behind that could be released: it is asked for once more, for an SMS.
std::optional<wish> read_again(const wish& of) {
    wish again;
    if (std::holds_alternative<menus::show_balance>(of.asked))
        again.asked = menus::show_balance{};
    else if (std::holds_alternative<menus::list_archive>(of.asked))
        again.asked = menus::list_archive{};
    else if (std::holds_alternative<menus::show_spending>(of.asked))
        again.asked = menus::show_spending{};
    else if (std::holds_alternative<menus::explain_login>(of.asked))
        again.asked = menus::explain_login{};
    else if (std::holds_alternative<menus::list_services>(of.asked))
        again.asked = menus::list_services{};
    else if (std::holds_alternative<menus::show_tariff>(of.asked))
        again.asked = menus::show_tariff{};
    else if (std::holds_alternative<menus::show_packages>(of.asked))
        again.asked = menus::show_packages{};
    else
        return std::nullopt;
    again.id = store::keys::draw_request_id();
    again.by = of.by;
    again.by.by = store::channel::sms;
    again.pack = of.pack;
    again.sms_from = of.sms_from;
    again.sms_to = of.sms_to;
    again.group = of.group;
    again.now = of.now;
    return again;
}

} // namespace

void conversation::start(const asked_by& asked, dialogue& at, menus::perform&& action,
                         const ussd_request& request) {
    at.phase = dialogue::phase::performing;
    at.where = action.from;
    at.asked = asked.now.steady;
    dialogues_.set_deadline(at, std::min(at.total_deadline, asked.now.steady + patience(asked.on.speaks())));
    wish made;
    made.asked = std::move(action.asked);
    if (at.screens == 0) {
        const wishes::dial_name name = wishes_.name_dial(asked.on.settings().group, request);
        made.id = name.id;
        at.dial = name.base;
    } else {
        const std::uint64_t number = static_cast<std::uint64_t>(at.id.slot) << 32U | at.id.generation;
        made.id = wishes_.name_step(number, at.screens);
    }
    const smpp::dialect& speaks = asked.on.speaks();
    made.repeats_within = speaks.session == smpp::session_id_kind::none
                              ? std::chrono::microseconds{equal_dial_within}
                              : std::chrono::microseconds{speaks.response_timeout * 2};
    made.by = caller_of(asked.on, at.who, store::channel::ussd, at.speaks);
    made.pack = at.pack;
    made.sms_from = sender_address(at.pack->sender);
    made.sms_to = subscriber_address(at.who);
    made.group = asked.on.settings().group;
    made.now = asked.now;
    auto shared = std::make_shared<wish>(std::move(made)); // a std::function copies what it holds
    auto work = [this, id = at.id, shared, back = action.back](const asked_by& mine) {
        return perform_for_dialogue(mine, id, std::move(*shared), back);
    };
    if (take_turn(asked, at.who, std::move(work)))
        return;
    answer_around(asked, [&] {
        show(asked, at, last_screen_of(at), menus::render(*at.pack, "gateway.busy.screen", at.speaks),
             asked.now);
    });
}

bool conversation::take_turn(const asked_by& asked, msisdn who, turn work) {
    auto begin = [this, asked, who, work = std::move(work)] { spawn(loop_, in_turn(asked, who, work)); };
    const bool may = turns_.enter(who, std::move(begin));
    if (!may)
        counted_.stopped_by_limit.add("actions_of_one");
    return may;
}

asio::awaitable<void> conversation::in_turn(asked_by asked, msisdn who, turn work) {
    try {
        co_await work(asked);
    } catch (const std::exception& thrown) {
        spdlog::error("{}: an action brought us down: {}", asked.on.settings().name, thrown.what());
        if (!asked.is_answered)
            answer(asked, asked.on.try_later());
    }
    sender_.work(read_clocks());
    turns_.leave(who);
}

asio::awaitable<void> conversation::perform_for_dialogue(const asked_by& asked, dialogue_id id, wish of,
                                                         std::optional<menus::place> back) {
    const msisdn who = of.by.who;
    std::optional<wish> again = read_again(of);
    of.kept = acknowledge(asked);
    performed done = co_await performer_.run(std::move(of));
    hear(who, done);
    hear_of_another(done);
    const bool was_put_by = std::erase(put_by_, id) != 0;
    answer_around(asked, [&] { tell_outcome(asked, id, done, back, read_clocks()); });
    if (was_put_by && again)
        co_await tell_late(std::move(*again));
}

/// What is kept is ours: the centre needn't wait for an answer that may take seconds.
std::function<void()> conversation::acknowledge(const asked_by& asked) {
    return [this, &asked] {
        if (asked.on.speaks().respond == smpp::response_order::before_submit)
            answer(asked, smpp::status::ok);
    };
}

asio::awaitable<void> conversation::tell_late(wish of) {
    performed done = co_await performer_.run(std::move(of));
    if (done.due)
        sender_.send(std::move(*done.due));
}

void conversation::hear(msisdn who, const performed& done) {
    counted_.actions[static_cast<std::size_t>(done.asked)].add(done.word);
    for (const store::outbox_id each : done.came.overtaken)
        sender_.forget(who, each);
    if (done.is_done && done.asked != menus::action_kind::tell)
        speak(who, done.came.speaks);
    if (done.is_hopeless)
        spdlog::error("the store refuses an action for good: {} of {} {}", menus::name_of(done.asked),
                      who.masked(), keys_.token(who));
}

void conversation::hear_of_another(performed& done) {
    if (!done.other)
        return;
    for (const store::outbox_id each : done.other->overtaken)
        sender_.forget(done.other->whose, each);
    if (done.other->notice)
        sender_.send(std::move(*done.other->notice));
}

void conversation::tell_outcome(const asked_by& asked, dialogue_id id, performed& done,
                                const std::optional<menus::place>& back, instant now) {
    if (done.due)
        sender_.send(std::move(*done.due));
    dialogue* at = dialogues_.find(id);
    const bool is_in_time = now.steady - asked.now.steady < asked.on.speaks().answer_deadline;
    if (at != nullptr && !is_in_time) { // the centre has given this screen up
        finish(*at, "answered too late", now);
        at = nullptr;
    }
    if (at == nullptr) { // the subscriber is gone: it is told by SMS
        if (done.held)
            sender_.release(*done.held);
        return;
    }
    at->speaks = language_of(at->who);
    const menus::text_name name = done.text(menus::channel::screen);
    at->did.assign(menus::name_of(done.asked).data(), menus::name_of(done.asked).size());
    at->did.append(".").append(done.word.data(), done.word.size());
    menus::fields known = fields_of(done.came, at->who, done.clear);
    const listed_lines lines{done.came};
    lines.add_to(known);
    const bool is_under_way = done.came.is == store::verdict::under_way; // a polite end, and an SMS later
    if (back && !at->is_one_shot && !is_under_way) {
        at->where = *back;
        at->where.reads = at->speaks;
        return show(asked, *at, screen_kind::ask,
                    menus::render_outcome(*at->pack, view(name), at->where, known), now, done.held);
    }
    show(asked, *at, last_screen_of(*at), menus::render(*at->pack, view(name), at->speaks, known), now,
         done.held);
}

} // namespace kabinet::gateway
