#include "gateway/sender.hpp"

#include "gateway/log.hpp"
#include "gateway/perform.hpp"
#include "gateway/translate.hpp"
#include "menus/page.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::gateway {

using namespace std::chrono_literals;
using smpp::status;
using store::settling;

namespace {

constexpr std::size_t fetched_at_once = 500;
constexpr auto fetch_every = 5s;

std::chrono::milliseconds backoff(std::uint8_t tries) {
    return std::min<std::chrono::milliseconds>(5min, 5s * (1 << std::min<unsigned>(tries, 6)));
}

} // namespace

sender::sender(lines& lines, store::store& store, pack_in_force pack, std::size_t most_in_memory)
    : lines_{lines}
    , store_{store}
    , pack_{std::move(pack)}
    , most_in_memory_{most_in_memory} {}

void sender::send(store::outgoing_sms row) {
    for (const store::outbox_id each : row.what.overtaken)
        forget(row.who, each);
    if (in_memory_ >= most_in_memory_) { // the store keeps it; it is fetched when there is room
        settle(row.id, settling::give_back);
        may_have_more_ = true;
        return;
    }
    const msisdn who = row.who;
    subscriber_queue& queue = by_subscriber_[who];
    queue.rows.push_back(std::move(row));
    ++in_memory_;
    if (queue.rows.size() == 1)
        ready_.push_back(who);
}

void sender::forget(msisdn who, store::outbox_id id) {
    const auto found = by_subscriber_.find(who);
    if (found == by_subscriber_.end())
        return;
    subscriber_queue& queue = found->second;
    const auto row = std::ranges::find(queue.rows, id, &store::outgoing_sms::id);
    if (row == queue.rows.end())
        return;
    if (row != queue.rows.begin()) {
        queue.rows.erase(row);
        --in_memory_;
    } else if (queue.submitted) {
        queue.is_overtaken = true;
    } else {
        finish_first(who, std::nullopt);
    }
}

void sender::forget(msisdn who) {
    const auto found = by_subscriber_.find(who);
    if (found == by_subscriber_.end())
        return;
    subscriber_queue& queue = found->second;
    in_memory_ -= queue.rows.size() - 1;
    queue.rows.erase(queue.rows.begin() + 1, queue.rows.end());
    if (queue.submitted) // its response is still to come
        queue.is_overtaken = true;
    else
        finish_first(who, std::nullopt);
}

void sender::cancel(store::outbox_id id) {
    settle(id, settling::cancel);
}

void sender::release(store::outbox_id id) {
    settle(id, settling::release);
}

void sender::work(instant now) {
    while (!delayed_.empty() && delayed_.begin()->first <= now.steady) {
        ready_.push_back(delayed_.begin()->second);
        delayed_.erase(delayed_.begin());
    }
    pump(now);
    flush_settlements(now);
    fetch(now);
}

void sender::pump(instant now) {
    while (is_submitting_ && !ready_.empty()) {
        const msisdn who = ready_.front();
        const auto found = by_subscriber_.find(who);
        if (found == by_subscriber_.end() || found->second.submitted) {
            ready_.pop_front(); // answered meanwhile by a late response
            continue;
        }
        switch (submit(found->second, now)) {
        case submitted::later:
            return;
        case submitted::yes:
            ready_.pop_front();
            break;
        case submitted::never:
            ready_.pop_front();
            finish_first(who, found->second.rows.front().expires <= now.utc ? settling::expired
                                                                            : settling::failed);
            break;
        }
    }
}

sender::submitted sender::submit(subscriber_queue& queue, instant now) {
    const store::outgoing_sms& row = queue.rows.front();
    if (row.expires <= now.utc)
        return submitted::never;
    const auto text =
        menus::render(*pack_(), view(text_of(row)), row.what.speaks, fields_of(row.what, row.who, row.clear));
    if (!text) {
        spdlog::error("an SMS can't be written: {}: {}", view(text_of(row)), text.error().message());
        return submitted::never;
    }
    line* by = choose_line(row, now.steady);
    if (by == nullptr)
        return submitted::later;
    submit_scratch scratch;
    const auto pdu = write_sms(by->speaks(), row.from, row.to, view(*text), scratch);
    if (!pdu) {
        spdlog::error("an SMS can't travel: {}: {}", view(text_of(row)), pdu.error().message());
        return submitted::never;
    }
    const place_key place = outstanding_.put({row.who, row.id});
    if (const auto taken = by->link->submit(*pdu, ticket{ticket_of::sms, place}.write()); !taken) {
        outstanding_.take(place);
        if (taken.error().category() == smpp::link_category())
            return submitted::later; // a response, or the link, comes back here
        spdlog::error("an SMS can't travel: {}: {}", view(text_of(row)), taken.error().message());
        return submitted::never;
    }
    queue.submitted = place;
    ++in_flight_;
    return submitted::yes;
}

/// A link of its group before the others; one that was told to slow down holds up nobody while another takes.
line* sender::choose_line(const store::outgoing_sms& row, steady_time now) {
    while (paces_.size() < static_cast<std::size_t>(lines_.end() - lines_.begin()))
        paces_.emplace_back(lines_.at(static_cast<std::uint16_t>(paces_.size())).settings().max_tps, now);
    for (const bool is_own_group : {true, false})
        for (line& each : lines_)
            if ((each.settings().group == row.group) == is_own_group && takes(each, now))
                return &each;
    return nullptr;
}

/// Whether one more may leave by it now; if so, its pace has counted it.
bool sender::takes(line& by, steady_time now) {
    const smpp::link_settings& settings = by.settings();
    const std::uint32_t for_screens = settings.carries_ussd ? settings.window / 4 : 0; // USSD overtakes SMS
    return settings.carries_sms && by.link->is_bound() &&
           by.link->in_flight() < settings.window - for_screens && paces_[by.number].admit(1, now);
}

void sender::response_arrived(line& by, place_key place, const smpp::response& answer, instant now) {
    const outstanding* known = outstanding_.find(place);
    if (known == nullptr)
        return; // the other submit of the same row was answered first
    const msisdn who = known->who;
    if (answer.result == status::ok) {
        paces_[by.number].sent(now.steady);
        return finish_first(who, settling::sent);
    }
    if (!answer.is_late)
        refused(by, who, answer.result, now.steady);
}

void sender::refused(line& by, msisdn who, status why, steady_time now) {
    subscriber_queue& queue = by_subscriber_[who];
    outstanding_.take(*take_submitted(queue));
    if (queue.is_overtaken)
        return finish_first(who, std::nullopt);
    switch (why) {
    case status::throttled:
        paces_[by.number].slow_down(500ms, now);
        ready_.push_front(who);
        return;
    case status::queue_full:
        paces_[by.number].slow_down(2s, now);
        ready_.push_front(who);
        return;
    case status::system_error:
    case status::temporary_error:
    case status::invalid_bind_status:
        delayed_.emplace(now + backoff(queue.tries++), who);
        return;
    default:
        spdlog::error("{} refused an SMS: status {:#x} {}", by.settings().name,
                      static_cast<std::uint32_t>(why), smpp::name_of(why));
        return finish_first(who, settling::failed);
    }
}

void sender::response_missing(place_key place) {
    const outstanding* known = outstanding_.find(place);
    if (known == nullptr)
        return;
    const msisdn who = known->who;
    subscriber_queue& queue = by_subscriber_[who];
    if (queue.missing || queue.is_overtaken)
        return finish_first(who, settling::failed);
    queue.missing = take_submitted(queue); // its place stays: a late response still says "sent"
    settle(queue.rows.front().id, settling::unknown);
    ready_.push_back(who);
}

void sender::finish_first(msisdn who, std::optional<settling> how) {
    const auto found = by_subscriber_.find(who);
    subscriber_queue& queue = found->second;
    if (how)
        settle(queue.rows.front().id, *how);
    for (const std::optional<place_key>& each :
         {take_submitted(queue), std::exchange(queue.missing, std::nullopt)})
        if (each)
            outstanding_.take(*each);
    queue.tries = 0;
    queue.is_overtaken = false;
    queue.rows.pop_front();
    --in_memory_;
    if (queue.rows.empty()) {
        by_subscriber_.erase(found);
        return;
    }
    ready_.push_back(who);
}

std::optional<place_key> sender::take_submitted(subscriber_queue& queue) {
    if (queue.submitted)
        --in_flight_;
    return std::exchange(queue.submitted, std::nullopt);
}

void sender::settle(store::outbox_id id, settling how) {
    ended_.push_back({id, how});
}

void sender::flush_settlements(instant now) {
    if (ended_.empty() || is_settling_)
        return;
    is_settling_ = true;
    auto leaving = std::make_shared<std::vector<store::settlement>>(std::exchange(ended_, {}));
    store_.settle(*leaving, now, [this, leaving](const boost::system::result<std::size_t>& told) {
        is_settling_ = false;
        if (!told) // the store is full or busy: it hears it later
            ended_.insert(ended_.begin(), leaving->begin(), leaving->end());
        else
            may_have_more_ = may_have_more_ || std::ranges::any_of(*leaving, [](const auto& each) {
                                 return each.how == settling::release;
                             });
    });
}

void sender::fetch(instant now) {
    if (!is_fetching_allowed_ || is_fetching_ || in_memory_ >= most_in_memory_ / 2 ||
        (!may_have_more_ && now.steady < fetch_again_))
        return;
    is_fetching_ = true;
    may_have_more_ = false;
    fetch_again_ = now.steady + fetch_every;
    store_.claim_outgoing(fetched_at_once, now, [this](auto rows) {
        is_fetching_ = false;
        if (!rows)
            return;
        may_have_more_ = may_have_more_ || !rows->empty();
        for (store::outgoing_sms& each : *rows)
            send(std::move(each));
    });
}

bool sender::is_drained() {
    const bool is_taken = std::ranges::any_of(
        lines_, [](const line& each) { return each.settings().carries_sms && each.link->is_bound(); });
    return is_at_rest() && (ready_.empty() || !is_taken);
}

bool sender::is_at_rest() const {
    return ended_.empty() && !is_settling_ && !is_fetching_ && in_flight_ == 0;
}

} // namespace kabinet::gateway
