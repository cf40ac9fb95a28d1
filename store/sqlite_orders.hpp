// What another system was asked to do, as rows. Decides nothing.
#pragma once

#include "store/orders.hpp"
#include "store/rules.hpp"
#include "store/sqlite_connection.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kabinet::store::sqlite {

struct order_row {
    request_id name{};
    request_id wish{};
    std::optional<msisdn> who; // none: forgotten
    std::int64_t account = 0;
    effect_kind what{};
    channel by{};
    std::optional<money> amount;
    std::optional<money> fee;
    std::optional<msisdn> party;
    std::string told; // the text for the other side; empty: nobody is told
    bool is_last_try = false;
    subject about; // of what is sold
    std::optional<outbox_id> sms;
    result_sms::birth when_done{};
    result_sms::birth when_refused{};
    utc_time at{};
};

class order_rows {
  public:
    explicit order_rows(connection&);

    void add(const order_row&);
    /// Nothing where it has ended.
    [[nodiscard]] std::optional<order_row> find_open(const request_id& name);
    void end(const request_id& name, verdict, utc_time now);
    /// In the order they were begun, after that one.
    [[nodiscard]] std::vector<open_order> list_open(std::int64_t after, std::size_t most);
    /// What an account gave away since, or may have given.
    [[nodiscard]] std::vector<moved> list_given(std::int64_t account, utc_time since);
    /// Of the oldest `most` rows, forgets those that ended before `until`. Returns how many.
    std::size_t prune(std::size_t most, utc_time until);

  private:
    statement add_;
    statement find_open_;
    statement end_;
    statement list_open_;
    statement list_given_;
    statement prune_;
};

} // namespace kabinet::store::sqlite
