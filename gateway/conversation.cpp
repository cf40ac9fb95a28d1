#include "gateway/conversation.hpp"

#include "gateway/clocks.hpp"
#include "gateway/log.hpp"

#include <boost/asio/awaitable.hpp>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using smpp::status;

conversation::conversation(asio::io_context& loop, house_rules rules, const colleagues& with, pack_set packs)
    : loop_{loop}
    , rules_{std::move(rules)}
    , lines_{with.links}
    , performer_{with.performs}
    , billing_{with.money}
    , sender_{with.sends}
    , keys_{with.keys}
    , records_{with.records}
    , recent_{with.lately}
    , rows_{with.rows}
    , packs_{std::move(packs)}
    , dialogues_{rules_.most_dialogues, std::chrono::steady_clock::now()}
    , wishes_{with.keys}
    , screens_{loop, with.links, *this}
    , left_{rules_.resume_within}
    , dialogue_starts_{packs_.usual()->allowed.dialogue_starts_per_minute, 60s,
                       std::chrono::steady_clock::now()}
    , sms_replies_{packs_.usual()->allowed.sms_replies_per_hour, 3600s, std::chrono::steady_clock::now()} {}

void conversation::serve(pack_set packs) {
    packs_ = std::move(packs);
    dialogue_starts_.allow(packs_.usual()->allowed.dialogue_starts_per_minute);
    sms_replies_.allow(packs_.usual()->allowed.sms_replies_per_hour);
}

void conversation::message_arrived(smpp::link& by, const smpp::delivery& delivery,
                                   const smpp::message& came) {
    const asked_by asked{lines_.of(by), delivery, read_clocks()};
    try {
        std::visit([&](const auto& request) { take(asked, request); },
                   read(came, asked.on.speaks(), rules_.numbers));
    } catch (const std::exception& thrown) { // ours to mend; the others' messages go on
        const bool is_hopeless = poison_.has_thrown(came, asked.now.steady);
        spdlog::error("{}: a message brought us down: {}{}", asked.on.settings().name, thrown.what(),
                      is_hopeless ? "; it is refused for good" : "");
        if (!asked.is_answered)
            answer(asked, is_hopeless ? status::permanent_error : asked.on.try_later());
    }
}

void conversation::take(const asked_by& asked, const ussd_request& request) {
    if (request.is_foreign)
        return turn_away(asked, request);
    switch (request.event) {
    case ussd_event::dial:
    case ussd_event::one_shot:
        return begin_dialogue(asked, request);
    case ussd_event::input:
        return continue_dialogue(asked, request);
    case ussd_event::shown:
        return answer(asked, status::ok);
    case ussd_event::gone:
        answer(asked, status::ok);
        if (dialogue* ended = dialogues_.find(asked.on.group, request.who, request.session))
            leave(*ended, "aborted", asked.now);
        return;
    }
}

void conversation::take(const asked_by& asked, const receipt& told) {
    spdlog::trace("receipt for {} at {}", quoted(view(told.message_id)), asked.on.settings().name);
    answer(asked, status::ok);
}

void conversation::take(const asked_by& asked, const unanswerable& request) {
    count(asked, request.why);
    answer(asked, status::ok); // an error would bring it back
}

/// It waits for a screen, and is nobody's subscriber here.
void conversation::turn_away(const asked_by& asked, const ussd_request& request) {
    count(asked, unanswerable_reason::foreign_number);
    const bool begins = request.event == ussd_event::dial || request.event == ussd_event::one_shot;
    if (begins)
        return say(asked, request, "gateway.foreign");
    answer(asked, status::ok);
}

void conversation::count(const asked_by& asked, unanswerable_reason why) {
    ++turned_away_[static_cast<std::size_t>(why)];
    spdlog::debug("{}: a message is not answered: {}", asked.on.settings().name, name_of(why));
}

void conversation::begin_dialogue(const asked_by& asked, const ussd_request& request) {
    if (dialogue* older = dialogues_.find(asked.on.group, request.who))
        leave(*older, "replaced", asked.now);
    recent_.note(request.who, asked.now.utc, "dials", asked.on.settings().name);
    if (!is_taking_)
        return answer(asked, asked.on.try_later());
    if (is_in_maintenance(asked.now.utc)) {
        menus::fields known;
        known.until = maintenance_->until;
        return say(asked, request, known.until ? "gateway.maintenance_until" : "gateway.maintenance", known);
    }
    if (!request.is_readable)
        return say(asked, request, "gateway.failed");
    if (dialogue_starts_.admit(request.who, asked.now.steady) != throttle::answer::yes) {
        counted_.stopped_by_limit.add("dialogue_starts");
        return say(asked, request, "gateway.too_often");
    }
    dialogue* begun = dialogues_.begin(asked.on.group, request.who, request.session);
    if (begun == nullptr) {
        counted_.stopped_by_limit.add("dialogues");
        return say(asked, request, "gateway.busy");
    }
    ++counted_.dialogues;
    begun->link = asked.on.number;
    begun->subscriber = request.subscriber;
    begun->service = request.service;
    begun->is_one_shot = request.event == ussd_event::one_shot;
    begun->speaks = language_of(request.who);
    begun->pack = packs_.of(request.who);
    begun->began = asked.now.utc;
    begun->total_deadline = asked.now.steady + asked.on.speaks().total_timeout;
    dialogues_.set_deadline(*begun, begun->total_deadline);
    menus::step first = menus::dial(*begun->pack, view(request.text), begun->speaks);
    go(asked, *begun, resume(*begun, std::move(first), asked.now), request);
}

void conversation::continue_dialogue(const asked_by& asked, const ussd_request& request) {
    dialogue* at = dialogues_.find(asked.on.group, request.who, request.session);
    if (at == nullptr)
        return say(asked, request, "gateway.expired");
    const bool is_redelivered = at->input_connection == asked.delivery.connection &&
                                at->input_sequence == asked.delivery.sequence_number;
    if (at->phase != dialogue::phase::awaiting || is_redelivered) // or typed while an answer is being made
        return answer(asked, status::ok);
    at->input_connection = asked.delivery.connection;
    at->input_sequence = asked.delivery.sequence_number;
    go(asked, *at, menus::enter(*at->pack, at->where, view(request.text), at->who, *this), request);
}

/// What the menu says is next.
void conversation::go(const asked_by& asked, dialogue& at, menus::step&& next, const ussd_request& request) {
    if (auto* action = std::get_if<menus::perform>(&next))
        return start(asked, at, std::move(*action), request);
    // where nobody vouches for the number, what it has is nobody's to see
    const bool may_look = asked.on.settings().trusts_ussd_source;
    if (const auto* wants = std::get_if<menus::inquire>(&next)) {
        look first;
        first.dialled = std::make_unique<kept_dial>(request);
        first.found = wants->so_far;
        first.found.asked = first.found.asked | wants->of;
        return begin_look(asked, at, may_look ? wants->of : menus::sources{}, std::move(first));
    }
    const auto* shown = std::get_if<menus::show>(&next);
    const screen_kind kind = at.is_one_shot ? screen_kind::one_shot_answer : screen_kind::ask;
    if (shown != nullptr && may_look)
        if (const menus::sources wanted = menus::wanted_at(*at.pack, shown->at); !wanted.empty()) {
            at.where = shown->at;
            look screen;
            screen.found.asked = wanted;
            screen.kind = kind;
            return begin_look(asked, at, wanted, std::move(screen));
        }
    answer_around(asked, [&] {
        if (shown != nullptr) {
            at.where = shown->at;
            show(asked, at, kind,
                 menus::render(*at.pack, at.where, menus::fields_of(*at.pack, at.where, asked.now.utc)),
                 asked.now);
        } else {
            show(asked, at, last_screen_of(at), menus::render(*at.pack, std::get<menus::end>(next)),
                 asked.now);
        }
    });
}

void conversation::answer(const asked_by& asked, status result) {
    if (std::exchange(asked.is_answered, true)) // when what was asked was kept
        return;
    asked.on.link->respond(asked.delivery, result);
}

void conversation::speak(msisdn who, language chosen) {
    if (chosen == packs_.usual()->languages.front().code)
        languages_.erase(who);
    else
        languages_.insert_or_assign(who, chosen);
}

void conversation::forget(msisdn who) {
    languages_.erase(who);
    left_.forget(who);
    replies_.forget(who);
    const instant now = read_clocks();
    dialogues_.for_each([&](dialogue& each) {
        if (each.who == who)
            finish(each, "forgotten", now);
    });
}

void conversation::end_dialogues_of(msisdn who, instant now) {
    for (std::uint16_t group = 0; group < lines_.groups(); ++group)
        if (dialogue* const open = dialogues_.find(group, who))
            give_up(*open, "SIM changed", now);
    left_.forget(who);
    replies_.forget(who);
}

bool conversation::is_in_maintenance(utc_time now) const {
    return maintenance_ && !(maintenance_->until && now >= *maintenance_->until);
}

void conversation::finish(dialogue& ended, std::string_view why, instant now) {
    const line& on = lines_.at(ended.link);
    const auto code = menus::write_code(*ended.pack, ended.where);
    counted_.dialogue_ends.add(why);
    records_.write({.kind = "ussd",
                    .who = ended.who,
                    .link = on.settings().name,
                    .service = view(code),
                    .began = ended.began,
                    .ended = now.utc,
                    .screens = ended.screens,
                    .did = view(ended.did),
                    .end = why});
    recent_.note(ended.who, now.utc, why, ended.did.empty() ? view(code) : view(ended.did));
    dialogues_.end(ended);
}

void conversation::leave(dialogue& broken, std::string_view why, instant now) {
    keep_place(broken, now);
    finish(broken, why, now);
}

/// Of what is being done when it breaks the answer comes by SMS.
void conversation::keep_place(const dialogue& broken, instant now) {
    if (broken.phase != dialogue::phase::awaiting)
        return;
    if (const auto at = menus::find_resumption(*broken.pack, broken.where))
        left_.keep(broken.who, {*at, broken.pack}, now.steady);
}

menus::step conversation::resume(const dialogue& begun, menus::step&& first, instant now) {
    const std::optional<left_place> left = left_.take(begun.who, now.steady);
    const auto* shown = std::get_if<menus::show>(&first);
    const bool is_bare_code = shown != nullptr && shown->at.depth == 0 && shown->at.wrong == 0;
    const bool is_same = left && is_bare_code && !begun.is_one_shot && left->pack == begun.pack &&
                         left->where.code == shown->at.code && left->where.reads == begun.speaks;
    return is_same ? menus::step{menus::show{left->where}} : std::move(first);
}

store::caller conversation::caller_of(const line& on, msisdn who, store::channel by, language speaks) const {
    const smpp::link_settings& settings = on.settings();
    store::caller made;
    made.who = who;
    made.by = by;
    made.speaks = speaks;
    made.may_register = rules_.known == accounts_known::first_dial;
    made.is_vouched_for =
        by == store::channel::ussd ? settings.trusts_ussd_source : settings.trusts_sms_source;
    return made;
}

language conversation::language_of(msisdn who) const {
    const auto own = languages_.find(who);
    return own == languages_.end() ? packs_.usual()->languages.front().code : own->second;
}

menus::fingerprint conversation::take(const secret& typed) const {
    return keys_.mark("new password", typed.reveal());
}

} // namespace kabinet::gateway
