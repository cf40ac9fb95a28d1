// Where the portal's wishes are received on the loop: judged one at a time for a number, hashed on threads of
// their own, made true in the store, and told to the subscriber where he must hear of it. Knows no HTTP.
#pragma once

#include "gateway/hash_pool.hpp"
#include "gateway/recent.hpp"
#include "gateway/sender.hpp"
#include "gateway/turns.hpp"
#include "gateway/visitors.hpp"
#include "menus/definition.hpp"
#include "store/password_check.hpp"
#include "store/store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace kabinet::gateway {

/// Somebody at the portal typed a number and a password.
struct login_attempt {
    login_attempt() = default; // named constructor arguments only: gcc 12 destroys an awaited aggregate twice

    msisdn who;
    secret typed;
    std::optional<visitor> from;
    std::string idempotency_key; // the portal's name for this attempt; empty: it will never ask again
};

enum class login_verdict : std::uint8_t {
    ok,
    denied,       // counted
    blocked,      // as of the fifth wrong one, until a new password is asked from the SIM
    too_many,     // numbers tried by this visitor; nothing was counted
    try_later,    // hashing or the store is at its limit; nothing was counted
    conflict,     // the same key came with another number or password
    impossible,   // the store refuses it for good
};
inline constexpr std::size_t login_verdicts = 7;

/// `ok`, `denied` and so on.
[[nodiscard]] std::string_view name_of(login_verdict);

struct login_answer {
    login_verdict is = login_verdict::try_later;
    // of ok
    store::secret_kind kind = store::secret_kind::generated;
    bool must_change = false; // the pack wants another one chosen at once
    access_level level = access_level::all_numbers;
    std::uint32_t failures = 0; // wrong ones in a row before it
    // of too_many and try_later
    std::chrono::seconds retry_after{1};
};

class reception {
  public:
    /// What it works with; all outlive it. `pool` is its own: what hashes for the SIM is another one.
    struct colleagues {
        store::store& store;
        const store::keys& keys;
        const store::password_check& check;
        hash_pool& pool;
        sender& sends;
        recent& lately;
    };
    using pack_in_force = std::function<std::shared_ptr<const menus::definition>()>;

    /// Runs on the loop, which outlives it.
    reception(boost::asio::io_context& loop, const colleagues&, pack_in_force,
              std::uint32_t visitor_numbers_per_hour);

    /// Answers after what it says is durable. Never throws.
    [[nodiscard]] boost::asio::awaitable<login_answer> log_in(login_attempt);

    /// From now on everything is answered `try_later`.
    void stop_taking() { is_taking_ = false; }
    [[nodiscard]] bool is_at_rest() const { return turns_.size() == 0; }
    /// Attempts that were told that, since the start.
    [[nodiscard]] std::uint64_t told(login_verdict which) const {
        return told_[static_cast<std::size_t>(which)];
    }

  private:
    /// When no other attempt for that number is under way; false when too many wait already.
    [[nodiscard]] boost::asio::awaitable<bool> take_turn(msisdn);
    [[nodiscard]] boost::asio::awaitable<login_answer> judge(const login_attempt&,
                                                             const menus::definition&);
    [[nodiscard]] store::request make_request(const login_attempt&, const menus::definition&) const;
    [[nodiscard]] login_answer tell(const login_attempt&, const store::outcome&, const menus::definition&);

    boost::asio::io_context& loop_;
    colleagues with_;
    pack_in_force pack_;
    visitors visitors_;
    turns turns_;
    std::array<std::uint64_t, login_verdicts> told_{};
    bool is_taking_ = true;
};

} // namespace kabinet::gateway
