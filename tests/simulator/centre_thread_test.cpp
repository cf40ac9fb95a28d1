#include "tests/support/centre_thread.hpp"

#include "tests/simulator/esme.hpp"

#include <doctest/doctest.h>

namespace kabinet::tests::centre_thread_test {

TEST_CASE("a phone on another thread says what happened or throws what did not") {
    centre_thread smsc;
    boost::asio::io_context io;
    simulator::esme by{io, smsc.port()};
    CHECK(by.bind<smpp::bind_transceiver>().header.status == smpp::status::ok);
    CHECK(smsc.wait_bound());
    auto anna = smsc.phone(79261112233);
    REQUIRE(anna.dial("*105#"));
    CHECK(anna.has_dialogue());
    const auto dialled = by.next();
    by.send(smpp::deliver_sm_resp{}, dialled.header.sequence_number, smpp::status::throttled);
    CHECK(anna.delivered() == smpp::status::throttled);

    smpp::submit_sm hello;
    constexpr std::array<std::uint8_t, 2> text{'h', 'i'};
    hello.source_addr = "000110";
    hello.destination_addr = "79261112233";
    hello.short_message = text;
    by.send(hello);
    const auto sms = anna.sms();
    CHECK(sms.from == "000110");
    CHECK(sms.text == "hi");
    smsc.ask([](simulator::centre& on) { on.faults().refuse_submits = simulator::submit_refusal{}; });
    by.send(hello);
    CHECK(anna.refused() == smpp::status::system_error);
    CHECK_THROWS_WITH(anna.screen(1ms), "no screen for 79261112233 within 1 ms");
    smsc.ask([](simulator::centre& on) { on.drop(); });
    CHECK(smsc.wait_unbound());
    CHECK_FALSE(anna.dial("*105#"));
}

} // namespace kabinet::tests::centre_thread_test
