#include "gateway/later_work.hpp"

#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/executor_work_guard.hpp>

namespace kabinet::gateway {

using namespace tests;

namespace {

// 2026-01-22 12:00 UTC: afternoon in Moscow, late in the evening in Vladivostok
constexpr utc_time noon{std::chrono::seconds{1'769'083'200}};

/// The job over a real store, with time that only the test moves.
struct bench {
    bench() { sends.stop_fetching(); }
    ~bench() { lane.stop(); }

    void lend(msisdn who) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        asked.by.speaks = menus::russian;
        asked.what =
            store::take_promise{"small", money::from_minor(10'000), money::from_minor(1'000), 72h, {}};
        asked.now = {noon, {}};
        bool is_done = false;
        lane.once(std::move(asked), [&](const auto& came) {
            REQUIRE(came.value().is == store::verdict::promised);
            is_done = true;
        });
        wait([&] { return is_done; });
    }
    void live_in(msisdn who, std::string zone) {
        store::subscriber row;
        row.who = who;
        row.zone = std::move(zone);
        bool is_done = false;
        lane.run_errand(
            [row](store::backend& rows) -> boost::system::result<void> {
                const auto came = rows.take_feed(std::array{row}, {}, noon);
                return came ? boost::system::result<void>{} : came.error();
            },
            {noon, {}},
            [&](const auto& came) {
                REQUIRE(came.has_value());
                is_done = true;
            });
        wait([&] { return is_done; });
    }
    /// A step at that time; who was told, all in all.
    std::vector<msisdn> step_at(utc_time now) {
        steady += 5s;
        job.work({now, steady});
        wait([&] { return job.is_at_rest(); });
        return told({now, steady});
    }
    std::vector<msisdn> told(instant now) {
        bool is_done = false;
        sends.work(now);
        lane.claim_outgoing(100, now, [&](auto came) {
            for (const store::outgoing_sms& each : came.value())
                all_told.push_back(each.who);
            is_done = true;
        });
        wait([&] { return is_done; });
        return all_told;
    }
    template <class Condition>
    void wait(Condition is_true) {
        REQUIRE(run_until(loop, is_true));
    }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    std::shared_ptr<const menus::definition> pack =
        std::make_shared<menus::definition>(menus::define(menus::sample_draft()));
    lines no_links;
    sender sends{no_links, lane, [this] { return pack; }, 0}; // keeps nothing: gives back what it is sent
    later_work job{loop, lane, sends, [this] { return pack; }};
    steady_time steady{};
    std::vector<msisdn> all_told;
};

} // namespace

TEST_SUITE("promised payments at their term") {
    TEST_CASE("nothing is taken back before its time, and each is told once") {
        bench on;
        on.lend(anna);
        CHECK(on.step_at(noon + 71h).empty());
        CHECK(on.step_at(noon + 72h) == std::vector{anna});
        CHECK(on.step_at(noon + 73h) == std::vector{anna});
    }

    TEST_CASE("whoever sleeps is told in his own morning, and keeps nobody awake from being told") {
        bench on;
        on.live_in(anna, "Asia/Vladivostok"); // 22:00 there
        on.lend(anna);
        on.lend(boris);
        CHECK(on.step_at(noon + 72h) == std::vector{boris});
        CHECK(on.step_at(noon + 73h) == std::vector{boris});
        CHECK(on.step_at(noon + 82h) == std::vector{boris}); // 8:00
        CHECK(on.step_at(noon + 83h) == std::vector{boris, anna});
    }

    TEST_CASE("between two steps there is a while") {
        bench on;
        on.lend(anna);
        CHECK(on.step_at(noon).empty());
        on.job.work({noon + 72h, on.steady + 4s});
        CHECK(on.job.is_at_rest());
    }
}

} // namespace kabinet::gateway
