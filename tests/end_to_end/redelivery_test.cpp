#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace redelivery_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t anna = 79261280001;

account_row only_account(const gateway_process& gateway) {
    auto all = read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
    REQUIRE(all.size() == 1);
    return std::move(all.front());
}

} // namespace

TEST_CASE("the same SMS on two links of a group at once takes effect once and both are answered") {
    centre_thread smsc;
    gateway_process gateway{
        {{smsc.port(), "one", "group = \"smsc\""}, {smsc.port(), "two", "group = \"smsc\""}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(2, 10s));
    auto phone = smsc.phone(anna);
    const bool is_sent_twice = smsc.ask([](simulator::centre& on) {
        on.text(msisdn::from_digits(anna), "000110", "00");
        return on.redeliver(msisdn::from_digits(anna), simulator::redelivery::other_link);
    });
    REQUIRE(is_sent_twice);
    CHECK(phone.delivered() == smpp::status::ok);
    CHECK(phone.delivered() == smpp::status::ok);
    const std::string password = password_in(phone.sms().text);
    CHECK(gateway.stop() == 0);
    const account_row account = only_account(gateway);
    CHECK(account.passwords == 1);
    CHECK(is_password(account, password));
}

TEST_CASE("an SMS sent again is told that its password was sent already") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    auto phone = smsc.phone(anna);
    phone.text("000110", "00");
    const std::string password = password_in(phone.sms().text);
    phone.text("000110", "00");
    const seen_sms again = phone.sms();
    CHECK(again.from == "000110");
    CHECK(has(again.text, "уже отправлен"));
    CHECK(has(again.text, "*105*00#"));

    phone.text("000111", "S");
    const std::string closed = phone.sms().text;
    phone.text("000111", "S");
    CHECK(phone.sms().text == closed);
    CHECK(gateway.stop() == 0);
    const account_row account = only_account(gateway);
    CHECK(account.passwords == 1);
    CHECK(is_password(account, password));
    CHECK_FALSE(has(gateway.everything(), password));
}

TEST_CASE("an SMS sent again after a dial replaced its password asks for a new one") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    auto phone = smsc.phone(anna);
    phone.text("000110", "00");
    const std::string first = password_in(phone.sms().text);
    REQUIRE(phone.dial("*105*00#"));
    const std::string second = password_in(phone.screen().text);
    CHECK(password_in(phone.sms().text) == second);
    phone.text("000110", "00");
    const std::string third = password_in(phone.sms().text);
    CHECK(gateway.stop() == 0);

    const account_row account = only_account(gateway);
    CHECK(account.passwords == 3);
    CHECK(is_password(account, third));
    CHECK_FALSE(is_password(account, first));
    CHECK_FALSE(is_password(account, second));
}

TEST_CASE("a step delivered twice takes effect once and the second one is only acknowledged") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*7#"));
    CHECK(phone.screen().awaits_input);
    CHECK(phone.delivered() == smpp::status::ok);
    const bool is_sent_twice = smsc.ask([](simulator::centre& on) {
        on.answer(msisdn::from_digits(anna), "1");
        return on.redeliver(msisdn::from_digits(anna), simulator::redelivery::new_number);
    });
    REQUIRE(is_sent_twice);
    const std::string password = password_in(phone.screen().text);
    CHECK(phone.delivered() == smpp::status::ok);
    CHECK(phone.delivered() == smpp::status::ok);
    CHECK(gateway.stop() == 0);
    const account_row account = only_account(gateway);
    CHECK(account.passwords == 1);
    CHECK(is_password(account, password));
}

} // namespace redelivery_test
