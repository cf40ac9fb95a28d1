// Whether a typed password is right, at one cost for every number: with an account or without, with a
// generated password, a chosen one or none. Knows no database and counts nothing.
#pragma once

#include "store/keys.hpp"
#include "store/secrets.hpp"

#include <chrono>
#include <cstdint>

namespace kabinet::store {

/// What a password is held against. Of a number without an account, or without a live password, only
/// `is_closed` tells anything.
struct login_facts {
    bool is_closed = false;                    // too many wrong ones before: nothing need be hashed
    std::int64_t version = 0;                  // of the password
    secret_kind kind = secret_kind::generated; // as what follows, where there is a live password
    std::int64_t account = 0;                  // where `sealed` is bound
    sealed_secret sealed;                      // the hash; empty where there is no live password
};

/// What a code word is held against. Of a number without one only `is_closed` tells anything.
struct word_facts {
    bool is_closed = false; // too many wrong ones today: nothing need be hashed
    msisdn who;             // where `sealed` is bound
    sealed_secret sealed;   // empty where there is none
};

class password_check {
  public:
    /// Makes what stands in for passwords that there aren't, and checks one: takes as long as two checks. The
    /// keys outlive it. Throws std::runtime_error without the memory for it.
    explicit password_check(const keys&, hash_cost generated = generated_cost,
                            hash_cost chosen = chosen_cost);

    /// What one check took here when this was made.
    [[nodiscard]] std::chrono::nanoseconds usual_time() const { return usual_time_; }

    /// Milliseconds, always the same work: one seal is opened and a hash of each kind is computed. From any
    /// thread. A hash that was moved from another account, or whose key is gone, is no password.
    /// Fails with `no_memory`.
    [[nodiscard]] boost::system::result<bool> is_right(const secret& typed, const login_facts&) const;

    /// The same of a code word: one seal, one hash.
    [[nodiscard]] boost::system::result<bool> is_right(const secret& typed, const word_facts&) const;

  private:
    struct stand_in {
        account_binding bound;
        password_hash hash;
        sealed_secret sealed;
    };

    const keys& keys_;
    stand_in generated_;
    stand_in chosen_;
    password_hash word_;
    sealed_secret sealed_word_;
    std::chrono::nanoseconds usual_time_{};
};

} // namespace kabinet::store
