// The operator's people at the accounts: looking, changing, and the archive of what happened.
#pragma once

#include "store/keys.hpp"
#include "store/sqlite_tables.hpp"
#include "store/staff.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

class staff_desk {
  public:
    staff_desk(const keys& with, const tables& in)
        : keys_{with}
        , in_{in} {}

    [[nodiscard]] std::optional<account_facts> inspect(msisdn, utc_time now);
    [[nodiscard]] bool change(msisdn, const account_change&, utc_time now);
    [[nodiscard]] std::vector<audit_entry> trace(msisdn, std::size_t most);
    void note_refused_portal(utc_time now);
    [[nodiscard]] bool end_call(msisdn, utc_time now);

  private:
    void note(msisdn, effect_kind, account_row* listed, utc_time now);
    [[nodiscard]] bool lift_cooldown_of_feed(msisdn, utc_time now);
    effect_kind make(const set_bar&, account_row&, utc_time now);
    effect_kind make(const block&, account_row&, utc_time now);
    effect_kind make(const cool_down&, account_row&, utc_time now);
    effect_kind make(const lift_limits&, account_row&, utc_time now);

    const keys& keys_;
    tables in_;
};

} // namespace kabinet::store::sqlite
