// The writer's thread: takes the wishes that have queued, makes them durable together and only then tells.
// Knows no SQL; what a wish means is the backend's business.
#pragma once

#include "store/backend.hpp"
#include "store/reading_lane.hpp"
#include "store/settings.hpp"
#include "store/store.hpp"
#include "values/durations.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

namespace kabinet::store {

/// Says why on stderr and ends the process at once, with nothing acknowledged that isn't durable.
[[noreturn]] void exit_at_once(std::string_view why);

class lane final : public store {
  public:
    /// What to do when nobody knows what is on the disk; must not return but in tests, where the lane
    /// then drops what it holds without completing it.
    using last_words = std::function<void(std::string_view why)>;

    /// Completions run on `loop`, which must run, or be thrown away, after stop().
    lane(std::unique_ptr<backend>, boost::asio::any_io_executor loop, const settings&,
         last_words = exit_at_once);
    ~lane() override;
    lane(const lane&) = delete;
    lane& operator=(const lane&) = delete;

    void once(request, completion<outcome>) override;
    void claim_outgoing(std::size_t most, instant now, completion<std::vector<outgoing_sms>>) override;
    void settle(std::vector<settlement>, instant now, completion<std::size_t>) override;
    void run_errand(errand work, instant now, completion<void> done) override;
    void read(look work, completion<void> done) override;
    void run_aside(errand work, completion<void> done) override;

    /// Finishes what has queued and joins the threads; what comes later is answered `busy`.
    void stop();

    struct figures {
        std::size_t waiting = 0;
        std::uint64_t log_octets = 0;
        bool is_full = false;         // the disk: everything is answered `busy`
        bool is_log_alarming = false; // twice the cap: a reader keeps the log from being emptied
    };
    [[nodiscard]] figures look() const;
    /// How long each commit took, and how many items they held together.
    [[nodiscard]] const durations& commits() const { return commits_; }
    [[nodiscard]] std::uint64_t items() const { return items_; }

  private:
    template <class Ask, class Answer>
    struct job {
        Ask ask;
        instant now;
        completion<Answer> done;
        boost::system::result<Answer> answer = store_error::busy;
    };
    struct how_many {
        std::size_t most = 0;
    };
    using wish = job<request, outcome>;
    using claim = job<how_many, std::vector<outgoing_sms>>;
    using settling = job<std::vector<settlement>, std::size_t>;
    using running = job<errand, void>;
    using item = std::variant<wish, claim, settling, running>;

    /// Of a batch; settled: every answer in it is true.
    enum class fate { settled, undone_full, undone_failed, unknown };

    void enqueue(item);
    void hand_back(std::vector<item>);

    void write();
    bool take(std::vector<item>& batch);
    void run(std::vector<item>& batch);
    void run_one_by_one(std::span<item>);
    [[nodiscard]] fate attempt(std::span<item>);
    [[nodiscard]] boost::system::error_code apply(item&);
    [[nodiscard]] fate undo(boost::system::error_code);

    void keep_house();
    void look_for_space();
    void empty_log();
    void keep_checkpoints();
    void die(std::string_view why);

    std::unique_ptr<backend> backend_;
    boost::asio::any_io_executor loop_;
    settings settings_;
    last_words last_words_;

    mutable std::mutex gate_;
    std::condition_variable writer_wakes_;
    std::condition_variable checkpointer_wakes_;
    std::deque<item> waiting_;
    bool is_stopping_ = false;

    std::atomic<bool> is_full_ = false;
    std::atomic<bool> is_dead_ = false;
    std::atomic<bool> is_log_over_cap_ = false;
    std::atomic<std::uint64_t> log_octets_ = 0;
    durations commits_;
    std::atomic<std::uint64_t> items_ = 0;

    // The writer's own.
    utc_time latest_now_{};
    std::chrono::steady_clock::time_point house_due_{};

    reading_lane reading_;
    std::thread writer_;
    std::thread checkpointer_;
    std::thread aside_; // begun and joined by the loop's thread
    std::atomic<bool> is_aside_busy_ = false;
};

} // namespace kabinet::store
