// Subscribers who want nothing of their money, beside those who do: how long each waits for a screen, while
// the billing system is well and while it isn't.
#pragma once

#include "tests/end_to_end/billing_rounds/caller.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <string_view>
#include <thread>
#include <vector>

namespace kabinet::tests {

class others_load {
  public:
    others_load(centre_thread&, course&, std::uint64_t seed);
    ~others_load() { join(); }
    others_load(const others_load&) = delete;
    others_load& operator=(const others_load&) = delete;

    /// After the end of the course.
    void join();

    struct figures {
        std::size_t count = 0;
        std::chrono::microseconds p50{0};
        std::chrono::microseconds p99{0};
        std::chrono::microseconds longest{0};
    };
    enum class kind : std::uint8_t { menu, password };
    /// After that, of screens that were asked for then.
    [[nodiscard]] figures times(kind, bool is_billing_well) const;

  private:
    using times_of = std::array<std::vector<std::chrono::microseconds>, 2>; // billing unwell, well

    void work(std::uint64_t seed);
    void play(course::life, std::mt19937_64&);
    /// What a dial or an answer shows, measured where it leaves and comes: at the centre.
    template <class Step>
    bool measure(caller&, kind, std::string_view wanted, Step step);

    centre_thread& smsc_;
    course& course_;
    std::atomic<std::uint64_t> subscribers_{0};
    std::mutex mutex_;
    std::array<times_of, 2> times_; // by kind
    std::vector<std::thread> threads_;
};

} // namespace kabinet::tests
