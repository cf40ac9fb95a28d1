// The operator's people at the accounts: looking, changing, and the archive of what happened.
#pragma once

#include "store/keys.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_audit.hpp"
#include "store/sqlite_outbox.hpp"
#include "store/sqlite_subscribers.hpp"
#include "store/staff.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

class staff_desk {
  public:
    staff_desk(const keys& with, account_rows& accounts, subscriber_rows& subscribers, outbox_rows& outbox,
               audit_rows& audit)
        : keys_{with}
        , accounts_{accounts}
        , subscribers_{subscribers}
        , outbox_{outbox}
        , audit_{audit} {}

    [[nodiscard]] std::optional<account_facts> inspect(msisdn, utc_time now);
    [[nodiscard]] bool change(msisdn, const account_change&, utc_time now);
    [[nodiscard]] std::vector<audit_entry> trace(msisdn, std::size_t most);
    void note_refused_portal(utc_time now);

  private:
    [[nodiscard]] bool lift_cooldown_of_feed(msisdn, utc_time now);
    effect_kind make(const set_bar&, account_row&, utc_time now);
    effect_kind make(const block&, account_row&, utc_time now);
    effect_kind make(const cool_down&, account_row&, utc_time now);
    effect_kind make(const lift_limits&, account_row&, utc_time now);

    const keys& keys_;
    account_rows& accounts_;
    subscriber_rows& subscribers_;
    outbox_rows& outbox_;
    audit_rows& audit_;
};

} // namespace kabinet::store::sqlite
