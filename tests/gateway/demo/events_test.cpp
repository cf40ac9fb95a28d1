#include "gateway/demo/events.hpp"
#include "tests/support/json.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::demo::events_test {

using kabinet::tests::read_json;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79261112244);
constexpr utc_time noon{12h};

json told(const event_list& by, std::uint64_t after = 0) {
    return read_json(by.write_after(after));
}

/// The one event that becomes of it, as JSON.
json written(phone_event what) {
    event_list events{anna};
    events.add(std::move(what), noon);
    return told(events)["events"][0];
}

} // namespace

TEST_CASE("a phone that nothing happened to has a number and no network") {
    const event_list events{anna};
    CHECK(events.last() == 0);
    CHECK(events.write_after(0) == R"({"owner":"79261112233","bound":false,"last":0,"events":[]})"
                                   "\n");
}

TEST_CASE("each event is told once, in its order and with its time") {
    event_list events{anna};
    events.add(link_changed{true}, noon);
    events.add(dialled{"*105#"}, noon + 1s);
    CHECK(told(events)["events"].size() == 2);
    CHECK(told(events)["bound"] == true);
    const json rest = told(events, 1);
    REQUIRE(rest["events"].size() == 1);
    CHECK(rest["last"] == 2);
    CHECK(rest["events"][0] ==
          json{{"is", "dialled"}, {"code", "*105#"}, {"number", 2}, {"at", 12 * 3600 * 1000 + 1000}});
    CHECK(told(events, 2)["events"].empty());
}

TEST_CASE("a number of an earlier demo's is told everything") {
    event_list events{anna};
    events.add(screen_over{}, noon);
    CHECK(told(events, 77)["events"].size() == 1);
}

TEST_CASE("the last five hundred are kept, and the state of the link beyond them") {
    event_list events{anna};
    events.add(link_changed{true}, noon);
    for (std::size_t each = 0; each < event_list::most; ++each)
        events.add(screen_over{}, noon);
    const json all = told(events);
    CHECK(all["events"].size() == event_list::most);
    CHECK(all["events"][0]["number"] == 2);
    CHECK(all["last"] == event_list::most + 1);
    CHECK(all["bound"] == true);
    events.add(link_changed{false}, noon);
    CHECK(told(events)["bound"] == false);
}

TEST_CASE("a screen bears what it took on the air") {
    json screen = written(screen_came{"1 Баланс", true});
    CHECK(screen["is"] == "screen");
    CHECK(screen["awaits_input"] == true);
    CHECK(screen["characters"] == 8);
    CHECK_FALSE(screen.contains("septets"));
    CHECK(screen["octets"] == 16);
    screen = written(screen_came{"1 Balance", false});
    CHECK(screen["awaits_input"] == false);
    CHECK(screen["septets"] == 9);
    CHECK(screen["octets"] == 8);
}

TEST_CASE("SMS bear who is on the other side") {
    CHECK(written(sms_came{"MegaFon", "hi"})["from"] == "MegaFon");
    CHECK(written(sms_sent{"000105", "PAS x"})["to"] == "000105");
}

TEST_CASE("trouble bears why") {
    CHECK(written(not_taken{0x58})["status"] == 0x58);
    CHECK_FALSE(written(not_taken{}).contains("status"));
    CHECK(written(not_shown{"an empty screen"})["why"] == "an empty screen");
}

TEST_CASE("a text that is no UTF-8 is told all the same") {
    CHECK(written(sms_came{"x", "a\xFF"})["text"] == "a\uFFFD");
}

TEST_CASE("what a text takes is counted in septets where it can be") {
    CHECK(count("").octets == 0);
    const text_cost extended = count("a€");
    CHECK(extended.characters == 2);
    CHECK(extended.septets == 3);
    CHECK(extended.octets == 3);
    const text_cost full = count(std::string(182, 'x'));
    CHECK(full.septets == 182);
    CHECK(full.octets == 160);
    const text_cost pair = count("😀");
    CHECK(pair.characters == 1);
    CHECK_FALSE(pair.septets);
    CHECK(pair.octets == 4);
}

TEST_CASE("a phone sees its own screens and messages and every link") {
    CHECK(std::get<link_changed>(*seen_by(anna, simulator::bound{})).is_bound);
    CHECK_FALSE(std::get<link_changed>(*seen_by(anna, simulator::unbound{})).is_bound);
    CHECK(std::get<screen_came>(*seen_by(anna, simulator::screen_shown{anna, "x", true})).awaits_input);
    CHECK(std::get<sms_came>(*seen_by(anna, simulator::sms_received{anna, "MegaFon", "x"})).from ==
          "MegaFon");
    CHECK(std::holds_alternative<screen_over>(*seen_by(anna, simulator::dialogue_ended{anna})));
    CHECK_FALSE(std::get<not_taken>(*seen_by(anna, simulator::delivered{anna, std::nullopt})).status);
    CHECK(std::get<not_taken>(*seen_by(anna, simulator::delivered{anna, smpp::status::throttled})).status ==
          0x58);
    CHECK(std::get<not_shown>(*seen_by(anna, simulator::refused{anna, {}, "why"})).why == "why");
}

TEST_CASE("a phone sees nothing of another's, and nothing of what is well") {
    CHECK_FALSE(seen_by(anna, simulator::delivered{anna, smpp::status::ok}));
    CHECK_FALSE(seen_by(anna, simulator::part_received{anna, 7, 2, 1, "half"})); // the whole is seen
    CHECK_FALSE(seen_by(anna, simulator::screen_shown{boris, "his", true}));
    CHECK_FALSE(seen_by(anna, simulator::sms_received{boris, "MegaFon", "his"}));
    CHECK_FALSE(seen_by(anna, simulator::dialogue_ended{boris}));
    CHECK_FALSE(seen_by(anna, simulator::delivered{boris, std::nullopt}));
    CHECK_FALSE(seen_by(anna, simulator::refused{boris, {}, "his"}));
}

} // namespace kabinet::gateway::demo::events_test
