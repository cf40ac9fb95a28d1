#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

namespace several_links_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t anna = 79261250001;
constexpr std::uint64_t boris = 79261250002;

smpp::dialect without_sessions() {
    smpp::dialect speaks;
    speaks.name = "no-session";
    speaks.session = smpp::session_id_kind::none;
    return speaks;
}

/// The two boxes of most operators: a USSD centre whose sessions have no number, and an SMSC.
struct two_centres {
    centre_thread ussd{{}, without_sessions()};
    centre_thread sms;
    gateway_process gateway{
        {{ussd.port(), "ussd", "dialect = \"no-session\"\ncarries = [\"ussd\"]\ntrusts_source = [\"ussd\"]"},
         {sms.port(), "sms", "carries = [\"sms\"]\ntrusts_source = [\"sms\"]"}}};

    two_centres() {
        gateway.start();
        REQUIRE(ussd.wait_bound(1, 10s));
        REQUIRE(sms.wait_bound(1, 10s));
    }
};

void take_down(centre_thread& centre) {
    centre.ask([](simulator::centre& on) {
        on.faults().refuse_binds = simulator::bind_refusal{smpp::status::system_error};
        on.drop();
    });
    REQUIRE(centre.wait_unbound());
}

void bring_back(centre_thread& centre) {
    centre.ask([](simulator::centre& on) { on.faults().refuse_binds.reset(); });
}

} // namespace

TEST_CASE("a dial is answered by the USSD centre it came from and its SMS leaves by the SMSC") {
    two_centres here;
    auto at_menu = here.ussd.phone(anna);
    REQUIRE(at_menu.dial("*105*00#"));
    const std::string password = password_in(at_menu.screen().text);
    CHECK(at_menu.delivered() == smpp::status::ok);
    CHECK(password_in(here.sms.phone(anna).sms().text) == password);

    here.sms.phone(boris).text("000110", "00");
    CHECK(here.sms.phone(boris).sms().from == "000110");
    CHECK(here.gateway.stop() == 0);
    CHECK_THROWS_AS(at_menu.sms(0ms), std::runtime_error);
    CHECK_THROWS_AS((void)here.sms.phone(anna).screen(0ms), std::runtime_error);
}

TEST_CASE("a screen is shown while the SMSC is down and its SMS comes when the SMSC is back") {
    two_centres here;
    take_down(here.sms);
    auto at_menu = here.ussd.phone(anna);
    REQUIRE(at_menu.dial("*105*00#"));
    const std::string password = password_in(at_menu.screen().text);
    CHECK_THROWS_AS(here.sms.phone(anna).sms(200ms), std::runtime_error);

    bring_back(here.sms);
    CHECK(password_in(here.sms.phone(anna).sms(20s).text) == password);
    CHECK(here.gateway.stop() == 0);
    CHECK(outbox_of(msisdn::from_digits(anna), here.gateway.folder() / "kabinet.db") ==
          std::vector{store::row_state::sent});
}

TEST_CASE("a password replaced while the SMSC was down is not sent when it is back") {
    two_centres here;
    take_down(here.sms);
    auto at_menu = here.ussd.phone(anna);
    REQUIRE(at_menu.dial("*105*00#"));
    (void)at_menu.screen();
    REQUIRE(at_menu.dial("*105*00#"));
    const std::string second = password_in(at_menu.screen().text);

    bring_back(here.sms);
    CHECK(password_in(here.sms.phone(anna).sms(20s).text) == second);
    CHECK(here.gateway.stop() == 0);
    CHECK(outbox_of(msisdn::from_digits(anna), here.gateway.folder() / "kabinet.db") ==
          std::vector{store::row_state::cancelled, store::row_state::sent});
    CHECK_THROWS_AS(here.sms.phone(anna).sms(0ms), std::runtime_error);
}

TEST_CASE("SMS commands are answered while the USSD centre is down") {
    two_centres here;
    take_down(here.ussd);
    auto phone = here.sms.phone(anna);
    phone.text("000105", "PAS fakeWord1234");
    CHECK(has(phone.sms().text, "Пароль изменен"));
    CHECK(phone.delivered() == smpp::status::ok);

    bring_back(here.ussd);
    REQUIRE(here.ussd.wait_bound(1, 20s));
    REQUIRE(here.ussd.phone(anna).dial("*105*00#"));
    CHECK(has(here.ussd.phone(anna).screen().text, "постоянный пароль отменен"));
    CHECK(here.gateway.stop() == 0);
}

TEST_CASE("over a link that does not vouch for the source PAS changes nothing and says so") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port(), "main", "trusts_source = [\"ussd\"]"}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    const std::string password = password_in(phone.screen().text);
    CHECK(phone.delivered() == smpp::status::ok);
    CHECK(password_in(phone.sms().text) == password);

    phone.text("000105", "PAS fakeWord1234");
    CHECK(phone.delivered() == smpp::status::ok);
    const seen_sms reply = phone.sms();
    CHECK(reply.from == "000105");
    CHECK(has(reply.text, "Отсюда это сделать нельзя"));
    smsc.phone(boris).text("000110", "00");
    CHECK(has(smsc.phone(boris).sms().text, "Отсюда это сделать нельзя"));
    CHECK(gateway.stop() == 0);

    const auto accounts = read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
    REQUIRE(accounts.size() == 1);
    CHECK(accounts[0].passwords == 1);
    CHECK(is_password(accounts[0], password));
    CHECK_FALSE(has(gateway.everything(), "fakeWord1234"));
}

} // namespace several_links_test
