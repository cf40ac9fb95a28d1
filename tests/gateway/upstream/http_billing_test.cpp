// The gateway's half against the simulated one, over sockets, with a real store behind it.
#include "gateway/upstream/http_billing.hpp"

#include "gateway/clocks.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/store/bed.hpp"
#include "tests/support/billing_thread.hpp"

#include <boost/asio/executor_work_guard.hpp>

namespace kabinet::gateway::upstream {

using namespace kabinet::gateway::tests;
using simulator::billing_faults;
using simulator::fault_shares;
using store::verdict;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

upstream_settings at_port(std::uint16_t port, std::chrono::milliseconds deadline,
                          std::chrono::milliseconds rest) {
    upstream_settings made;
    made.host = "127.0.0.1";
    made.port = port;
    made.token = std::make_shared<const secret>(kabinet::tests::billing_thread::token);
    made.deadline = deadline;
    made.connections = 4;
    made.rest = rest;
    return made;
}

simulator::books_settings with_voucher() {
    simulator::books_settings made;
    made.vouchers.emplace("1234567890", simulator::voucher{rubles(100), {}});
    return made;
}

billing_faults of_operations(double fault_shares::*which, double share = 1) {
    billing_faults made;
    made.operations.*which = share;
    return made;
}

struct house {
    explicit house(std::chrono::milliseconds deadline = 5s, std::chrono::milliseconds rest = 100ms) {
        restart(deadline, rest);
    }
    ~house() {
        half->end();
        lane.stop();
    }

    /// As a run that begins anew: what was open is known from the store alone.
    void restart(std::chrono::milliseconds deadline = 5s, std::chrono::milliseconds rest = 100ms) {
        if (half) {
            half->stop();
            wait([&] { return half->is_at_rest(); });
            half->end();
        }
        half = std::make_unique<http_billing>(loop, lane, at_port(theirs.port(), deadline, rest));
    }

    store::request asked(store::effect what) {
        store::request made;
        made.id = store::keys::draw_request_id();
        made.by.who = anna;
        made.by.by = store::channel::sms;
        made.what = std::move(what);
        made.repeats_within = 1min;
        made.sms = store::tests::an_sms();
        made.sms->action = std::string{store::name_of(kind_of(made.what))};
        made.now = read_clocks();
        return made;
    }
    store::request voucher(std::string_view code = "1234567890") {
        store::request made = asked(store::top_up{keys.mark_voucher(secret{code}), 5, 1h});
        made.carried = secret{code};
        return made;
    }
    store::request transfer(money amount) {
        return asked(store::transfer{boris, amount, rubles(5), money{}, 10, rubles(10'000), "notice.told"});
    }

    store::outcome fulfil(store::request wish) {
        std::optional<store::outcome> came;
        half->fulfil(
            std::move(wish), [this] { ++kept; },
            [&](const boost::system::result<store::outcome>& is) { came = is.value(); });
        wait([&] { return came.has_value(); });
        return *came;
    }
    store::purse_view seen(msisdn who = anna) {
        const auto came = purse(who);
        INFO("why not: ", came.has_error() ? came.error().message() : std::string{});
        REQUIRE(came.has_value());
        return *came;
    }
    boost::system::result<store::purse_view> purse(msisdn who = anna) {
        std::optional<boost::system::result<store::purse_view>> came;
        half->read_purse(who, [&](const auto& is) { came = is; });
        wait([&] { return came.has_value(); });
        return *came;
    }
    /// Lets it ask after what is open until there is nothing more.
    void bring_to_end() {
        const steady_time latest = read_clocks().steady + 20s;
        steady_time now = read_clocks().steady;
        while (half->look().open != 0 || !half->is_at_rest() || !is_read()) {
            REQUIRE(read_clocks().steady < latest);
            now += 1min;
            half->work({read_clocks().utc, now});
            loop.restart();
            loop.run_one_for(
                10ms); // what it asks for may be done within a look at the store, and nothing come
        }
    }
    [[nodiscard]] bool is_read() { return open_orders().empty(); }
    std::vector<store::open_order> open_orders() {
        std::vector<store::open_order> found;
        bool is_done = false;
        lane.run_errand(
            [&found](store::backend& rows) -> boost::system::result<void> {
                found = rows.list_orders(0, 100).value();
                return {};
            },
            read_clocks(), [&](const auto&) { is_done = true; });
        wait([&] { return is_done; });
        return found;
    }
    std::vector<verdict> told_by_sms() {
        std::vector<verdict> found;
        bool is_done = false;
        lane.claim_outgoing(100, read_clocks(), [&](auto rows) {
            for (const store::outgoing_sms& each : rows.value())
                found.push_back(each.what.is);
            is_done = true;
        });
        wait([&] { return is_done; });
        return found;
    }
    template <class Condition>
    void wait(Condition is_true) {
        REQUIRE(run_until(loop, is_true));
    }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    kabinet::tests::billing_thread theirs{with_voucher()};
    std::unique_ptr<http_billing> half; // before the loop, as the gateway has it
    boost::asio::io_context loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    int kept = 0;
};

} // namespace

TEST_SUITE("money that the operator's own system keeps") {
    TEST_CASE("is what that system says, and what it did is told") {
        house on;
        CHECK(on.seen().balance == rubles(100));
        const auto came = on.fulfil(on.voucher());
        CHECK(came.is == verdict::topped_up);
        CHECK(came.sums.amount == rubles(100));
        CHECK(came.sums.balance == rubles(200));
        CHECK(on.kept == 1);
        CHECK(on.fulfil(on.voucher()).is == verdict::used_voucher);
        const auto given = on.fulfil(on.transfer(rubles(50)));
        CHECK(given.is == verdict::transferred);
        CHECK(given.sums.balance == rubles(145));
        CHECK(given.sums.party == boris);
        CHECK(on.seen().balance == rubles(145));
        CHECK(on.seen(boris).balance == rubles(150));
        CHECK(on.is_read());
    }

    TEST_CASE("a promised payment is taken on the terms that were read, once") {
        house on;
        const auto lend = [&] {
            return on.fulfil(on.asked(store::take_promise{"small", rubles(300), rubles(20), 72h, money{}}));
        };
        const auto first = lend();
        CHECK(first.is == verdict::promised);
        CHECK(first.sums.amount == rubles(300));
        CHECK(first.sums.fee == rubles(20));
        CHECK(first.sums.balance == rubles(380));
        CHECK(first.until.has_value());
        const auto second = lend();
        CHECK(second.is == verdict::promise_open);
        CHECK(second.until == first.until);
        CHECK(on.seen().promise->amount == rubles(300));
    }

    TEST_CASE("a second delivery asks for nothing a second time") {
        house on;
        store::request first = on.voucher();
        store::request again = on.voucher();
        again.id = first.id;
        CHECK(on.fulfil(std::move(first)).is == verdict::topped_up);
        const auto came = on.fulfil(std::move(again));
        CHECK(came.is == verdict::topped_up);
        CHECK(came.is_repeat);
        CHECK(on.theirs.figures().orders == 1);
    }

    TEST_CASE("a payment from elsewhere isn't told here: who keeps the money is to be told") {
        house on;
        CHECK(on.fulfil(on.asked(store::pay_in{rubles(10)})).is == verdict::elsewhere);
        CHECK(on.theirs.figures().orders == 0);
    }
}

TEST_SUITE("a billing system that answers badly") {
    TEST_CASE("what was done and never answered is asked after: done once, and told late") {
        house on{200ms};
        on.theirs.misbehave(of_operations(&fault_shares::mute));
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave({});
        CHECK(on.open_orders().size() == 1);
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::topped_up});
        CHECK(on.seen().balance == rubles(200));
        CHECK(on.theirs.figures().orders == 1);
    }

    TEST_CASE("what never came there is cancelled, and told to have not been done") {
        house on{200ms};
        billing_faults swallows;
        swallows.swallowed = 1;
        on.theirs.misbehave(swallows);
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave({});
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::not_done});
        CHECK(on.seen().balance == rubles(100));
        CHECK(on.fulfil(on.voucher()).is == verdict::topped_up); // the voucher is good still
    }

    TEST_CASE("a run that is over leaves what is open to the next") {
        house on{200ms};
        on.theirs.misbehave(of_operations(&fault_shares::mute));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::under_way);
        on.theirs.misbehave({});
        on.restart();
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::transferred});
        CHECK(on.seen().balance == rubles(45));
    }

    TEST_CASE("what this run has in hand isn't taken for what one before it left open") {
        house on;
        billing_faults slow = of_operations(&fault_shares::late);
        slow.late_for = 200ms;
        on.theirs.misbehave(slow);
        std::optional<store::outcome> came;
        on.half->fulfil(
            on.voucher(), [&] { ++on.kept; }, [&](const auto& is) { came = is.value(); });
        on.wait([&] { return on.kept == 1; });
        CHECK(on.half->look().open == 0); // its answer may come yet
        on.wait([&] {
            on.half->work(read_clocks());
            return came.has_value();
        });
        CHECK(came->is == verdict::topped_up);
        CHECK(on.theirs.figures().asked == 0);
        CHECK(on.told_by_sms().empty());
    }

    TEST_CASE("an error and rubbish aren't taken for an answer") {
        house on;
        on.theirs.misbehave(of_operations(&fault_shares::failed));
        CHECK(on.fulfil(on.voucher()).is == verdict::under_way);
        on.theirs.misbehave(of_operations(&fault_shares::rubbish));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::under_way);
        on.theirs.misbehave({});
        on.bring_to_end();
        CHECK(on.told_by_sms() == std::vector{verdict::not_done, verdict::transferred});
    }

    TEST_CASE("one that turns an order away has done nothing, and the subscriber hears so at once") {
        house on;
        billing_faults turns_away;
        turns_away.turned_away = 1;
        on.theirs.misbehave(turns_away);
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done);
        CHECK(on.is_read());
    }

    TEST_CASE("one that isn't there is known not to have done it") {
        house on;
        on.theirs.go_away();
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done);
        CHECK(on.is_read());
        on.theirs.come_back();
        CHECK(on.fulfil(on.voucher()).is == verdict::topped_up);
    }

    TEST_CASE("a connection that went with it isn't used for an order") {
        house on;
        CHECK(on.fulfil(on.transfer(rubles(10))).is == verdict::transferred);
        on.theirs.go_away();
        on.theirs.come_back();
        CHECK(on.fulfil(on.transfer(rubles(10))).is == verdict::transferred);
    }

    TEST_CASE("after failures it is left alone, and a balance is told as it was last seen") {
        house on{5s, 1min};
        const auto before = on.purse();
        CHECK_FALSE(before->seen);
        on.theirs.go_away();
        for (int each = 0; each < 8; ++each) {
            const auto old = on.purse();
            REQUIRE(old.has_value());
            CHECK(old->balance == rubles(100));
            CHECK(old->seen.has_value());
        }
        CHECK(on.half->look().is_left_alone);
        CHECK(on.half->look().spared >= 3);
        CHECK_FALSE(on.purse(boris).has_value());               // never seen
        CHECK(on.fulfil(on.voucher()).is == verdict::not_done); // without asking
        on.theirs.come_back();
        CHECK(on.theirs.figures().orders == 0);
    }

    TEST_CASE("what an order may have changed isn't told as it was before") {
        house on;
        CHECK(on.seen().balance == rubles(100));
        CHECK(on.fulfil(on.transfer(rubles(50))).is == verdict::transferred);
        on.theirs.go_away();
        CHECK_FALSE(on.purse().has_value());
    }

    TEST_CASE("more at once than connections wait their turn, and what waits too long was never asked") {
        house on{300ms};
        billing_faults slow;
        slow.operations.late = 1;
        slow.late_for = 200ms;
        on.theirs.misbehave(slow);
        constexpr int wishes = 40; // over four connections
        std::vector<verdict> came;
        for (int each = 0; each < wishes; ++each) {
            store::request one = on.transfer(rubles(1));
            one.by.who = msisdn::from_digits(79265550000 + static_cast<std::uint64_t>(each));
            on.half->fulfil(
                std::move(one), [] {}, [&](const auto& is) { came.push_back(is.value().is); });
        }
        on.wait([&] { return came.size() == wishes; });
        on.theirs.misbehave({});
        on.bring_to_end();
        const auto not_done = std::count(came.begin(), came.end(), verdict::not_done);
        CHECK(not_done > 0);
        CHECK(on.theirs.figures().orders + static_cast<std::size_t>(not_done) == wishes);
    }
}

} // namespace kabinet::gateway::upstream
