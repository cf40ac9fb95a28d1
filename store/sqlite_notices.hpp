// What subscribers are to be told who didn't ask, as rows. Decides nothing.
#pragma once

#include "store/rules.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::store::sqlite {

struct notice_row {
    std::int64_t id = 0;
    msisdn who;
    std::string text; // its name
    utc_time at{};
    sums says;         // an amount, the balance and the other side
    std::string about; // the text that calls it so
    std::optional<utc_time> until;
    // Of the account, or where there is none what was added; none at all: it is gone.
    std::optional<language> speaks;
    account_status status = account_status::active;
    bool is_stopped = false; // its subscriber had the number blocked: whoever holds its SIM is told nothing
    std::string zone;        // of time; empty: the feed doesn't say
};

class notice_rows {
  public:
    explicit notice_rows(connection&);

    void add(const notice_row&);
    /// In the order of their ids, after that one.
    [[nodiscard]] std::vector<notice_row> list(std::int64_t after, std::size_t most);
    void remove(std::int64_t id);

  private:
    statement add_;
    statement list_;
    statement remove_;
};

} // namespace kabinet::store::sqlite
