#include "store/sqlite_calls.hpp"

#include <chrono>

namespace kabinet::store::sqlite {

call_rows::call_rows(connection& on)
    : look_{on, "SELECT asked_at, due_at, made_at IS NULL FROM calls WHERE msisdn = ? ORDER BY id"}
    , add_{on, "INSERT INTO calls (msisdn, asked_at, due_at, channel, language) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT (msisdn) WHERE made_at IS NULL DO UPDATE SET due_at = excluded.due_at"}
    , list_{on, "SELECT msisdn, asked_at, due_at, channel, language FROM calls INDEXED BY calls_awaited"
                " WHERE made_at IS NULL AND msisdn > ? ORDER BY msisdn LIMIT ?"}
    , end_{on, "UPDATE calls SET made_at = ? WHERE msisdn = ? AND made_at IS NULL"}
    , forget_{on, "DELETE FROM calls WHERE msisdn = ?1 AND (?2 IS NULL OR asked_at < ?2)"}
    , prune_{on, "DELETE FROM calls WHERE id IN (SELECT id FROM calls INDEXED BY calls_made"
                 " WHERE made_at IS NOT NULL AND made_at <= ? ORDER BY made_at LIMIT ?)"}
    , count_{on, "SELECT COUNT(*), COALESCE(SUM(due_at < ?), 0) FROM calls INDEXED BY calls_due"
                 " WHERE made_at IS NULL"} {}

call_facts call_rows::look(msisdn who, utc_time now) {
    call_facts found;
    for (auto rows = look_.select(who); rows.next();) {
        const utc_time asked = rows.time(0);
        if (!is_over(asked + longest_window, now, longest_window))
            found.asked.push_back(asked);
        if (rows.integer(2) != 0)
            found.awaited_until = rows.time(1);
    }
    return found;
}

void call_rows::add(const awaited_call& of) {
    add_.run(of.who, of.asked, of.due, of.by, of.speaks.code());
}

std::vector<awaited_call> call_rows::list(msisdn after, std::size_t most) {
    std::vector<awaited_call> found;
    for (auto rows = list_.select(after, most); rows.next();)
        found.push_back({msisdn::from_digits(rows.as<std::uint64_t>(0)), rows.time(1), rows.time(2),
                         rows.as<channel>(3), language::from(rows.text(4)).value_or(language{})});
    return found;
}

bool call_rows::end(msisdn who, utc_time now) {
    return end_.run(now, who) != 0;
}

void call_rows::forget(msisdn who, std::optional<utc_time> before) {
    forget_.run(who, before);
}

std::size_t call_rows::prune(std::size_t most, utc_time until) {
    return prune_.run(until, most);
}

call_figures call_rows::count(utc_time now) {
    auto rows = count_.select(now);
    if (!rows.next())
        return {};
    return {rows.as<std::uint64_t>(0), rows.as<std::uint64_t>(1)};
}

} // namespace kabinet::store::sqlite
