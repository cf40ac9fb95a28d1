#include "simulator/play.hpp"

#include "tests/simulator/esme.hpp"
#include "tests/simulator/fake_door.hpp"
#include "tests/support/folder.hpp"

#include <boost/asio/co_spawn.hpp>
#include <doctest/doctest.h>

#include <fstream>
#include <thread>

namespace kabinet::simulator::play_test {

namespace {

using namespace std::chrono_literals;

/// A script on a centre, with its end.
struct performance {
    performance(std::string_view content, std::chrono::milliseconds bind_wait, surroundings around = {})
        : read{parse_script(content, "test.txt")}
        , on{io, {}, {}} {
        boost::asio::co_spawn(io, play(on, read.script, bind_wait, std::move(around)),
                              [this](std::exception_ptr, std::optional<failure> how) {
                                  failed = std::move(how);
                                  is_over = true;
                              });
    }

    boost::asio::io_context io;
    parsed_script read;
    centre on;
    bool is_over = false;
    std::optional<failure> failed;
};

void answer_dialling(esme& by, std::string_view with) {
    const auto dialled = by.next();
    by.send(smpp::deliver_sm_resp{}, dialled.header.sequence_number);
    std::array<std::uint8_t, 16> place{};
    smpp::tlv_writer optional_part{place};
    optional_part.add_u8(smpp::tag::ussd_service_op, 17);
    optional_part.add_u16(smpp::tag::its_session_info,
                          dialled.as<smpp::deliver_sm>().tlv.find_u16(smpp::tag::its_session_info).value());
    smpp::submit_sm screen;
    screen.destination_addr = "79261112233";
    screen.short_message = {reinterpret_cast<const std::uint8_t*>(with.data()), with.size()};
    screen.tlv = optional_part.list();
    by.send(screen);
}

constexpr std::string_view password_script =
    "subscriber 79261112233\ndial *105*00#\nscreen Password: {password}\nend\n";

} // namespace

TEST_CASE("a script waits for the gateway and plays to its end") {
    performance of{password_script, 10s};
    esme by{of.io, of.on.port()};
    CHECK(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
    answer_dialling(by, "Password: fakeword");
    CHECK(run_until(of.io, [&] { return of.is_over; }));
    CHECK_FALSE(of.failed);
}

TEST_CASE("a script fails at the line whose screen is another") {
    performance of{password_script, 10s};
    esme by{of.io, of.on.port()};
    CHECK(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
    answer_dialling(by, "Busy. Try again");
    REQUIRE(run_until(of.io, [&] { return of.is_over; }));
    REQUIRE(of.failed);
    CHECK(of.failed->line == 3);
    CHECK(of.failed->what.find("Busy. Try again") != std::string::npos);
}

TEST_CASE("without a gateway a script fails when its wait is over") {
    performance of{password_script, 5ms};
    REQUIRE(run_until(of.io, [&] { return of.is_over; }));
    REQUIRE(of.failed);
    CHECK(of.failed->line == 0);
    CHECK(of.failed->what == "no gateway has bound within 0.005s");
}

TEST_CASE("a script's request goes to the door, and one without a door ends it") {
    const char* const script = "subscriber 79261112233\nportal login msisdn=79261112233\nsays denied\n";
    boost::asio::io_context door_io;
    fake_door door{door_io, "HTTP/1.1 200 OK\r\n\r\n{\"verdict\":\"denied\"}"};
    std::thread at_door{[&] { door_io.run(); }};
    performance of{script, 10s, {portal{door.settings()}, {}}};
    esme by{of.io, of.on.port()};
    CHECK(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
    CHECK(run_until(of.io, [&] { return of.is_over; }));
    CHECK_FALSE(of.failed);
    at_door.join();

    performance without{script, 10s};
    esme again{without.io, without.on.port()};
    CHECK(again.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
    CHECK(run_until(without.io, [&] { return without.is_over; }));
    REQUIRE(without.failed);
    CHECK(without.failed->line == 2);
}

TEST_CASE("time that passes is written where the gateway's clock reads it, whole and in sum") {
    const tests::temporary_folder in;
    constexpr utc_time at_nine{std::chrono::hours{24'009}};
    static_assert(at_nine.time_since_epoch() % std::chrono::hours{24} == std::chrono::hours{9});
    const auto written = [file = in.path() / "clock"] {
        std::string line;
        std::getline(std::ifstream{file} >> std::ws, line);
        return line;
    };
    performance of{"subscriber 79261112233\nlater 25h\nlater 500ms\n",
                   10s,
                   {{}, clock_file{in.path() / "clock", at_nine}}};
    CHECK(written() == "+0.000");
    esme by{of.io, of.on.port()};
    CHECK(by.bind<smpp::bind_receiver>().header.status == smpp::status::ok);
    REQUIRE(run_until(of.io, [&] { return of.is_over; }));
    CHECK_FALSE(of.failed);
    CHECK(written() == "+90000.500");
    CHECK_THROWS_WITH((clock_file{in.path() / "no" / "clock", at_nine}),
                      ((in.path() / "no" / "clock").string() + ": can't be written").c_str());
}

TEST_CASE("time begins at nine in the morning, the next one, whenever a script is played") {
    const tests::temporary_folder in;
    const auto ahead = [&](std::chrono::milliseconds of_day) {
        return clock_file{in.path() / "clock", utc_time{std::chrono::hours{24'000} + of_day}}.ahead();
    };
    CHECK(ahead(8h + 59min + 59'500ms) == 500ms);
    CHECK(ahead(9h) == 0ms);
    CHECK(ahead(9h + 1ms) == 24h - 1ms);
    CHECK(ahead(0h) == 9h);
    CHECK(ahead(23h) == 10h);
}

TEST_CASE("what needs a link that is gone ends the script") {
    performance of{"subscriber 79261112233\ntext 0500: hi\nwithin 10s silence 50ms\ndial *105#\nend\n", 10s};
    esme by{of.io, of.on.port()};
    CHECK(by.bind<smpp::bind_receiver>().header.status == smpp::status::ok);
    by.close();
    REQUIRE(run_until(of.io, [&] { return of.is_over; }));
    REQUIRE(of.failed);
    CHECK(of.failed->line == 4);
}

} // namespace kabinet::simulator::play_test
