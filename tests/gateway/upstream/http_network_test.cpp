// The half of the network that tells another system, over sockets, with a real store behind it.
#include "gateway/upstream/http_network.hpp"

#include "gateway/clocks.hpp"
#include "gateway/door/server.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <algorithm>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace kabinet::gateway::upstream::http_network_test {

using namespace kabinet::gateway::tests;
using store::verdict;

namespace {

/// Answers with the status it is given, and with the version that a request brought.
class operators_network {
  public:
    operators_network() { come_back(0); }
    ~operators_network() { go_away(); }

    void answer_with(unsigned status) {
        const std::lock_guard lock{gate_};
        status_ = status;
    }
    /// Whatever is said of that number, there is trouble.
    void fail_at(std::string number) {
        const std::lock_guard lock{gate_};
        troubled_ = std::move(number);
    }
    /// Nobody listens any more.
    void go_away() {
        if (server_)
            server_->end();
        server_.reset();
    }
    void come_back(std::uint16_t port) {
        door::server_settings at;
        at.address = "127.0.0.1";
        at.port = port;
        auto say = [this](door::request asked) -> boost::asio::awaitable<door::answer> {
            co_return hear(asked);
        };
        server_.emplace(
            std::move(at), [](const door::request&) { return std::nullopt; }, std::move(say), door::tls{});
    }
    [[nodiscard]] std::uint16_t port() const { return server_->port(); }

    /// `79261112233 true`, in the order they came.
    [[nodiscard]] std::vector<std::string> heard() {
        const std::lock_guard lock{gate_};
        return heard_;
    }

  private:
    door::answer hear(const door::request& asked) {
        const std::lock_guard lock{gate_};
        constexpr std::string_view before = "/v1/numbers/";
        const std::string number = asked.path.substr(before.size(), asked.path.rfind('/') - before.size());
        heard_.push_back(number +
                         (asked.body.find("\"blocked\":true") != std::string::npos ? " true" : " false"));
        if (number == troubled_)
            return {500, "application/json", "{}"};
        const auto at = asked.body.find("\"version\":");
        return {status_, "application/json", "{" + asked.body.substr(at)};
    }

    std::mutex gate_;
    unsigned status_ = 200;
    std::string troubled_;
    std::vector<std::string> heard_;
    std::optional<door::server> server_;
};

struct house {
    house() { restart(); }
    ~house() {
        half->end();
        lane.stop();
    }

    /// As a run that begins anew: what is to be told is known from the store alone.
    void restart() {
        if (half) {
            half->stop();
            wait([&] { return half->is_at_rest(); });
            half->end();
        }
        upstream_settings at;
        at.host = "127.0.0.1";
        at.port = port;
        at.token = std::make_shared<const secret>("fake-token-of-a-network");
        at.deadline = 2s;
        at.connections = 2;
        at.failures_borne = 3;
        at.rest = 50ms;
        half = std::make_unique<http_network>(loop, lane, at);
    }
    store::request asked(store::effect what, msisdn who) {
        store::request made;
        made.id = store::keys::draw_request_id();
        made.by.who = who;
        made.what = std::move(what);
        made.now = read_clocks();
        return made;
    }
    verdict ask(store::effect what, msisdn who = anna) {
        std::optional<verdict> came;
        half->fulfil(asked(std::move(what), who), [&](const auto& is) { came = is.value().is; });
        wait([&] { return came.has_value(); });
        return *came;
    }
    /// As far as time passes, and until it has done what it then does.
    void let_pass(std::chrono::seconds span) {
        now += span;
        half->work({read_clocks().utc, now});
        wait([&] { return half->is_at_rest(); });
    }
    /// Until there is nothing more to be told but what was refused.
    void tell_all() {
        const steady_time latest = read_clocks().steady + 20s;
        do {
            REQUIRE(read_clocks().steady < latest);
            let_pass(1min);
        } while (waiting().size() != 0);
    }
    std::vector<store::number_news> waiting() {
        std::vector<store::number_news> found;
        bool is_done = false;
        lane.run_errand(
            [&found](store::backend& rows) -> boost::system::result<void> {
                found = rows.list_news(0, 100, read_clocks().utc).value();
                return {};
            },
            read_clocks(), [&](const auto&) { is_done = true; });
        wait([&] { return is_done; });
        return found;
    }
    template <class Condition>
    void wait(Condition is_true) {
        REQUIRE(run_until(loop, is_true));
    }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    operators_network theirs;
    std::uint16_t port = theirs.port();
    std::unique_ptr<http_network> half; // before the loop, as the gateway has it
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    store::lane lane{std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys, true),
                     loop.get_executor(),
                     {}};
    steady_time now = read_clocks().steady;
};

using lines = std::vector<std::string>;

} // namespace

TEST_SUITE("the operator's network") {
    TEST_CASE("hears of a number that is blocked, and once is enough") {
        house on;
        CHECK(on.ask(store::block_number{}) == verdict::number_blocked);
        on.tell_all();
        on.let_pass(1h);
        CHECK(on.theirs.heard() == lines{"79261112233 true"});
        CHECK(on.half->look().asked == 1);
    }

    TEST_CASE(
        "hears of a number that isn't blocked here when it is opened all the same: it may know otherwise") {
        house on;
        CHECK(on.ask(store::unblock_number{}) == verdict::not_blocked);
        on.tell_all();
        CHECK(on.theirs.heard() == lines{"79261112233 false"});
    }

    TEST_CASE("that isn't there keeps nobody waiting, and hears of it when it is back, after a restart too") {
        house on;
        on.theirs.go_away();
        CHECK(on.ask(store::block_number{}) == verdict::number_blocked);
        CHECK(on.ask(store::block_number{}, boris) == verdict::number_blocked);
        for (int tries = 0; tries < 5; ++tries)
            on.let_pass(1min);
        CHECK(on.half->look().is_left_alone);
        CHECK(on.half->look().news.waiting == 2);
        on.restart();
        on.theirs.come_back(on.port);
        on.tell_all();
        CHECK(on.theirs.heard() == lines{"79261112233 true", "79262223344 true"});
        CHECK_FALSE(on.half->look().is_left_alone);
        CHECK(on.half->look().news.waiting == 0);
    }

    TEST_CASE("hears the latest alone of what happened while it failed") {
        house on;
        on.theirs.answer_with(503);
        CHECK(on.ask(store::block_number{}) == verdict::number_blocked);
        on.let_pass(1s);
        CHECK(on.ask(store::unblock_number{}) == verdict::number_unblocked);
        on.theirs.answer_with(200);
        const auto failed = on.theirs.heard().size();
        on.tell_all();
        const auto heard = on.theirs.heard();
        REQUIRE(heard.size() == failed + 1);
        CHECK(heard.back() == "79261112233 false");
    }

    TEST_CASE("that fails for one number hears of all others") {
        house on;
        on.theirs.fail_at("79261112233");
        CHECK(on.ask(store::block_number{}) == verdict::number_blocked);
        for (int tries = 0; tries < 10; ++tries)
            on.let_pass(1min);
        CHECK(on.half->look().is_left_alone);
        CHECK(on.ask(store::block_number{}, boris) == verdict::number_blocked);
        const steady_time latest = read_clocks().steady + 20s;
        const auto has_heard = [&] {
            const auto heard = on.theirs.heard();
            return std::ranges::find(heard, "79262223344 true") != heard.end();
        };
        while (!has_heard()) {
            REQUIRE(read_clocks().steady < latest);
            on.let_pass(1min);
        }
        CHECK(on.waiting().size() == 1);
    }

    TEST_CASE("may refuse one number, and hears of the others all the same") {
        house on;
        on.theirs.answer_with(404);
        CHECK(on.ask(store::block_number{}) == verdict::number_blocked);
        on.let_pass(1s);
        CHECK(on.half->look().news.refused == 1);
        on.theirs.answer_with(200);
        CHECK(on.ask(store::block_number{}, boris) == verdict::number_blocked);
        on.tell_all();
        CHECK(on.theirs.heard() == lines{"79261112233 true", "79262223344 true"});
        CHECK(on.half->look().news.refused == 1);
        CHECK(on.half->look().news.waiting == 1); // again in an hour
    }
}

} // namespace kabinet::gateway::upstream::http_network_test
