#include "gateway/ticket.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::ticket_test {

TEST_SUITE("tickets") {
    TEST_CASE("a ticket says what was written on it") {
        for (const ticket_of table : {ticket_of::screen, ticket_of::sms})
            for (const place_key place :
                 {place_key{0, 1}, place_key{0xFFFFFF, 0xFFFFFFFF}, place_key{10'000, 7}}) {
                const ticket back = ticket::read(ticket{table, place}.write());
                CHECK(back.table == table);
                CHECK(back.place == place);
            }
    }
}

} // namespace kabinet::gateway::ticket_test
