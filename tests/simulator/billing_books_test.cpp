#include "simulator/billing_books.hpp"

#include "simulator/billing_words.hpp"
#include "tests/simulator/billing_samples.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <stdexcept>

namespace kabinet::simulator::billing_books_test {

namespace {

using namespace std::chrono_literals;
using step = billing_change::step;

money balance_of(billing_books& in, msisdn who, utc_time now = noon) {
    return in.read_purse(who, now).value().balance;
}

order_refusal why_refused(billing_books& in, const billing_order& what, utc_time now = noon) {
    static unsigned number = 1000;
    const auto came = in.order(name(++number), what, now);
    REQUIRE(came.has_value());
    REQUIRE(came->state == operation_state::refused);
    return came->reason.value();
}

std::vector<std::pair<movement_kind, money>> listed(const movements_seen& seen) {
    std::vector<std::pair<movement_kind, money>> those;
    for (const billing_movement& each : seen.last)
        those.emplace_back(each.kind, each.amount);
    return those;
}

} // namespace

TEST_CASE("a number has an account from when it is first asked for, a stranger has none") {
    kept_books in;
    const auto seen = in.books.read_purse(anna, noon);
    REQUIRE(seen);
    CHECK(seen->balance == roubles(100));
    CHECK(seen->points == 35);
    CHECK_FALSE(seen->promise);
    CHECK(in.kept.size() == 1);
    CHECK(in.kept.front().is == step::opened);
    (void)in.books.read_movements(anna, {noon, noon, 10}, noon);
    CHECK(in.kept.size() == 1);

    CHECK_FALSE(in.books.read_purse(nobody, noon));
    CHECK_FALSE(in.books.read_movements(nobody, {noon, noon, 10}, noon));
    CHECK(in.kept.size() == 1);
    CHECK(in.books.sum() == money{});
}

TEST_CASE("a voucher is worth what it says, once") {
    kept_books in;
    const auto came = in.books.order(name(1), use_voucher("1000000001"), noon);
    REQUIRE(came.has_value());
    CHECK(came->state == operation_state::done);
    CHECK(came->amount == roubles(100));
    CHECK(came->balance == roubles(200));
    CHECK(came->points == 35);
    CHECK(balance_of(in.books, anna) == roubles(200));
    CHECK(why_refused(in.books, use_voucher("1000000001", boris)) == order_refusal::used_voucher);
    CHECK(why_refused(in.books, use_voucher("1000000003")) == order_refusal::old_voucher);
    CHECK(why_refused(in.books, use_voucher("1000000002"), noon + 24h) == order_refusal::old_voucher);
    CHECK(why_refused(in.books, use_voucher("4929175307183316")) == order_refusal::wrong_voucher);
    CHECK(why_refused(in.books, use_voucher("1000000009")) == order_refusal::full_purse);
    CHECK(why_refused(in.books, use_voucher("1000000002", nobody)) == order_refusal::declined);
    CHECK(balance_of(in.books, anna) == roubles(200));
}

TEST_CASE("a promised payment is lent, and taken back at its term by whatever is asked next") {
    kept_books in;
    const auto came = in.books.order(name(1), lend(), noon);
    REQUIRE(came.has_value());
    CHECK(came->state == operation_state::done);
    CHECK(came->balance == roubles(380));
    CHECK(came->until == noon + std::chrono::days{3});
    const auto seen = in.books.read_purse(anna, noon + 72h - 1us).value();
    CHECK(seen.balance == roubles(380));
    REQUIRE(seen.promise);
    CHECK(seen.promise->amount == roubles(300));
    CHECK(seen.promise->due == came->until);

    (void)in.books.ask_after(name(9), noon + 80h); // somebody else's business
    CHECK(in.kept.back().is == step::returned);
    CHECK(in.kept.back().id == name(1));
    CHECK(in.kept.back().at == noon + 72h);
    const auto later = in.books.read_purse(anna, noon + 80h).value();
    CHECK(later.balance == roubles(80));
    CHECK_FALSE(later.promise);
    CHECK(in.books.ask_after(name(1), noon + 80h) == *came); // what came of it never changes
}

TEST_CASE("a promised payment is refused while one is open, where one left a debt, below the floor") {
    kept_books in;
    take_promise dear = lend();
    dear.fee = roubles(130);
    REQUIRE(in.books.order(name(1), dear, noon)->state == operation_state::done);
    const auto again = in.books.order(name(2), lend(), noon + 1h);
    CHECK(again->reason == order_refusal::promise_open);
    CHECK(again->until == noon + 72h);
    CHECK(again->balance == roubles(270));
    CHECK(why_refused(in.books, give(10), noon + 1h) == order_refusal::promise_open);
    CHECK(why_refused(in.books, lend(), noon + 72h) == order_refusal::promise_unpaid);
    REQUIRE(in.books.pay_in(anna, roubles(30), movement_kind::payment, noon + 73h));
    CHECK(in.books.order(name(3), lend(), noon + 73h)->state == operation_state::done);

    books_settings poor = sample_books();
    poor.opening = roubles(-31);
    kept_books of_the_poor{poor};
    CHECK(why_refused(of_the_poor.books, lend()) == order_refusal::below_floor);
    take_promise whole = lend();
    whole.floor = -most_money;
    whole.fee = most_money;
    CHECK(why_refused(of_the_poor.books, whole) == order_refusal::declined);
    whole.fee = {};
    whole.amount = most_money;
    whole.who = boris;
    CHECK(why_refused(in.books, whole) == order_refusal::full_purse);
    CHECK(in.books.sum() == money{});
}

TEST_CASE("a transfer takes its fee, leaves what must be left, and tells what both have") {
    kept_books in;
    const auto came = in.books.order(name(1), give(85), noon);
    REQUIRE(came.has_value());
    CHECK(came->state == operation_state::done);
    CHECK(came->balance == roubles(10));
    CHECK(came->party_balance == roubles(185));
    CHECK(balance_of(in.books, boris) == roubles(185));

    const auto short_by_a_kopeck = in.books.order(name(2), give(1), noon);
    CHECK(short_by_a_kopeck->reason == order_refusal::short_of);
    CHECK(short_by_a_kopeck->balance == roubles(10));
    CHECK(why_refused(in.books, give(50, boris, nobody)) == order_refusal::unknown_party);
    CHECK(why_refused(in.books, give(50, boris, boris)) == order_refusal::declined);
    CHECK(why_refused(in.books, give(50, nobody, boris)) == order_refusal::declined);
    REQUIRE(in.books.pay_in(anna, most_money - roubles(20), movement_kind::payment, noon));
    CHECK(why_refused(in.books, give(50, boris, anna)) == order_refusal::unknown_party);
    CHECK_FALSE(in.books.pay_in(anna, roubles(11), movement_kind::payment, noon));
    CHECK(in.books.sum() == money{});
}

TEST_CASE("a name is done once, and says the same ever after") {
    kept_books in;
    const auto first = in.books.order(name(1), give(20), noon);
    CHECK((in.books.order(name(1), give(20), noon + 1h) == first));
    CHECK(in.books.ask_after(name(1), noon + 1h) == *first);
    CHECK(in.books.cancel(name(1), noon + 1h) == *first);
    CHECK(in.books.order(name(1), give(21), noon).error() == books_error::conflict);
    CHECK(in.books.order(name(1), use_voucher("1000000001"), noon).error() == books_error::conflict);
    CHECK(balance_of(in.books, anna) == roubles(75));

    const auto refused = in.books.order(name(2), use_voucher("4929175307183316"), noon);
    CHECK(in.books.cancel(name(2), noon) == *refused);
    CHECK((in.books.order(name(2), use_voucher("4929175307183316"), noon) == refused));
    CHECK(in.books.figures().done == 1);
    CHECK(in.books.figures().refused == 1);
    CHECK(in.books.figures().repeated == 4);
    CHECK(in.books.figures().conflicts == 2);
}

TEST_CASE("what is cancelled before it comes is never done, whatever its order says") {
    kept_books in;
    CHECK_FALSE(in.books.ask_after(name(1), noon));
    CHECK(in.books.cancel(name(1), noon).state == operation_state::cancelled);
    CHECK(in.books.ask_after(name(1), noon)->state == operation_state::cancelled);
    CHECK(in.books.order(name(1), give(20), noon)->state == operation_state::cancelled);
    CHECK(in.books.order(name(1), give(30), noon)->state == operation_state::cancelled);
    CHECK(in.books.begin(name(1), give(30), noon + 1h, noon)->state == operation_state::cancelled);
    CHECK(in.books.cancel(name(1), noon).state == operation_state::cancelled);
    CHECK(balance_of(in.books, anna) == roubles(100));
    CHECK(in.books.figures().cancelled == 1);
}

TEST_CASE("what was begun is open until its time, and judged as things are then") {
    kept_books in;
    CHECK(in.books.begin(name(1), give(80), noon + 5s, noon)->state == operation_state::open);
    CHECK(in.books.cancel(name(1), noon + 1s).state == operation_state::open);
    CHECK(in.books.order(name(1), give(80), noon + 1s)->state == operation_state::open);
    CHECK(in.books.order(name(1), give(81), noon + 1s).error() == books_error::conflict);
    CHECK(in.books.figures().open == 1);
    CHECK(balance_of(in.books, anna, noon + 4s) == roubles(100));
    CHECK(balance_of(in.books, anna, noon + 5s) == roubles(15));
    CHECK(in.books.ask_after(name(1), noon + 5s)->state == operation_state::done);
    CHECK(in.books.figures().open == 0);

    (void)in.books.begin(name(2), lend(), noon + 20s, noon + 10s);
    CHECK(in.books.order(name(3), lend(), noon + 11s)->state == operation_state::done);
    CHECK(in.books.ask_after(name(2), noon + 20s)->reason == order_refusal::promise_open);
    CHECK(in.books.begin(name(4), use_voucher("1000000001"), noon + 20s, noon + 20s)->state ==
          operation_state::done);
}

TEST_CASE("what is due is done in the order of its time, though nobody looked meanwhile") {
    kept_books in;
    take_promise brief = lend();
    brief.term = 10s;
    REQUIRE(in.books.order(name(1), brief, noon)->state == operation_state::done);
    (void)in.books.begin(name(2), lend(), noon + 9s, noon); // one is open then
    (void)in.books.begin(name(3), lend(), noon + 10s, noon + 1s);
    const utc_time much_later = noon + 24h * 30;
    CHECK(in.books.ask_after(name(2), much_later)->reason == order_refusal::promise_open);
    const auto third = in.books.ask_after(name(3), much_later);
    CHECK(third->state == operation_state::done);
    CHECK(third->until == noon + 10s + 72h);
    CHECK(balance_of(in.books, anna, much_later) == roubles(60));
}

TEST_CASE("movements are listed newest first, and summed without what was lent") {
    kept_books in;
    (void)in.books.order(name(1), use_voucher("1000000001"), noon);
    (void)in.books.order(name(2), give(50), noon + 1h);
    (void)in.books.order(name(3), lend(), noon + 2h);
    REQUIRE(in.books.pay_in(anna, roubles(7), movement_kind::payment, noon + 3h));
    REQUIRE(in.books.pay_in(anna, roubles(1), movement_kind::bonus, noon + 4h));
    const utc_time now = noon + 100h;
    const auto all = in.books.read_movements(anna, {noon, noon, 100}, now).value();
    CHECK(listed(all) == std::vector<std::pair<movement_kind, money>>{
                             {movement_kind::promise_return, roubles(-300)},
                             {movement_kind::bonus, roubles(1)},
                             {movement_kind::payment, roubles(7)},
                             {movement_kind::promise_fee, roubles(-20)},
                             {movement_kind::promise, roubles(300)},
                             {movement_kind::transfer_fee, roubles(-5)},
                             {movement_kind::transfer, roubles(-50)},
                             {movement_kind::voucher, roubles(100)},
                         });
    CHECK(all.last.front().at == noon + 74h);
    CHECK(all.income == roubles(108));
    CHECK(all.spent == roubles(75));
    REQUIRE(all.totals.size() == 6); // the largest first
    CHECK(all.totals[0].kind == movement_kind::voucher);
    CHECK(all.totals[1].kind == movement_kind::transfer);
    CHECK(all.totals[1].amount == roubles(-50));

    const auto some = in.books.read_movements(anna, {noon + 2h, noon + 1h, 3}, now).value();
    CHECK(some.last.size() == 3);
    CHECK(some.last.back().kind == movement_kind::payment);
    CHECK(some.income == roubles(8));
    CHECK(some.spent == roubles(20));
    CHECK(in.books.read_movements(anna, {noon, noon + 3h + 1us, 100}, now)->last.size() == 2);
    const auto got = in.books.read_movements(boris, {noon, noon, 100}, now).value();
    CHECK(listed(got) ==
          std::vector<std::pair<movement_kind, money>>{{movement_kind::transfer, roubles(50)}});
    CHECK(got.income == roubles(50));
}

TEST_CASE("what can't be kept isn't done") {
    billing_books books{sample_books()};
    (void)books.read_purse(anna, noon);
    books.keep_with([](const billing_change&) { throw std::runtime_error{"the disk is full"}; });
    CHECK_THROWS_WITH((void)books.order(name(1), use_voucher("1000000001"), noon), "the disk is full");
    CHECK_THROWS((void)books.cancel(name(2), noon));
    CHECK_THROWS((void)books.read_purse(boris, noon));
    books.keep_with({});
    CHECK_FALSE(books.ask_after(name(1), noon));
    CHECK_FALSE(books.ask_after(name(2), noon));
    CHECK(balance_of(books, anna) == roubles(100));
    CHECK(books.order(name(1), use_voucher("1000000001"), noon)->state == operation_state::done);
    CHECK(books.figures().done == 1);
}

TEST_CASE("a step that these books can't have made isn't entered") {
    kept_books in;
    (void)in.books.order(name(1), lend(), noon);
    (void)in.books.begin(name(2), give(10), noon + 1h, noon);
    (void)in.books.cancel(name(3), noon);
    (void)in.books.ask_after(name(1), noon + 80h);
    billing_books again{sample_books()};
    for (const billing_change& each : in.kept) {
        again.enter(each);
        CHECK_THROWS_AS(again.enter(each), std::logic_error);
    }
    billing_change lopsided;
    lopsided.is = step::paid;
    lopsided.who = anna;
    lopsided.entries = {{anna, movement_kind::payment, roubles(1)}};
    CHECK_THROWS_AS(again.enter(lopsided), std::logic_error);
    billing_change of_nobody;
    of_nobody.is = step::paid;
    of_nobody.move(own_purse::payments, nobody, movement_kind::payment, roubles(1));
    CHECK_THROWS_AS(again.enter(of_nobody), std::logic_error);
}

namespace {

/// Asks books at random, few names and few numbers, so that all meets all; and keeps what it was told.
class crowd {
  public:
    explicit crowd(std::uint64_t seed)
        : drawn_{seed} {
        for (unsigned number = 0; number < names; ++number)
            orders_.push_back(make_order());
    }

    void ask(billing_books& in) {
        now_ += std::chrono::seconds{draw(40)};
        const auto which = static_cast<unsigned>(draw(names));
        const std::string id = name(which);
        switch (draw(8)) {
        case 0:
            return hear(id, in.cancel(id, now_));
        case 1:
            if (const auto came = in.ask_after(id, now_))
                hear(id, *came);
            else
                CHECK_FALSE(told_.contains(id));
            return;
        case 2:
            (void)in.read_purse(number(), now_);
            return;
        case 3:
            return hear_order(id, in.begin(id, orders_[which], now_ + std::chrono::seconds{draw(60)}, now_));
        case 4:
            return hear_order(id, in.order(id, make_order(), now_));
        default:
            return hear_order(id, in.order(id, orders_[which], now_));
        }
    }

    [[nodiscard]] utc_time now() const { return now_; }

  private:
    static constexpr unsigned names = 60;

    std::uint64_t draw(std::uint64_t below) { return drawn_() % below; }
    msisdn number() { return msisdn::from_digits(79261112230 + draw(4)); }

    billing_order make_order() {
        switch (draw(8)) {
        case 0:
            return top_up{number(), fmt::format("100000000{}", draw(5))};
        case 1:
            return take_promise{number(),
                                "small",
                                roubles(50),
                                roubles(static_cast<std::int64_t>(draw(20))),
                                std::chrono::seconds{draw(300) + 1},
                                roubles(-30)};
        case 2:
            return connect_service{number(), make_terms(), {fmt::format("ware_{}", draw(3))}};
        case 3:
            return disconnect_service{number(), fmt::format("ware_{}", draw(3))};
        case 4:
            return change_tariff{number(), make_terms(), draw(2) == 0};
        case 5:
            return buy_package{number(), make_terms(), {100, 0, 7}, draw(2) == 0};
        case 6:
            return stop_package{number(), fmt::format("ware_{}", draw(3))};
        default:
            return transfer{number(), number(), roubles(static_cast<std::int64_t>(draw(60)) + 1), roubles(2),
                            money{}};
        }
    }

    ware_terms make_terms() {
        return {fmt::format("ware_{}", draw(3)), roubles(static_cast<std::int64_t>(draw(3))),
                roubles(static_cast<std::int64_t>(draw(30))), std::chrono::seconds{draw(200) + 1},
                std::chrono::seconds{draw(2) * 300}};
    }

    void hear_order(const std::string& id, const boost::system::result<operation_end>& came) {
        if (came)
            hear(id, *came);
    }

    /// What is no longer open stays as it was told first.
    void hear(const std::string& id, const operation_end& came) {
        const auto [before, is_new] = told_.try_emplace(id, came);
        if (!is_new && before->second.state != operation_state::open)
            CHECK(before->second == came);
        if (!is_new && before->second.state == operation_state::open)
            CHECK(came.state != operation_state::cancelled);
        before->second = came;
    }

    std::mt19937_64 drawn_;
    std::vector<billing_order> orders_;
    std::map<std::string, operation_end> told_;
    utc_time now_ = noon;
};

/// Counts what was kept: nothing out of nothing, and each name once.
void check_kept(const std::vector<billing_change>& kept) {
    std::map<std::string, int> ended;
    std::map<std::string, int> lent; // and not gone back
    std::map<std::string, int> vouchers;
    for (const billing_change& each : kept) {
        money sum;
        for (const billing_entry& entry : each.entries)
            sum = sum + entry.amount;
        CHECK(sum == money{});
        if (each.is == step::ended || each.is == step::cancelled)
            CHECK(++ended[each.id] == 1);
        if (each.is == step::returned)
            CHECK(--lent[each.id] == 0);
        if (each.is != step::ended || each.came.state != operation_state::done)
            continue;
        if (each.order->index() <= 2) // money for money
            CHECK_FALSE(each.entries.empty());
        if (std::holds_alternative<take_promise>(*each.order))
            CHECK(++lent[each.id] == 1);
        if (const auto* const filled = std::get_if<top_up>(&*each.order))
            CHECK(++vouchers[filled->voucher] == 1);
    }
}

} // namespace

TEST_CASE("however it is asked, each name is done once, nothing comes of nothing, and the steps make the "
          "same books") {
    std::size_t done = 0;
    std::size_t cancelled = 0;
    std::map<step, int> by_themselves;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        kept_books in;
        crowd people{seed};
        for (int each = 0; each < 400; ++each) {
            people.ask(in.books);
            CHECK(in.books.sum() == money{});
        }
        check_kept(in.kept);
        for (const billing_change& each : in.kept)
            ++by_themselves[each.is];
        done += in.books.figures().done;
        cancelled += in.books.figures().cancelled;

        billing_books again; // with other settings: the steps say it all
        for (const billing_change& each : in.kept)
            again.enter(each);
        for (std::uint64_t number = 79261112230; number < 79261112234; ++number) {
            const msisdn who = msisdn::from_digits(number);
            const auto first = in.books.read_purse(who, people.now()).value();
            const auto second = again.read_purse(who, people.now()).value();
            CHECK(first.balance == second.balance);
            CHECK(first.promise.has_value() == second.promise.has_value());
            CHECK(write_holdings(in.books.read_holdings(who, people.now()).value()) ==
                  write_holdings(again.read_holdings(who, people.now()).value()));
        }
        for (unsigned number = 0; number < 60; ++number)
            CHECK(in.books.ask_after(name(number), people.now()) ==
                  again.ask_after(name(number), people.now()));
        CHECK(again.figures().open == in.books.figures().open);
    }
    CHECK(done > 400); // it was a crowd
    CHECK(cancelled > 40);
    for (const step each : {step::charged, step::paused, step::dropped})
        CHECK(by_themselves[each] > 40);
}

} // namespace kabinet::simulator::billing_books_test
