// M17: what a subscriber is told who can't log in, from what is true about his account.
#include "gateway/clocks.hpp"
#include "tests/gateway/desk.hpp"
#include "tests/gateway/run_wish.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <span>

namespace kabinet::gateway::explain_login_test {

using namespace tests;

namespace {

/// A subscriber who asks from his own SIM.
class asking : public desk {
  public:
    performed explain(store::channel by = store::channel::ussd) {
        wish made = wish_for(menus::explain_login{}, by);
        return run(std::move(made));
    }
    std::string screen() { return std::string{view(explain().text(menus::channel::screen))}; }

    performed run(wish made) { return run_wish(loop, performs, std::move(made)); }
    wish wish_for(menus::action asked, store::channel by = store::channel::ussd) {
        wish made;
        made.asked = std::move(asked);
        made.id = store::keys::draw_request_id();
        made.by.who = anna;
        made.by.by = by;
        made.pack = std::make_shared<const menus::definition>(menus::sample_pack());
        made.now = read_clocks();
        return made;
    }
    void change(store::account_change what) {
        const auto done = in_store(
            loop, lane, [what](store::backend& rows) { return rows.change(anna, what, read_clocks().utc); });
        CHECK(done.value());
    }
    std::optional<store::account_facts> inspect() {
        const auto done =
            in_store(loop, lane, [](store::backend& rows) { return rows.inspect(anna, read_clocks().utc); });
        return done.value();
    }
    void feed(std::string_view status, std::string_view reason, bool is_ported_out = false) {
        store::subscriber row;
        row.who = anna;
        row.status = status == "barred" ? store::account_status::barred : store::account_status::active;
        row.reason = reason;
        row.is_ported_out = is_ported_out;
        const auto fed = in_store(loop, lane, [row](store::backend& rows) {
            return rows.take_feed(std::span{&row, 1}, {}, read_clocks().utc);
        });
        CHECK(fed.has_value());
    }
    void fulfil(store::effect what, instant now) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = anna;
        asked.by.by =
            std::holds_alternative<store::log_in>(what) ? store::channel::portal : store::channel::ussd;
        asked.what = std::move(what);
        asked.now = now;
        bool is_done = false;
        lane.once(std::move(asked), [&](auto came) { is_done = came.has_value(); });
        const auto awaited = boost::asio::make_work_guard(loop);
        REQUIRE(run_until(loop, [&] { return is_done; }));
    }
};

} // namespace

TEST_CASE("who never asked for a password is told to") {
    asking at;
    CHECK(at.screen() == "explain_login.unregistered.screen");
    const performed by_sms = at.explain(store::channel::sms);
    REQUIRE(by_sms.due);
    CHECK(view(text_of(*by_sms.due)) == "explain_login.unregistered.sms");
}

TEST_CASE("who has a password is told that it is good") {
    asking at;
    at.run(at.wish_for(menus::issue_password{}));
    const performed one_time = at.explain();
    CHECK(one_time.word == "one_time");
    CHECK(one_time.came.until);
    menus::choose_password own;
    own.chosen = secret{"fake-choice-1"};
    at.run(at.wish_for(std::move(own)));
    CHECK(at.screen() == "explain_login.static.screen");
}

TEST_CASE("the first thing to mend is told first") {
    asking at;
    at.run(at.wish_for(menus::issue_password{}));
    at.change(store::block{});
    CHECK(at.screen() == "explain_login.blocked.screen");
    at.run(at.wish_for(menus::issue_password{}));
    at.run(at.wish_for(menus::issue_password{}));
    at.change(store::block{});
    const performed limited = at.explain();
    CHECK(limited.word == "limit");
    CHECK(limited.came.until);
    at.change(store::cool_down{read_clocks().utc + 1h});
    CHECK(at.explain().word == "cooldown");
    at.change(store::set_bar{});
    CHECK(at.screen() == "explain_login.barred.screen");
    at.change(store::set_bar{true, store::bar_reason::lost});
    CHECK(at.screen() == "any.barred_lost.screen");
}

TEST_CASE("a password that is good for little is told so, and one that is dead is told as ever") {
    asking at;
    menus::choose_password own;
    own.chosen = secret{"fake-choice-1"};
    at.run(at.wish_for(std::move(own)));
    at.change(store::set_bar{true, store::bar_reason::debt});
    CHECK(at.screen() == "explain_login.debt.screen");
    at.change(store::block{});
    CHECK(at.screen() == "explain_login.blocked.screen");
}

TEST_CASE("who was away for long is told so, and what opens the login again") {
    asking at;
    auto pack = menus::sample_pack();
    pack.accounts.idle_after = 180 * 24h;
    const auto served = std::make_shared<const menus::definition>(std::move(pack));
    instant then = read_clocks();
    then.utc -= 180 * 24h;
    at.fulfil(store::choose_password{store::tests::some_hash()}, then);
    wish explained = at.wish_for(menus::explain_login{});
    explained.pack = served;
    CHECK(at.run(std::move(explained)).word == "idle");
    auto lasting = menus::sample_pack(); // switches nobody off
    lasting.accounts.idle_after.reset();
    wish elsewhere = at.wish_for(menus::explain_login{});
    elsewhere.pack = std::make_shared<const menus::definition>(std::move(lasting));
    CHECK(at.run(std::move(elsewhere)).word == "static");
    wish asked = at.wish_for(menus::issue_password{});
    asked.pack = served;
    CHECK(at.run(std::move(asked)).word == "restored_idle");
    wish again = at.wish_for(menus::explain_login{});
    again.pack = served;
    CHECK(at.run(std::move(again)).word == "one_time");
}

TEST_CASE("whatever is looked at of the account, it is use of it") {
    auto pack = menus::sample_pack();
    pack.accounts.idle_after = 180 * 24h;
    const auto served = std::make_shared<const menus::definition>(std::move(pack));
    using maker = menus::action (*)();
    const maker looks[] = {
        [] { return menus::action{menus::show_balance{}}; },
        [] { return menus::action{menus::show_spending{}}; },
        [] { return menus::action{menus::list_movements{}}; },
        [] { return menus::action{menus::list_services{}}; },
        [] { return menus::action{menus::show_tariff{}}; },
        [] { return menus::action{menus::show_packages{}}; },
        [] { return menus::action{menus::list_archive{}}; },
        [] { return menus::action{menus::explain_login{}}; },
    };
    for (const maker make : looks) {
        asking at;
        instant then = read_clocks();
        then.utc -= 179 * 24h;
        at.fulfil(store::choose_password{store::tests::some_hash()}, then);
        wish looked = at.wish_for(make());
        CAPTURE(menus::name_of(looked.asked));
        looked.pack = served;
        const utc_time before = looked.now.utc;
        CHECK(at.run(std::move(looked)).is_done);
        const auto seen = at.inspect();
        REQUIRE(seen);
        CHECK(seen->last_use == before);
    }
}

TEST_CASE("a number without an account is told what keeps it from its first password") {
    asking at;
    at.feed("barred", "fraud");
    CHECK(at.screen() == "any.barred_fraud.screen");
    const performed by_sms = at.explain(store::channel::sms);
    REQUIRE(by_sms.due);
    CHECK(view(text_of(*by_sms.due)) == "any.barred_fraud.sms");
    at.feed("barred", "debt");
    CHECK(at.screen() == "explain_login.unregistered.screen"); // it may have one
    at.feed("active", "", true);
    CHECK(at.screen() == "explain_login.unknown_number.screen");
    wish stranger = at.wish_for(menus::explain_login{});
    stranger.by.who = store::tests::boris;
    stranger.by.may_register = false;
    CHECK(view(at.run(std::move(stranger)).text(menus::channel::screen)) ==
          "explain_login.unknown_number.screen");
}

TEST_CASE("the archive of a number that is barred isn't shown") {
    asking at;
    at.run(at.wish_for(menus::issue_password{}));
    CHECK(at.run(at.wish_for(menus::list_archive{})).word == "listed");
    at.change(store::set_bar{true, store::bar_reason::own_request});
    const performed barred = at.run(at.wish_for(menus::list_archive{}));
    CHECK(view(barred.text(menus::channel::screen)) == "any.barred_own_request.screen");
    CHECK(barred.came.operations.empty());
}

TEST_CASE("after many wrong passwords a good one is told to be used at once") {
    asking at;
    instant then = read_clocks();
    then.utc -= 1h; // longer than the SIM's word counts
    for (int round = 0; round < 10; ++round) {
        at.fulfil(store::issue_password{store::tests::some_hash(), 24h, 0, 0}, then);
        for (int count = 0; count < 5; ++count)
            at.fulfil(store::log_in{}, then);
    }
    at.fulfil(store::issue_password{store::tests::some_hash(), 24h, 0, 0}, then);
    CHECK(at.screen() == "explain_login.limit.screen"); // eleven within a day
    at.change(store::lift_limits{});
    CHECK(at.screen() == "explain_login.many_wrong.screen");
    at.run(at.wish_for(menus::issue_password{}));
    CHECK(at.explain().word == "one_time");
}

TEST_CASE("a link that doesn't vouch for the number is told nothing of its account") {
    asking at;
    wish foreign = at.wish_for(menus::explain_login{});
    foreign.by.is_vouched_for = false;
    CHECK(view(at.run(std::move(foreign)).text(menus::channel::screen)) == "explain_login.untrusted.screen");
}

} // namespace kabinet::gateway::explain_login_test
