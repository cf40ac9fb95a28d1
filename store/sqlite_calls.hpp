// Calls that subscribers asked for, as rows. Decides nothing.
#pragma once

#include "store/calls.hpp"
#include "store/rules.hpp"
#include "store/sqlite_connection.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace kabinet::store::sqlite {

class call_rows {
  public:
    explicit call_rows(connection&);

    [[nodiscard]] call_facts look(msisdn, utc_time now);
    /// Where the number awaits one already, that is promised anew.
    void add(const awaited_call&);
    /// In the order of their numbers, those after `after`.
    [[nodiscard]] std::vector<awaited_call> list(msisdn after, std::size_t most);
    /// It was made. False where none is awaited.
    [[nodiscard]] bool end(msisdn, utc_time now);
    /// What was asked for before then, made or not; without a time all of it.
    void forget(msisdn, std::optional<utc_time> before = {});
    /// Of those that were made before `until`, forgets `most`. Returns how many it were.
    [[nodiscard]] std::size_t prune(std::size_t most, utc_time until);
    [[nodiscard]] call_figures count(utc_time now);

  private:
    statement look_;
    statement add_;
    statement list_;
    statement end_;
    statement forget_;
    statement prune_;
    statement count_;
};

} // namespace kabinet::store::sqlite
