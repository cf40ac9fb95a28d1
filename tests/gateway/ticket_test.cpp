#include "gateway/ticket.hpp"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>
#include <string>

namespace kabinet::gateway {

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

    TEST_CASE("a thing is taken from its place once") {
        places<std::string> all;
        const place_key key = all.put("first");
        REQUIRE(all.find(key) != nullptr);
        CHECK(*all.find(key) == "first");
        CHECK(all.size() == 1);
        CHECK(all.take(key) == "first");
        CHECK_FALSE(all.take(key).has_value());
        CHECK(all.find(key) == nullptr);
        CHECK(all.size() == 0);
    }

    TEST_CASE("a late key never meets the next thing in its place") {
        places<std::string> all;
        const place_key late = all.put("first");
        all.take(late);
        const place_key next = all.put("second");
        CHECK(next.slot == late.slot);
        CHECK(all.find(late) == nullptr);
        CHECK_FALSE(all.take(late).has_value());
        CHECK(all.take(next) == "second");
    }

    TEST_CASE("a key of nowhere finds nothing") {
        places<std::string> all;
        CHECK(all.find({0, 0}) == nullptr);
        CHECK_FALSE(all.take({4'000'000, 1}).has_value());
    }

    TEST_CASE("things are not copied and not kept after they were taken") {
        places<std::shared_ptr<int>> all;
        const auto thing = std::make_shared<int>(7);
        const place_key key = all.put(thing);
        CHECK(thing.use_count() == 2);
        all.take(key);
        CHECK(thing.use_count() == 1);
    }

    TEST_CASE("ten thousand puts and takes are as a map has them") {
        std::mt19937 random{7};
        places<int> real;
        std::map<smpp::ticket, int> model;
        for (int step = 0; step < 10'000; ++step) {
            if (model.empty() || random() % 2 == 0) {
                const place_key key = real.put(step);
                CHECK(model.emplace(ticket{ticket_of::sms, key}.write(), step).second);
            } else {
                const auto one =
                    std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size()));
                CHECK(real.take(ticket::read(one->first).place) == one->second);
                model.erase(one);
            }
            REQUIRE(real.size() == model.size());
        }
    }
}

} // namespace kabinet::gateway
