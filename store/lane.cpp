#include "store/lane.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

namespace kabinet::store {

using boost::system::error_code;

void exit_at_once(std::string_view why) {
    std::fprintf(stderr, "kabinet: %.*s\n", static_cast<int>(why.size()), why.data());
    std::_Exit(70); // EX_SOFTWARE; destructors would complete what isn't durable
}

lane::lane(std::unique_ptr<backend> behind, boost::asio::any_io_executor loop, const settings& how,
           last_words say)
    : backend_{std::move(behind)}
    , loop_{std::move(loop)}
    , settings_{how}
    , last_words_{std::move(say)}
    , reading_{backend_->reader(), loop_, settings_.queue}
    , writer_{[this] { write(); }}
    , checkpointer_{[this] { keep_checkpoints(); }} {}

lane::~lane() {
    stop();
}

void lane::stop() {
    {
        const std::lock_guard lock{gate_};
        is_stopping_ = true;
    }
    writer_wakes_.notify_all();
    checkpointer_wakes_.notify_all();
    reading_.stop();
    if (writer_.joinable())
        writer_.join();
    if (checkpointer_.joinable())
        checkpointer_.join();
    backend_->hurry();
    if (aside_.joinable())
        aside_.join();
}

void lane::once(request what, completion<outcome> done) {
    const auto now = what.now;
    enqueue(wish{std::move(what), now, std::move(done)});
}

void lane::claim_outgoing(std::size_t most, instant now, completion<std::vector<outgoing_sms>> done) {
    enqueue(claim{{most}, now, std::move(done)});
}

void lane::settle(std::vector<settlement> ended, instant now, completion<std::size_t> done) {
    enqueue(settling{std::move(ended), now, std::move(done)});
}

void lane::run_errand(errand work, instant now, completion<void> done) {
    enqueue(running{std::move(work), now, std::move(done)});
}

void lane::read(store::look work, completion<void> done) {
    reading_.read(std::move(work), std::move(done));
}

void lane::run_aside(errand work, completion<void> done) {
    if (is_aside_busy_.exchange(true))
        return boost::asio::post(loop_, [done = std::move(done)] { done(store_error::under_way); });
    if (aside_.joinable())
        aside_.join(); // it has nothing left to do
    aside_ = std::thread{[this, work = std::move(work), done = std::move(done)]() mutable {
        const auto came = work(*backend_);
        is_aside_busy_ = false; // before it is told: whoever hears it may ask for the next
        boost::asio::post(loop_, [done = std::move(done), came] { done(came); });
    }};
}

lane::figures lane::look() const {
    const auto octets = log_octets_.load();
    const std::lock_guard lock{gate_};
    return {waiting_.size(), octets, is_full_, octets > 2 * settings_.wal_cap};
}

void lane::enqueue(item one) {
    {
        const std::lock_guard lock{gate_};
        if (!is_stopping_ && !is_full_ && waiting_.size() < settings_.queue) {
            waiting_.push_back(std::move(one));
            writer_wakes_.notify_one();
            return;
        }
    }
    std::vector<item> refused; // an item's answer is `busy` until it has another
    refused.push_back(std::move(one));
    hand_back(std::move(refused));
}

void lane::hand_back(std::vector<item> batch) {
    if (is_dead_)
        return;
    boost::asio::post(loop_, [batch = std::move(batch)]() mutable {
        for (auto& one : batch)
            std::visit([](auto& of) { of.done(std::move(of.answer)); }, one);
    });
}

void lane::write() {
    std::vector<item> batch;
    while (take(batch)) {
        if (!batch.empty())
            run(batch);
        if (!is_dead_)
            keep_house();
        if (is_dead_)
            return;
        batch.clear();
    }
}

bool lane::take(std::vector<item>& batch) {
    std::unique_lock lock{gate_};
    writer_wakes_.wait_until(lock, house_due_, [this] { return is_stopping_ || !waiting_.empty(); });
    const std::size_t most =
        waiting_.size() > settings_.behind ? settings_.batch_when_behind : settings_.batch;
    const auto taken = std::min(most, waiting_.size());
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(taken);
    batch.reserve(taken);
    std::move(waiting_.begin(), end, std::back_inserter(batch));
    waiting_.erase(waiting_.begin(), end);
    return !is_stopping_ || !batch.empty();
}

void lane::run(std::vector<item>& batch) {
    switch (attempt(batch)) {
    case fate::settled:
        break;
    case fate::unknown:
        return die("the database failed to commit");
    case fate::undone_full:
        is_full_ = true;
        empty_log();
        [[fallthrough]];
    case fate::undone_failed:
        run_one_by_one(batch);
    }
    hand_back(std::exchange(batch, {}));
}

/// What one item brought down doesn't bring down the others; and what still finds no space is told `busy`.
void lane::run_one_by_one(std::span<item> batch) {
    for (auto& one : batch) {
        if (is_dead_)
            return;
        switch (attempt({&one, 1})) {
        case fate::settled:
            break;
        case fate::undone_full:
            is_full_ = true;
            std::visit([](auto& of) { of.answer = store_error::busy; }, one);
            break;
        case fate::undone_failed:
        case fate::unknown:
            die("the database failed");
        }
    }
}

lane::fate lane::attempt(std::span<item> batch) {
    if (const auto begun = backend_->begin(); !begun)
        return undo(begun.error());
    for (auto& one : batch) {
        const auto error = apply(one);
        if (error == store_error::rejected) {
            const auto undone = undo(error);
            return batch.size() == 1 ? fate::settled : undone;
        }
        if (error.category() == storage_category())
            return undo(error);
    }
    const auto began = std::chrono::steady_clock::now();
    const auto committed = backend_->commit();
    if (committed) {
        commits_.add(std::chrono::steady_clock::now() - began);
        items_ += batch.size();
        return fate::settled;
    }
    // No space is found out before anything is durable; after any other error nobody knows what is.
    const auto undone = undo(committed.error());
    return undone == fate::undone_full ? undone : fate::unknown;
}

error_code lane::apply(item& one) {
    struct {
        backend& on;
        void operator()(wish& of) const { of.answer = on.fulfil(of.ask); }
        void operator()(claim& of) const { of.answer = on.claim(of.ask.most, of.now.utc); }
        void operator()(settling& of) const { of.answer = on.settle(of.ask, of.now.utc); }
        void operator()(running& of) const { of.answer = of.ask(on); }
    } const ask{*backend_};
    return std::visit(
        [&](auto& of) {
            latest_now_ = of.now.utc;
            ask(of);
            return of.answer ? error_code{} : of.answer.error();
        },
        one);
}

lane::fate lane::undo(error_code why) {
    backend_->roll_back();
    return why == storage_error::full ? fate::undone_full : fate::undone_failed;
}

/// Between batches, a bounded step at a time. The pace is the machine's, the time is what the last item
/// brought: a clock that was wrong for a moment and put right is forgotten with it.
void lane::keep_house() {
    const auto now = std::chrono::steady_clock::now();
    if (now < house_due_)
        return;
    house_due_ = now + settings_.checkpoint_every;
    if (is_full_)
        return look_for_space();
    if (is_log_over_cap_)
        empty_log();
    if (latest_now_ == utc_time{})
        return; // nobody has told the time yet, and to an unset clock every row looks overdue
    if (!backend_->begin())
        return backend_->roll_back();
    const auto more = backend_->tidy(latest_now_);
    if (!more)
        return backend_->roll_back();
    if (const auto committed = backend_->commit(); !committed) {
        if (undo(committed.error()) != fate::undone_full)
            die("the database failed to commit");
        return;
    }
    if (*more)
        house_due_ = now;
}

void lane::look_for_space() {
    empty_log();
    const auto found = backend_->probe();
    if (found)
        is_full_ = false;
    else if (found.error() != storage_error::full)
        die("the database failed");
}

void lane::empty_log() {
    const auto emptied = backend_->truncate_log();
    if (emptied && *emptied)
        is_log_over_cap_ = false;
    else if (!emptied && emptied.error() != storage_error::full)
        die("the database's log can't be brought into its file");
}

void lane::keep_checkpoints() {
    std::unique_lock lock{gate_};
    while (!checkpointer_wakes_.wait_for(lock, settings_.checkpoint_every, [this] { return is_stopping_; })) {
        lock.unlock();
        const auto octets = backend_->checkpoint();
        if (octets) {
            log_octets_ = *octets;
            is_log_over_cap_ = *octets > settings_.wal_cap;
        } else if (octets.error() != storage_error::full) {
            // After a failed fsync the next one may succeed without the pages: don't try again.
            die("the database's log can't be brought into its file");
        }
        lock.lock();
        if (is_dead_)
            return;
    }
}

void lane::die(std::string_view why) {
    is_dead_ = true;
    last_words_(why);
}

} // namespace kabinet::store
