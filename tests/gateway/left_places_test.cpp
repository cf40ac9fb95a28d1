#include "gateway/left_places.hpp"

#include <doctest/doctest.h>

namespace left_places_test {

using namespace kabinet;
using namespace kabinet::gateway;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79262223344);
constexpr msisdn vera = msisdn::from_digits(79263334455);
constexpr steady_time start{1h};

left_place at_page(std::uint8_t page) {
    left_place made;
    made.where.page = page;
    return made;
}

} // namespace

TEST_CASE("a place is given back once, within its time") {
    left_places kept{5min};
    kept.keep(anna, at_page(1), start);
    kept.keep(boris, at_page(2), start + 1min);
    CHECK_FALSE(kept.take(vera, start + 1min));
    const auto came = kept.take(anna, start + 5min - 1ms);
    REQUIRE(came);
    CHECK(came->where.page == 1);
    CHECK_FALSE(kept.take(anna, start + 2min));
    CHECK_FALSE(kept.take(boris, start + 6min));
    CHECK(kept.size() == 0);
}

TEST_CASE("the last place of a number is what counts, for its own time") {
    left_places kept{5min};
    kept.keep(anna, at_page(1), start);
    kept.keep(anna, at_page(2), start + 4min);
    CHECK(kept.size() == 1);
    kept.forget_old(start + 5min);
    const auto came = kept.take(anna, start + 8min);
    REQUIRE(came);
    CHECK(came->where.page == 2);
}

TEST_CASE("where there are too many the oldest goes") {
    left_places kept{5min, 2};
    kept.keep(anna, at_page(1), start);
    kept.keep(boris, at_page(2), start + 1s);
    kept.keep(anna, at_page(3), start + 2s); // has its place already
    kept.keep(vera, at_page(4), start + 3s);
    CHECK(kept.size() == 2);
    CHECK_FALSE(kept.take(boris, start + 4s));
    CHECK(kept.take(anna, start + 4s)->where.page == 3);
    CHECK(kept.take(vera, start + 4s)->where.page == 4);
}

TEST_CASE("a number is forgotten, and a pack with the last place that is of it") {
    left_places kept{5min};
    auto pack = std::shared_ptr<const menus::definition>{};
    kept.keep(anna, {{}, pack}, start);
    kept.forget(anna);
    CHECK_FALSE(kept.take(anna, start));
}

TEST_CASE("nothing is kept for no time") {
    left_places kept{0ms};
    kept.keep(anna, at_page(1), start);
    CHECK(kept.size() == 0);
    CHECK_FALSE(kept.take(anna, start));
}

} // namespace left_places_test
