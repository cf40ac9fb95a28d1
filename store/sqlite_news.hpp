// What the operator's network is still to be told of numbers, as rows. Decides nothing.
#pragma once

#include "store/number_news.hpp"
#include "store/sqlite_connection.hpp"

#include <vector>

namespace kabinet::store::sqlite {

class news_rows {
  public:
    /// Where no network `is_told` (any more), nothing is kept and what was still to be told is out of date.
    news_rows(connection&, bool is_told);

    /// In place of what was said of that number before. Its version is the time, and above every one before:
    /// so it is newer than what a database said that was lost, too.
    void put(msisdn, bool is_blocked, utc_time since);
    /// Whoever has that number next finds it open, if it was blocked or may be there.
    void let_go(msisdn, bool was_blocked, utc_time now);
    /// In the order of their versions, those after that one, without what is put off.
    [[nodiscard]] std::vector<number_news> list(std::int64_t after, std::size_t most, utc_time now);
    /// Where something newer was said meanwhile, nothing changes.
    void end(std::int64_t version);
    void put_off(std::int64_t version, utc_time again);
    [[nodiscard]] news_figures count();

  private:
    bool is_told_;
    statement put_;
    statement list_;
    statement find_;
    statement forget_;
    statement end_;
    statement put_off_;
    statement count_;
};

} // namespace kabinet::store::sqlite
