#include "gateway/clocks.hpp"
#include "gateway/screens.hpp"
#include "tests/gateway/linked.hpp"

namespace kabinet::gateway::screens_test {

using namespace tests;
using smpp::status;

namespace {

/// Screens to subscribers who dialled, and what became of each.
class stage : public linked, private screen_watcher {
  public:
    explicit stage(std::chrono::milliseconds response_timeout = 5s)
        : linked{[&] {
            smpp::dialect made;
            made.response_timeout = response_timeout;
            return made;
        }()}
        , screens_under_way{loop, all, *this} {
        on_message = [this](line& by, const smpp::delivery& of, const smpp::message& came) {
            if (const auto* asked =
                    std::get_if<ussd_request>(&dialled.emplace_back(read(came, by.speaks(), {}))))
                last = *asked;
            by.link->respond(of, status::ok);
        };
        on_response = [this](line&, place_key place, const smpp::response& answer) {
            screens_under_way.response_arrived(place, answer, read_clocks());
            screens_under_way.work(read_clocks());
        };
        on_missing = [this](place_key place) { screens_under_way.response_missing(place, read_clocks()); };
    }

    /// Binds one link, over which anna dials.
    void dial(std::uint32_t window = 100) {
        smpp::link_settings with = settings("main");
        with.window = window;
        bind(with);
        REQUIRE(centre().dial(anna, "*105#"));
        REQUIRE(run_until(loop, [&] { return dialled.size() == 1; }));
    }
    void show(std::string_view text, screen_kind kind = screen_kind::answer,
              std::chrono::milliseconds deadline = 5s) {
        const instant now = read_clocks();
        screen made;
        made.of = {3, 4};
        made.who = last.who;
        made.kind = kind;
        made.subscriber = last.subscriber;
        made.service = last.service;
        made.session = last.session;
        made.held = store::outbox_id{77};
        made.deadline = now.steady + deadline;
        made.text.assign(text.data(), text.size());
        screens_under_way.show(std::move(made), now);
    }
    [[nodiscard]] bool until_told(std::size_t times) {
        return run_until(loop, [&] { return shown.size() + failed.size() == times; });
    }

    ussd_request last;
    std::vector<incoming> dialled;
    std::vector<screen> shown;
    std::vector<std::string> failed;
    gateway::screens screens_under_way;
    bool is_still_wanted = true;

  private:
    [[nodiscard]] bool is_wanted(const screen&) override { return is_still_wanted; }
    void screen_shown(const screen& one, instant) override { shown.push_back(one); }
    void screen_failed(const screen&, std::string_view why, instant) override { failed.emplace_back(why); }
};

} // namespace

TEST_SUITE("screens") {
    TEST_CASE("a screen that was taken is shown once and says whose it was") {
        stage of;
        of.dial();
        of.show("Menu", screen_kind::ask);
        CHECK(of.screens_under_way.awaited() == 1);
        REQUIRE(of.until_told(1));
        REQUIRE(of.shown.size() == 1);
        CHECK(of.shown[0].of == dialogue_id{3, 4});
        CHECK(of.shown[0].held == store::outbox_id{77});
        CHECK(of.shown[0].kind == screen_kind::ask);
        CHECK(of.screens == std::vector{linked::text_seen{anna, "Menu", true}});
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("an answer ends the dialogue at the centre") {
        stage of;
        of.dial();
        of.show("Done");
        REQUIRE(of.until_told(1));
        CHECK(of.screens == std::vector{linked::text_seen{anna, "Done", false}});
        CHECK_FALSE(of.centre().has_dialogue(anna));
    }

    TEST_CASE("an empty text fails and never leaves") {
        stage of;
        of.dial();
        of.show("");
        CHECK(of.failed == std::vector<std::string>{"it has no text"});
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a text that fits no screen fails and never leaves") {
        stage of;
        of.dial();
        of.show(std::string(161, 'x'));
        CHECK(of.failed.size() == 1);
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("without a bound link a screen fails at once") {
        stage of;
        smpp::link_settings unreachable = of.settings("main");
        of.all.add(std::make_unique<smpp::link>(of.loop, unreachable, of));
        of.show("Menu");
        CHECK(of.failed.size() == 1);
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a screen that finds the window full is shown when there is a place, and in its turn") {
        stage of;
        of.dial(1);
        of.show("Anna's menu", screen_kind::ask);
        for (const msisdn next : {boris, vera}) {
            const std::size_t before = of.dialled.size();
            REQUIRE(of.centre().dial(next, "*105#"));
            REQUIRE(run_until(of.loop, [&] { return of.dialled.size() > before; }));
            of.show("Menu", screen_kind::ask);
        }
        CHECK(of.failed.empty());
        REQUIRE(of.until_told(3));
        CHECK(of.screens == std::vector{linked::text_seen{anna, "Anna's menu", true},
                                        linked::text_seen{boris, "Menu", true},
                                        linked::text_seen{vera, "Menu", true}});
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a screen fails once that waited for a place longer than the subscriber") {
        stage of;
        of.dial(1);
        of.centre().faults().answers_submits = false;
        of.show("Menu", screen_kind::ask);
        of.show("Another", screen_kind::ask, 1s);
        CHECK(of.screens_under_way.awaited() == 2);
        instant later = read_clocks();
        of.screens_under_way.work(later);
        CHECK(of.failed.empty());
        later.steady += 1s;
        of.screens_under_way.work(later);
        CHECK(of.failed == std::vector<std::string>{"no place in the window in time"});
        CHECK(of.screens_under_way.awaited() == 1);
    }

    TEST_CASE("a screen that waits for a place is dropped with its dialogue and fails with its link") {
        stage of;
        of.dial(1);
        of.centre().faults().answers_submits = false;
        of.show("Menu", screen_kind::ask);
        of.show("Another", screen_kind::ask);
        of.is_still_wanted = false;
        of.screens_under_way.work(read_clocks());
        CHECK(of.failed == std::vector<std::string>{"its dialogue is over"});
        of.is_still_wanted = true;
        of.show("Third");
        CHECK(of.screens_under_way.awaited() == 2);
        of.centre().drop();
        REQUIRE(of.until_told(2));
        of.screens_under_way.work(read_clocks());
        CHECK(of.failed.size() == 3);
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a screen refused for good fails once") {
        stage of;
        of.dial();
        of.centre().faults().refuse_submits = {status::system_error, 1, simulator::submit_kind::any};
        of.show("Menu");
        REQUIRE(of.until_told(1));
        CHECK(of.failed == std::vector<std::string>{"status 0x8 ESME_RSYSERR"});
        CHECK(of.screens.empty());
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a throttled screen whose dialogue was replaced is not shown again") {
        stage of;
        of.dial();
        of.centre().faults().refuse_submits = {status::throttled, 1, simulator::submit_kind::any};
        of.show("Menu", screen_kind::ask);
        REQUIRE(run_until(of.loop, [&] { return of.refusals.size() == 1; }));
        of.is_still_wanted = false;
        REQUIRE(of.until_told(1));
        CHECK(of.failed.size() == 1);
        CHECK(of.screens.empty());
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a throttled screen is shown again while the subscriber waits") {
        stage of;
        of.dial();
        of.centre().faults().refuse_submits = {status::throttled, 1, simulator::submit_kind::any};
        of.show("Menu", screen_kind::ask);
        REQUIRE(run_until(of.loop, [&] { return of.refusals.size() == 1; }));
        REQUIRE(of.until_told(1));
        CHECK(of.shown.size() == 1);
        CHECK(of.screens == std::vector{linked::text_seen{anna, "Menu", true}});
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a screen that waits to be shown again is still awaited") {
        stage of;
        of.dial();
        of.centre().faults().refuse_submits = {status::queue_full, 1, simulator::submit_kind::any};
        of.show("Menu");
        REQUIRE(run_until(of.loop, [&] { return of.all.at(0).link->in_flight() == 0; }));
        CHECK(of.screens_under_way.awaited() == 1);
        CHECK(of.failed.empty());
    }

    TEST_CASE("a throttled screen fails when the subscriber waits no longer") {
        stage of;
        of.dial();
        of.centre().faults().refuse_submits = {status::throttled, simulator::for_ever,
                                               simulator::submit_kind::any};
        of.show("Menu", screen_kind::answer, 250ms);
        REQUIRE(of.until_told(1));
        CHECK(of.refusals.size() == 1);
        of.show("Menu", screen_kind::answer, 550ms);
        REQUIRE(of.until_told(2));
        CHECK(of.refusals.size() == 3);
        CHECK(of.shown.empty());
        CHECK(of.screens_under_way.awaited() == 0);
    }

    TEST_CASE("a screen without response fails once and is never sent again") {
        stage of{50ms};
        of.dial();
        of.centre().faults().response_delay = 250ms;
        of.show("Menu");
        REQUIRE(of.until_told(1));
        CHECK(of.failed == std::vector<std::string>{"no response"});
        of.centre().faults().response_delay = 0ms;
        REQUIRE(of.centre().dial(boris, "*105#")); // whose dial comes after the late response
        const auto late = std::chrono::steady_clock::now() + 350ms;
        CHECK(run_until(of.loop, [&] { return std::chrono::steady_clock::now() > late; }));
        CHECK(of.shown.empty());
        CHECK(of.failed.size() == 1);
        CHECK(of.screens.size() == 1);
    }

    TEST_CASE("a screen on a link that is lost fails once") {
        stage of;
        of.dial();
        of.centre().faults().answers_submits = false;
        of.show("Menu");
        REQUIRE(run_until(of.loop, [&] { return of.screens.size() == 1; }));
        of.centre().drop();
        REQUIRE(of.until_told(1));
        CHECK(of.failed.size() == 1);
    }
}

} // namespace kabinet::gateway::screens_test
