#include "gateway/later_work.hpp"

#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/executor_work_guard.hpp>

namespace kabinet::gateway::later_work_test {

using namespace tests;

namespace {

// 2100-01-22 12:00 UTC: afternoon in Moscow, late in the evening in Vladivostok. Ahead of the machine's own
// time, by which the store may tidy between two steps: what is in the past there it gives up.
constexpr utc_time noon{std::chrono::seconds{4'104'302'400}};

/// The job over a real store, with time that only the test moves.
struct bench {
    explicit bench(bool keeps_money = true)
        : job{loop, lane, sends, [this] { return pack; }, keeps_money} {
        sends.stop_fetching();
    }
    ~bench() { lane.stop(); }

    void lend(msisdn who) {
        fulfil(who,
               store::take_promise{"small", money::from_minor(10'000), money::from_minor(1'000), 72h, {}},
               store::verdict::promised);
    }
    /// With money for so many periods of a day each.
    void connect(msisdn who, int days) {
        fulfil(who, store::pay_in{money::from_minor(100 * days)}, store::verdict::paid_in);
        fulfil(who, store::connect_service{{"beep", {}, money::from_minor(100), 24h, 48h}, {}},
               store::verdict::connected);
    }
    void fulfil(msisdn who, store::effect what, store::verdict wanted) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        asked.by.speaks = menus::russian;
        asked.what = std::move(what);
        asked.now = {noon, {}};
        bool is_done = false;
        lane.once(std::move(asked), [&](const auto& came) {
            REQUIRE(came.value().is == wanted);
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
        lane.claim_outgoing(1'000, now, [&](auto came) {
            for (const store::outgoing_sms& each : came.value()) {
                all_told.push_back(each.who);
                last_text = each.action;
            }
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
    later_work job;
    steady_time steady{};
    std::vector<msisdn> all_told;
    std::string last_text;
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

    TEST_CASE("more of those who sleep than one step looks at keep nobody waiting for their morning") {
        bench on;
        constexpr std::uint64_t first = 79'261'000'000;
        for (std::uint64_t nth = 0; nth < 250; ++nth) {
            const auto sleeper = msisdn::from_digits(first + nth);
            on.live_in(sleeper, "Asia/Vladivostok");
            on.lend(sleeper);
        }
        on.lend(boris); // whose notice is the last
        CHECK(on.step_at(noon + 72h).empty());
        for (int ticks = 0; ticks < 3 && on.all_told.empty(); ++ticks) {
            on.steady -= 5s; // the next tick, not the next step
            static_cast<void>(on.step_at(noon + 72h));
        }
        CHECK(on.all_told == std::vector{boris});
    }

    TEST_CASE("between two steps there is a while") {
        bench on;
        on.lend(anna);
        CHECK(on.step_at(noon).empty());
        on.job.work({noon + 72h, on.steady + 4s});
        CHECK(on.job.is_at_rest());
    }
}

TEST_SUITE("fees as they are due") {
    TEST_CASE("a fee that is paid is not told of; one that can't be is told once, and so is the end") {
        bench on;
        on.connect(anna, 2);
        CHECK(on.step_at(noon + 24h).empty());
        CHECK(on.step_at(noon + 47h).empty());
        CHECK(on.step_at(noon + 48h) == std::vector{anna});
        CHECK(on.last_text == "notice.service_paused");
        CHECK(on.step_at(noon + 72h) == std::vector{anna});
        CHECK(on.step_at(noon + 96h) == std::vector{anna, anna});
        CHECK(on.last_text == "notice.service_ended");
        CHECK(on.step_at(noon + 960h) == std::vector{anna, anna});
    }

    TEST_CASE("where money is kept elsewhere, what the store has of it from before rests") {
        bench on{false};
        on.connect(anna, 1);
        on.lend(boris);
        CHECK(on.step_at(noon + 960h).empty());
        CHECK(on.step_at(noon + 961h).empty());
    }

    TEST_CASE("many that are due at once are taken in steps, one after the other") {
        bench on;
        constexpr std::uint64_t first = 79'261'000'000;
        for (std::uint64_t nth = 0; nth < 250; ++nth)
            on.connect(msisdn::from_digits(first + nth), 1);
        CHECK(on.step_at(noon + 24h).size() == 200);
        on.steady -= 5s; // the next tick, not the next step
        CHECK(on.step_at(noon + 24h).size() == 250);
    }
}

TEST_SUITE("calls that are awaited") {
    TEST_CASE("are counted once a minute") {
        bench on;
        on.fulfil(anna, store::call_back{}, store::verdict::call_promised);
        CHECK(on.step_at(noon).empty());
        CHECK(on.job.calls().awaited == 1);
        CHECK(on.job.calls().overdue == 0);
        on.fulfil(boris, store::call_back{}, store::verdict::call_promised);
        CHECK(on.step_at(noon + 3h).empty());
        CHECK(on.job.calls().awaited == 1); // a minute isn't over
        on.steady += 1min;
        CHECK(on.step_at(noon + 3h).empty());
        CHECK(on.job.calls().awaited == 2);
        CHECK(on.job.calls().overdue == 2);
    }
}

} // namespace kabinet::gateway::later_work_test
