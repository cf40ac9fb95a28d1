#include "tests/support/outbox.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

namespace kabinet::tests {

std::vector<outbox_row> read_outbox(const std::filesystem::path& database) {
    SQLite::Database opened{database.string(), SQLite::OPEN_READWRITE};
    SQLite::Statement rows{opened,
                           "SELECT msisdn, state, action, sealed IS NOT NULL FROM outbox ORDER BY id"};
    std::vector<outbox_row> all;
    while (rows.executeStep())
        all.push_back({msisdn::from_digits(static_cast<std::uint64_t>(rows.getColumn(0).getInt64())),
                       static_cast<store::row_state>(rows.getColumn(1).getInt()),
                       rows.getColumn(2).getString(), rows.getColumn(3).getInt() != 0});
    return all;
}

std::vector<store::row_state> outbox_of(msisdn who, const std::filesystem::path& database) {
    std::vector<store::row_state> states;
    for (const outbox_row& each : read_outbox(database))
        if (each.who == who)
            states.push_back(each.state);
    return states;
}

} // namespace kabinet::tests
