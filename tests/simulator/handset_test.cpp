#include "simulator/handset.hpp"

#include "tests/simulator/esme.hpp"

#include <doctest/doctest.h>

#include <sstream>

namespace kabinet::simulator::handset_test {

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);
constexpr msisdn boris = msisdn::from_digits(79261112244);

/// A handset with a gateway that only listens.
struct desk {
    desk() {
        on.watch([this](const event& what) { phone.see(what); });
        REQUIRE(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
        taken();
    }

    std::string taken() {
        std::string text = out.str();
        out.str("");
        return text;
    }
    std::string next_delivered() {
        const auto next = by.next();
        const auto text = next.as<smpp::deliver_sm>().short_message;
        return {text.begin(), text.end()};
    }

    boost::asio::io_context io;
    centre on{io, {}, {}};
    std::ostringstream out;
    handset phone{on, anna, out};
    esme by{io, on.port()};
};

} // namespace

TEST_CASE("what is typed is dialled or texted or answered by its first character") {
    desk with;
    with.phone.read_line("  *105# ");
    CHECK(with.next_delivered() == "*105#");
    with.phone.read_line("#100#");
    CHECK(with.next_delivered() == "#100#");
    with.phone.read_line("sms 000105 PAS  fakeword");
    CHECK(with.next_delivered() == "PAS  fakeword");
    with.phone.read_line("sms 0001100");
    CHECK(with.next_delivered().empty());
    CHECK(with.taken().empty());
    with.phone.read_line("1");
    CHECK(with.taken().starts_with("Nothing awaits an answer."));
    with.phone.read_line("sms");
    CHECK(with.taken() == "Whom to? sms NUMBER TEXT\n");
}

TEST_CASE("what may be typed is said as whoever made the phone says it") {
    desk with;
    with.phone.greet();
    CHECK(with.taken() == "This is the phone of 79261112233. Dial a code, or text: sms NUMBER WORDS\n");
    with.phone.read_line("1");
    CHECK(with.taken() == "Nothing awaits an answer. Dial a code, or text: sms NUMBER WORDS\n");
    handset other{with.on, boris, with.out, "Dial *111#"};
    other.greet();
    other.read_line("1");
    CHECK(with.taken() ==
          "This is the phone of 79261112244. Dial *111#\nNothing awaits an answer. Dial *111#\n");
}

TEST_CASE("an empty line and hang up end a dialogue and nothing else") {
    desk with;
    for (const std::string_view line : {"", "hang up"}) {
        with.phone.read_line(line);
        CHECK(with.taken().empty());
        with.phone.read_line("*105#");
        CHECK(with.next_delivered() == "*105#");
        with.phone.read_line(line);
        CHECK(with.next_delivered().empty());
        CHECK(with.taken() == "Hung up.\n");
    }
}

TEST_CASE("a dial without a gateway says so") {
    desk with;
    with.on.drop();
    CHECK(with.taken().find("The gateway's link is gone.\n") != std::string::npos);
    with.phone.read_line("*105#");
    CHECK(with.taken() == "No network: no gateway is bound.\n");
}

TEST_CASE("screens and messages are drawn in a frame for their owner only") {
    desk with;
    with.phone.see(screen_shown{anna, "1 Баланс\n0 Выход", true});
    CHECK(with.taken() == "┌─ screen\n│ 1 Баланс\n│ 0 Выход\n└─ answer, or an empty line to hang up\n");
    with.phone.see(sms_received{anna, "000110", "hi"});
    CHECK(with.taken() == "┌─ SMS from 000110\n│ hi\n└─\n");
    with.phone.see(screen_shown{boris, "his", true});
    with.phone.see(sms_received{boris, "000110", "his"});
    with.phone.see(delivered{boris, std::nullopt});
    with.phone.see(refused{boris, smpp::status::throttled, "his"});
    with.phone.see(dialogue_ended{boris});
    CHECK(with.taken().empty());
}

TEST_CASE("trouble is told in a line") {
    desk with;
    with.phone.see(delivered{anna, smpp::status::ok});
    CHECK(with.taken().empty());
    with.phone.see(delivered{anna, smpp::status::throttled});
    CHECK(with.taken() == "The gateway refused with status 0x58.\n");
    with.phone.see(delivered{anna, std::nullopt});
    CHECK(with.taken() == "The gateway gave no answer.\n");
    with.phone.see(refused{anna, smpp::status::throttled, "an empty screen"});
    CHECK(with.taken() == "The centre refused what the gateway sent: an empty screen.\n");
    with.phone.see(dialogue_ended{anna});
    CHECK(with.taken() == "The dialogue is over.\n");
}

TEST_CASE("no control character of a text reaches the terminal") {
    CHECK(draw("t", "a\x1b[2Jb\r\x7f\u202Ec\xFF", "") == "┌─ t\n│ a?[2Jb???c?\n└─\n");
}

} // namespace kabinet::simulator::handset_test
