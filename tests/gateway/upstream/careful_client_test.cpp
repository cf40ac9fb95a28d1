#include "gateway/upstream/careful_client.hpp"

#include "tests/gateway/run_until.hpp"
#include "tests/support/billing_thread.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <doctest/doctest.h>

#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>

namespace kabinet::gateway::upstream::careful_client_test {

using namespace kabinet::gateway::tests;
using namespace std::chrono_literals;

namespace {

/// One that is asked for a balance, again and again.
struct asked_house {
    explicit asked_house(std::chrono::milliseconds rest)
        : client{settings(theirs.port(), rest), loop.get_executor(), "billing system", "docs/billing.yaml"} {}
    ~asked_house() { client.end(); }

    static upstream_settings settings(std::uint16_t port, std::chrono::milliseconds rest) {
        upstream_settings made;
        made.host = "127.0.0.1";
        made.port = port;
        made.token = std::make_shared<const secret>(kabinet::tests::billing_thread::token);
        made.deadline = 5s;
        made.connections = 2;
        made.failures_borne = 3;
        made.rest = rest;
        return made;
    }

    /// The status that `read` made of the answer; or why there is none.
    boost::system::result<unsigned> ask(bool is_of_use = true, const char* method = "GET") {
        std::optional<boost::system::result<unsigned>> came;
        boost::asio::co_spawn(loop, await(is_of_use, method, came), boost::asio::detached);
        REQUIRE(run_until(loop, [&] { return came.has_value(); }));
        return *came;
    }
    boost::asio::awaitable<void> await(bool is_of_use, const char* method,
                                       std::optional<boost::system::result<unsigned>>& came) {
        const auto read = [is_of_use](const http_answer& said) {
            return is_of_use ? std::optional{said.status} : std::nullopt;
        };
        came = co_await client.ask(question{method, "/v1/accounts/79261112233"}, read);
    }

    kabinet::tests::billing_thread theirs;
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    careful_client client;
};

} // namespace

TEST_SUITE("a client that is careful") {
    TEST_CASE("makes of an answer what it is read as, and times it") {
        asked_house on{1min};
        CHECK(on.ask().value() == 200);
        CHECK(on.client.look().asked == 1);
        CHECK(on.client.look().failed == 0);
        const auto times = on.client.times().look();
        CHECK(std::accumulate(times.counts.begin(), times.counts.end(), std::uint64_t{0}) == 1);
    }

    TEST_CASE("takes what is of no use for no answer, and leaves whoever says so alone") {
        asked_house on{1min};
        for (int each = 0; each < 3; ++each) {
            CHECK_FALSE(on.client.look().is_left_alone);
            CHECK(on.ask(false, "PUT").error() == ask_error::no_answer);
        }
        CHECK(on.client.look().is_left_alone);
        CHECK(on.ask().error() == ask_error::not_sent); // for certain
        const auto seen = on.client.look();
        CHECK(seen.asked == 3);
        CHECK(seen.failed == 3);
        CHECK(seen.spared == 1);
    }

    TEST_CASE("leaves nobody alone for what can't be read of one account: all others would be without it") {
        asked_house on{1min};
        for (int each = 0; each < 10; ++each)
            CHECK(on.ask(false).error() == ask_error::no_answer);
        CHECK_FALSE(on.client.look().is_left_alone);
        CHECK(on.client.look().failed == 10);
        CHECK(on.theirs.figures().reads == 10);
    }

    TEST_CASE("asks one thing after a rest, and goes on where that is answered") {
        asked_house on{0ms};
        on.theirs.go_away();
        for (int each = 0; each < 5; ++each)
            CHECK_FALSE(on.ask().has_value());
        CHECK(on.client.look().is_left_alone);
        on.theirs.come_back();
        CHECK(on.ask().has_value());
        CHECK_FALSE(on.client.look().is_left_alone);
        CHECK(on.client.look().failed == 5);
    }
}

} // namespace kabinet::gateway::upstream::careful_client_test
