// Double entry as plain values: who gave what to whom, and what came of entering it. Knows no database.
#pragma once

#include "store/request.hpp"
#include "store/rules.hpp"
#include "values/money.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kabinet::store {

/// What an entry is counted in. The numbers are on disk.
enum class unit : std::uint8_t { money = 1, points = 2 };

/// An account by its id, or one of the operator's own. The numbers are on disk.
enum class purse : std::int64_t {
    vouchers = -1, // sold, not used
    payments = -2, // that came in otherwise
    fees = -3,
    promises = -4, // lent
    bonuses = -5,  // granted
    left = -6,     // by accounts that are gone
};
[[nodiscard]] constexpr purse purse_of(std::int64_t account) {
    return purse{account};
}
[[nodiscard]] constexpr bool is_of_account(purse of) {
    return of > purse{0};
}

struct ledger_entry {
    purse of{};
    unit in = unit::money;
    entry_kind what{};
    std::int64_t amount = 0; // above zero: the purse got it

    friend bool operator==(const ledger_entry&, const ledger_entry&) = default;
};

/// What is entered together, once under its name. Balanced, for each move enters both sides.
struct operation {
    request_id name{};
    utc_time at{};
    std::vector<ledger_entry> entries;
    std::optional<money> least; // an account's balance that it may not bring below; none: a debt is no matter
    /// Of a payment, the number that it came for: told again it is the same, though that number may have
    /// another account by then.
    std::optional<msisdn> named_for{};

    void move(purse from, purse to, entry_kind, money amount);
    void move_points(purse from, purse to, entry_kind, std::int64_t amount);
};

/// Whether nothing comes out of nothing: the entries of each unit sum to 0, none is 0.
[[nodiscard]] bool is_balanced(std::span<const ledger_entry>);

enum class posting : std::uint8_t {
    posted,
    repeated, // it was entered under this name before
    conflict, // something else was
    short_of, // an account has not enough
};

/// What an account has, and what of it was lent.
struct purse_view {
    bool is_known = false; // there is an account, or the feed has the number
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid; // of a number that is barred
    std::optional<language> speaks;      // the account's
    money balance;
    std::int64_t points = 0;
    struct loan {
        money amount;
        utc_time due{};
    };
    std::optional<loan> promise;  // that has not gone back
    std::optional<utc_time> seen; // when it was so, where nobody could say how it is now
};

/// What is asked of an account's past.
struct movements_query {
    utc_time totals_since{};
    utc_time listed_since{};
    std::size_t most = 10;           // listed
    std::optional<utc_time> until{}; // of both, what is later isn't asked for
};

struct movements_view {
    bool is_known = false; // as purse_view has them
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid;
    std::optional<language> speaks;
    money income; // without what was lent and went back
    money spent;
    std::vector<total> totals;  // what the two are made of, the largest first
    std::vector<movement> last; // newest first
};

/// Whether every sum is what its entries say.
struct ledger_check {
    std::int64_t operations = 0;
    std::optional<std::int64_t> unbalanced; // the number of an operation whose entries don't sum to 0
    std::optional<std::int64_t> wrong_sum;  // the id of an account whose balance isn't the sum of its entries
};

} // namespace kabinet::store
