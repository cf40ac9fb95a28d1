// What the operator's feed says of its numbers, as rows. Decides nothing.
#pragma once

#include "store/feed.hpp"
#include "store/keys.hpp"
#include "store/secrets.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace kabinet::store::sqlite {

struct subscriber_row {
    subscriber is; // without its code word
    std::optional<utc_time> cooldown_until;
    utc_time added{};
    std::int64_t seen = 0; // the full feed it came with last
};

class subscriber_rows {
  public:
    subscriber_rows(connection&, const keys&);

    [[nodiscard]] std::optional<subscriber_row> find(msisdn);
    /// The sealed code word; empty where there is none.
    [[nodiscard]] sealed_secret read_code_word(msisdn);
    /// In the order of their numbers, those after `after`.
    [[nodiscard]] std::vector<subscriber> list(msisdn after, std::size_t most);
    /// The same, each with the full feed it came with last.
    [[nodiscard]] std::vector<std::pair<msisdn, std::int64_t>> list_seen(msisdn after, std::size_t most);

    /// Writes the whole row, made or there already. Without a code word it keeps the one it has.
    void put(const subscriber_row&);
    /// Returns the rows changed, as below.
    std::size_t lift_cooldown(msisdn);
    std::size_t remove(msisdn);

    /// Counts the full feeds. `begin_full` makes a new one the last.
    [[nodiscard]] std::int64_t begin_full();
    [[nodiscard]] std::int64_t last_full();

  private:
    connection& on_;
    const keys& keys_;
    statement find_;
    statement read_code_word_;
    statement list_;
    statement list_seen_;
    statement put_;
    statement lift_cooldown_;
    statement remove_;
};

} // namespace kabinet::store::sqlite
