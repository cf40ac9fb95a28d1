#include "tests/smpp/scripted_smsc.hpp"
#include "tests/support/accounts.hpp"
#include "tests/support/centre_thread.hpp"
#include "tests/support/gateway_process.hpp"
#include "tests/support/outbox.hpp"
#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <csignal>

namespace ending_test {

namespace {

using namespace kabinet;
using namespace kabinet::tests;

constexpr std::uint64_t first = 79261290000;

void answer_late(centre_thread& at, std::chrono::milliseconds delay) {
    at.ask([delay](simulator::centre& on) { on.faults().response_delay = delay; });
}

} // namespace

TEST_CASE("SIGTERM under load answers all that was acknowledged and ends with 0") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}, hashes_however_many};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    answer_late(smsc, 50ms);
    constexpr std::uint64_t many = 30; // what a busy machine hashes within the drain
    for (std::uint64_t each = 0; each < many; ++each) {
        auto phone = smsc.phone(first + each);
        if (each % 2 == 0)
            phone.text("000110", "00");
        else
            REQUIRE(phone.dial("*105*00#"));
    }
    CHECK(smsc.phone(first).delivered(10s) == smpp::status::ok);
    CHECK(gateway.stop() == 0);
    CHECK(has(gateway.log(), "finishing what is under way"));
    CHECK(has(gateway.log(), "ended"));

    std::size_t acknowledged = 1;
    for (std::uint64_t each = 0; each < many; ++each) {
        auto phone = smsc.phone(first + each);
        CAPTURE(each);
        if (each != 0) {
            const auto answer = phone.delivered();
            if (answer != smpp::status::ok)
                continue;
            ++acknowledged;
        }
        const std::string told = each % 2 == 0 ? phone.sms().text : phone.screen().text;
        CHECK(has(told, "Пароль: "));
    }
    CHECK(acknowledged > 1);
    const auto accounts = read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
    CHECK(accounts.size() <= acknowledged);
    CHECK(count_unfinished_sms(gateway.folder() / "kabinet.db") == 0);
}

TEST_CASE("a gateway that ends unbinds first") {
    boost::asio::io_context loop;
    smpp::scripted_smsc smsc{loop};
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    const auto until = [&loop](auto is_so) {
        return wait_until(
            [&] {
                loop.restart();
                loop.poll();
                return is_so();
            },
            10s);
    };
    REQUIRE(until([&] { return has(gateway.log(), " ready"); }));
    CHECK(smsc.session(0).count(smpp::command::unbind) == 0);
    gateway.running().send(SIGTERM);
    CHECK(until([&] { return smsc.session(0).gone; }));
    CHECK(smsc.session(0).count(smpp::command::unbind) == 1);
    CHECK(gateway.running().wait(10s) == 0);
}

TEST_CASE("a second SIGTERM ends it at once and the next run sends what was left") {
    centre_thread smsc;
    gateway_process gateway{{{smsc.port()}}};
    gateway.start();
    REQUIRE(smsc.wait_bound(1, 10s));
    smsc.ask([](simulator::centre& on) {
        on.faults().refuse_submits = simulator::submit_refusal{smpp::status::queue_full, simulator::for_ever,
                                                               simulator::submit_kind::sms};
        on.faults().response_delay = 60s; // the drain would wait for it
    });
    auto phone = smsc.phone(first);
    phone.text("000110", "00");
    CHECK(phone.delivered() == smpp::status::ok);
    CHECK(phone.refused() == smpp::status::queue_full);
    gateway.running().send(SIGTERM);
    REQUIRE(wait_until([&] { return has(gateway.log(), "finishing what is under way"); }, 5s));
    gateway.running().send(SIGTERM);
    CHECK(gateway.running().wait(3s) == 1);
    CHECK(has(gateway.log(), "a second signal"));

    smsc.ask([](simulator::centre& on) { on.faults() = {}; });
    gateway.start();
    const std::string password = password_in(phone.sms(15s).text);
    CHECK(gateway.stop() == 0);
    const auto accounts = read_accounts(gateway.folder() / "kabinet.db", gateway.folder() / "kabinet.key");
    REQUIRE(accounts.size() == 1);
    CHECK(is_password(accounts[0], password));
}

} // namespace ending_test
