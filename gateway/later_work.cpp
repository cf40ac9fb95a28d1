#include "gateway/later_work.hpp"

#include "gateway/at_store.hpp"
#include "gateway/log.hpp"
#include "gateway/spawn.hpp"
#include "gateway/translate.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::result;

namespace {

constexpr auto between_steps = 5s;
constexpr auto between_counts = 1min;
constexpr std::size_t due_at_once = 200; // in one batch with what subscribers wait for

/// `notice.service_paused` and so on. Nobody is told that a service goes on, or a tariff.
std::string name_notice(store::ware_kind kind, store::ware_event came) {
    constexpr std::array words{"paused", "resumed", "renewed", "ended"};
    return fmt::format("notice.{}_{}", store::name_of(kind), words.at(static_cast<std::size_t>(came)));
}

} // namespace

later_work::later_work(asio::io_context& loop, store::store& store, sender& sender, packs_in_force packs,
                       bool keeps_money)
    : loop_{loop}
    , store_{store}
    , sender_{sender}
    , packs_{std::move(packs)}
    , keeps_money_{keeps_money} {}

void later_work::work(instant now) {
    if (is_stepping_ || now.steady < next_)
        return;
    next_ = now.steady + between_steps;
    is_stepping_ = true;
    spawn(loop_, step(now));
}

asio::awaitable<void> later_work::step(instant now) {
    if (keeps_money_) {
        const bool are_more_promises = co_await take_back(now);
        const bool are_more_fees = co_await take_fees(now);
        if (are_more_promises || are_more_fees)
            next_ = now.steady; // many are due at once: go on with the next tick
    }
    co_await tell(now);
    if (now.steady >= counted_next_)
        co_await count_calls(now);
    is_stepping_ = false;
}

asio::awaitable<bool> later_work::take_back(instant now) {
    auto work = [at = now.utc](store::backend& rows) {
        return rows.return_promises(due_at_once, "notice.promise_returned", at);
    };
    const result<std::size_t> came = co_await at_store(store_, work);
    if (!came && came.error() != store::store_error::busy)
        spdlog::error("promised payments can't be taken back: {}", came.error().message());
    co_return came&&* came == due_at_once;
}

asio::awaitable<bool> later_work::take_fees(instant now) {
    auto work = [at = now.utc](store::backend& rows) { return rows.take_fees(due_at_once, name_notice, at); };
    const result<std::size_t> came = co_await at_store(store_, work);
    if (!came && came.error() != store::store_error::busy)
        spdlog::error("fees can't be taken: {}", came.error().message());
    co_return came&&* came == due_at_once;
}

asio::awaitable<void> later_work::tell(instant now) {
    const pack_set packs = packs_();
    store::waiting_notices how;
    how.plan.to = subscriber_address;
    how.from = [packs](msisdn who) { return sender_address(packs.of(who)->sender); };
    how.is_awake = [packs, at = now.utc](msisdn who, std::string_view zone) {
        const menus::definition& pack = *packs.of(who);
        return !pack.quiet.holds(menus::hour_in(zone.empty() ? pack.zone : zone, at));
    };
    auto work = [how, after = told_up_to_, at = now.utc](store::backend& rows) {
        auto page = rows.tell_waiting(how, after, due_at_once, at);
        const bool was_the_end = page && after != 0 && page->sms.empty() && !page->next;
        if (was_the_end) // numbers begin anew once all were told
            page = rows.tell_waiting(how, 0, due_at_once, at);
        return page;
    };
    result<store::notice_page> came = co_await at_store(store_, work);
    if (!came)
        co_return;
    told_up_to_ = came->next.value_or(0);
    if (came->next)
        next_ = now.steady; // go on with the next tick: whoever is awake waits for nobody who sleeps
    for (store::outgoing_sms& each : came->sms)
        sender_.send(std::move(each));
}

asio::awaitable<void> later_work::count_calls(instant now) {
    counted_next_ = now.steady + between_counts;
    auto count = [at = now.utc](store::backend& rows) { return rows.count_calls(at); };
    if (const auto counted = co_await at_store(store_, count))
        calls_ = *counted;
}

} // namespace kabinet::gateway
