// Subscribers who want something of their money, many at once, each number new: vouchers by USSD and SMS,
// promised payments, transfers, services, tariffs, packages, the balance.
#pragma once

#include "tests/end_to_end/billing_rounds/caller.hpp"
#include "tests/end_to_end/billing_rounds/wish.hpp"

#include <array>
#include <atomic>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace kabinet::tests {

/// Codes that begin alike, so that one look finds whether any lies where it shouldn't.
struct voucher_stock {
    static constexpr std::size_t most = 50'000;

    explicit voucher_stock(std::uint64_t seed);

    [[nodiscard]] std::string code(std::size_t which) const;
    [[nodiscard]] static money worth(std::size_t which);
    /// As `kabinet-sim billing --vouchers` reads it.
    [[nodiscard]] std::string file() const;

    std::string begins; // of every code, wrong ones as well
};

class money_load {
  public:
    static constexpr money opening = money::from_minor(40'000); // of each number
    static constexpr std::uint64_t first_friend = 79268000000;  // to whom money is given
    static constexpr std::uint64_t friends = 50;

    money_load(centre_thread&, course&, const voucher_stock&, std::uint64_t seed);
    ~money_load() { join(); }
    money_load(const money_load&) = delete;
    money_load& operator=(const money_load&) = delete;

    /// After the end of the course.
    void join();
    /// After that: every wish that may have reached the gateway.
    [[nodiscard]] std::vector<money_wish>& wishes() { return wishes_; }
    [[nodiscard]] std::size_t balances() const { return balances_; }

  private:
    using dice = std::mt19937_64;

    void work(std::uint64_t seed);
    void play_subscriber(course::life, dice&);
    bool look_at_balance(caller&);
    bool text_voucher(caller&, std::uint64_t who, dice&);
    /// False when he goes no further: the gateway died, or what came of it comes by SMS.
    bool dial_wish(caller&, money_wish);
    [[nodiscard]] money_wish make_wish(store::effect_kind, std::uint64_t who, dice&);
    [[nodiscard]] std::string draw_code(dice&);
    void keep(money_wish);

    centre_thread& smsc_;
    course& course_;
    const voucher_stock& vouchers_;
    std::atomic<std::uint64_t> subscribers_{0};
    std::atomic<std::size_t> vouchers_taken_{0};
    std::atomic<std::size_t> balances_{0};
    std::mutex mutex_;
    std::vector<money_wish> wishes_;
    std::vector<std::thread> threads_;
};

} // namespace kabinet::tests
