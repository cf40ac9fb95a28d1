#include "gateway/perform.hpp"
#include "store/secrets.hpp"
#include "tests/gateway/run_until.hpp"
#include "tests/gateway/run_wish.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/support/fake_billing.hpp"
#include "tests/support/fake_store.hpp"

#include <doctest/doctest.h>

#include <boost/asio/co_spawn.hpp>

#include <future>

namespace kabinet::gateway::perform_test {

using namespace tests;
using kabinet::tests::fake_store;
using menus::action_kind;
using menus::password_shown;
using store::verdict;

namespace {

constexpr instant now{utc_time{std::chrono::microseconds{1'700'000'000'000'000}}, steady_time{1'000s}};
constexpr std::string_view chosen_password = "fake-choice-1";

const store::keys& some_keys() {
    static const store::keys made =
        store::keys::parse("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test keys");
    return made;
}

std::shared_ptr<const menus::definition> pack_showing(password_shown how) {
    auto made = std::make_shared<menus::definition>(menus::sample_pack());
    made->passwords.show = how;
    made->passwords.life = 3h;
    made->allowed.passwords_per_hour = 4;
    made->allowed.passwords_per_day = 11;
    return made;
}

wish wished(menus::action asked, store::channel by, password_shown how = password_shown::both) {
    wish made;
    made.asked = std::move(asked);
    made.id = some_keys().name_request({"test"});
    made.repeats_within = 20s;
    made.by.who = anna;
    made.by.by = by;
    made.by.speaks = *language::from("en");
    made.pack = pack_showing(how);
    made.sms_from.characters = "000110";
    made.sms_to.characters = "79261112233";
    made.group = "main";
    made.now = now;
    return made;
}

menus::choose_password choosing(std::string_view password) {
    return {secret{password}};
}

/// A performer over a store that does what it is told.
class bench {
  public:
    /// What the store answers to every wish; its row is number 5. A repeat has one by SMS only.
    void comes(verdict is, std::optional<utc_time> until = {}, bool is_repeat = false) {
        store.fulfil = [=](const store::request& asked) {
            store::outcome came;
            came.is = is;
            came.at = asked.now.utc;
            came.speaks = asked.by.speaks;
            came.until = until;
            came.is_repeat = is_repeat;
            if (asked.sms && !(is_repeat && asked.by.by == store::channel::ussd))
                came.sms = store::outbox_id{5};
            return came;
        };
    }
    performed run(wish of) { return run_wish(loop, performs, std::move(of)); }
    [[nodiscard]] const store::request& last() const { return store.asked.back(); }

    boost::asio::io_context loop;
    fake_store store{loop};
    hash_pool pool{1, 200ms};
    kabinet::tests::fake_billing money{loop, store};
    closed_actions closed;
    performer performs{store, money, some_keys(), pool, &closed};
};

std::string screen_text(const performed& of) {
    return std::string{view(of.text(menus::channel::screen))};
}
std::string sms_text(const performed& of) {
    return std::string{view(of.text(menus::channel::sms))};
}

} // namespace

TEST_SUITE("performing") {
    TEST_CASE("a new password is hashed and asked of the store with the limits of the pack") {
        bench on;
        on.comes(verdict::issued, now.utc + 3h);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::ussd));
        REQUIRE(on.store.asked.size() == 1);
        const auto* issued = std::get_if<store::issue_password>(&on.last().what);
        REQUIRE(issued != nullptr);
        CHECK(issued->life == 3h);
        CHECK(issued->per_hour == 4);
        CHECK(issued->per_day == 11);
        CHECK(store::verify(done.clear, issued->hash, store::secret_kind::generated));
        CHECK(on.last().id == some_keys().name_request({"test"}));
        CHECK(on.last().repeats_within == 20s);
        CHECK(on.last().by.who == anna);
        CHECK(on.last().now == now);
        CHECK(done.is_done);
        CHECK(screen_text(done) == "issue_password.issued.screen");
    }

    TEST_CASE("two passwords are never the same") {
        bench on;
        on.comes(verdict::replaced);
        const performed one = on.run(wished(menus::issue_password{}, store::channel::ussd));
        const performed two = on.run(wished(menus::issue_password{}, store::channel::ussd));
        CHECK(one.clear.reveal().size() == store::generated_length);
        CHECK(one.clear.reveal() != two.clear.reveal());
    }

    TEST_CASE("a chosen password is hashed and never goes further") {
        bench on;
        on.comes(verdict::chosen);
        const performed done = on.run(wished(choosing(chosen_password), store::channel::ussd));
        const auto* chosen = std::get_if<store::choose_password>(&on.last().what);
        REQUIRE(chosen != nullptr);
        CHECK(chosen->per_hour == 4);
        CHECK(chosen->per_day == 11);
        CHECK(store::verify(secret{chosen_password}, chosen->hash, store::secret_kind::chosen));
        CHECK(chosen->hash.encoded.find(chosen_password) == std::string::npos);
        CHECK(on.last().sms->clear.empty());
        CHECK(done.clear.empty());
        CHECK(screen_text(done) == "choose_password.chosen.screen");
    }

    TEST_CASE("a language is set") {
        bench on;
        on.comes(verdict::language_set);
        const performed done =
            on.run(wished(menus::set_language{*language::from("ru")}, store::channel::ussd));
        REQUIRE(std::holds_alternative<store::set_language>(on.last().what));
        CHECK(std::get<store::set_language>(on.last().what).chosen == *language::from("ru"));
        CHECK(screen_text(done) == "set_language.set.screen");
    }

    TEST_CASE("a word at the screen is said without the store") {
        bench on;
        const performed done = on.run(wished(menus::tell{"closed"}, store::channel::ussd));
        CHECK(on.store.asked.empty());
        CHECK(done.is_done);
        CHECK(screen_text(done) == "closed.screen");
        CHECK_FALSE(done.due);
        CHECK_FALSE(done.held);
    }

    TEST_CASE("a word by SMS goes out as a row of the outbox") {
        bench on;
        on.comes(verdict::told);
        const performed done = on.run(wished(menus::tell{"closed"}, store::channel::sms));
        REQUIRE(std::holds_alternative<store::tell>(on.last().what));
        CHECK(std::get<store::tell>(on.last().what).text == "closed");
        REQUIRE(done.due);
        CHECK(view(text_of(*done.due)) == "closed.sms");
        CHECK(sms_text(done) == "closed.sms");
    }

    TEST_CASE("an archive that can't be read now is busy") {
        bench on;
        const performed done = on.run(wished(menus::list_archive{}, store::channel::ussd));
        CHECK_FALSE(done.is_done);
        CHECK(on.store.asked.empty());
        CHECK(screen_text(done) == "list_archive.busy.screen");
    }
}

TEST_SUITE("performing what is about money") {
    TEST_CASE("what the account has is told without the store, and a loan with its term") {
        bench on;
        on.money.purse.is_known = true;
        on.money.purse.speaks = *language::from("ru");
        on.money.purse.balance = money::from_minor(12'050);
        on.money.purse.points = 35;
        const performed plain = on.run(wished(menus::show_balance{}, store::channel::ussd));
        CHECK(screen_text(plain) == "show_balance.shown.screen");
        CHECK(plain.came.sums.balance == money::from_minor(12'050));
        CHECK(plain.came.sums.points == 35);
        CHECK(plain.came.speaks == *language::from("ru"));
        on.money.purse.promise = store::purse_view::loan{money::from_minor(10'000), now.utc + 72h};
        const performed owing = on.run(wished(menus::show_balance{}, store::channel::ussd));
        CHECK(screen_text(owing) == "show_balance.owing.screen");
        CHECK(owing.came.sums.amount == money::from_minor(10'000));
        CHECK(owing.came.until == now.utc + 72h);
        CHECK(on.store.asked.empty());
    }

    TEST_CASE("by SMS it is a row of the outbox that says the same") {
        bench on;
        on.store.fulfil = [](const store::request& asked) {
            store::outcome came;
            const auto& said = std::get<store::tell>(asked.what);
            came.sums = said.sums;
            came.until = said.until;
            came.sms = store::outbox_id{5};
            return came;
        };
        on.money.purse.balance = money::from_minor(12'050);
        on.money.purse.promise = store::purse_view::loan{money::from_minor(10'000), now.utc + 72h};
        const performed done = on.run(wished(menus::show_balance{}, store::channel::sms));
        REQUIRE(done.due);
        CHECK(view(text_of(*done.due)) == "show_balance.owing.sms");
        CHECK(done.due->what.sums.balance == money::from_minor(12'050));
        CHECK(done.due->what.until == now.utc + 72h);
    }

    TEST_CASE("billing that fails is busy, and nothing is told of a number that may not see it") {
        bench on;
        on.money.is_broken = true;
        const performed failed = on.run(wished(menus::show_balance{}, store::channel::ussd));
        CHECK_FALSE(failed.is_done);
        CHECK(screen_text(failed) == "show_balance.busy.screen");
        on.money.is_broken = false;
        on.money.purse.status = store::account_status::barred;
        CHECK(screen_text(on.run(wished(menus::show_balance{}, store::channel::ussd))) ==
              "show_balance.barred.screen");
        on.money.purse.status = store::account_status::left;
        CHECK(screen_text(on.run(wished(menus::show_balance{}, store::channel::ussd))) ==
              "show_balance.unknown_number.screen");
        on.money.purse = {};
        wish stranger = wished(menus::show_balance{}, store::channel::ussd);
        stranger.by.may_register = false;
        CHECK(screen_text(on.run(std::move(stranger))) == "show_balance.unknown_number.screen");
        wish untrusted = wished(menus::show_balance{}, store::channel::ussd);
        untrusted.by.is_vouched_for = false;
        CHECK(screen_text(on.run(std::move(untrusted))) == "show_balance.untrusted.screen");
    }

    TEST_CASE("a voucher goes to billing as a mark, and what no voucher is goes nowhere") {
        bench on;
        on.comes(verdict::topped_up);
        const performed done = on.run(wished(menus::top_up{secret{"1234567890"}}, store::channel::ussd));
        CHECK(on.money.fulfilled == 1);
        const auto& asked = std::get<store::top_up>(on.last().what);
        CHECK(asked.voucher == some_keys().mark_voucher(secret{"1234567890"}));
        CHECK(asked.most_wrong == 5);
        CHECK(asked.closed_for == 1h);
        CHECK(on.last().sms->clear.empty());
        CHECK(screen_text(done) == "top_up.topped_up.screen");
        const performed bad = on.run(wished(menus::top_up{secret{"12"}}, store::channel::ussd));
        CHECK(screen_text(bad) == "top_up.bad_voucher.screen");
        CHECK(on.money.fulfilled == 1);
    }

    TEST_CASE("a promised payment is asked for on the terms that were shown") {
        bench on;
        on.comes(verdict::promised, now.utc + 72h);
        menus::take_promise terms;
        terms.on = {"small", money::from_minor(10'000), money::from_minor(1'000), 72h};
        terms.floor = money::from_minor(-3'000);
        const performed done = on.run(wished(terms, store::channel::ussd));
        CHECK(on.money.fulfilled == 1);
        const auto& asked = std::get<store::take_promise>(on.last().what);
        CHECK(asked.offer == "small");
        CHECK(asked.amount == money::from_minor(10'000));
        CHECK(asked.fee == money::from_minor(1'000));
        CHECK(asked.term == 72h);
        CHECK(asked.floor == money::from_minor(-3'000));
        CHECK(done.held);
        CHECK(screen_text(done) == "take_promise.promised.screen");
    }
}

TEST_SUITE("performing what is refused") {
    TEST_CASE("a dial over a link that doesn't vouch changes nothing and writes nothing") {
        bench on;
        wish of = wished(menus::issue_password{}, store::channel::ussd);
        of.by.is_vouched_for = false;
        const performed done = on.run(std::move(of));
        CHECK(on.store.asked.empty());
        CHECK(done.is_done);
        CHECK(done.clear.empty());
        CHECK_FALSE(done.due);
        CHECK(screen_text(done) == "issue_password.untrusted.screen");
    }

    TEST_CASE("an SMS over a link that doesn't vouch changes nothing and is told so by SMS") {
        bench on;
        on.comes(verdict::told);
        wish of = wished(choosing(chosen_password), store::channel::sms);
        of.by.is_vouched_for = false;
        const performed done = on.run(std::move(of));
        REQUIRE(on.store.asked.size() == 1);
        CHECK(std::holds_alternative<store::tell>(on.last().what));
        CHECK(on.last().sms->clear.empty());
        CHECK(done.word == "untrusted");
        REQUIRE(done.due);
        CHECK(view(text_of(*done.due)) == "choose_password.untrusted.sms");
    }

    TEST_CASE("a link that doesn't vouch may be answered with a word") {
        bench on;
        wish of = wished(menus::tell{"help"}, store::channel::ussd);
        of.by.is_vouched_for = false;
        CHECK(screen_text(on.run(std::move(of))) == "help.screen");
    }

    TEST_CASE("a password against the rules never reaches the store by USSD") {
        bench on;
        const performed done = on.run(wished(choosing("short"), store::channel::ussd));
        CHECK(on.store.asked.empty());
        CHECK(done.is_done);
        CHECK(screen_text(done) == "choose_password.too_short.screen");
    }

    TEST_CASE("a password against the rules is answered by SMS without its text") {
        bench on;
        on.comes(verdict::told);
        const performed done = on.run(wished(choosing("has blank in it"), store::channel::sms));
        REQUIRE(on.store.asked.size() == 1);
        const auto* told = std::get_if<store::tell>(&on.last().what);
        REQUIRE(told != nullptr);
        CHECK(told->text == "choose_password.blanks");
        CHECK(on.last().sms->action == "choose_password.blanks");
        CHECK(on.last().sms->clear.empty());
        REQUIRE(done.due);
        CHECK(view(text_of(*done.due)) == "choose_password.blanks.sms");
        CHECK(done.due->clear.empty());
        CHECK(done.clear.empty());
        CHECK(done.word == "blanks");
    }

    TEST_CASE("an overlong password is refused and not cut") {
        bench on;
        const performed done = on.run(wished(choosing(std::string(300, 'x')), store::channel::ussd));
        CHECK(on.store.asked.empty());
        CHECK(screen_text(done) == "choose_password.too_long.screen");
    }

    TEST_CASE("a password that the store refused is not kept") {
        for (const auto by : {store::channel::ussd, store::channel::sms}) {
            bench on;
            on.comes(verdict::limit, now.utc + 1h);
            const performed done = on.run(wished(menus::issue_password{}, by));
            CHECK(done.is_done);
            CHECK(done.clear.empty());
            CHECK(done.came.until == now.utc + 1h);
            CHECK(screen_text(done) == "issue_password.limit.screen");
            CHECK(done.due.has_value() == (by == store::channel::sms));
            CHECK((!done.due || done.due->clear.empty()));
        }
    }

    TEST_CASE("a busy store does nothing and it may be tried again") {
        bench on;
        on.store.is_busy = true;
        const performed done = on.run(wished(menus::issue_password{}, store::channel::sms));
        CHECK_FALSE(done.is_done);
        CHECK(done.clear.empty());
        CHECK_FALSE(done.due);
        CHECK_FALSE(done.held);
        CHECK(screen_text(done) == "issue_password.busy.screen");
    }

    TEST_CASE("with the hash pool full nothing is asked of the store") {
        bench on;
        hash_pool narrow{1, 1us};
        performer through{on.store, on.money, some_keys(), narrow};
        std::promise<void> opener;
        bool is_over = false;
        boost::asio::co_spawn(
            on.loop,
            narrow.run(hash_work::chosen, [open = opener.get_future().share()] { return open.wait(), 1; }),
            [&](std::exception_ptr, std::optional<int>) { is_over = true; });
        for (const bool is_chosen : {false, true}) {
            std::optional<performed> came;
            wish of = wished(menus::issue_password{}, store::channel::ussd);
            if (is_chosen)
                of.asked = choosing(chosen_password);
            boost::asio::co_spawn(on.loop, through.run(std::move(of)),
                                  [&](std::exception_ptr, performed done) { came.emplace(std::move(done)); });
            REQUIRE(run_until(on.loop, [&] { return came.has_value(); }));
            CHECK_FALSE(came->is_done);
            CHECK(came->word == "busy");
            CHECK(came->clear.empty());
        }
        CHECK(on.store.asked.empty());
        opener.set_value();
        CHECK(run_until(on.loop, [&] { return is_over; }));
    }
}

TEST_SUITE("performing what was performed before") {
    TEST_CASE("a repeated password is announced and never shown again") {
        bench on;
        on.comes(verdict::issued, now.utc + 3h, true);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::ussd));
        CHECK(done.is_done);
        CHECK(done.clear.empty());
        CHECK(screen_text(done) == "issue_password.repeated.screen");
        CHECK_FALSE(done.due); // the row of the first time says it
        CHECK_FALSE(done.held);
    }

    TEST_CASE("a repeated refusal is the refusal") {
        bench on;
        on.comes(verdict::limit, now.utc + 1h, true);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::ussd));
        CHECK(screen_text(done) == "issue_password.limit.screen");
    }

    TEST_CASE("a password repeated by SMS is announced by SMS and never sent again") {
        bench on;
        on.comes(verdict::issued, now.utc + 3h, true);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::sms));
        REQUIRE(done.due);
        CHECK(done.due->clear.empty());
        CHECK(view(text_of(*done.due)) == "issue_password.repeated.sms");
    }

    TEST_CASE("a repeated choice is told as it was") {
        bench on;
        on.comes(verdict::chosen, {}, true);
        const performed done = on.run(wished(choosing(chosen_password), store::channel::sms));
        CHECK(done.word == "chosen");
        REQUIRE(done.due);
        CHECK(view(text_of(*done.due)) == "choose_password.chosen.sms");
    }
}

TEST_SUITE("the SMS an action leaves") {
    using birth = store::result_sms::birth;

    TEST_CASE("a new password at the screen goes out by SMS too unless the pack shows it only there") {
        for (const auto how : {password_shown::both, password_shown::screen, password_shown::sms}) {
            CAPTURE(static_cast<int>(how));
            bench on;
            on.comes(verdict::replaced, now.utc + 3h);
            const performed done = on.run(wished(menus::issue_password{}, store::channel::ussd, how));
            const bool is_due = how != password_shown::screen;
            CHECK(on.last().sms->when_done == (is_due ? birth::due : birth::held));
            CHECK(on.last().sms->when_refused == birth::held);
            CHECK(done.due.has_value() == is_due);
            CHECK(done.held.has_value() == !is_due);
        }
    }

    TEST_CASE("what came by SMS is answered by SMS whatever the pack shows") {
        for (const auto how : {password_shown::both, password_shown::screen, password_shown::sms}) {
            bench on;
            on.comes(verdict::replaced, now.utc + 3h);
            const performed done = on.run(wished(menus::issue_password{}, store::channel::sms, how));
            CHECK(on.last().sms->when_done == birth::due);
            CHECK(on.last().sms->when_refused == birth::due);
            CHECK(done.due);
            CHECK_FALSE(done.held);
        }
    }

    TEST_CASE("other outcomes at the screen are held for the case that it fails") {
        bench on;
        on.comes(verdict::chosen);
        const performed chosen = on.run(wished(choosing(chosen_password), store::channel::ussd));
        CHECK(chosen.held == store::outbox_id{5});
        CHECK_FALSE(chosen.due);
        on.comes(verdict::limit, now.utc + 1h);
        const performed refused = on.run(wished(menus::issue_password{}, store::channel::ussd));
        CHECK(refused.held == store::outbox_id{5});
        CHECK_FALSE(refused.due);
    }

    TEST_CASE("the row to send is the one the store keeps") {
        bench on;
        on.comes(verdict::replaced, now.utc + 3h);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::sms));
        const store::result_sms& kept = *on.last().sms;
        REQUIRE(done.due);
        CHECK(done.due->id == store::outbox_id{5});
        CHECK(done.due->who == anna);
        CHECK(done.due->from == kept.from);
        CHECK(done.due->to == kept.to);
        CHECK(done.due->group == kept.group);
        CHECK(done.due->action == kept.action);
        CHECK(done.due->clear.reveal() == done.clear.reveal());
        CHECK(kept.clear.reveal() == done.clear.reveal());
        CHECK(view(text_of(*done.due)) == "issue_password.replaced.sms");
    }

    TEST_CASE("a password's SMS lives no longer than the password") {
        bench on;
        on.comes(verdict::replaced, now.utc + 3h);
        CHECK(on.run(wished(menus::issue_password{}, store::channel::sms)).due->expires == now.utc + 3h);
        on.comes(verdict::told);
        CHECK(on.run(wished(menus::tell{"help"}, store::channel::sms)).due->expires == now.utc + 24h);
    }

    TEST_CASE("nothing of a row that can be printed holds the password") {
        bench on;
        on.comes(verdict::replaced, now.utc + 3h);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::sms));
        const std::string clear{done.clear.reveal()};
        const store::request& asked = on.last();
        const std::string printable =
            fmt::format("{} {} {} {} {} {} {}", asked.sms->action, view(asked.sms->from.characters),
                        view(asked.sms->to.characters), asked.sms->group, asked.sms->clear, done.clear,
                        std::get<store::issue_password>(asked.what).hash.encoded);
        CHECK(printable.find(clear) == std::string::npos);
        CHECK(printable.find("***") != std::string::npos);
        CHECK(sms_text(done).find(clear) == std::string::npos);
        CHECK(std::string_view{reinterpret_cast<const char*>(asked.id.data()), asked.id.size()}.find(clear) ==
              std::string_view::npos);
    }

    TEST_CASE("a closed action is told on the screen, until when too, and nothing is asked of anybody") {
        bench on;
        on.closed.close(action_kind::issue_password, now.utc + 1h);
        const performed done = on.run(wished(menus::issue_password{}, store::channel::ussd));
        CHECK(done.is_done);
        CHECK(done.word == "maintenance");
        CHECK(screen_text(done) == "gateway.action_closed_until.screen");
        CHECK(done.came.until == now.utc + 1h);
        CHECK(on.store.asked.empty());
        on.closed.close(action_kind::show_balance, std::nullopt);
        CHECK(screen_text(on.run(wished(menus::show_balance{}, store::channel::ussd))) ==
              "gateway.action_closed.screen");
        CHECK(on.money.asked.empty());
        on.comes(verdict::issued);
        on.closed.open(action_kind::issue_password);
        CHECK(on.run(wished(menus::issue_password{}, store::channel::ussd)).word == "issued");
    }

    TEST_CASE("by SMS it is told by SMS, under another name than the wish's, which may come again") {
        bench on;
        on.comes(verdict::told);
        on.closed.close(action_kind::top_up, now.utc + 1h);
        const performed done = on.run(wished(menus::top_up{secret{"1234567890"}}, store::channel::sms));
        CHECK(sms_text(done) == "gateway.action_closed_until.sms");
        REQUIRE(on.store.asked.size() == 1);
        CHECK(std::get<store::tell>(on.last().what).text == "gateway.action_closed_until");
        CHECK(on.last().id != some_keys().name_request({"test"}));
        CHECK(done.due);
    }

    TEST_CASE("whatever may be refused for its level, or to any number, has words for it") {
        for (std::size_t at = 0; at < std::variant_size_v<menus::action>; ++at) {
            const auto what = static_cast<menus::action_kind>(at);
            if (what == menus::action_kind::tell)
                continue;
            CAPTURE(menus::name_of(what));
            for (const char* word : {"unknown_number", "untrusted", "busy"})
                CHECK_MESSAGE(menus::find_outcome(what, word) != nullptr, word);
            const bool is_help = what == menus::action_kind::call_back; // no bar closes it
            CHECK((menus::find_outcome(what, "barred") == nullptr) == is_help);
            CHECK((menus::find_outcome(what, "level") != nullptr) ==
                  (level_of_sim(what) > access_level::view));
        }
    }

    TEST_CASE("what the feed must allow a number is asked with the wish, and never for its login") {
        bench on;
        on.comes(verdict::level);
        const auto wanted = [&](menus::action asked) {
            static_cast<void>(on.run(wished(std::move(asked), store::channel::ussd)));
            return on.last().by.wants;
        };
        CHECK(wanted(menus::take_promise{}) == access_level::own_number);
        CHECK(wanted(menus::skip_code{}) == access_level::own_number);
        CHECK(wanted(menus::ask_code{}) == access_level::view);
        CHECK(wanted(menus::issue_password{}) == access_level::view);
        CHECK(wanted(choosing(chosen_password)) == access_level::view);
        CHECK(wanted(menus::close_portal{}) == access_level::view);
        CHECK(screen_text(on.run(wished(menus::take_promise{}, store::channel::ussd))) ==
              "take_promise.level.screen");
    }
}

} // namespace kabinet::gateway::perform_test
