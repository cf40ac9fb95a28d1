#include "store/sqlite_outbox.hpp"

#include "store/secrets.hpp"
#include "store/sqlite_holdings.hpp"
#include "store/sqlite_lists.hpp"
#include "store/sqlite_sums.hpp"

#include <algorithm>

namespace kabinet::store::sqlite {
namespace {

constexpr std::size_t overdue_at_once = 1'000;
constexpr int run_shift = 32; // schema/001.sql: id is run << 32 plus a count

address address_at(const statement::rows& rows, int column) {
    address read;
    read.ton = rows.as<std::uint8_t>(column);
    read.npi = rows.as<std::uint8_t>(column + 1);
    const auto text = rows.text(column + 2);
    read.characters.assign(text.data(), std::min(text.size(), read.characters.max_size()));
    return read;
}

row_state state_at(result_sms::birth birth) {
    switch (birth) {
    case result_sms::birth::held:
        return row_state::held;
    case result_sms::birth::due:
        return row_state::claimed;
    case result_sms::birth::never:
        return row_state::cancelled;
    }
    return row_state::claimed;
}

std::string_view text_of(const address& of) {
    return {of.characters.data(), of.characters.size()};
}

} // namespace

outbox_rows::outbox_rows(connection& on, const keys& with, std::int64_t run)
    : keys_{with}
    , first_of_run_{run << run_shift}
    , last_id_{first_of_run_}
    , add_{on,
           "INSERT INTO outbox (id, state, msisdn, from_ton, from_npi, from_text, to_ton, to_npi, to_text,"
           " link_group, action, verdict, is_repeat, language, at, until, expires_at, life, sealed,"
           " amount, fee, balance, points, party, income, spent, movements, about, other, period, holdings,"
           " operations)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
           "?, "
           "?, ?)"}
    , find_state_{on, "SELECT state FROM outbox WHERE id = ?"}
    , release_{on, "UPDATE outbox SET state = 1 WHERE id = ? AND state = 2"}
    , give_back_{on, "UPDATE outbox SET state = 1 WHERE id = ? AND state = 3"}
    , release_earlier_{on, "UPDATE outbox SET state = 1 WHERE id IN (SELECT id FROM outbox"
                           " WHERE id < ? AND state BETWEEN 2 AND 4 ORDER BY id LIMIT ?)"}
    , cancel_held_{on, "UPDATE outbox SET state = 13, sealed = NULL WHERE id = ? AND state = 2"}
    , mark_unknown_{on, "UPDATE outbox SET state = 4 WHERE id = ? AND state = 3"}
    , end_{on, "UPDATE outbox SET state = ?2, sealed = NULL WHERE id = ?1 AND state < 10"}
    , claim_{on, "UPDATE outbox SET state = 3 WHERE id = ?"}
    , pending_{on, "SELECT id, msisdn, from_ton, from_npi, from_text, to_ton, to_npi, to_text, link_group,"
                   " action, verdict, is_repeat, language, at, until, expires_at, life, sealed,"
                   " amount, fee, balance, points, party, income, spent, movements,"
                   " about, other, period, holdings, operations"
                   " FROM outbox INDEXED BY outbox_pending WHERE state = 1 ORDER BY id LIMIT ?"}
    , expire_{on, "UPDATE outbox SET state = 11, sealed = NULL WHERE id IN (SELECT id FROM outbox"
                  " INDEXED BY outbox_pending WHERE state = 1 ORDER BY id LIMIT ?1)"
                  " AND (expires_at <= ?2 OR expires_at > ?2 + life)"}
    , give_up_{on, "UPDATE outbox SET state = 11, sealed = NULL WHERE id IN (SELECT id FROM outbox"
                   " ORDER BY id LIMIT ?) AND state < 10 AND state != 5 AND expires_at <= ?"}
    , tell_{on, "UPDATE outbox SET state = ?2, verdict = ?3, language = ?4, at = ?5, until = ?6,"
                " expires_at = ?5 + life, amount = ?7, fee = ?8, balance = ?9, points = ?10, party = ?11,"
                " other = ?12 WHERE id = ?1 AND state = 5"}
    , prune_{on, "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox ORDER BY id LIMIT ?)"
                 " AND state >= 10 AND expires_at <= ?"} {}

void outbox_rows::add(outbox_id id, const result_sms& sms, msisdn who, const outcome& what,
                      bool carries_secret, utc_time now) {
    const auto birth = is_refusal(what.is) ? sms.when_refused : sms.when_done;
    const auto state = what.is == verdict::under_way ? row_state::waiting : state_at(birth);
    auto expires = now + sms.life;
    std::optional<sealed_secret> sealed;
    if (carries_secret) {
        expires = std::min(expires, what.until.value_or(expires)); // a dead password isn't worth an SMS
        sealed = seal(keys_, sms.clear, outbox_binding{id, who, expires});
    }
    const auto column_of = [](const std::vector<std::uint8_t>& packed) {
        return packed.empty() ? std::nullopt : std::optional{octets{packed}};
    };
    const std::vector<std::uint8_t> movements = pack_movements(what.movements);
    const std::vector<std::uint8_t> operations = pack_operations(what.operations);
    const std::string holdings = write_holdings(what.holdings);
    const auto blob = sealed ? std::optional{octets{*sealed}} : std::nullopt;
    add_.run(id, state, who.digits(), sms.from.ton, sms.from.npi, text_of(sms.from), sms.to.ton, sms.to.npi,
             text_of(sms.to), std::string_view{sms.group}, std::string_view{sms.action},
             sms.is_notice ? verdict::told : what.is, what.is_repeat, what.speaks.code(), what.at, what.until,
             expires, expires - now, blob, what.sums.amount, what.sums.fee, what.sums.balance,
             what.sums.points, what.sums.party, what.sums.income, what.sums.spent, column_of(movements),
             std::string_view{what.about.what}, std::string_view{what.about.other}, what.about.period,
             std::string_view{holdings}, column_of(operations));
}

void outbox_rows::tell(outbox_id id, const outcome& what, result_sms::birth birth, bool is_late) {
    const auto state = is_late ? row_state::pending : state_at(birth);
    tell_.run(id, state, what.is, what.speaks.code(), what.at, what.until, what.sums.amount, what.sums.fee,
              what.sums.balance, what.sums.points, what.sums.party, std::string_view{what.about.other});
}

std::optional<row_state> outbox_rows::find_state(outbox_id id) {
    auto rows = find_state_.select(id);
    if (!rows.next())
        return std::nullopt;
    return rows.as<row_state>(0);
}

std::size_t outbox_rows::settle(const settlement& told) {
    switch (told.how) {
    case settling::sent:
        return end(told.id, row_state::sent);
    case settling::expired:
        return end(told.id, row_state::expired);
    case settling::failed:
        return end(told.id, row_state::failed);
    case settling::unknown:
        return mark_unknown_.run(told.id);
    case settling::give_back:
        return give_back_.run(told.id);
    case settling::release:
        return release(told.id);
    case settling::cancel:
        return cancel_held_.run(told.id);
    }
    return 0;
}

std::size_t outbox_rows::release(outbox_id id) {
    return release_.run(id);
}

std::size_t outbox_rows::cancel(outbox_id id) {
    return end(id, row_state::cancelled);
}

std::size_t outbox_rows::release_earlier(std::size_t most) {
    return release_earlier_.run(first_of_run_, most);
}

std::size_t outbox_rows::end(outbox_id id, row_state how) {
    return end_.run(id, how);
}

std::vector<outgoing_sms> outbox_rows::claim(std::size_t most, utc_time now) {
    expire(overdue_at_once, now);
    std::vector<outgoing_sms> live;
    std::vector<outbox_id> broken;
    {
        auto rows = pending_.select(most);
        while (rows.next()) {
            if (is_over(rows.time(15), now, std::chrono::microseconds{rows.integer(16)}))
                continue;
            auto one = read(rows);
            if (one)
                live.push_back(std::move(*one));
            else
                broken.push_back(rows.as<outbox_id>(0));
        }
    }
    for (const auto& one : live)
        claim_.run(one.id);
    for (const auto id : broken)
        end(id, row_state::failed);
    return live;
}

std::optional<outgoing_sms> outbox_rows::read(const statement::rows& rows) const {
    outgoing_sms one;
    one.id = rows.as<outbox_id>(0);
    one.who = msisdn::from_digits(rows.as<std::uint64_t>(1));
    one.from = address_at(rows, 2);
    one.to = address_at(rows, 5);
    one.group = rows.text(8);
    one.action = rows.text(9);
    one.what.is = rows.as<verdict>(10);
    one.what.is_repeat = rows.integer(11) != 0;
    one.what.speaks = language::from(rows.text(12)).value_or(language{});
    one.what.at = rows.time(13);
    one.what.until = rows.maybe_time(14);
    one.what.sms = one.id;
    one.what.sums = sums_at(rows, 18);
    one.what.movements = unpack_movements(rows.blob(25));
    one.what.about = subject_at(rows, 26);
    one.what.holdings = read_holdings(rows.text(29));
    one.what.operations = unpack_operations(rows.blob(30));
    one.expires = rows.time(15);
    if (rows.is_null(17))
        return one;
    auto clear = open(keys_, rows.blob(17), outbox_binding{one.id, one.who, one.expires});
    if (!clear)
        return std::nullopt;
    one.clear = std::move(*clear);
    return one;
}

std::size_t outbox_rows::expire(std::size_t most, utc_time now) {
    return expire_.run(most, now);
}

std::size_t outbox_rows::prune(std::size_t most, utc_time until) {
    return give_up_.run(most, until) + prune_.run(most, until);
}

} // namespace kabinet::store::sqlite
