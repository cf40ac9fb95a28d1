#include "store/billing.hpp"
#include "store/lane.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <vector>

namespace reading_lane_test {

using namespace kabinet;
using namespace kabinet::store;
using namespace kabinet::store::tests;

namespace {

struct house {
    ~house() { on.stop(); }

    void wait_for(const bool& is_done) {
        while (!is_done)
            loop.run_one();
    }
    money balance_of(msisdn who) {
        bool is_done = false;
        money seen;
        purses.read_purse(who, [&](const auto& came) {
            seen = came.value().balance;
            is_done = true;
        });
        wait_for(is_done);
        return seen;
    }

    folder place;
    keys with = keys::parse(key_lines, "test.key");
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    lane on{std::make_unique<sqlite_backend>(place.path() / "kabinet.db", with), loop.get_executor(), {}};
    embedded_billing purses{on};
};

} // namespace

TEST_CASE("what was completed is seen by whoever reads after it") {
    house here;
    for (int nth = 1; nth <= 50; ++nth) {
        bool is_done = false;
        here.purses.fulfil(
            wish(here.with, "till " + std::to_string(nth), pay_in{money::from_minor(100)}, at(0s)), {},
            [&](const auto& came) {
                CHECK(came.value().is == verdict::paid_in);
                is_done = true;
            });
        here.wait_for(is_done);
        CHECK(here.balance_of(anna) == money::from_minor(100 * nth));
    }
    CHECK(here.balance_of(boris) == money{});
}

TEST_CASE("many readers are all told, in their order") {
    house here;
    std::vector<int> told;
    for (int nth = 0; nth < 500; ++nth)
        here.purses.read_purse(anna, [&told, nth](const auto& came) {
            REQUIRE(came.has_value());
            told.push_back(nth);
        });
    while (told.size() < 500)
        here.loop.run_one();
    CHECK(std::ranges::is_sorted(told));
}

TEST_CASE("after the end whoever reads is told to come back") {
    house here;
    here.on.stop();
    bool is_done = false;
    here.purses.read_purse(anna, [&](const auto& came) {
        CHECK(came.error() == store_error::busy);
        is_done = true;
    });
    here.wait_for(is_done);
}

} // namespace reading_lane_test
