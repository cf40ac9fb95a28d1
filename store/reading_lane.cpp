#include "store/reading_lane.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace kabinet::store {
namespace {

constexpr std::size_t most_together = 64; // so that the log isn't kept from being emptied for long

} // namespace

reading_lane::reading_lane(reading_backend& of, boost::asio::any_io_executor loop, std::size_t most)
    : backend_{of}
    , loop_{std::move(loop)}
    , most_{most}
    , thread_{[this] { run(); }} {}

reading_lane::~reading_lane() {
    stop();
}

void reading_lane::stop() {
    {
        const std::lock_guard lock{gate_};
        is_stopping_ = true;
    }
    wakes_.notify_all();
    if (thread_.joinable())
        thread_.join();
}

void reading_lane::read(store::look work, completion<void> done) {
    {
        const std::lock_guard lock{gate_};
        if (!is_stopping_ && waiting_.size() < most_) {
            waiting_.push_back({std::move(work), std::move(done)});
            wakes_.notify_one();
            return;
        }
    }
    std::vector<item> refused;
    refused.push_back({std::move(work), std::move(done)});
    hand_back(std::move(refused));
}

void reading_lane::run() {
    std::unique_lock lock{gate_};
    while (true) {
        wakes_.wait(lock, [this] { return is_stopping_ || !waiting_.empty(); });
        if (waiting_.empty())
            return;
        const auto end =
            waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(most_together, waiting_.size()));
        std::vector<item> batch{std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end)};
        waiting_.erase(waiting_.begin(), end);
        lock.unlock();
        read_all(batch);
        hand_back(std::move(batch));
        lock.lock();
    }
}

/// What can't be read is told so; the writer finds out for itself whether the database is of use still.
void reading_lane::read_all(std::vector<item>& batch) {
    if (!backend_.begin_reading())
        return;
    for (item& each : batch)
        each.answer = each.work(backend_);
    static_cast<void>(backend_.end_reading());
}

void reading_lane::hand_back(std::vector<item> batch) {
    boost::asio::post(loop_, [batch = std::move(batch)]() mutable {
        for (item& each : batch)
            each.done(std::move(each.answer));
    });
}

} // namespace kabinet::store
