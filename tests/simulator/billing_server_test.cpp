#include "simulator/billing_server.hpp"

#include "simulator/billing_words.hpp"
#include "tests/simulator/billing_client.hpp"
#include "tests/simulator/billing_samples.hpp"
#include "tests/support/billing_thread.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <deque>
#include <memory>
#include <thread>

namespace kabinet::simulator::billing_server_test {

namespace {

using namespace std::chrono_literals;
using tests::billing_thread;

/// A system with the samples' books, and its time, which stands still until a test moves it.
struct system_of_a_test {
    system_of_a_test()
        : clock{std::make_shared<std::atomic<utc_time>>(noon)}
        , system{sample_books(), make_settings()} {}

    [[nodiscard]] billing_client connect() const { return {system.port(), billing_thread::token}; }

    /// Over a connection of its own.
    [[nodiscard]] billing_reply ask(std::string_view method, const std::string& target,
                                    std::string_view body = {}) const {
        return connect().ask(method, target, body);
    }
    [[nodiscard]] std::string balance(std::string_view who = "79261112233") const {
        return ask("GET", fmt::format("/v1/accounts/{}", who)).body;
    }

    /// Looks every few milliseconds whether so many requests met the fault.
    [[nodiscard]] bool wait_met(billing_fault what, std::size_t times = 1) {
        return wait([&](const billing_figures& seen) { return seen.of(what) >= times; });
    }
    template <class Question>
    [[nodiscard]] bool wait(Question is_so) {
        for (int each = 0; each < 2000; ++each) {
            if (is_so(system.figures()))
                return true;
            std::this_thread::sleep_for(2ms);
        }
        return false;
    }

    std::shared_ptr<std::atomic<utc_time>> clock;
    billing_thread system;

  private:
    [[nodiscard]] billing_settings make_settings() const {
        billing_settings made;
        made.clock = [now = clock] { return now->load(); };
        return made;
    }
};

std::string path_of(unsigned number) {
    return "/v1/operations/" + name(number);
}

const std::string fill = write_order(use_voucher("1000000001"));
const std::string filled = R"({"state":"done","amount":"100.00","balance":"200.00","points":35})";
const std::string plain_purse = R"({"balance":"100.00","points":35})";
const std::string full_purse = R"({"balance":"200.00","points":35})";

} // namespace

TEST_CASE("requests are answered one after another on a connection that stays open") {
    system_of_a_test at;
    billing_client one = at.connect();
    const auto purse = one.ask("GET", "/v1/accounts/79261112233");
    CHECK(purse.status == 200);
    CHECK(purse.body == plain_purse);
    CHECK(purse.has("\r\nContent-Type: application/json\r\n"));
    CHECK(one.ask("GET", path_of(1)).status == 404);
    CHECK(one.ask("PUT", path_of(1), fill).body == filled);
    CHECK(one.ask("DELETE", path_of(1)).body == filled);
    CHECK(one.ask("POST", path_of(1)).has("\r\nAllow: GET, PUT, DELETE\r\n"));
    one.send("GET", path_of(1)); // and before the answer
    one.send("GET", "/v1/accounts/79261112233");
    CHECK(one.receive().body == filled);
    CHECK(one.receive().body == full_purse);
    const auto seen = at.system.figures();
    CHECK(seen.orders == 1);
    CHECK(seen.asked == 3);
    CHECK(seen.reads == 2);
    CHECK(seen.refused == 1);
}

TEST_CASE("whoever has another token gets nothing, and whoever speaks something else is told") {
    system_of_a_test at;
    billing_client stranger{at.system.port(), "another-token"};
    const auto refused = stranger.ask("PUT", path_of(1), fill);
    CHECK(refused.status == 401);
    CHECK(refused.has("\r\nWWW-Authenticate: Bearer\r\n"));
    billing_client odd = at.connect();
    odd.send_raw("SMPP 3.4\r\n\r\n");
    CHECK(odd.receive().status == 400);
    CHECK(odd.is_cut());
    billing_client large = at.connect();
    large.send_raw(fmt::format("PUT {} HTTP/1.1\r\nHost: billing\r\nAuthorization: Bearer {}\r\n"
                               "Content-Length: 65537\r\n\r\n",
                               path_of(1), billing_thread::token));
    CHECK(large.receive().status == 413);
    billing_client brief = at.connect();
    brief.send_raw(fmt::format("GET {} HTTP/1.1\r\nHost: billing\r\nAuthorization: bearer {}\r\n"
                               "Connection: close\r\n\r\n",
                               path_of(1), billing_thread::token));
    CHECK(brief.receive().status == 404);
    CHECK(brief.is_cut());
}

TEST_CASE("a request comes whole though it comes octet by octet") {
    system_of_a_test at;
    billing_client slow = at.connect();
    const std::string whole = fmt::format("PUT {} HTTP/1.1\r\nHost: billing\r\nAuthorization: Bearer {}\r\n"
                                          "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                                          path_of(1), billing_thread::token, fill.size(), fill);
    for (const char each : whole)
        slow.send_raw({&each, 1});
    CHECK(slow.receive().body == filled);
}

TEST_CASE("a late answer is the right one, and waits for nobody else's") {
    system_of_a_test at;
    billing_faults slow;
    slow.operations.late = 1;
    slow.late_for = 120ms;
    at.system.misbehave(slow);
    billing_client one = at.connect();
    const auto from = std::chrono::steady_clock::now();
    one.send("PUT", path_of(1), fill);
    CHECK(at.wait([](const billing_figures& seen) { return seen.late == 1; }));
    CHECK(at.balance() == full_purse);
    CHECK(one.receive().body == filled);
    CHECK(std::chrono::steady_clock::now() - from >= 120ms);
}

TEST_CASE("what fails, or is turned away, isn't done") {
    system_of_a_test at;
    billing_faults failing;
    failing.operations.failed = 1;
    failing.reads.failed = 1;
    at.system.misbehave(failing);
    billing_client one = at.connect();
    CHECK(one.ask("PUT", path_of(1), fill).status == 500);
    CHECK(one.ask("DELETE", path_of(2)).status == 500);
    CHECK(one.ask("GET", "/v1/accounts/79261112233").status == 500);
    billing_faults busy;
    busy.turned_away = 1;
    at.system.misbehave(busy);
    CHECK(one.ask("PUT", path_of(1), fill).status == 429);
    CHECK(one.ask("GET", path_of(1)).status == 404);
    CHECK(one.ask("GET", path_of(2)).status == 404);
    CHECK(one.ask("GET", "/v1/accounts/79261112233").body == plain_purse);
}

TEST_CASE("what is mute is done and never answered: held open, or cut, half each") {
    system_of_a_test at;
    billing_faults mute;
    mute.operations.mute = 1;
    at.system.misbehave(mute);
    std::deque<billing_client> asked;
    constexpr unsigned many = 40;
    for (unsigned each = 1; each <= many; ++each) {
        asked.emplace_back(at.system.port(), billing_thread::token);
        asked.back().send("DELETE", path_of(each));
    }
    REQUIRE(at.wait_met(billing_fault::mute, many));
    at.system.misbehave({});
    unsigned cut = 0;
    for (unsigned each = 1; each <= many; ++each) {
        CHECK(at.ask("GET", path_of(each)).body == R"({"state":"cancelled"})");
        billing_client& one = asked[each - 1];
        if (one.is_silent(5ms))
            continue;
        CHECK(one.is_cut());
        ++cut;
    }
    CHECK(cut > many / 5);
    CHECK(cut < many * 4 / 5);
}

TEST_CASE("what is swallowed is neither done nor answered") {
    system_of_a_test at;
    billing_faults greedy;
    greedy.swallowed = 1;
    at.system.misbehave(greedy);
    billing_client one = at.connect();
    one.send("PUT", path_of(1), fill);
    CHECK(at.wait_met(billing_fault::swallowed));
    CHECK(at.ask("GET", path_of(1)).status == 404);
    CHECK(at.ask("DELETE", path_of(1)).body == R"({"state":"cancelled"})");
    CHECK(at.balance() == plain_purse);
}

TEST_CASE("rubbish says nothing of what was done all the same") {
    system_of_a_test at;
    billing_faults raving;
    raving.operations.rubbish = 1;
    raving.reads.rubbish = 1;
    at.system.misbehave(raving);
    billing_client one = at.connect();
    CHECK(one.ask("PUT", path_of(1), fill).body != filled);
    CHECK(one.ask("GET", "/v1/accounts/79261112233").body != full_purse);
    at.system.misbehave({});
    CHECK(one.ask("GET", path_of(1)).body == filled);
}

TEST_CASE("what is open ends at its time, by the system's clock") {
    system_of_a_test at;
    billing_faults slow;
    slow.begun = 1;
    slow.begun_for = 10s;
    at.system.misbehave(slow);
    billing_client one = at.connect();
    CHECK(one.ask("PUT", path_of(1), fill).status == 202);
    CHECK(one.ask("GET", path_of(1)).status == 202);
    CHECK(one.ask("DELETE", path_of(1)).status == 202);
    CHECK(one.ask("GET", "/v1/accounts/79261112233").body == plain_purse);
    *at.clock = noon + 10s;
    CHECK(one.ask("GET", path_of(1)).body == filled);
}

TEST_CASE(
    "an order that comes to be done afterwards isn't known until then, and not at all once it is cancelled") {
    system_of_a_test at;
    billing_faults late;
    late.afterwards = 1;
    late.afterwards_for = 24h;
    at.system.misbehave(late);
    billing_client one = at.connect();
    one.send("PUT", path_of(1), fill);
    REQUIRE(at.wait_met(billing_fault::afterwards));
    CHECK(at.ask("GET", path_of(1)).status == 404);
    CHECK(at.ask("DELETE", path_of(1)).body == R"({"state":"cancelled"})");
    CHECK(at.system.figures().waiting == 1);

    late.afterwards_for = 40ms;
    at.system.misbehave(late);
    constexpr unsigned many = 60;
    std::deque<billing_client> asked;
    std::vector<std::string> told;
    for (unsigned each = 100; each < 100 + many; ++each) {
        asked.emplace_back(at.system.port(), billing_thread::token);
        asked.back().send("PUT", path_of(each),
                          write_order(transfer{anna, boris, roubles(1), {}, roubles(-100)}));
        if (each % 4 == 0) // it is done first
            CHECK(at.wait([&](const billing_figures& seen) {
                return seen.of(billing_fault::afterwards) == each - 98 && seen.waiting == 1;
            }));
        if (each % 4 == 1) // or perhaps
            CHECK(at.wait_met(billing_fault::afterwards, each - 98));
        told.push_back(at.ask("DELETE", path_of(each)).body);
    }
    REQUIRE(at.wait([](const billing_figures& seen) { return seen.waiting == 1; }));
    unsigned done = 0;
    for (unsigned each = 100; each < 100 + many; ++each) {
        const std::string& first = told[each - 100];
        CHECK(at.ask("GET", path_of(each)).body == first);
        if (first != R"({"state":"cancelled"})")
            ++done;
    }
    CHECK(done >= many / 4);
    CHECK(done < many);
    CHECK(at.balance("79261112244") == fmt::format(R"({{"balance":"{}.00","points":35}})", 100 + done));
}

TEST_CASE("a system that goes away cuts whoever asks, forgets what it would have done, and is back with its "
          "books") {
    system_of_a_test at;
    billing_faults late;
    late.afterwards = 1;
    late.afterwards_for = 500ms;
    REQUIRE(billing_dice{billing_settings{}.seed}.draw(late, billing_matter::order).after > 50ms);
    at.system.misbehave(late);
    billing_client idle = at.connect();
    CHECK(idle.ask("GET", "/v1/accounts/79261112244").status == 200);
    at.system.go_away();
    CHECK(idle.is_cut());
    CHECK_THROWS((void)at.connect());

    at.system.come_back(); // and draws the same again
    at.system.misbehave(late);
    billing_client waiting = at.connect();
    waiting.send("PUT", path_of(1), write_order(give(50)));
    REQUIRE(at.wait_met(billing_fault::afterwards));
    at.system.go_away();
    CHECK(waiting.is_cut());
    at.system.come_back();
    at.system.misbehave(late);
    billing_client as_long = at.connect();
    as_long.send("PUT", path_of(2), write_order(give(40)));
    REQUIRE(at.wait_met(billing_fault::afterwards));
    REQUIRE(at.wait([](const billing_figures& seen) { return seen.waiting == 0; }));
    CHECK(at.ask("GET", path_of(1)).status == 404);
    CHECK(at.ask("GET", path_of(2)).status == 200);
    CHECK(at.balance("79261112244") == R"({"balance":"140.00","points":35})");
}

} // namespace kabinet::simulator::billing_server_test
