// SMS to send and how they ended, as rows with their secrets sealed. Sends nothing.
#pragma once

#include "store/keys.hpp"
#include "store/outbox.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

class outbox_rows {
  public:
    /// `run` is this run's number.
    outbox_rows(connection&, const keys&, std::int64_t run);

    /// A number for a row to come.
    [[nodiscard]] outbox_id next_id() { return outbox_id{++last_id_}; }

    /// `carries_secret`: the clear text of `sms` is sealed into the row.
    void add(outbox_id, const result_sms& sms, msisdn who, const outcome&, bool carries_secret, utc_time now);

    /// Of a row that waits for an order's end. Late: nobody waits at a screen or holds the row in memory any
    /// more, so that it goes out whatever its birth.
    void tell(outbox_id, const outcome&, result_sms::birth, bool is_late);

    /// Nothing once the row is forgotten.
    [[nodiscard]] std::optional<row_state> find_state(outbox_id);

    /// What is not for a row in its state leaves it as it is: one that ended stays as it ended, and a held
    /// one that a repeat released is sent all the same, for it was promised. Returns the rows changed, as all
    /// below.
    std::size_t settle(const settlement&);
    /// A held row becomes pending; any other stays as it is.
    std::size_t release(outbox_id);
    /// Whatever it carries isn't true any more: its secret is erased unless it had ended.
    std::size_t cancel(outbox_id);

    /// Rows of earlier runs that have not ended become pending, at most so many.
    std::size_t release_earlier(std::size_t most);

    /// Ends the overdue among the thousand oldest pending rows, then hands out at most so many of the rest.
    /// A row whose secret can't be opened any more has failed.
    [[nodiscard]] std::vector<outgoing_sms> claim(std::size_t most, utc_time now);
    /// Ends the overdue among the `most` oldest pending rows.
    std::size_t expire(std::size_t most, utc_time now);

    /// Of the oldest `most` rows, ends and then forgets those that were over before `until`.
    std::size_t prune(std::size_t most, utc_time until);

  private:
    [[nodiscard]] std::optional<outgoing_sms> read(const statement::rows&) const;
    std::size_t end(outbox_id, row_state how);

    const keys& keys_;
    std::int64_t first_of_run_;
    std::int64_t last_id_;
    statement add_;
    statement find_state_;
    statement release_;
    statement give_back_;
    statement release_earlier_;
    statement cancel_held_;
    statement mark_unknown_;
    statement end_;
    statement claim_;
    statement pending_;
    statement expire_;
    statement give_up_;
    statement tell_;
    statement prune_;
};

} // namespace kabinet::store::sqlite
