// One-time codes, as rows. Decides nothing.
#pragma once

#include "store/sqlite_accounts.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <vector>

namespace kabinet::store::sqlite {

struct code_row {
    fingerprint code{};
    utc_time expires{};
    std::chrono::microseconds life{};
    std::uint32_t tries = 0;    // wrong ones
    std::vector<utc_time> sent; // oldest first
    outbox_id told_by{};        // the row that carries it
};

class code_rows {
  public:
    explicit code_rows(connection&);

    /// One that no entry fits where there is none.
    [[nodiscard]] code_row find(account_rows::place, code_purpose);
    void put(account_rows::place, code_purpose, const code_row&);

    /// None of the number's fits any more; what limits count stays. Returns the rows that carried them.
    std::vector<outbox_id> annul(account_rows::place);

    /// Forgets those of numbers without an account that were over before `until`, `most` at a time. Returns
    /// how many.
    std::size_t prune(std::size_t most, utc_time until);

  private:
    statement find_;
    statement put_;
    statement list_told_;
    statement annul_;
    statement prune_;
    std::vector<std::uint8_t> packed_;
};

} // namespace kabinet::store::sqlite
