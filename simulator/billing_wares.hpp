// What numbers have of what is sold, as a billing system's steps made it, and which of it is due first. Knows
// no money: whether a fee can be paid is the books' to say.
#pragma once

#include "simulator/billing_change.hpp"

#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <vector>

namespace kabinet::simulator {

class billing_wares {
  public:
    /// The oldest first.
    [[nodiscard]] std::vector<ware_held> list(msisdn) const;
    /// Null where the number hasn't it; good until something is entered.
    [[nodiscard]] const ware_held* find(msisdn, const ware_name&) const;
    [[nodiscard]] const ware_held* find_tariff(msisdn) const;

    /// What an order made of them that was done then; nothing where it was about something else. Throws
    /// std::invalid_argument where it can't have been done.
    void enter(const billing_order&, utc_time at);
    /// `charged`, `paused` or `dropped`. Throws as above.
    void enter(const billing_change&);

    /// Money came: what is paused is due then, for there may be enough for its fee.
    void wake(msisdn, utc_time at);
    /// There wasn't: it is due again at its end.
    void leave_paused(msisdn, const ware_name&);

    struct due_ware {
        utc_time at{};
        msisdn who;
        ware_name ware;
    };
    [[nodiscard]] std::optional<due_ware> find_due() const;

  private:
    struct row {
        ware_held is;
        std::optional<utc_time> next; // when it stands in due_
    };

    [[nodiscard]] const row* look_for(msisdn, const ware_name&) const;
    [[nodiscard]] row& get(msisdn, const ware_name&);
    void add(msisdn, ware_held);
    void end(msisdn, const ware_name&);
    void put_off(msisdn, row&, std::optional<utc_time> until);

    std::map<msisdn, std::vector<row>> rows_;
    std::set<std::tuple<utc_time, msisdn, ware_name>> due_;
};

} // namespace kabinet::simulator
