#include "store/sqlite_news.hpp"

namespace kabinet::store::sqlite {

news_rows::news_rows(connection& on, bool is_told)
    : is_told_{is_told}
    , put_{on, "REPLACE INTO network_news (version, msisdn, is_blocked, since_at) VALUES"
               " (MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'network_news'), 0) + 1, ?3), "
               "?1, ?2, ?3)"}
    , list_{on, "SELECT version, msisdn, is_blocked, since_at FROM network_news"
                " WHERE version > ? AND (again_at IS NULL OR again_at <= ?) ORDER BY version LIMIT ?"}
    , find_{on, "SELECT 1 FROM network_news WHERE msisdn = ?"}
    , forget_{on, "DELETE FROM network_news WHERE msisdn = ?"}
    , end_{on, "DELETE FROM network_news WHERE version = ?"}
    , put_off_{on, "UPDATE network_news SET again_at = ? WHERE version = ?"}
    , count_{on, "SELECT COUNT(*), COUNT(again_at) FROM network_news"} {}

void news_rows::put(msisdn who, bool is_blocked, utc_time since) {
    if (is_told_)
        put_.run(who, is_blocked, since);
    else
        forget_.run(who);
}

void news_rows::let_go(msisdn who, bool was_blocked, utc_time now) {
    if (was_blocked || find_.select(who).next())
        put(who, false, now);
}

std::vector<number_news> news_rows::list(std::int64_t after, std::size_t most, utc_time now) {
    std::vector<number_news> found;
    for (auto rows = list_.select(after, now, most); rows.next();)
        found.push_back({rows.integer(0), msisdn::from_digits(rows.as<std::uint64_t>(1)),
                         rows.integer(2) != 0, rows.time(3)});
    return found;
}

void news_rows::end(std::int64_t version) {
    end_.run(version);
}

void news_rows::put_off(std::int64_t version, utc_time again) {
    put_off_.run(again, version);
}

news_figures news_rows::count() {
    auto rows = count_.select();
    if (!rows.next())
        return {};
    return {rows.as<std::uint64_t>(0), rows.as<std::uint64_t>(1)};
}

} // namespace kabinet::store::sqlite
