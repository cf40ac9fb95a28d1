// Promised payments, as rows. Decides nothing.
#pragma once

#include "store/sqlite_accounts.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

struct promise_row {
    std::int64_t id = 0;
    std::int64_t account = 0;
    money amount;
    money fee;
    utc_time taken{};
    utc_time due{};
    std::optional<utc_time> returned; // none: open
};

class promise_rows {
  public:
    explicit promise_rows(connection&);

    /// The account's latest.
    [[nodiscard]] std::optional<promise_row> find_last(std::int64_t account);
    void add(const promise_row&);
    void mark_returned(std::int64_t id, utc_time now);
    /// Open ones whose term is over, the oldest first.
    [[nodiscard]] std::vector<promise_row> list_due(utc_time now, std::size_t most);
    /// Of an account that is there.
    [[nodiscard]] msisdn number_of(std::int64_t account);

  private:
    statement find_last_;
    statement add_;
    statement mark_returned_;
    statement list_due_;
    statement number_of_;
};

} // namespace kabinet::store::sqlite
