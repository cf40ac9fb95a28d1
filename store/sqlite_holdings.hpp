// What accounts have of what is sold, as rows, and as lines of an SMS. Decides nothing.
#pragma once

#include "store/sqlite_connection.hpp"
#include "store/wares.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::store::sqlite {

struct holding_row {
    std::int64_t id = 0;
    std::int64_t account = 0;
    holding is;
    std::chrono::seconds kept{}; // unpaid, before it ends; none: for good
    std::int64_t periods = 0;    // begun and paid
    std::optional<utc_time> paused;
};

/// The columns that `holding_at` reads, in their order.
inline constexpr std::string_view holding_columns =
    "kind, name, fee, period, since_at, due_at, paused_at, renews, minutes, sms, megabytes, left_minutes,"
    " left_sms, left_megabytes";
[[nodiscard]] holding holding_at(const statement::rows&, int column);

class holding_rows {
  public:
    explicit holding_rows(connection&);

    [[nodiscard]] std::optional<holding_row> find(std::int64_t account, ware_kind, std::string_view name);
    [[nodiscard]] std::optional<holding_row> find_tariff(std::int64_t account);
    void add(const holding_row&);
    /// Everything that may change of one: its periods, its state and what is left.
    void update(const holding_row&);
    void end(std::int64_t id, utc_time now);
    void end_all(std::int64_t account, utc_time now);
    /// Those whose time has come, the longest due first.
    [[nodiscard]] std::vector<holding_row> list_due(utc_time now, std::size_t most);
    /// What is paused is looked at again: there may be enough for its fee.
    void wake(std::int64_t account, utc_time now);
    /// What was never due, for the number was away, is due: the number is back.
    void take_up(std::int64_t account, utc_time now);

  private:
    statement find_;
    statement find_tariff_;
    statement add_;
    statement update_;
    statement end_;
    statement end_all_;
    statement list_due_;
    statement wake_;
    statement take_up_;
};

[[nodiscard]] std::string write_holdings(std::span<const holding>);
/// What can't be read is left out.
[[nodiscard]] std::vector<holding> read_holdings(std::string_view);

} // namespace kabinet::store::sqlite
