// The audit: one row an effect, each chained to the one before by a keyed hash. Holds tokens, no numbers.
#pragma once

#include "store/keys.hpp"
#include "store/outcome.hpp"
#include "store/request.hpp"
#include "store/sqlite_connection.hpp"
#include "store/staff.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

struct audit_row {
    utc_time at{};
    std::uint64_t token = 0;
    channel by = channel::ussd;
    effect_kind what = effect_kind::tell;
    verdict came = verdict::told;
    std::optional<std::int64_t> previous; // the row before in the same account's list
};

class audit_rows {
  public:
    audit_rows(connection&, const keys&);

    /// The number of the row that `add` will make.
    [[nodiscard]] std::int64_t next() const { return last_.seq + 1; }
    void add(const audit_row&);
    /// In the list of an account besides, whose newest row it is then; null: it stands in none.
    void add(audit_row, std::optional<std::int64_t>* newest);
    /// Writes where the chain ends, before a commit: rows that are cut off its end are missed then.
    void seal_end();

    /// An account's list from `newest` on, newest first.
    [[nodiscard]] std::vector<audit_entry> list(std::optional<std::int64_t> newest, std::size_t most);

    /// Where the chain stands; to be put back when rows are undone.
    struct head {
        std::int64_t seq = 0;
        fingerprint link{};
    };
    [[nodiscard]] const head& last() const { return last_; }
    void go_back_to(const head& earlier) {
        last_ = earlier;
        sealed_ = earlier.seq;
    }

  private:
    const keys& keys_;
    statement add_;
    statement find_;
    statement seal_;
    head last_;
    std::int64_t sealed_ = 0; // the number of the row that was the last when its end was sealed
};

/// Follows the chain from the first row to its sealed end, a page at a time, so that no read lasts.
[[nodiscard]] audit_check verify_audit(connection&, const keys&);

} // namespace kabinet::store::sqlite
