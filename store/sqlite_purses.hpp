// What accounts have, and how they are, read beside the writer.
#pragma once

#include "store/feed.hpp"
#include "store/holdings.hpp"
#include "store/ledger.hpp"
#include "store/sqlite_accounts.hpp"
#include "store/sqlite_connection.hpp"
#include "store/sqlite_holdings.hpp"
#include "store/traits.hpp"

#include <string>

namespace kabinet::store::sqlite {

class purse_reader {
  public:
    explicit purse_reader(connection& on)
        : begin_{on, "BEGIN"}
        , end_{on, "ROLLBACK"} // there is nothing to keep, and it never fails
        , read_{on, "SELECT a.balance, a.points, p.amount, p.due_at, a.status, a.language, a.bar,"
                    " a.stopped_at IS NOT NULL"
                    " FROM accounts AS a"
                    " LEFT JOIN promises AS p ON p.account = a.id AND p.returned_at IS NULL"
                    " WHERE a.msisdn = ?"}
        , read_feed_{on, "SELECT status, ported_out, reason, language FROM subscribers WHERE msisdn = ?"}
        , sum_up_{on, "SELECT e.kind, sum(e.amount)"
                      " FROM entries AS e WHERE e.purse = (SELECT id FROM accounts WHERE msisdn = ?1)"
                      " AND e.unit = 1 AND e.kind NOT IN (4, 6)" // lent, and gone back
                      " AND e.seq > coalesce((SELECT seq FROM operations WHERE at < ?2"
                      " ORDER BY at DESC LIMIT 1), 0)"
                      " AND (?3 IS NULL OR e.seq < coalesce((SELECT seq FROM operations WHERE at >= ?3"
                      " ORDER BY at LIMIT 1), 9223372036854775807))"
                      " GROUP BY e.kind, e.amount < 0 ORDER BY abs(sum(e.amount)) DESC, e.kind"}
        , list_{on, "SELECT o.at, e.kind, e.amount FROM entries AS e JOIN operations AS o ON o.seq = e.seq"
                    " WHERE e.purse = (SELECT id FROM accounts WHERE msisdn = ?1) AND e.unit = 1"
                    " AND o.at >= ?2 AND (?4 IS NULL OR o.at < ?4) ORDER BY e.seq DESC, e.line DESC LIMIT ?3"}
        , read_traits_{on, "SELECT sealed IS NULL, expires_at, life, used_at, kind, pin IS NOT NULL,"
                           " is_automatic, asks_code, blocked_at, status, bar FROM accounts WHERE msisdn = ?"}
        , read_level_{on, "SELECT level FROM subscribers WHERE msisdn = ?"}
        , list_holdings_{on, ("SELECT " + std::string{holding_columns} +
                              " FROM holdings WHERE account = (SELECT id FROM accounts WHERE msisdn = ?)"
                              " AND ended_at IS NULL ORDER BY id")
                                 .c_str()} {}

    /// What is read until `end` is of one moment.
    void begin() { begin_.run(); }
    void end() { end_.run(); }

    [[nodiscard]] purse_view read(msisdn who) {
        purse_view seen;
        auto rows = read_.select(who.digits());
        if (!rows.next())
            return read_feed(who);
        seen.is_known = true;
        number_state state{rows.as<account_status>(4), rows.as<bar_reason>(6)};
        if (rows.integer(7) != 0)
            state = stopped(state);
        seen.status = state.is;
        seen.bar = state.why;
        seen.speaks = language::from(rows.text(5));
        seen.balance = money::from_minor(rows.integer(0));
        seen.points = rows.integer(1);
        if (!rows.is_null(2))
            seen.promise = {money::from_minor(rows.integer(2)), rows.time(3)};
        return seen;
    }

    [[nodiscard]] movements_view read_movements(msisdn who, const movements_query& asked) {
        const purse_view purse = read(who);
        movements_view seen;
        seen.is_known = purse.is_known;
        seen.status = purse.status;
        seen.bar = purse.bar;
        seen.speaks = purse.speaks;
        for (auto sums = sum_up_.select(who.digits(), asked.totals_since, asked.until); sums.next();) {
            seen.totals.push_back({sums.as<entry_kind>(0), money::from_minor(sums.integer(1))});
            const total& made = seen.totals.back();
            if (made.amount < money{})
                seen.spent = seen.spent - made.amount;
            else
                seen.income = seen.income + made.amount;
        }
        for (auto rows = list_.select(who.digits(), asked.listed_since, asked.most, asked.until);
             rows.next();)
            seen.last.push_back({rows.time(0), rows.as<entry_kind>(1), money::from_minor(rows.integer(2))});
        return seen;
    }

    [[nodiscard]] account_traits read_traits(msisdn who, utc_time now) {
        account_traits seen;
        if (auto rows = read_traits_.select(who.digits()); rows.next()) {
            secret_row secret;
            secret.is_annulled = rows.integer(0) != 0;
            secret.expires = rows.maybe_time(1);
            secret.life = std::chrono::microseconds{rows.integer(2)};
            secret.used = rows.maybe_time(3);
            const bool has_password = !rows.is_null(4) && secret.is_live(now);
            const number_state state{rows.as<account_status>(9), rows.as<bar_reason>(10)};
            const bool may_log_in = rows.is_null(8) && is_open(state, matter::login);
            seen.has_way_in = may_log_in && (has_password || rows.integer(5) != 0 || rows.integer(6) != 0);
            seen.asks_code = rows.integer(7) != 0;
        }
        if (auto rows = read_level_.select(who.digits()); rows.next())
            seen.level = rows.maybe<access_level>(0).value_or(seen.level);
        return seen;
    }

    [[nodiscard]] holdings_view read_holdings(msisdn who) {
        const purse_view purse = read(who);
        holdings_view seen;
        seen.is_known = purse.is_known;
        seen.status = purse.status;
        seen.bar = purse.bar;
        seen.speaks = purse.speaks;
        seen.balance = purse.balance;
        for (auto rows = list_holdings_.select(who.digits()); rows.next();)
            seen.has.push_back(holding_at(rows, 0));
        return seen;
    }

  private:
    /// Of a number that never asked for anything.
    [[nodiscard]] purse_view read_feed(msisdn who) {
        purse_view seen;
        auto rows = read_feed_.select(who.digits());
        if (!rows.next())
            return seen;
        subscriber said;
        said.status = rows.maybe<account_status>(0);
        if (!rows.is_null(1))
            said.is_ported_out = rows.integer(1) != 0;
        seen.is_known = true;
        said.reason = rows.text(2);
        if (!rows.is_null(3))
            seen.speaks = language::from(rows.text(3));
        const number_state state = state_of(said);
        seen.status = state.is;
        seen.bar = state.why;
        return seen;
    }

    statement begin_;
    statement end_;
    statement read_;
    statement read_feed_;
    statement sum_up_;
    statement list_;
    statement read_traits_;
    statement read_level_;
    statement list_holdings_;
};

} // namespace kabinet::store::sqlite
