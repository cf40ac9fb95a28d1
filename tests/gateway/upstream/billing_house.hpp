// The gateway's half of billing against the simulated one, over sockets, with a real store behind it.
#pragma once

#include "gateway/upstream/http_billing.hpp"

#include "gateway/clocks.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/store/bed.hpp"
#include "tests/support/billing_thread.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kabinet::gateway::upstream {

using namespace kabinet::gateway::tests;
using simulator::billing_faults;
using simulator::fault_shares;
using store::verdict;

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

inline upstream_settings at_port(std::uint16_t port, std::chrono::milliseconds deadline,
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

inline const msisdn nobody = msisdn::from_digits(79990000000);

inline simulator::books_settings with_voucher() {
    simulator::books_settings made;
    made.strangers = {nobody};
    made.vouchers.emplace("1234567890", simulator::voucher{rubles(100), {}});
    return made;
}

inline billing_faults of_operations(double fault_shares::*which, double share = 1) {
    billing_faults made;
    made.operations.*which = share;
    return made;
}

/// That half and all that it stands on.
struct billing_house {
    explicit billing_house(std::chrono::milliseconds deadline = 5s, std::chrono::milliseconds rest = 100ms) {
        restart(deadline, rest);
    }
    ~billing_house() {
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
    boost::system::result<store::holdings_view> holdings(msisdn who = anna) {
        std::optional<boost::system::result<store::holdings_view>> came;
        half->read_holdings(who, [&](const auto& is) { came = is; });
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

} // namespace kabinet::gateway::upstream
