// The operator's feed and a person's erasure, made true for the rows that there are. Knows no file format.
#pragma once

#include "store/feed.hpp"
#include "store/keys.hpp"
#include "store/sqlite_money.hpp"
#include "store/sqlite_tables.hpp"

#include <optional>
#include <span>
#include <vector>

namespace kabinet::store::sqlite {

class feed_desk {
  public:
    feed_desk(connection&, const keys&, const tables&);

    [[nodiscard]] feed_outcome take(std::span<const subscriber>, const feed_terms&, utc_time now);
    [[nodiscard]] missing_page drop_missing(std::int64_t full, msisdn after, std::size_t most, utc_time now);
    [[nodiscard]] bool erase(msisdn, utc_time now);

  private:
    void take(const subscriber&, const feed_terms&, std::int64_t seen, utc_time now, feed_outcome&);
    /// Nothing of an owner before that stays; what was paid in since then does, and that the number was
    /// blocked since then. False when there was nothing.
    bool recycle(const subscriber& said, const feed_terms&, std::optional<subscriber_row>&,
                 std::optional<account_row>&, utc_time now);
    void change_account(msisdn, account_row&, number_state, std::optional<utc_time> cooldown, utc_time now);
    /// What the SIM before was given.
    void end(account_row&, utc_time changed, const feed_terms&, utc_time now, ended_access&);
    [[nodiscard]] std::optional<outgoing_sms> tell(msisdn, const account_row&, const feed_terms&,
                                                   utc_time now);
    void enter(msisdn, account_row&, effect_kind, utc_time now);
    /// Wishes and SMS of these numbers, in one pass over all that a day keeps.
    std::size_t forget_messages(std::span<const msisdn>);
    void note(msisdn, channel, effect_kind, utc_time now);

    const keys& keys_;
    tables in_;
    money_desk money_;
    statement forget_wishes_;
    statement forget_sms_;
    statement forget_notices_;
    statement forget_orders_;
    statement forget_order_parties_;
    statement forget_parties_;
};

} // namespace kabinet::store::sqlite
