// The ledger as rows: operations, entries, and the accounts' sums of them. Decides nothing but whether an
// account has enough.
#pragma once

#include "store/keys.hpp"
#include "store/ledger.hpp"
#include "store/sqlite_connection.hpp"

#include <span>
#include <vector>

namespace kabinet::store::sqlite {

class ledger_rows {
  public:
    ledger_rows(connection&, const keys&);

    /// Enters all of it or nothing. Throws std::logic_error for one that isn't balanced.
    [[nodiscard]] posting post(const operation&);

    /// Whether something was entered under its name, and whether it was the same; nothing where none was.
    [[nodiscard]] std::optional<posting> find(const operation&);

    /// Whether what was entered under that name moved something of the account.
    [[nodiscard]] bool has_moved(const request_id& name, std::int64_t account);

    /// What left an account as that kind after `since`, oldest first.
    [[nodiscard]] std::vector<moved> list_given(std::int64_t account, entry_kind, utc_time since);

    /// What others, or vouchers, brought to an account after `since`.
    [[nodiscard]] money sum_brought(std::int64_t account, utc_time since);

    /// Before the account is removed: what it holds goes to the operator, so that all its entries sum to 0.
    /// The money that this was.
    money leave(std::int64_t account, const request_id& name, utc_time now);

  private:
    struct sums {
        std::int64_t account = 0;
        std::int64_t money = 0;
        std::int64_t points = 0;
    };
    [[nodiscard]] static std::vector<sums> sum_up(std::span<const ledger_entry>);
    [[nodiscard]] bool has_enough(const sums&, std::optional<money> least);
    [[nodiscard]] fingerprint mark_of(const operation&) const;

    connection& on_;
    const keys& keys_;
    statement find_;
    statement has_moved_;
    statement add_;
    statement add_entry_;
    statement read_sums_;
    statement change_sums_;
    statement list_given_;
    statement sum_brought_;
};

/// Over all rows, an account or operation at a time.
[[nodiscard]] ledger_check verify_ledger(connection&);

} // namespace kabinet::store::sqlite
