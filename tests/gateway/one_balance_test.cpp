// One balance, and everything that may spend it at once: dialogues at two centres, a request of the portal's
// and an SMS. Whatever order they come in, one gets it. KABINET_SEEDS says how many orders are tried.
#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "gateway/reception.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <random>

namespace kabinet::gateway::one_balance_test {

using namespace tests;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

unsigned seeds() {
    const char* const wanted = std::getenv("KABINET_SEEDS");
    return wanted == nullptr ? 25U : static_cast<unsigned>(std::strtoul(wanted, nullptr, 10));
}

/// With a keyword for vouchers, and without what would stop one subscriber's thousand dials.
std::shared_ptr<const menus::definition> pack_for_many() {
    menus::draft drawn = menus::sample_draft();
    drawn.short_numbers[0].keywords.push_back({"TOP", menus::acts("top_up")});
    return std::make_shared<menus::definition>(menus::define(drawn));
}

/// A gateway over a real store, bound to two centres.
class scene : public linked {
  public:
    scene() {
        spdlog::set_level(spdlog::level::off);
        bind(settings("main"), talk);
        second.watch([this](const simulator::event& what) {
            if (const auto* screen = std::get_if<simulator::screen_shown>(&what))
                second_screens.emplace_back(screen->text);
        });
        smpp::link_settings to_second = settings("second");
        to_second.port = second.port();
        bind(std::move(to_second), talk);
    }
    ~scene() { lane.stop(); }

    /// Whoever was let in by the password that the SIM has just asked for.
    std::string session_of(msisdn who, utc_time born) {
        store::ticket session{who, store::ticket_use::session, read_clocks().utc + 1h};
        session.version = 1;
        session.born = born;
        session.reaches = access_level::own_number;
        session.knew_password = true;
        return store::write_ticket(keys, session);
    }
    /// Both dialogues stand at a screen that awaits what is typed.
    void dial_both(msisdn who, const std::string& code) {
        screens.clear();
        second_screens.clear();
        inbox.clear();
        portal_said.reset();
        REQUIRE(centre().dial(who, code));
        REQUIRE(second.dial(who, code));
        REQUIRE(run_until(loop, [&] { return screens.size() == 1 && second_screens.size() == 1; }));
    }
    /// Both have their last screen, the portal its answer, and the SMS its own; what the portal did goes by
    /// SMS, too: behind the other one, where that still awaits its response, and that is the sender's work.
    void wait_for_all() {
        const auto is_answered = [&] {
            const bool is_told_twice = portal_said && portal_said->is == portal_verdict::ok;
            return portal_said && inbox.size() == (is_told_twice ? 2 : 1);
        };
        REQUIRE(run_until(loop, [&] {
            sends.work(read_clocks());
            return screens.size() == 2 && second_screens.size() == 2 && is_answered();
        }));
    }
    /// Each of the four in an order of the seed's, with as much of the loop between them as it likes.
    template <class... Deeds>
    void at_once(unsigned seed, Deeds... deeds) {
        std::mt19937 dice{seed};
        std::vector<std::function<void()>> in_order{deeds...};
        std::shuffle(in_order.begin(), in_order.end(), dice);
        for (const std::function<void()>& each : in_order) {
            each();
            for (auto turns = dice() % 4; turns != 0; --turns)
                loop.poll_one();
        }
        wait_for_all();
    }

    store::outcome fulfil(msisdn who, store::effect what) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        asked.by.speaks = menus::russian;
        asked.what = std::move(what);
        asked.now = read_clocks();
        std::optional<store::outcome> done;
        lane.once(std::move(asked), [&](auto came) { done = came.value(); });
        REQUIRE(run_until(loop, [&] { return done.has_value(); }));
        return *done;
    }
    money balance_of(msisdn who) {
        std::optional<money> seen;
        billing.read_purse(who, [&](const auto& came) { seen = came.value().balance; });
        REQUIRE(run_until(loop, [&] { return seen.has_value(); }));
        return *seen;
    }
    void hear_portal(boost::asio::awaitable<portal_answer> answering) {
        boost::asio::co_spawn(loop, std::move(answering), [this](std::exception_ptr, portal_answer told) {
            portal_said = std::move(told);
        });
    }
    void bring_in(std::string_view code, money worth) {
        bool is_done = false;
        const store::voucher one{keys.mark_voucher(secret{code}), worth, {}};
        lane.run_errand(
            [one](store::backend& rows) -> boost::system::result<void> {
                const auto came = rows.add_vouchers(std::array{one});
                return came ? boost::system::result<void>{} : came.error();
            },
            read_clocks(), [&](const auto&) { is_done = true; });
        REQUIRE(run_until(loop, [&] { return is_done; }));
    }
    /// As if it were that late.
    void take_fees(utc_time now) {
        lane.run_errand(
            [now](store::backend& rows) -> boost::system::result<void> {
                const auto name = [](store::ware_kind, store::ware_event) { return std::string{"told"}; };
                const auto came = rows.take_fees(100, name, now);
                return came ? boost::system::result<void>{} : came.error();
            },
            read_clocks(), [this](const auto& came) { fee_taken = came.has_value(); });
    }
    store::holdings_view holdings_of(msisdn who) {
        std::optional<store::holdings_view> seen;
        billing.read_holdings(who, [&](const auto& came) { seen = came.value(); });
        REQUIRE(run_until(loop, [&] { return seen.has_value(); }));
        return *seen;
    }
    void check_sums() {
        const store::ledger_check sums = add_up();
        CHECK_FALSE(sums.unbalanced);
        CHECK_FALSE(sums.wrong_sum);
    }
    store::ledger_check add_up() {
        struct added {
            store::ledger_check sums;
            bool is_told = false; // on the loop: the sums are another thread's until then
        };
        const auto made = std::make_shared<added>(); // that thread may come to it when the test has failed
        lane.run_aside(
            [made](store::backend& rows) -> boost::system::result<void> {
                made->sums = rows.verify_ledger().value();
                return {};
            },
            [made](const auto&) { made->is_told = true; });
        bool is_told = false;
        for (int waits = 0; waits < 6 && !is_told; ++waits) // it yields to whatever else the machine does
            is_told = run_until(loop, [&] { return made->is_told; });
        REQUIRE(is_told);
        return made->sums;
    }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    store::embedded_billing billing{lane};
    hash_pool pool{1, 200ms};
    std::shared_ptr<const menus::definition> pack = pack_for_many();
    performer performs{lane, billing, keys, pool};
    sender sends{all, lane, [this] { return pack; }};
    call_records records{{}};
    recent lately{100};
    conversation talk{loop, {}, {all, performs, billing, sends, keys, records, lately, lane}, pack};
    store::password_check check{keys};
    reception desk{loop, {lane, billing, keys, check, pool, sends, lately, {}}, [this] { return pack; }, {}};
    std::optional<portal_answer> portal_said;
    bool fee_taken = false;
    simulator::centre second{loop, {}, {}};
    std::vector<std::string> second_screens;
};

} // namespace

TEST_SUITE("one balance") {
    TEST_CASE(
        "two dialogues and the portal give away all there is while an SMS adds to it: one of them does") {
        scene of;
        std::uint64_t number = 79'260'000'000;
        for (unsigned seed = 1; seed <= seeds(); ++seed) {
            CAPTURE(seed);
            const msisdn spender = msisdn::from_digits(++number);
            const msisdn heir = msisdn::from_digits(++number);
            of.fulfil(heir, store::pay_in{rubles(1)});
            const auto paid = of.fulfil(spender, store::pay_in{rubles(105)}); // the fee is 5
            of.fulfil(spender, store::issue_password{store::tests::some_hash()});
            const std::string voucher = std::to_string(10'000'000 + seed);
            of.bring_in(voucher, rubles(1));
            of.dial_both(spender, "*105*09*" + heir.text() + "*100#");

            transfer_wish wish;
            wish.session = of.session_of(spender, paid.at);
            wish.to = heir;
            wish.amount = rubles(100);
            of.at_once(
                seed, [&] { REQUIRE(of.centre().answer(spender, "1")); },
                [&] { REQUIRE(of.second.answer(spender, "1")); },
                [&] { of.hear_portal(of.desk.transfer(std::move(wish))); },
                [&] { of.centre().text(spender, "000110", "TOP " + voucher); });

            const int by_portal = of.portal_said->is == portal_verdict::ok ? 1 : 0;
            const int by_screen = static_cast<int>(of.screens.back().words.starts_with("Ушло")) +
                                  static_cast<int>(of.second_screens.back().starts_with("Ушло"));
            CHECK(by_portal + by_screen == 1);
            CHECK(of.balance_of(spender) == rubles(1));
            CHECK(of.balance_of(heir) == rubles(101));
        }
        of.check_sums();
    }

    TEST_CASE("one voucher typed in two dialogues, at the portal and in an SMS is worth itself once") {
        scene of;
        std::uint64_t number = 79'270'000'000;
        for (unsigned seed = 1; seed <= seeds(); ++seed) {
            CAPTURE(seed);
            const msisdn buyer = msisdn::from_digits(++number);
            const auto paid = of.fulfil(buyer, store::pay_in{rubles(1)});
            of.fulfil(buyer, store::issue_password{store::tests::some_hash()});
            const std::string voucher = std::to_string(20'000'000 + seed);
            of.bring_in(voucher, rubles(100));
            of.dial_both(buyer, "*105*07#");

            voucher_wish wish;
            wish.session = of.session_of(buyer, paid.at);
            wish.voucher = secret{voucher};
            of.at_once(
                seed, [&] { REQUIRE(of.centre().answer(buyer, voucher)); },
                [&] { REQUIRE(of.second.answer(buyer, voucher)); },
                [&] { of.hear_portal(of.desk.top_up(std::move(wish))); },
                [&] { of.centre().text(buyer, "000110", "TOP " + voucher); });

            const auto is_topped = [](std::string_view words) { return words.starts_with("Пополнен"); };
            const auto by_sms =
                std::ranges::count_if(of.inbox, [&](const auto& sms) { return is_topped(sms.words); });
            CHECK(by_sms + static_cast<int>(is_topped(of.screens.back().words)) +
                      static_cast<int>(is_topped(of.second_screens.back())) ==
                  1); // the portal's success is among the SMS
            CHECK(of.balance_of(buyer) == rubles(101));
        }
        of.check_sums();
    }

    TEST_CASE(
        "a fee that is due, a package in two dialogues, a transfer and a voucher: what is spent was there") {
        scene of;
        std::uint64_t number = 79'280'000'000;
        for (unsigned seed = 1; seed <= seeds(); ++seed) {
            CAPTURE(seed);
            const msisdn spender = msisdn::from_digits(++number);
            const msisdn heir = msisdn::from_digits(++number);
            of.fulfil(heir, store::pay_in{rubles(1)});
            const auto paid = of.fulfil(spender, store::pay_in{rubles(160 + 50 * (seed % 3))});
            of.fulfil(spender, store::issue_password{store::tests::some_hash()});
            of.fulfil(spender,
                      store::connect_service{{"beep", {}, rubles(50), std::chrono::hours{720}, {}}, {}});
            const money before = of.balance_of(spender);
            const std::string voucher = std::to_string(30'000'000 + seed);
            of.bring_in(voucher, rubles(1));
            of.dial_both(spender, "*105*12*7*1#");

            transfer_wish wish;
            wish.session = of.session_of(spender, paid.at);
            wish.to = heir;
            wish.amount = rubles(100);
            of.fee_taken = false;
            // of the service's first month, and before that of a package which is yet to be bought
            const utc_time month_later = read_clocks().utc + std::chrono::hours{720};
            of.at_once(
                seed, [&] { REQUIRE(of.centre().answer(spender, "1")); },
                [&] { REQUIRE(of.second.answer(spender, "1")); },
                [&] { of.hear_portal(of.desk.transfer(std::move(wish))); },
                [&] { of.centre().text(spender, "000110", "TOP " + voucher); },
                [&] { of.take_fees(month_later); });
            REQUIRE(run_until(of.loop, [&] { return of.fee_taken; }));

            const store::holdings_view seen = of.holdings_of(spender);
            const store::holding* const beep = seen.find(store::ware_kind::service, "beep");
            REQUIRE(beep != nullptr);
            const auto is_bought = [](std::string_view words) { return words.starts_with("Разговор"); };
            const std::int64_t bought = std::int64_t{is_bought(of.screens.back().words)} +
                                        std::int64_t{is_bought(of.second_screens.back())};
            const bool is_given = of.portal_said->is == portal_verdict::ok;
            money left = before + rubles(1) - rubles(150 * bought);
            left = is_given ? left - rubles(105) : left;
            left = beep->is_paused ? left : left - rubles(50);
            CHECK(of.balance_of(spender) == left);
            CHECK(left >= money{});
            CHECK(of.balance_of(heir) == (is_given ? rubles(101) : rubles(1)));
            const store::holding* const talk = seen.find(store::ware_kind::package, "talk");
            CHECK((talk == nullptr ? 0 : talk->left.minutes) == 100 * bought);
        }
        of.check_sums();
    }
}

} // namespace kabinet::gateway::one_balance_test
