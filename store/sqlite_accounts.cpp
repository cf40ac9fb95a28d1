#include "store/sqlite_accounts.hpp"

#include "store/sqlite_times.hpp"

namespace kabinet::store::sqlite {
namespace {

secret_row secret_at(const statement::rows& rows, int column) {
    secret_row read;
    read.kind = rows.as<secret_kind>(column);
    read.is_annulled = rows.integer(column + 1) != 0;
    read.expires = rows.maybe_time(column + 2);
    read.life = std::chrono::microseconds{rows.integer(column + 3)};
    read.used = rows.maybe_time(column + 4);
    read.told_by = rows.maybe<outbox_id>(column + 5);
    read.made = rows.maybe_time(column + 6);
    return read;
}

} // namespace

bool secret_row::is_live(utc_time now) const {
    return !is_annulled && !used && (!expires || !is_over(*expires, now, life));
}

account_rows::account_rows(connection& on, std::size_t most_strangers)
    : most_strangers_{most_strangers}
    , find_{on, "SELECT id, status, language, cooldown_until, blocked_at, last_audit, version,"
                " kind, sealed IS NULL, expires_at, life, used_at, told_by, made_at,"
                " issues, created_at, asked_at, noticed_at, asks_code, is_automatic,"
                " pin_version, pin, pin_wrong, balance, points, bar, active_at,"
                " stopped_at"
                " FROM accounts WHERE msisdn = ?"}
    , create_{on, "INSERT INTO accounts (id, msisdn, language, created_at) VALUES (?, ?, ?, ?)"}
    , update_{on, "UPDATE accounts SET status = ?2, language = ?3, cooldown_until = ?4, blocked_at = ?5,"
                  " last_audit = ?6, asked_at = ?7, asks_code = ?8, is_automatic = ?9, pin_version = ?10,"
                  " pin = ?11, pin_wrong = ?12, bar = ?13, active_at = ?14, stopped_at = ?15 WHERE id = ?1"}
    , update_with_secret_{on, "UPDATE accounts SET status = ?2, language = ?3, cooldown_until = ?4,"
                              " blocked_at = ?5, last_audit = ?6, version = ?7, kind = ?8, sealed = ?9,"
                              " expires_at = ?10, life = ?11, used_at = ?12, told_by = ?13, issues = ?14,"
                              " asked_at = ?15, made_at = ?16, bar = ?17, active_at = ?18 WHERE id = ?1"}
    , update_access_{on, "UPDATE accounts SET last_audit = ?2, blocked_at = ?3, noticed_at = ?4,"
                         " used_at = ?5, sealed = CASE WHEN ?6 THEN NULL ELSE sealed END, active_at = ?7 "
                         "WHERE id = ?1"}
    , note_use_{on, "UPDATE accounts SET active_at = ?2 WHERE msisdn = ?1 AND coalesce(active_at, "
                    "created_at) > ?3"}
    , read_sealed_{on, "SELECT sealed FROM accounts WHERE id = ?"}
    , find_guesses_{on, "SELECT in_a_row, in_all FROM guesses WHERE place = ?"}
    , put_guesses_{on, "INSERT INTO guesses (place, in_a_row, in_all) VALUES (?1, ?2, ?3)"
                       " ON CONFLICT (place) DO UPDATE SET in_a_row = ?2, in_all = ?3"}
    , forgive_{on, "UPDATE guesses SET in_a_row = 0 WHERE place = ?"}
    , adopt_guesses_{on, "UPDATE OR REPLACE guesses SET place = ?1 WHERE place = ?2"}
    , adopt_codes_{on, "UPDATE OR REPLACE codes SET place = ?1 WHERE place = ?2"}
    , count_strangers_{on, "SELECT count(*) FROM guesses WHERE place < 0"}
    , prune_guesses_{on, "DELETE FROM guesses WHERE place IN"
                         " (SELECT place FROM guesses WHERE place >= ? AND place < 0 ORDER BY place LIMIT ?)"}
    , forget_guesses_{on, "DELETE FROM guesses WHERE place = ?"}
    , forget_codes_{on, "DELETE FROM codes WHERE place = ?"}
    , annul_secret_{on, "UPDATE accounts SET sealed = NULL WHERE id = ?"}
    , forget_issues_{on, "UPDATE accounts SET issues = NULL WHERE id = ?"}
    , remove_{on, "DELETE FROM accounts WHERE id = ?"}
    , note_gone_{on, "UPDATE meta SET value = max(value, ?) WHERE name = 'gone'"}
    , highest_{on, "SELECT max((SELECT max(id) FROM accounts), (SELECT value FROM meta WHERE name = 'gone'))"}
    , list_languages_{on, "SELECT id, msisdn, language FROM accounts WHERE id > ? ORDER BY id LIMIT ?"} {
    strangers_ = count_strangers();
}

std::optional<account_row> account_rows::find(msisdn who) {
    auto rows = find_.select(who.digits());
    if (!rows.next())
        return std::nullopt;
    account_row found;
    found.id = rows.integer(0);
    found.status = rows.as<account_status>(1);
    found.speaks = language::from(rows.text(2)).value_or(language{});
    found.cooldown_until = rows.maybe_time(3);
    found.blocked = rows.maybe_time(4);
    found.last_audit = rows.maybe<std::int64_t>(5);
    found.version = rows.integer(6);
    if (!rows.is_null(7))
        found.secret = secret_at(rows, 7);
    found.issues = unpack_times(rows.blob(14));
    found.created = rows.time(15);
    found.asked = rows.maybe_time(16);
    found.noticed = rows.maybe_time(17);
    found.asks_code = rows.integer(18) != 0;
    found.is_automatic = rows.integer(19) != 0;
    found.pin_version = rows.integer(20);
    if (!rows.is_null(21))
        found.pin = pin_row{rows.fixed_blob<std::tuple_size_v<fingerprint>>(21), rows.as<std::uint32_t>(22)};
    found.balance = money::from_minor(rows.integer(23));
    found.points = rows.integer(24);
    found.bar = rows.as<bar_reason>(25);
    found.active = rows.maybe_time(26);
    found.stopped = rows.maybe_time(27);
    return found;
}

/// Nobody's account is always there, so there is always a highest.
std::int64_t account_rows::next_id() {
    auto rows = highest_.select();
    return rows.next() ? rows.integer(0) + 1 : 1;
}

account_row account_rows::create(msisdn who, language speaks, utc_time now) {
    account_row made;
    made.id = next_id();
    create_.run(made.id, who.digits(), speaks.code(), now);
    made.created = now;
    made.speaks = speaks;
    return made;
}

void account_rows::update(const account_row& row) {
    const auto pin = row.pin ? std::optional{octets{row.pin->mark}} : std::nullopt;
    update_.run(row.id, row.status, row.speaks.code(), row.cooldown_until, row.blocked, row.last_audit,
                row.asked, static_cast<int>(row.asks_code), static_cast<int>(row.is_automatic),
                row.pin_version, pin, row.pin ? row.pin->wrong : 0, row.bar, row.active, row.stopped);
}

account_row account_rows::find_nobody() {
    return find(msisdn{}).value();
}

void account_rows::update_access(const account_row& row, bool is_annulled) {
    const auto used = row.secret ? row.secret->used : std::nullopt;
    update_access_.run(row.id, row.last_audit, row.blocked, row.noticed, used, static_cast<int>(is_annulled),
                       row.active);
}

void account_rows::note_use(msisdn who, utc_time since, utc_time now) {
    note_use_.run(who.digits(), now, since);
}

std::vector<std::uint8_t> account_rows::read_sealed(std::int64_t account) {
    auto rows = read_sealed_.select(account);
    if (!rows.next())
        return {};
    const octets sealed = rows.blob(0);
    return {sealed.begin(), sealed.end()};
}

void account_rows::update_with_secret(const account_row& row, octets sealed) {
    pack_times(row.issues, packed_);
    const auto& secret = row.secret.value();
    update_with_secret_.run(row.id, row.status, row.speaks.code(), row.cooldown_until, row.blocked,
                            row.last_audit, row.version, secret.kind, sealed, secret.expires, secret.life,
                            secret.used, secret.told_by, octets{packed_}, row.asked, secret.made, row.bar,
                            row.active);
}

account_rows::place account_rows::place_of(const account_row& account, std::uint64_t token) {
    if (account.id != nobody)
        return place{account.id};
    return place{-1 - static_cast<std::int64_t>(token >> 1U)};
}

guesses account_rows::find_guesses(place of) {
    auto rows = find_guesses_.select(of);
    if (!rows.next())
        return {};
    return {rows.as<std::uint32_t>(0), rows.as<std::uint32_t>(1)};
}

void account_rows::put_guesses(place of, const guesses& counted) {
    if (of < place{0} && counted.in_all == 1)
        ++strangers_;
    put_guesses_.run(of, counted.in_a_row, counted.in_all);
}

std::size_t account_rows::prune_guesses(std::size_t most, std::uint64_t anywhere) {
    if (strangers_ <= most_strangers_)
        return 0;
    strangers_ = count_strangers();
    if (strangers_ <= most_strangers_)
        return 0;
    const std::size_t gone = prune_guesses_.run(-1 - static_cast<std::int64_t>(anywhere >> 1U), most);
    strangers_ -= gone;
    return gone;
}

std::size_t account_rows::count_strangers() {
    auto rows = count_strangers_.select();
    return rows.next() ? rows.as<std::size_t>(0) : 0;
}

void account_rows::adopt(const account_row& account, std::uint64_t token) {
    const place before = place_of(account_row{}, token);
    adopt_guesses_.run(account.id, before);
    adopt_codes_.run(account.id, before);
}

void account_rows::forgive(std::int64_t account) {
    forgive_.run(account);
}

void account_rows::annul_secret(std::int64_t account) {
    annul_secret_.run(account);
}

void account_rows::forget_issues(std::int64_t account) {
    forget_issues_.run(account);
}

void account_rows::remove(std::int64_t account) {
    remove_.run(account);
    note_gone_.run(account);
    forget_guesses_.run(account);
    forget_codes_.run(account);
}

language_page account_rows::list_languages(std::int64_t after, std::size_t most, language except) {
    language_page page;
    auto rows = list_languages_.select(after, most);
    for (std::size_t seen = 0; rows.next();) {
        if (++seen == most)
            page.next = rows.integer(0);
        const language speaks = language::from(rows.text(2)).value_or(except);
        if (speaks != except)
            page.found.push_back({msisdn::from_digits(rows.as<std::uint64_t>(1)), speaks});
    }
    return page;
}

} // namespace kabinet::store::sqlite
