// Wishes that were heard, with what came of them, as rows. Decides nothing.
#pragma once

#include "store/keys.hpp"
#include "store/outcome.hpp"
#include "store/request.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>

namespace kabinet::store::sqlite {

struct inbox_row {
    fingerprint mark{}; // of who wished what, without any secret
    outcome came;
    std::optional<std::int64_t> version; // of the secret it made, or of the password a login rests on
};

class inbox_rows {
  public:
    explicit inbox_rows(connection&);

    [[nodiscard]] std::optional<inbox_row> find(const request_id&);
    void add(const request_id&, const inbox_row&);
    void forget(const request_id&);
    /// What came in the end of a wish that was put into another system's hands then. Nothing where the same
    /// was wished anew since: its end is another one's.
    void end(const request_id&, utc_time at, const outcome&);
    /// The wish is told by another row of the outbox from now on.
    void tell_by(const request_id&, outbox_id);

    /// Of the oldest `most` rows, forgets those from before `until`. Returns how many.
    std::size_t prune(std::size_t most, utc_time until);

  private:
    statement find_;
    statement add_;
    statement forget_;
    statement end_;
    statement tell_by_;
    statement prune_;
};

} // namespace kabinet::store::sqlite
