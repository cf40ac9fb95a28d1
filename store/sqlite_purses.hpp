// What accounts have, read beside the writer.
#pragma once

#include "store/ledger.hpp"
#include "store/sqlite_connection.hpp"

namespace kabinet::store::sqlite {

class purse_reader {
  public:
    explicit purse_reader(connection& on)
        : begin_{on, "BEGIN"}
        , end_{on, "COMMIT"}
        , read_{on, "SELECT a.balance, a.points, p.amount, p.due_at FROM accounts AS a"
                    " LEFT JOIN promises AS p ON p.account = a.id AND p.returned_at IS NULL"
                    " WHERE a.msisdn = ?"} {}

    /// What is read until `end` is of one moment.
    void begin() { begin_.run(); }
    void end() { end_.run(); }

    [[nodiscard]] purse_view read(msisdn who) {
        purse_view seen;
        auto rows = read_.select(who.digits());
        if (!rows.next())
            return seen;
        seen.balance = money::from_minor(rows.integer(0));
        seen.points = rows.integer(1);
        if (!rows.is_null(2))
            seen.promise = {money::from_minor(rows.integer(2)), rows.time(3)};
        return seen;
    }

  private:
    statement begin_;
    statement end_;
    statement read_;
};

} // namespace kabinet::store::sqlite
