// Threads for password hashes, which take milliseconds and may not stop the loop. Its queue is bounded by
// the time the waiting work was measured to take; beyond that work is refused at once.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <optional>

namespace kabinet::gateway {

/// Kinds of work of very different length, each measured for itself.
enum class hash_work : std::uint8_t { generated, chosen, code_words, logins };

class hash_pool {
  public:
    /// `threads` threads at that nice; at most `most_waiting` of measured work is queued for each of them.
    hash_pool(std::size_t threads, std::chrono::microseconds most_waiting, int nice = 10);
    ~hash_pool();

    /// Runs `work()` on the pool and comes back to the caller's executor with what it returned; nothing when
    /// the queue is full. Called from one thread.
    template <class Work>
    [[nodiscard]] auto run(hash_work kind, Work work)
        -> boost::asio::awaitable<std::optional<decltype(work())>> {
        using made = std::optional<decltype(work())>;
        if (!take_place(kind))
            co_return std::nullopt;
        auto start = [this, kind, &work](auto resume) {
            const auto home = boost::asio::get_associated_executor(resume);
            boost::asio::post(pool_, [this, kind, &work, home, resume = std::move(resume)]() mutable {
                const auto began = std::chrono::steady_clock::now();
                made result{work()};
                give_back(kind, std::chrono::steady_clock::now() - began);
                boost::asio::post(home, [resume = std::move(resume), result = std::move(result)]() mutable {
                    resume(std::move(result));
                });
            });
        };
        co_return co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(made)>(
            start, boost::asio::use_awaitable);
    }

    /// How long a piece takes on this machine, before the first was measured.
    void expect(hash_work, std::chrono::nanoseconds);

    /// Whether one more piece would be taken now.
    [[nodiscard]] bool has_room(hash_work) const;

    /// How long the work in the queue is expected to take on one thread.
    [[nodiscard]] std::chrono::microseconds waiting() const;

  private:
    [[nodiscard]] bool take_place(hash_work);
    void give_back(hash_work, std::chrono::nanoseconds took);

    struct kind_times {
        std::atomic<std::int64_t> usual{1'000}; // µs a piece, a moving average; 1 ms until told
        std::atomic<std::int64_t> queued{0};
    };

    std::chrono::microseconds most_waiting_;
    std::array<kind_times, 4> kinds_;
    boost::asio::thread_pool pool_;
};

} // namespace kabinet::gateway
