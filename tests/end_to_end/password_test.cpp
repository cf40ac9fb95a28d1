#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

namespace password_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t anna = 79261230001;

/// What stands behind `Пароль: ` up to the end of its line.
std::string password_in(const std::string& text) {
    const std::string label = "Пароль: ";
    const auto at = text.find(label);
    REQUIRE(at != std::string::npos);
    return text.substr(at + label.size(), 8);
}

std::vector<account_row> accounts_of(const gateway_process& gateway) {
    return read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
}

} // namespace

TEST_CASE("a dialled password is shown and sent and stands in the store only as a sealed hash") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());

    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    const seen_screen screen = phone.screen();
    CHECK_FALSE(screen.awaits_input);
    CHECK(phone.delivered() == smpp::status::ok);
    const std::string password = password_in(screen.text);
    CHECK(password_in(phone.sms().text) == password);
    CHECK(gateway.log().find(" ready") != std::string::npos);
    CHECK(gateway.stop() == 0);

    const auto accounts = accounts_of(gateway);
    REQUIRE(accounts.size() == 1);
    CHECK(accounts[0].who == msisdn::from_digits(anna));
    CHECK(is_password(accounts[0], password));
    CHECK_FALSE(is_password(accounts[0], "22222222"));
    CHECK(count_unfinished_sms(gateway.folder() / "kabinet.db") == 0);
    CHECK_MESSAGE(gateway.everything().find(password) == std::string::npos, "the password lies in clear");
}

TEST_CASE("a dial delivered twice issues one password and the second answer says where it went") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    smsc.ask([](simulator::centre& on) { on.faults().answers_submits = false; });

    auto phone = smsc.phone(anna);
    REQUIRE(phone.dial("*105*00#"));
    const std::string password = password_in(phone.screen().text);
    CHECK(phone.delivered() == smpp::status::ok);
    REQUIRE(phone.redeliver());
    CHECK(phone.delivered() == smpp::status::ok);
    smsc.ask([](simulator::centre& on) { on.faults().answers_submits = true; });
    CHECK(gateway.stop() == 0);

    const auto accounts = accounts_of(gateway);
    REQUIRE(accounts.size() == 1);
    CHECK(accounts[0].passwords == 1);
    CHECK(is_password(accounts[0], password));
}

TEST_CASE(
    "SMS that a killed gateway had not answered are answered after its restart and each takes effect once") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}, hashes_however_many};
    gateway.start();
    REQUIRE(smsc.wait_bound());

    constexpr std::uint64_t first = 79261240000;
    constexpr std::uint64_t many = 40;
    for (std::uint64_t each = 0; each < many; ++each)
        smsc.phone(first + each).text("000110", "00");
    CHECK(smsc.phone(first).delivered() == smpp::status::ok);
    gateway.kill();
    REQUIRE(smsc.wait_unbound());
    gateway.start();
    REQUIRE(smsc.wait_bound());

    std::vector<std::string> last_password;
    for (std::uint64_t each = 0; each < many; ++each)
        last_password.push_back(password_in(smsc.phone(first + each).sms(15s).text));
    CHECK(gateway.stop() == 0);

    const auto accounts = accounts_of(gateway);
    REQUIRE(accounts.size() == many);
    for (std::size_t each = 0; each < many; ++each) {
        CHECK(accounts[each].passwords == 1);
        CHECK(is_password(accounts[each], last_password[each]));
    }
}

TEST_CASE("a second gateway on the same database is refused with one line and exit code 2") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound());
    process second{{KABINET_PROGRAM, "serve", "--config", (gateway.folder() / "kabinet.toml").string()},
                   gateway.folder() / "second.log"};
    CHECK(second.wait(10s) == 2);
    CHECK(read_whole(gateway.folder() / "second.log").find("kabinet.db") != std::string::npos);
    CHECK(gateway.stop() == 0);
}

} // namespace password_test
