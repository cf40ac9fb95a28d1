// What ends with an access: one place, for all who end one.
#pragma once

#include "store/sqlite_tables.hpp"

#include <vector>

namespace kabinet::store::sqlite {

/// Nothing that let in before does so any more: password, PIN, codes, automatic login. Only the SIM opens the
/// access again. The account's row is written, its archive included. Returns the rows of the outbox that
/// carried something and don't any more.
[[nodiscard]] std::vector<outbox_id> end_access(const tables&, account_row&, utc_time now);

/// What was sent to a SIM that is in other hands lets nobody in any more, nor does what its phone holds:
/// codes, a generated password, PIN, automatic login. A password that the subscriber chose stays. Else as
/// above.
[[nodiscard]] std::vector<outbox_id> end_access_of_sim(const tables&, account_row&);

/// A new account, which begins with what the feed says of the number; what was counted for the number before
/// it had one is the account's. `token` is the number's keyed one.
[[nodiscard]] account_row open_account(const tables&, msisdn, std::uint64_t token,
                                       const std::optional<subscriber_row>& in_feed, language otherwise,
                                       utc_time now);

} // namespace kabinet::store::sqlite
