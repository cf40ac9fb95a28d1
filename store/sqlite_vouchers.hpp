// Vouchers, as rows. Decides nothing.
#pragma once

#include "store/sqlite_connection.hpp"
#include "store/voucher.hpp"

#include <cstdint>
#include <optional>

namespace kabinet::store::sqlite {

struct voucher_row {
    voucher is;
    std::optional<utc_time> used;
};

class voucher_rows {
  public:
    explicit voucher_rows(connection&);

    [[nodiscard]] std::optional<voucher_row> find(const fingerprint& mark);
    /// False where there is one of that mark.
    bool add(const voucher&);
    void use(const fingerprint& mark, std::int64_t account, utc_time now);

  private:
    statement find_;
    statement add_;
    statement use_;
};

} // namespace kabinet::store::sqlite
