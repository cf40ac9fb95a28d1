#include "store/sqlite_subscribers.hpp"

namespace kabinet::store::sqlite {
namespace {

subscriber subscriber_at(const statement::rows& rows) {
    subscriber read;
    read.who = msisdn::from_digits(rows.as<std::uint64_t>(0));
    read.status = rows.maybe<account_status>(1);
    read.reason = rows.text(2);
    read.type = rows.text(3);
    read.region = rows.text(4);
    if (!rows.is_null(5))
        read.speaks = language::from(rows.text(5));
    read.zone = rows.text(6);
    read.sim_changed = rows.maybe_time(7);
    read.owner_changed = rows.maybe_time(8);
    if (!rows.is_null(9))
        read.is_ported_out = rows.integer(9) != 0;
    read.level = rows.maybe<access_level>(10);
    read.email = rows.text(11);
    return read;
}

} // namespace

subscriber_rows::subscriber_rows(connection& on, const keys& with)
    : on_{on}
    , keys_{with}
    , find_{on, "SELECT msisdn, status, reason, type, region, language, zone, sim_changed_at,"
                " owner_changed_at, ported_out, level, email, cooldown_until, added_at, seen"
                " FROM subscribers WHERE msisdn = ?"}
    , read_code_word_{on, "SELECT code_word FROM subscribers WHERE msisdn = ?"}
    , list_{on, "SELECT msisdn, status, reason, type, region, language, zone, sim_changed_at,"
                " owner_changed_at, ported_out, level, email"
                " FROM subscribers WHERE msisdn > ? ORDER BY msisdn LIMIT ?"}
    , list_seen_{on, "SELECT msisdn, seen FROM subscribers WHERE msisdn > ? ORDER BY msisdn LIMIT ?"}
    , put_{on, "INSERT INTO subscribers (msisdn, status, reason, type, region, language, zone,"
               " sim_changed_at, owner_changed_at, ported_out, level, email, cooldown_until, added_at, seen,"
               " code_word) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
               " ON CONFLICT (msisdn) DO UPDATE SET status = excluded.status, reason = excluded.reason,"
               " type = excluded.type, region = excluded.region, language = excluded.language,"
               " zone = excluded.zone, sim_changed_at = excluded.sim_changed_at,"
               " owner_changed_at = excluded.owner_changed_at, ported_out = excluded.ported_out,"
               " level = excluded.level, email = excluded.email, cooldown_until = excluded.cooldown_until,"
               " added_at = excluded.added_at, seen = excluded.seen,"
               " code_word = coalesce(excluded.code_word, code_word)"}
    , lift_cooldown_{on, "UPDATE subscribers SET cooldown_until = NULL WHERE msisdn = ?"}
    , remove_{on, "DELETE FROM subscribers WHERE msisdn = ?"} {}

std::optional<subscriber_row> subscriber_rows::find(msisdn who) {
    auto rows = find_.select(who.digits());
    if (!rows.next())
        return std::nullopt;
    return subscriber_row{subscriber_at(rows), rows.maybe_time(12), rows.time(13), rows.integer(14)};
}

sealed_secret subscriber_rows::read_code_word(msisdn who) {
    auto rows = read_code_word_.select(who.digits());
    if (!rows.next())
        return {};
    const octets sealed = rows.blob(0);
    return {sealed.begin(), sealed.end()};
}

std::vector<subscriber> subscriber_rows::list(msisdn after, std::size_t most) {
    std::vector<subscriber> found;
    auto rows = list_.select(after.digits(), most);
    while (rows.next())
        found.push_back(subscriber_at(rows));
    return found;
}

std::vector<std::pair<msisdn, std::int64_t>> subscriber_rows::list_seen(msisdn after, std::size_t most) {
    std::vector<std::pair<msisdn, std::int64_t>> found;
    auto rows = list_seen_.select(after.digits(), most);
    while (rows.next())
        found.emplace_back(msisdn::from_digits(rows.as<std::uint64_t>(0)), rows.integer(1));
    return found;
}

void subscriber_rows::put(const subscriber_row& row) {
    const subscriber& is = row.is;
    std::optional<sealed_secret> sealed;
    if (is.code_word)
        sealed = seal(keys_, *is.code_word, code_word_binding{is.who});
    const auto speaks = is.speaks ? std::optional{is.speaks->code()} : std::nullopt;
    const auto code_word = sealed ? std::optional{octets{*sealed}} : std::nullopt;
    put_.run(is.who.digits(), is.status, std::string_view{is.reason}, std::string_view{is.type},
             std::string_view{is.region}, speaks, std::string_view{is.zone}, is.sim_changed, is.owner_changed,
             is.is_ported_out, is.level, std::string_view{is.email}, row.cooldown_until, row.added, row.seen,
             code_word);
}

std::size_t subscriber_rows::lift_cooldown(msisdn who) {
    return lift_cooldown_.run(who.digits());
}

std::size_t subscriber_rows::remove(msisdn who) {
    return remove_.run(who.digits());
}

std::int64_t subscriber_rows::begin_full() {
    on_.run("UPDATE meta SET value = value + 1 WHERE name = 'feed'");
    return last_full();
}

std::int64_t subscriber_rows::last_full() {
    return on_.ask("SELECT value FROM meta WHERE name = 'feed'");
}

} // namespace kabinet::store::sqlite
