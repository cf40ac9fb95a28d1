// How a billing system misbehaves: plain settings that may change while it runs, and the dice that say what a
// request meets. A fresh set is a system without fault. Does nothing itself.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace kabinet::simulator {

/// Of all requests of a kind, from 0 to 1. What follows `late` excludes each other: of them a request meets
/// one at most, and together they are 1 at most.
struct fault_shares {
    double late = 0;    // answered rightly, after `late_for`
    double failed = 0;  // 500, and nothing is done
    double mute = 0;    // done, and never answered
    double rubbish = 0; // done, and answered with what is no answer
};

struct billing_faults {
    fault_shares operations; // PUT, GET and DELETE of them
    fault_shares reads;      // of accounts
    // and of PUT alone, with those of `operations` 1 at most:
    double turned_away = 0; // 429, and not done
    double swallowed = 0;   // not done, and never answered
    double afterwards = 0;  // never answered, and done up to `afterwards_for` later
    double begun = 0;       // 202, and ended up to `begun_for` later

    std::chrono::milliseconds late_for{2'000};
    std::chrono::milliseconds afterwards_for{10'000};
    std::chrono::milliseconds begun_for{5'000};
};

/// What one may be played on.
enum class billing_matter : std::uint8_t { order, operation, account };

enum class billing_fault : std::uint8_t {
    none,
    failed,
    mute,
    rubbish,
    turned_away,
    swallowed,
    afterwards,
    begun,
};
inline constexpr std::size_t billing_fault_kinds = 8;

/// What one request meets.
struct billing_fate {
    billing_fault what = billing_fault::none;
    std::chrono::milliseconds late{0};  // before it is answered
    std::chrono::milliseconds after{0}; // of `afterwards` and `begun`: so long it takes
    bool is_cut = false;       // of what is never answered: the connection is cut; else held open, silent
    std::uint32_t rubbish = 0; // which
};

/// The same seed, faults and matters in the same order make the same fates.
class billing_dice {
  public:
    explicit billing_dice(std::uint64_t seed)
        : drawn_{seed} {}

    [[nodiscard]] billing_fate draw(const billing_faults&, billing_matter);

  private:
    [[nodiscard]] double draw_share();

    std::mt19937_64 drawn_;
};

/// Whether each share is one, and those that exclude each other are no more than 1 together.
[[nodiscard]] bool are_shares(const billing_faults&);

} // namespace kabinet::simulator
