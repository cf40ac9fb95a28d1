// Accounts with their passwords and what the limits count, as rows. Decides nothing.
#pragma once

#include "store/feed.hpp"
#include "store/outbox.hpp"
#include "store/rules.hpp"
#include "store/secrets.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

struct secret_row {
    secret_kind kind = secret_kind::generated;
    bool is_annulled = false;
    std::optional<utc_time> made;
    std::optional<utc_time> expires; // none: static
    std::chrono::microseconds life{};
    std::optional<utc_time> used;
    std::optional<outbox_id> told_by;

    /// Whether a login with it may succeed.
    [[nodiscard]] bool is_live(utc_time now) const;
};

/// Of the portal's app.
struct pin_row {
    fingerprint mark{};
    std::uint32_t wrong = 0; // in a row
};

struct account_row {
    std::int64_t id = 0;
    utc_time created{};
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid;
    language speaks;
    std::optional<utc_time> cooldown_until;
    std::optional<utc_time> blocked;
    std::optional<std::int64_t> last_audit;
    std::int64_t version = 0; // of the secret
    std::optional<secret_row> secret;
    std::vector<utc_time> issues;    // oldest first
    std::optional<utc_time> asked;   // by the SIM, the last time
    std::optional<utc_time> noticed; // the last SMS that said that the access was closed
    bool asks_code = false;          // a login wants a code from an SMS, too
    bool is_automatic = false;       // its SIM's own mobile data is a login
    std::optional<pin_row> pin;
    std::int64_t pin_version = 0; // counts PINs
    money balance;                // the ledger's to change, and points
    std::int64_t points = 0;
    std::optional<utc_time> active;  // by its subscriber, the last time
    std::optional<utc_time> stopped; // since then the number is blocked, by its subscriber

    /// Of an account that nobody used since, when it was made.
    [[nodiscard]] utc_time last_use() const { return active.value_or(created); }
    /// As the operator has it.
    [[nodiscard]] number_state said() const { return {status, bar}; }
    /// The same with what its subscriber had blocked.
    [[nodiscard]] number_state state() const { return stopped ? kabinet::store::stopped(said()) : said(); }
    void stand(number_state as) {
        status = as.is;
        bar = as.why;
    }
};

/// The id of nobody's account (schema/002.sql).
inline constexpr std::int64_t nobody = 0;

class account_rows {
  public:
    /// Of numbers without an account it remembers `most_strangers`.
    explicit account_rows(connection&, std::size_t most_strangers = 1'000'000);

    [[nodiscard]] std::optional<account_row> find(msisdn);
    [[nodiscard]] account_row create(msisdn, language, utc_time now);

    /// Stands in for an account that there isn't; changed like any other, to no effect.
    [[nodiscard]] account_row find_nobody();

    /// Writes everything but the secret, the issues and what the portal notes.
    void update(const account_row&);
    /// After something at the portal: the archive, the block and the use of the secret. `is_annulled` erases
    /// its hash.
    void update_access(const account_row&, bool is_annulled);
    /// The secret's sealed hash; empty where there is none.
    [[nodiscard]] std::vector<std::uint8_t> read_sealed(std::int64_t account);
    /// Notes that it is in use, unless it was unused since that time.
    void note_use(msisdn, utc_time since, utc_time now);
    /// Writes all that a new password changes; the secret, which must be there, with its sealed hash.
    void update_with_secret(const account_row&, octets sealed);
    /// The hash is erased: no login succeeds.
    void annul_secret(std::int64_t account);
    /// Where the wrong passwords and the codes of a number stand: with its account, or below zero.
    enum class place : std::int64_t {};
    [[nodiscard]] static place place_of(const account_row&, std::uint64_t token);
    [[nodiscard]] guesses find_guesses(place);
    void put_guesses(place, const guesses&);
    /// What was counted of the number while it had no account goes on with the account that it has now.
    void adopt(const account_row&, std::uint64_t token);
    /// A new password: five more may be wrong.
    void forgive(std::int64_t account);
    /// Where too many numbers without an account are remembered, forgets `most` of them
    /// from anywhere: tokens lie at random, so nobody chooses whose are forgotten. Returns how many.
    std::size_t prune_guesses(std::size_t most, std::uint64_t anywhere);

    /// Forgets what the limits counted.
    void forget_issues(std::int64_t account);
    /// No other account gets its id. What its purse held has left before.
    void remove(std::int64_t account);

    /// Looks at `most` accounts after that one; hands out those that speak something other than `except`.
    [[nodiscard]] language_page list_languages(std::int64_t after, std::size_t most, language except);

  private:
    [[nodiscard]] std::size_t count_strangers();
    [[nodiscard]] std::int64_t next_id();

    std::size_t most_strangers_;
    statement find_;
    statement create_;
    statement update_;
    statement update_with_secret_;
    statement update_access_;
    statement note_use_;
    statement read_sealed_;
    statement find_guesses_;
    statement put_guesses_;
    statement forgive_;
    statement adopt_guesses_;
    statement adopt_codes_;
    statement count_strangers_;
    statement prune_guesses_;
    statement forget_guesses_;
    statement forget_codes_;
    statement annul_secret_;
    statement forget_issues_;
    statement remove_;
    statement note_gone_;
    statement highest_;
    statement list_languages_;
    std::vector<std::uint8_t> packed_;
    std::size_t strangers_ = 0; // at most: what was rolled back is counted still
};

} // namespace kabinet::store::sqlite
