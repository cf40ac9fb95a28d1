#include "simulator/load.hpp"

#include "tests/simulator/esme.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::load_test {

namespace {

using namespace std::chrono_literals;
using smpp::command;

constexpr std::uint8_t ask = 2;
constexpr std::uint8_t last = 17;
constexpr std::uint8_t abort_step = 129;

/// A load with a clock of its own and a gateway that answers when it is told.
struct field {
    explicit field(load_settings settings)
        : of{on, std::move(settings)} {
        REQUIRE(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
        on.watch([this](const event& what) {
            now += 1us;
            of.see(what, now);
        });
        of.start(now);
    }

    /// Takes a deliver_sm, says how it was taken and, when `op` isn't 0, shows a screen. Returns its text.
    std::string serve(std::uint8_t op, smpp::status taken = smpp::status::ok,
                      std::string_view words = "menu") {
        const auto next = by.next();
        const auto pdu = next.as<smpp::deliver_sm>();
        by.send(smpp::deliver_sm_resp{}, next.header.sequence_number, taken);
        if (op != 0)
            show(pdu, op, words);
        return {pdu.short_message.begin(), pdu.short_message.end()};
    }

    void show(const smpp::deliver_sm& to, std::uint8_t op, std::string_view words = "menu") {
        std::array<std::uint8_t, 16> place{};
        smpp::tlv_writer optional_part{place};
        optional_part.add_u8(smpp::tag::ussd_service_op, op);
        optional_part.add_u16(smpp::tag::its_session_info,
                              to.tlv.find_u16(smpp::tag::its_session_info).value());
        smpp::submit_sm screen;
        screen.destination_addr = to.source_addr;
        screen.short_message = {reinterpret_cast<const std::uint8_t*>(words.data()), words.size()};
        screen.tlv = optional_part.list();
        by.send(screen);
        REQUIRE(by.next().header.status == smpp::status::ok);
    }

    [[nodiscard]] bool ends() {
        return run_until(io, [this] { return of.is_over(); });
    }

    boost::asio::io_context io;
    centre on{io, {}, {}};
    steady_time now{1h};
    load of;
    esme by{io, on.port()};
};

load_settings three_menus() {
    load_settings settings;
    settings.dialogues = 3;
    settings.window = 1;
    settings.code = "*105#";
    settings.answers = {"1"};
    return settings;
}

} // namespace

TEST_CASE("each subscriber dials and answers and is counted once") {
    field with{three_menus()};
    for (int each = 0; each < 3; ++each) {
        CHECK(with.serve(ask) == "*105#");
        CHECK(with.serve(last) == "1");
    }
    REQUIRE(with.ends());
    const load_report& report = with.of.report();
    CHECK(report.begun == 3);
    CHECK(report.finished == 3);
    CHECK(report.cut_short == 0);
    CHECK(report.failed == 0);
    CHECK(report.steps == 6);
    CHECK(report.screens.count() == 6);
    CHECK(report.responses.count() == 6);
    CHECK(report.screens.quantile(1) > 0us);
    CHECK(report.took > 0us);
}

TEST_CASE("no more dialogues than the window are open") {
    load_settings settings = three_menus();
    settings.window = 2;
    field with{settings};
    CHECK(with.on.open_dialogues() == 2);
    settings.window = 10;
    field wide{settings};
    CHECK(wide.on.open_dialogues() == 3);
}

TEST_CASE("a few subscribers take turns, none of them in two dialogues at once") {
    load_settings settings = three_menus();
    settings.dialogues = 5;
    settings.subscribers = 2;
    field with{settings};
    std::vector<std::string> dialled;
    for (int dialogue = 0; dialogue < 5; ++dialogue) {
        const auto next = with.by.next();
        const auto pdu = next.as<smpp::deliver_sm>();
        dialled.emplace_back(pdu.source_addr);
        with.by.send(smpp::deliver_sm_resp{}, next.header.sequence_number);
        with.show(pdu, last);
    }
    CHECK(with.ends());
    CHECK(with.of.report().begun == 5);
    CHECK(dialled == std::vector<std::string>{"79260000000", "79260000001", "79260000000", "79260000001",
                                              "79260000000"});
}

TEST_CASE("a subscriber whose answers are used up hangs up unless dialogues are left open") {
    load_settings settings = three_menus();
    settings.dialogues = 1;
    settings.answers.clear();
    field hanging_up{settings};
    hanging_up.serve(ask);
    const auto hung_up = hanging_up.by.next().as<smpp::deliver_sm>().tlv.find_u8(smpp::tag::ussd_service_op);
    CHECK(hung_up == abort_step);
    CHECK(hanging_up.of.report().finished == 1);
    CHECK(hanging_up.on.open_dialogues() == 0);

    settings.leaves_open = true;
    field leaving{settings};
    leaving.serve(ask);
    REQUIRE(leaving.ends());
    CHECK(leaving.of.report().finished == 1);
    CHECK(leaving.on.open_dialogues() == 1);
}

TEST_CASE("a dialogue that ends with answers left is cut short") {
    load_settings settings = three_menus();
    settings.dialogues = 1;
    field with{settings};
    with.serve(last);
    REQUIRE(with.ends());
    CHECK(with.of.report().cut_short == 1);
    CHECK(with.of.report().finished == 0);
}

TEST_CASE("a last screen that isn't as expected is counted apart, and so is its step") {
    load_settings settings = three_menus();
    settings.expected = "Pass";
    field with{settings};
    for (const std::string_view words : {"Password: fakeword", "Too busy: Pass", "Pas"}) {
        with.serve(ask, smpp::status::ok, "a menu that isn't asked about");
        with.serve(last, smpp::status::ok, words);
    }
    REQUIRE(with.ends());
    const load_report& report = with.of.report();
    CHECK(report.finished == 1);
    CHECK(report.otherwise == 2);
    CHECK(report.cut_short == 0);
    CHECK(report.failed == 0);
    CHECK(report.steps == 4);
    CHECK(report.screens.count() == 4);
    CHECK(report.responses.count() == 4);
}

TEST_CASE("a last screen that comes before its response is looked at as well") {
    load_settings settings = three_menus();
    settings.dialogues = 1;
    settings.answers.clear();
    settings.expected = "Pass";
    field with{settings};
    const auto next = with.by.next();
    with.show(next.as<smpp::deliver_sm>(), last, "busy");
    CHECK(with.of.report().otherwise == 0);
    with.by.send(smpp::deliver_sm_resp{}, next.header.sequence_number, smpp::status::ok);
    REQUIRE(with.ends());
    CHECK(with.of.report().otherwise == 1);
    CHECK(with.of.report().screens.count() == 0);
    CHECK(with.of.report().responses.count() == 0);
}

TEST_CASE("a dialogue that ends early is looked at by how it ends") {
    load_settings settings = three_menus();
    settings.dialogues = 2;
    settings.expected = "Pass";
    field with{settings};
    with.serve(last, smpp::status::ok, "busy");
    with.serve(last, smpp::status::ok, "Password");
    REQUIRE(with.ends());
    CHECK(with.of.report().otherwise == 1);
    CHECK(with.of.report().cut_short == 1);
}

TEST_CASE("a refused dial fails and the next one begins") {
    load_settings settings = three_menus();
    settings.dialogues = 2;
    settings.answers.clear();
    field with{settings};
    with.serve(0, smpp::status::throttled);
    with.serve(0); // it hangs up
    with.serve(last);
    REQUIRE(with.ends());
    CHECK(with.of.report().failed == 1);
    CHECK(with.of.report().finished == 1);
}

TEST_CASE("a screen that doesn't come in time fails its dialogue") {
    load_settings settings = three_menus();
    settings.dialogues = 2;
    settings.window = 2;
    settings.answers.clear();
    field with{settings};
    with.of.expire(with.now + settings.patience - 1us);
    CHECK(with.of.report().failed == 0);
    with.of.expire(with.now + settings.patience);
    CHECK(with.of.report().failed == 2);
    CHECK(with.of.is_over());
}

TEST_CASE("a load whose gateway is gone is over") {
    field with{three_menus()};
    with.on.drop();
    CHECK(with.of.is_over());
    CHECK(with.of.report().begun == 1);
    CHECK(with.of.report().failed == 1);
}

TEST_CASE("a report is readable as a table and as json") {
    load_report report;
    report.begun = report.finished = 2;
    report.steps = 4;
    report.took = 2s;
    report.screens.add(100us);
    CHECK(
        as_json(report) ==
        R"({"dialogues":2,"finished":2,"otherwise":0,"cut_short":0,"failed":0,"steps":4,"seconds":2.000000,)"
        R"("steps_per_second":2.0,"screen_us":{"count":1,"p50":100.0,"p90":100.0,"p99":100.0,"max":100.0},)"
        R"("response_us":{"count":0,"p50":0.0,"p90":0.0,"p99":0.0,"max":0.0}})");
    CHECK(as_table(report).starts_with(
        "dialogues 2: 2 finished, 0 otherwise, 0 cut short, 0 failed\n4 steps in 2.00 s, 2 steps/s\n"));
    CHECK(load_report{}.steps_per_second() == 0);
}

} // namespace kabinet::simulator::load_test
