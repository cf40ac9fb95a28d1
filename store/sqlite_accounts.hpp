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
    std::optional<utc_time> expires; // none: static
    std::chrono::microseconds life{};
    std::optional<utc_time> used;
    std::optional<outbox_id> told_by;

    /// Whether a login with it may succeed.
    [[nodiscard]] bool is_live(utc_time now) const;
};

struct account_row {
    std::int64_t id = 0;
    utc_time created{};
    account_status status = account_status::active;
    language speaks;
    std::optional<utc_time> cooldown_until;
    std::optional<utc_time> blocked;
    std::optional<std::int64_t> last_audit;
    std::int64_t version = 0; // of the secret
    std::optional<secret_row> secret;
    std::vector<utc_time> issues; // oldest first
};

class account_rows {
  public:
    /// How many issues are kept for the limits: the newest.
    static constexpr std::size_t most_issues = 256;

    explicit account_rows(connection&);

    [[nodiscard]] std::optional<account_row> find(msisdn);
    [[nodiscard]] account_row create(msisdn, language, utc_time now);

    /// Writes everything but the secret and the issues.
    void update(const account_row&);
    /// Writes everything; the secret, which must be there, with its sealed hash.
    void update_with_secret(const account_row&, octets sealed);
    /// The hash is erased: no login succeeds.
    void annul_secret(std::int64_t account);
    /// Forgets what the limits counted.
    void forget_issues(std::int64_t account);
    void remove(std::int64_t account);

    /// Looks at `most` accounts after that one; hands out those that speak something other than `except`.
    [[nodiscard]] language_page list_languages(std::int64_t after, std::size_t most, language except);

  private:
    connection& on_;
    statement find_;
    statement create_;
    statement update_;
    statement update_with_secret_;
    statement annul_secret_;
    statement forget_issues_;
    statement remove_;
    statement list_languages_;
    std::vector<std::uint8_t> packed_;
};

} // namespace kabinet::store::sqlite
