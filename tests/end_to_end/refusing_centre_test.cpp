#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

namespace refusing_centre_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;
using simulator::submit_kind;
using simulator::submit_refusal;
using store::row_state;

constexpr std::uint64_t first = 79261260000;

void refuse(centre_thread& at, std::optional<submit_refusal> how) {
    at.ask([how](simulator::centre& on) { on.faults().refuse_submits = how; });
}

std::size_t count_refusals(phone of) {
    std::size_t seen = 0;
    try {
        while (true) {
            (void)of.refused(0ms);
            ++seen;
        }
    } catch (const std::runtime_error&) {
        return seen;
    }
}

} // namespace

TEST_CASE("a centre that is throttled and then full loses nothing and keeps each subscriber's order") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));

    constexpr std::uint64_t subscribers = 3;
    refuse(smsc, submit_refusal{smpp::status::throttled, simulator::for_ever, submit_kind::sms});
    for (std::uint64_t each = 0; each < subscribers; ++each) {
        auto phone = smsc.phone(first + each);
        phone.text("000110", "00");
        phone.text("000111", "S");
        phone.text("000105", "hello");
        for (int text = 0; text < 3; ++text)
            CHECK(phone.delivered() == smpp::status::ok);
    }
    CHECK(smsc.phone(first).refused() == smpp::status::throttled);
    CHECK(smsc.phone(first).refused() == smpp::status::throttled);
    refuse(smsc, submit_refusal{smpp::status::queue_full, simulator::for_ever, submit_kind::sms});
    CHECK(wait_until([&] { return smsc.phone(first).refused() == smpp::status::queue_full; }, 10s));
    refuse(smsc, std::nullopt);

    std::size_t refusals = 3;
    for (std::uint64_t each = 0; each < subscribers; ++each) {
        auto phone = smsc.phone(first + each);
        CHECK(phone.sms(30s).from == "000110");
        CHECK(phone.sms(30s).from == "000111");
        CHECK(phone.sms(30s).from == "000105");
        refusals += count_refusals(phone);
    }
    CHECK_MESSAGE(refusals < 20, "the link did not slow down: ", refusals);
    CHECK(gateway.stop() == 0);
    const auto rows = read_outbox(gateway.folder() / "kabinet.db");
    CHECK(rows.size() == 3 * subscribers);
    CHECK(std::ranges::all_of(rows, [](const outbox_row& each) { return each.state == row_state::sent; }));
}

TEST_CASE("an SMS that is refused for good has failed and the next ones go on") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    refuse(smsc, submit_refusal{smpp::status::invalid_destination, 1, submit_kind::sms});

    auto phone = smsc.phone(first);
    phone.text("000110", "00");
    CHECK(phone.refused() == smpp::status::invalid_destination);
    phone.text("000111", "S");
    CHECK(phone.sms().from == "000111");
    smsc.phone(first + 1).text("000110", "00");
    CHECK(smsc.phone(first + 1).sms().from == "000110");
    CHECK(gateway.stop() == 0);

    const auto database = gateway.folder() / "kabinet.db";
    CHECK(outbox_of(msisdn::from_digits(first), database) == std::vector{row_state::failed, row_state::sent});
    CHECK(outbox_of(msisdn::from_digits(first + 1), database) == std::vector{row_state::sent});
    for (const outbox_row& each : read_outbox(database))
        CHECK_FALSE(each.holds_secret);
}

TEST_CASE("a screen that is throttled is shown a moment later and once") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    for (const smpp::status busy : {smpp::status::throttled, smpp::status::queue_full}) {
        refuse(smsc, submit_refusal{busy, 2, submit_kind::ussd});
        auto phone = smsc.phone(first + static_cast<std::uint64_t>(busy));
        REQUIRE(phone.dial("*105*00#"));
        CHECK(phone.refused() == busy);
        CHECK(phone.refused() == busy);
        const std::string password = password_in(phone.screen().text);
        CHECK(password_in(phone.sms().text) == password);
    }
    CHECK(gateway.stop() == 0);
}

TEST_CASE("a centre that is bound and answers nothing is told of to whoever watches") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.open_door();
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    const auto is_stuck = [&](std::string_view how) {
        return has(gateway.get("/metrics"), "\nkabinet_link_stuck{link=\"main\"} " + std::string{how} + "\n");
    };
    CHECK(is_stuck("0"));
    smsc.ask([](simulator::centre& on) { on.faults().answers_submits = false; });
    auto phone = smsc.phone(first);
    REQUIRE(phone.dial("*105#"));
    CHECK(wait_until([&] { return is_stuck("1"); }, 9s)); // it is after five seconds, and given up after ten
    CHECK(has(gateway.get("/metrics"), "\nkabinet_link_bound{link=\"main\"} 1\n"));
}

} // namespace refusing_centre_test
