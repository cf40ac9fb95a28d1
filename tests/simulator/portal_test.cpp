#include "simulator/portal.hpp"

#include "tests/simulator/esme.hpp"
#include "tests/simulator/fake_door.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::portal_test {

namespace {

/// What comes of that request, once it does.
std::optional<reply> ask(boost::asio::io_context& io, portal_settings settings, const ask_door& what) {
    std::optional<reply> came;
    portal{std::move(settings)}.ask(io.get_executor(), what, [&](reply heard) { came = std::move(heard); });
    run_until(io, [&] { return came.has_value(); });
    return came;
}

} // namespace

TEST_CASE("a request is one object of texts and switches, with its token") {
    const ask_door asked{
        asker::portal,
        "pin/set",
        {{"pin", "4071"}, {"word", "true \"кот\""}, {"on", "true", true}, {"off", "false", true}}};
    CHECK(write_http(asked, "fake-token") ==
          "POST /v1/pin/set HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer fake-token\r\n"
          "Content-Type: application/json\r\nContent-Length: 61\r\nConnection: close\r\n\r\n"
          R"({"pin":"4071","word":"true \"кот\"","on":true,"off":false})");
    CHECK(write_http({asker::portal, "account", {}}, "x").ends_with("\r\n\r\n{}"));
}

TEST_CASE("an answer is its status, its fields as words and the rows of its list") {
    const reply read = read_http("HTTP/1.1 422 Unprocessable\r\nContent-Length: 1\r\n\r\n"
                                 R"({"verdict":"ok","count":7,"on":true,"none":null,)"
                                 R"("operations":[{"at":"10:00","what":"log_in"},"one word",3]})");
    CHECK(read.status == 422);
    CHECK(read.trouble.empty());
    REQUIRE(read.fields.size() == 4);
    CHECK(read.fields[0].value == "ok");
    CHECK(read.fields[1].value == "7");
    CHECK(read.fields[2].value == "true");
    CHECK(read.fields[3].value == "null");
    CHECK(read.rows == std::vector<std::string>{"10:00 log_in", "one word", "3"});
}

TEST_CASE("what is no answer is none, with the reason") {
    for (const char* came :
         {"", "HTTP/1.1 200 OK\r\n", "SSH-2.0\r\n\r\n{}", "HTTP/1.1 xx\r\n\r\n{}", "HTTP/1.1 200 OK\r\n\r\n",
          "HTTP/1.1 200 OK\r\n\r\n[1]", "HTTP/1.1 200 OK\r\n\r\n{\"cut\":"}) {
        CAPTURE(came);
        CHECK(read_http(came).status == 0);
        CHECK_FALSE(read_http(came).trouble.empty());
    }
}

TEST_CASE("who asks shows its own token") {
    for (const asker by : {asker::portal, asker::operator_system}) {
        boost::asio::io_context io;
        fake_door door{io, "HTTP/1.1 200 OK\r\n\r\n{\"verdict\":\"ok\"}"};
        const auto came = ask(io, door.settings(), {by, "change", {}});
        REQUIRE(came);
        CHECK(came->status == 200);
        const bool is_portal = by == asker::portal;
        CHECK(door.asked.find(is_portal ? "Bearer fake-portal-token" : "Bearer fake-operator-token") !=
              std::string::npos);
    }
}

TEST_CASE("a door that is closed, or hangs up, is told") {
    boost::asio::io_context io;
    portal_settings nobody;
    {
        const fake_door door{io, ""};
        nobody = door.settings();
    }
    const auto refused = ask(io, nobody, {asker::portal, "login", {}});
    REQUIRE(refused);
    CHECK(refused->trouble == "Connection refused");

    boost::asio::io_context other;
    fake_door rude{other, ""};
    const auto left = ask(other, rude.settings(), {asker::portal, "login", {}});
    REQUIRE(left);
    CHECK(left->status == 0);
    CHECK_FALSE(left->trouble.empty());
}

} // namespace kabinet::simulator::portal_test
