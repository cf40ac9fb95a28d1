#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

namespace failed_screen_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;
using store::row_state;

constexpr std::uint64_t anna = 79261270001;

/// A pack that shows a new password on the screen only, at a centre that is given a second for a response.
struct screen_only {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port(), "main", "dialect = \"hasty\""}}};
    tests::phone phone = smsc.phone(anna);

    explicit screen_only(const std::string& timer = "response_timeout = \"10s\"",
                         const std::string& shorter = "response_timeout = \"1s\"") {
        const auto& folder = gateway.folder();
        change_in(folder / "operators/megafon/menus.toml", "show = \"both\"", "show = \"screen\"");
        std::filesystem::copy_file(folder / "dialects/standard.toml", folder / "dialects/hasty.toml");
        change_in(folder / "dialects/hasty.toml", timer, shorter);
        gateway.start();
        REQUIRE(smsc.wait_bound(1, 10s));
    }
    /// Ends the gateway; the subscriber has that password, which came by SMS alone.
    void check_told_by_sms(const std::string& password) {
        CHECK(gateway.stop() == 0);
        const auto accounts =
            read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
        REQUIRE(accounts.size() == 1);
        CHECK(is_password(accounts[0], password));
        CHECK(accounts[0].passwords == 1);
        CHECK(rows() == std::vector{row_state::sent});
        CHECK_FALSE(has(gateway.everything(), password));
    }
    [[nodiscard]] std::vector<row_state> rows() const {
        return outbox_of(msisdn::from_digits(anna), gateway.folder() / "kabinet.db");
    }
};

} // namespace

TEST_CASE("once the screen is shown the held SMS is cancelled and none comes") {
    screen_only here;
    REQUIRE(here.phone.dial("*105*00#"));
    const std::string password = password_in(here.phone.screen().text);
    CHECK_THROWS_AS(here.phone.sms(500ms), std::runtime_error);
    CHECK(here.gateway.stop() == 0);
    CHECK_THROWS_AS(here.phone.sms(0ms), std::runtime_error);
    CHECK(here.rows() == std::vector{row_state::cancelled});
    CHECK_FALSE(has(here.gateway.everything(), password));
}

TEST_CASE("a password whose screen is refused for good comes by SMS") {
    screen_only here;
    here.smsc.ask([](simulator::centre& on) {
        on.faults().refuse_submits = simulator::submit_refusal{
            smpp::status::system_error, simulator::for_ever, simulator::submit_kind::ussd};
    });
    REQUIRE(here.phone.dial("*105*00#"));
    CHECK(here.phone.refused() == smpp::status::system_error);
    here.check_told_by_sms(password_in(here.phone.sms(10s).text));
    CHECK_THROWS_AS((void)here.phone.refused(0ms), std::runtime_error);
}

TEST_CASE("a password whose screen has no response comes by SMS and the screen is not sent again") {
    screen_only here;
    here.smsc.ask([](simulator::centre& on) { on.faults().answers_submits = false; });
    REQUIRE(here.phone.dial("*105*00#"));
    const std::string password = password_in(here.phone.screen().text);
    here.smsc.ask([](simulator::centre& on) { on.faults().answers_submits = true; });
    CHECK(password_in(here.phone.sms(15s).text) == password);
    CHECK_THROWS_AS((void)here.phone.screen(0ms), std::runtime_error);
    here.check_told_by_sms(password);
}

TEST_CASE("a password whose subscriber hung up while it was made comes by SMS") {
    screen_only here;
    here.smsc.ask([](simulator::centre& on) {
        on.dial(msisdn::from_digits(anna), "*105*00#");
        return on.hang_up(msisdn::from_digits(anna));
    });
    here.check_told_by_sms(password_in(here.phone.sms(10s).text));
}

TEST_CASE("a password whose link was lost before the screen was confirmed comes by SMS over the next link") {
    screen_only here;
    here.smsc.ask([](simulator::centre& on) { on.faults().answers_submits = false; });
    REQUIRE(here.phone.dial("*105*00#"));
    const std::string password = password_in(here.phone.screen().text);
    here.smsc.ask([](simulator::centre& on) {
        on.drop();
        on.faults().answers_submits = true;
    });
    CHECK(password_in(here.phone.sms(20s).text) == password);
    here.check_told_by_sms(password);
}

} // namespace failed_screen_test
