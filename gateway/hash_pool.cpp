#include "gateway/hash_pool.hpp"

#include <sys/resource.h>
#include <unistd.h>

namespace kabinet::gateway {

hash_pool::hash_pool(std::size_t threads, std::chrono::microseconds most_waiting, int nice)
    : most_waiting_{most_waiting * threads}
    , pool_{threads} {
    for (std::size_t each = 0; each < threads; ++each)
        boost::asio::post(pool_, [nice] {
            // On Linux this is the thread's own: the loop and the store keep their turn. One job a thread is
            // likely, not certain; a thread left at nice 0 is slower for nobody but the loop.
            setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), nice);
        });
}

hash_pool::~hash_pool() {
    pool_.stop();
    pool_.join();
}

std::chrono::microseconds hash_pool::waiting() const {
    std::int64_t sum = 0;
    for (const kind_times& each : kinds_)
        sum += each.usual.load(std::memory_order_relaxed) * each.queued.load(std::memory_order_relaxed);
    return std::chrono::microseconds{sum};
}

void hash_pool::expect(hash_work kind, std::chrono::nanoseconds piece) {
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(piece).count();
    kinds_[static_cast<std::size_t>(kind)].usual.store(std::max<std::int64_t>(1, us),
                                                       std::memory_order_relaxed);
}

bool hash_pool::has_room(hash_work kind) const {
    const kind_times& times = kinds_[static_cast<std::size_t>(kind)];
    const std::chrono::microseconds before = waiting();
    const std::chrono::microseconds own{times.usual.load(std::memory_order_relaxed)};
    // An idle pool takes anything: one slow spell must not refuse the work that would measure it anew.
    return before.count() == 0 || before + own <= most_waiting_;
}

bool hash_pool::take_place(hash_work kind) {
    if (!has_room(kind))
        return false;
    kinds_[static_cast<std::size_t>(kind)].queued.fetch_add(1, std::memory_order_relaxed);
    return true;
}

void hash_pool::give_back(hash_work kind, std::chrono::nanoseconds took) {
    kind_times& times = kinds_[static_cast<std::size_t>(kind)];
    const std::int64_t us = std::chrono::duration_cast<std::chrono::microseconds>(took).count();
    const std::int64_t before = times.usual.load(std::memory_order_relaxed);
    times.usual.store(std::max<std::int64_t>(1, (before * 7 + us) / 8), std::memory_order_relaxed);
    times.queued.fetch_sub(1, std::memory_order_relaxed);
}

} // namespace kabinet::gateway
