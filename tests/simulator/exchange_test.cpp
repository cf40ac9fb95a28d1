#include "simulator/exchange.hpp"

#include <doctest/doctest.h>

#include <array>

namespace kabinet::simulator::exchange_test {

namespace {

ask_door request(std::string_view words) {
    ask_door read;
    CHECK(read_request(words, read).empty());
    return read;
}

expect_reply expectation(std::string_view words) {
    expect_reply read;
    CHECK(read_expectation(words, read).empty());
    return read;
}

bool is_as(std::string_view words, const reply& came) {
    captures known;
    return expectation(words).matches(came, known);
}

reply say(std::vector<field> fields, unsigned status = 200) {
    reply made;
    made.status = status;
    made.fields = std::move(fields);
    return made;
}

} // namespace

TEST_CASE("a request is a path and fields, whose values are texts, or switches without quotes") {
    const ask_door read =
        request(R"(two-step/set  msisdn=7926 word=" два слова " on=true text="true" empty= a==b)");
    CHECK(read.path == "two-step/set");
    REQUIRE(read.fields.size() == 6);
    CHECK(read.fields[0].name == "msisdn");
    CHECK(read.fields[0].value == "7926");
    CHECK(read.fields[1].value == " два слова ");
    CHECK(read.fields[2].is_switch);
    CHECK(read.fields[3].value == "true");
    CHECK_FALSE(read.fields[3].is_switch);
    CHECK(read.fields[4].value.empty());
    CHECK(read.fields[5].value == "=b");
    CHECK(request("account").fields.empty());
}

TEST_CASE("words that are no request are refused with the one that is wrong") {
    struct row {
        std::string_view words;
        std::string_view complaint;
    };
    constexpr std::array<row, 8> rows{{{"", "what is asked?"},
                                       {"/v1/login", "what is asked?"},
                                       {"msisdn=1", "what is asked?"},
                                       {"login 7926", "'7926' is not NAME=VALUE"},
                                       {"login =x", "'=x' is not NAME=VALUE"},
                                       {"login a=\"x y", "'a=\"x' is not NAME=VALUE"},
                                       {"login a=\"x\"y", "'a=\"x\"y' is not NAME=VALUE"},
                                       {"login a=1 a=2", "'a' stands there twice"}}};
    for (const row& each : rows) {
        ask_door read;
        const std::string said = read_request(each.words, read);
        CAPTURE(each.words);
        CAPTURE(said);
        CHECK(said.starts_with(each.complaint));
    }
}

TEST_CASE("words that are no answer are refused") {
    for (const std::string_view words : {"", "ok yes", "ok * level=all", "ok verdict=ok", "OK", "42"}) {
        expect_reply read;
        CAPTURE(words);
        CHECK_FALSE(read_expectation(words, read).empty());
    }
}

TEST_CASE("an answer has the fields that are named and no others, unless a star says so") {
    const reply came =
        say({{"verdict", "ok"}, {"level", "all"}, {"must_change", "false"}, {"valid_for", "1800"}});
    CHECK(is_as("ok level=all must_change=false valid_for=1800", came));
    CHECK(is_as("valid_for=* must_change=false verdict=ok level=all", came));
    CHECK_FALSE(is_as("ok level=all must_change=false", came));
    CHECK(is_as("ok level=all *", came));
    CHECK(is_as("*", came));
    CHECK_FALSE(is_as("denied *", came));
    CHECK_FALSE(is_as("ok level=own *", came));
    CHECK_FALSE(is_as("ok regime=* *", came));
    CHECK_FALSE(is_as("422", came));
}

TEST_CASE("a status tells of the rest only what is named") {
    const reply came = say({{"title", "A field is missing or wrong"}, {"status", "422"}}, 422);
    CHECK(is_as("422", came));
    CHECK(is_as(R"(422 title="A field is * wrong")", came));
    CHECK_FALSE(is_as("422 title=x", came));
    CHECK_FALSE(is_as("403", came));
    CHECK_FALSE(is_as("*", came));
}

TEST_CASE("values are captured, and are the same when met again") {
    captures known;
    const reply came = say({{"verdict", "ok"}, {"session", "fakeSession"}});
    CHECK(expectation("ok session={session}").matches(came, known));
    CHECK(known == captures{{"session", "fakeSession"}});
    known = {{"session", "another"}};
    CHECK_FALSE(expectation("verdict={said} session={session}").matches(came, known));
    CHECK(known == captures{{"session", "another"}});
}

TEST_CASE("rows are compared line by line") {
    reply came = say({{"verdict", "ok"}});
    came.rows = {"10:00 log_in portal", "09:00 issue_password ussd"};
    captures known;
    expect_reply expected = expectation("ok");
    CHECK_FALSE(expected.matches(came, known));
    CHECK(is_as("ok *", came));
    expected.rows = "{later} log_in portal\n*";
    CHECK(expected.matches(came, known));
    CHECK(known["later"] == "10:00");
    expected.rows = "{later} log_in portal";
    CHECK_FALSE(expected.matches(came, known));
    CHECK_FALSE(expected.matches(say({{"verdict", "ok"}}), known));
}

TEST_CASE("an answer is told in a script's words, without what lets somebody in") {
    reply came = say({{"verdict", "ok"},
                      {"session", "fakeSession"},
                      {"pin", "true"},
                      {"device", "fakeDevice"},
                      {"note", "to fakeword now"}});
    came.rows = {"10:00 log_in"};
    CHECK(describe(came, {{"password", "fakeword"}}) ==
          "ok session=**** pin=true device=**** note=\"to **** now\"\n10:00 log_in");
    CHECK(describe(say({{"title", "x"}, {"verdict", "ok"}}, 503), {}) == "503 title=x verdict=ok");
    CHECK(describe(say({}), {}).empty());
}

} // namespace kabinet::simulator::exchange_test
