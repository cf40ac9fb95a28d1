#include "gateway/sender.hpp"

#include "gateway/log.hpp"
#include "gateway/perform.hpp"

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

sender::sender(lines& lines, store::store& store, packs_in_force packs, std::size_t most_in_memory)
    : lines_{lines}
    , store_{store}
    , packs_{std::move(packs)}
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

void sender::response_arrived(line& by, place_key place, const smpp::response& answer, instant now) {
    const outstanding* known = outstanding_.find(place);
    if (known == nullptr)
        return; // the other submit of the same row was answered first
    if (answer.result == status::ok) {
        paces_[by.number].sent(now.steady);
        return part_taken(by, *known);
    }
    if (!answer.is_late)
        refused(by, known->who, answer.result, now.steady);
}

void sender::part_taken(line& by, outstanding known) {
    if (known.part == known.as.parts)
        return finish_first(known.who, settling::sent);
    subscriber_queue& queue = by_subscriber_[known.who];
    if (queue.is_overtaken)
        return finish_first(known.who, std::nullopt);
    drop_places(queue);
    queue.tries = 0;
    queue.begun = progress{&by, known.as, known.part, std::move(known.from)};
    ready_.push_front(known.who); // what is begun goes before what isn't
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
    drop_places(queue);
    queue.tries = 0;
    queue.is_overtaken = false;
    queue.begun.reset();
    queue.rows.pop_front();
    --in_memory_;
    if (queue.rows.empty()) {
        by_subscriber_.erase(found);
        return;
    }
    ready_.push_back(who);
}

void sender::drop_places(subscriber_queue& queue) {
    for (const std::optional<place_key>& each :
         {take_submitted(queue), std::exchange(queue.missing, std::nullopt)})
        if (each)
            outstanding_.drop(*each);
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
