#include "tests/support/orders.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace kabinet::tests {

namespace {

msisdn number_at(const SQLite::Column& column) {
    return msisdn::from_digits(static_cast<std::uint64_t>(column.getInt64()));
}

} // namespace

std::vector<order_seen> read_orders(const std::filesystem::path& database) {
    SQLite::Database opened{database.string(), SQLite::OPEN_READWRITE};
    SQLite::Statement rows{opened, "SELECT lower(hex(name)), msisdn, effect, channel, amount, party, verdict"
                                   " FROM orders ORDER BY seq"};
    std::vector<order_seen> all;
    while (rows.executeStep()) {
        order_seen one;
        one.name = rows.getColumn(0).getString();
        one.who = number_at(rows.getColumn(1));
        one.what = static_cast<store::effect_kind>(rows.getColumn(2).getInt());
        one.by = static_cast<store::channel>(rows.getColumn(3).getInt());
        if (const SQLite::Column amount = rows.getColumn(4); !amount.isNull())
            one.amount = money::from_minor(amount.getInt64());
        if (const SQLite::Column party = rows.getColumn(5); !party.isNull())
            one.party = number_at(party);
        if (const SQLite::Column verdict = rows.getColumn(6); !verdict.isNull())
            one.came = static_cast<store::verdict>(verdict.getInt());
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace kabinet::tests
