#include "gateway/places.hpp"

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <random>
#include <string>

namespace kabinet::gateway::places_test {

TEST_SUITE("places") {
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
        std::map<std::pair<std::uint32_t, std::uint32_t>, int> model;
        for (int step = 0; step < 10'000; ++step) {
            if (model.empty() || random() % 2 == 0) {
                const place_key key = real.put(step);
                CHECK(model.emplace(std::pair{key.slot, key.generation}, step).second);
            } else {
                const auto one =
                    std::next(model.begin(), static_cast<std::ptrdiff_t>(random() % model.size()));
                CHECK(real.take({one->first.first, one->first.second}) == one->second);
                model.erase(one);
            }
            REQUIRE(real.size() == model.size());
        }
    }

    TEST_CASE("a thing stays where it is while others come and go") {
        places<int> all;
        const place_key key = all.put(1);
        const int* const there = all.find(key);
        for (int each = 0; each < 10'000; ++each)
            static_cast<void>(all.put(each));
        CHECK(all.find(key) == there);
    }

    TEST_CASE("each thing is visited once, and may be dropped then") {
        places<place_key> all;
        for (int each = 0; each < 5; ++each) {
            const place_key key = all.put({});
            *all.find(key) = key;
        }
        std::size_t seen = 0;
        all.for_each([&](const place_key& key) {
            ++seen;
            all.drop(place_key{key});
        });
        CHECK(seen == 5);
        CHECK(all.size() == 0);
    }
}

} // namespace kabinet::gateway::places_test
