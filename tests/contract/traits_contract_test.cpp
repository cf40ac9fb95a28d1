// What a menu asks of an account, in every database behind the store. Runs over store::backend only.
#include "tests/store/bed.hpp"

#include <doctest/doctest.h>

#include <array>

namespace traits_contract_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

struct house {
    template <class Work>
    auto in_batch(Work work) {
        REQUIRE(behind->begin().has_value());
        auto came = work();
        REQUIRE(behind->commit().has_value());
        REQUIRE(came.has_value());
        return came;
    }
    outcome once(std::string_view id, effect what, instant now) {
        return in_batch([&] { return behind->fulfil(wish(with, id, std::move(what), now)); }).value();
    }
    outcome once_wanting(access_level level, std::string_view id, effect what) {
        request asked = wish(with, id, std::move(what), at(0s));
        asked.by.wants = level;
        return in_batch([&] { return behind->fulfil(asked); }).value();
    }
    void feed(std::optional<access_level> level) {
        subscriber said;
        said.who = anna;
        said.level = level;
        static_cast<void>(in_batch([&] { return behind->take_feed(std::array{said}, {}, at(0s).utc); }));
    }
    account_traits traits(instant now) {
        REQUIRE(behind->reader().begin_reading().has_value());
        const auto seen = behind->reader().read_traits(anna, now.utc);
        REQUIRE(behind->reader().end_reading().has_value());
        return seen.value();
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    std::unique_ptr<backend> behind = std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with);
};

} // namespace

TEST_CASE("a number without an account has no way in, and every level") {
    house here;
    const account_traits seen = here.traits(at(0s));
    CHECK_FALSE(seen.has_way_in);
    CHECK_FALSE(seen.asks_code);
    CHECK(seen.level == access_level::all_numbers);
}

TEST_CASE("there is a way in while a password lives, and none once the access is closed") {
    house here;
    here.once("step 1", issue(), at(0s));
    CHECK(here.traits(at(1s)).has_way_in);
    CHECK_FALSE(here.traits(at(25h)).has_way_in); // it was good for a day
    here.once("step 2", set_switch{account_switch::automatic, true}, at(25h));
    CHECK(here.traits(at(25h)).has_way_in); // by the SIM
    here.once("step 3", close_portal{}, at(26h));
    CHECK_FALSE(here.traits(at(26h)).has_way_in);
}

TEST_CASE("whether a login wants a code is seen as it was switched") {
    house here;
    here.once("step 1", set_switch{account_switch::two_step, true}, at(0s));
    CHECK(here.traits(at(0s)).asks_code);
    here.once("step 2", set_switch{account_switch::two_step, false}, at(1s));
    CHECK_FALSE(here.traits(at(1s)).asks_code);
}

TEST_CASE("the level is the feed's, with an account and without") {
    house here;
    here.feed(access_level::view);
    CHECK(here.traits(at(0s)).level == access_level::view);
    here.once("step 1", issue(), at(0s));
    CHECK(here.traits(at(0s)).level == access_level::view);
    here.feed(access_level::own_number);
    CHECK(here.traits(at(0s)).level == access_level::own_number);
}

TEST_CASE("a wish that wants more than the feed allows is refused, with an account and without") {
    house here;
    const set_switch off{account_switch::two_step, false};
    CHECK(here.once_wanting(access_level::own_number, "step 1", off).is == verdict::switched_off);
    here.feed(access_level::view);
    CHECK(here.once_wanting(access_level::own_number, "step 2", off).is == verdict::level);
    CHECK(here.once_wanting(access_level::view, "step 3", off).is == verdict::switched_off);
    here.feed(access_level::own_number);
    CHECK(here.once_wanting(access_level::own_number, "step 4", off).is == verdict::switched_off);
    CHECK(here.once_wanting(access_level::all_numbers, "step 5", off).is == verdict::level);
}

TEST_CASE("a number that only the feed knows gets no account by a wish that its level refuses") {
    house here;
    here.feed(access_level::view);
    const effect what = take_promise{"small", money::from_minor(100), money{}, 72h, money{}};
    CHECK(here.once_wanting(access_level::own_number, "step 1", what).is == verdict::level);
    CHECK_FALSE(here.behind->inspect(anna, at(0s).utc)->has_value());
}

} // namespace traits_contract_test
