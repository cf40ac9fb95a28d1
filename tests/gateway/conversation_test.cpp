#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/support/fake_billing.hpp"
#include "tests/support/fake_store.hpp"

namespace kabinet::gateway::conversation_test {

using namespace tests;
using kabinet::tests::fake_billing;
using kabinet::tests::fake_store;
using smpp::status;
using store::settling;

namespace {

const store::keys& some_keys() {
    static const store::keys made =
        store::keys::parse("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n", "test keys");
    return made;
}

/// A password is told by the screen, and by SMS only where the screen fails.
std::shared_ptr<const menus::definition> pack_of(const menus::draft& drawn = menus::sample_draft()) {
    auto made = std::make_shared<menus::definition>(menus::define(drawn));
    made->passwords.show = menus::password_shown::screen;
    return made;
}

/// A conversation at a centre, over a store that does what it is told. Each wish gets the next row.
class scene : public linked {
  public:
    explicit scene(smpp::dialect speaks = {})
        : linked{std::move(speaks)} {
        spdlog::set_level(spdlog::level::off);
        store.fulfil = [this](const store::request& asked) {
            store::outcome came;
            came.is = std::holds_alternative<store::choose_password>(asked.what) ? store::verdict::chosen
                                                                                 : store::verdict::issued;
            came.at = asked.now.utc;
            came.speaks = asked.by.speaks;
            came.until = asked.now.utc + 24h;
            if (asked.sms)
                came.sms = store::outbox_id{++last_row};
            return came;
        };
        by = &bind(settings("main"), talk);
    }

    void dial(std::string_view code = "*105*00#") { REQUIRE(centre().dial(anna, code)); }
    /// Until that many screens were seen; what the last one says.
    std::string screen(std::size_t nth = 1) {
        REQUIRE(run_until(loop, [&] { return screens.size() >= nth; }));
        return screens[nth - 1].words;
    }
    [[nodiscard]] bool until_settled(std::int64_t row, settling as) {
        const auto latest = std::chrono::steady_clock::now() + 3s;
        while (store.settled_as(row) != std::vector{as} && std::chrono::steady_clock::now() < latest) {
            sends.work(read_clocks());
            loop.restart();
            loop.run_one_for(1ms);
        }
        return store.settled_as(row) == std::vector{as};
    }
    /// The store has heard that many wishes and keeps its answers.
    [[nodiscard]] bool until_kept(std::size_t wishes) {
        return run_until(loop, [&] { return store.kept() == wishes; });
    }
    [[nodiscard]] bool until_answered(std::size_t deliveries) {
        return run_until(loop, [&] { return answers.size() == deliveries; });
    }
    /// Nothing is under way any more.
    [[nodiscard]] bool until_at_rest() {
        return run_until(loop, [&] { return talk.is_at_rest(); });
    }

    std::int64_t last_row = 0;
    fake_store store{loop};
    hash_pool pool{1, 200ms};
    fake_billing money{loop, store};
    performer performs{store, money, some_keys(), pool};
    sender sends{all, store, [this] { return talk.packs(); }};
    call_records records{{}};
    recent lately{100};
    conversation talk{
        loop, {}, {all, performs, money, sends, some_keys(), records, lately, store}, pack_of()};
    line* by = nullptr;
};

smpp::dialect hasty() {
    smpp::dialect made;
    made.answer_deadline = 1ms;
    return made;
}

smpp::dialect releasing() {
    smpp::dialect made;
    made.ops.abort_request = 128;
    return made;
}

/// The head of the first screen says what the account has.
std::shared_ptr<const menus::definition> pack_with_balance() {
    menus::draft drawn = menus::sample_draft();
    menus::put_text(drawn, 0, "menu.account.head", "Баланс {balance} р.");
    menus::put_text(drawn, 0, "menu.account.plain", "Кабинет");
    menus::put_text(drawn, 1, "menu.account.plain", "Account");
    return pack_of(drawn);
}

/// Item 2 is there while no promised payment is open, item 3 for whom a look at the account finds it.
std::shared_ptr<const menus::definition> pack_with_hidden_items() {
    menus::draft drawn = menus::sample_draft();
    menus::put_text(drawn, 0, "nav.hidden", "Нет у вас. Есть: {code}");
    menus::put_text(drawn, 1, "nav.hidden", "Not for you: {code}");
    drawn.screens[0].items[1].leads.when = "not promise";
    drawn.screens[0].items[2].leads.when = "level own";
    return pack_of(drawn);
}

/// To connect a service is there while it isn't, to disconnect it while it is.
std::shared_ptr<const menus::definition> pack_that_asks_what_is_had() {
    menus::draft drawn = menus::sample_draft();
    menus::put_text(drawn, 0, "nav.hidden", "Нет у вас. Есть: {code}");
    menus::put_text(drawn, 1, "nav.hidden", "Not for you: {code}");
    const auto service = std::ranges::find(drawn.screens, "service", &menus::draft_screen::name);
    service->items[0].leads.when = "not connected";
    service->items[1].leads.when = "connected";
    return pack_of(drawn);
}

/// Whoever broke off at the passwords goes on there, at the account's second page he is asked.
std::shared_ptr<const menus::definition> pack_that_resumes() {
    menus::draft drawn = menus::sample_draft();
    const auto screen = [&](std::string_view name) {
        return std::ranges::find(drawn.screens, name, &menus::draft_screen::name);
    };
    screen("account")->resume = menus::resume_policy::ask;
    screen("password")->resume = menus::resume_policy::proceed;
    menus::put_text(drawn, 0, "nav.resume", "Не закончили.\n1 Дальше\n2 Сначала");
    menus::put_text(drawn, 1, "nav.resume", "Not finished.\n1 Go on\n2 From the start");
    return pack_of(drawn);
}

void wait_for_the_clock(steady_time latest) {
    while (read_clocks().steady < latest) {
    }
}

} // namespace

TEST_SUITE("conversation") {
    TEST_CASE("a dial is answered, and what would have gone by SMS is cancelled once the screen was taken") {
        scene of;
        of.dial();
        CHECK(of.screen().starts_with("Пароль: "));
        CHECK(of.until_settled(1, settling::cancel));
        CHECK(of.answers == std::vector{status::ok});
        CHECK(of.talk.open_dialogues() == 0);
    }

    TEST_CASE("an answer that comes when the centre has given the screen up goes by SMS alone") {
        scene of{hasty()};
        of.store.is_slow = true;
        of.dial();
        REQUIRE(of.until_kept(1));
        wait_for_the_clock(read_clocks().steady + 1ms);
        of.store.is_slow = false;
        of.store.answer_all();
        CHECK(of.until_settled(1, settling::release));
        CHECK(of.screens.empty());
        CHECK(of.talk.open_dialogues() == 0);
    }

    TEST_CASE("a new dial takes the place of the one whose answer is being made") {
        scene of;
        of.store.is_slow = true;
        of.dial();
        REQUIRE(of.until_kept(1));
        of.dial("*105#");
        CHECK(of.screen().starts_with("Баланс"));
        of.store.is_slow = false;
        of.store.answer_all();
        CHECK(of.until_settled(1, settling::release));
        CHECK(of.screens.size() == 1);
        CHECK(of.talk.open_dialogues() == 1);
    }

    TEST_CASE("a store that takes nothing now is told politely, and the message is acknowledged") {
        scene of;
        of.store.is_busy = true;
        of.dial();
        CHECK(of.screen() == "Позже.");
        CHECK(of.answers == std::vector{status::ok});
    }

    TEST_CASE("an SMS that can't be made true now stays with its centre") {
        scene of;
        of.store.is_busy = true;
        of.centre().text(anna, "000110", "00");
        REQUIRE(of.until_answered(1));
        CHECK(of.answers == std::vector{of.by->try_later()});
    }

    TEST_CASE("what is typed while an answer is being made is acknowledged and dropped") {
        scene of;
        of.dial("*105#");
        static_cast<void>(of.screen());
        of.store.is_slow = true;
        REQUIRE(of.centre().answer(anna, "2"));
        REQUIRE(of.until_kept(1));
        REQUIRE(of.centre().redeliver(anna, simulator::redelivery::new_number));
        REQUIRE(of.until_answered(2)); // the dial and the one that is typed now
        of.store.is_slow = false;
        of.store.answer_all();
        CHECK(of.screen(2).starts_with("Пароль: "));
        REQUIRE(of.until_answered(3));
        CHECK(of.answers == std::vector(3, status::ok));
        CHECK(of.until_at_rest());
        CHECK(of.store.asked.size() == 1);
    }

    TEST_CASE("an input that is delivered twice doesn't answer the next screen as well") {
        scene of;
        of.dial("*105*01#");
        CHECK(of.screen().starts_with("Новый пароль:"));
        REQUIRE(of.centre().answer(anna, "fake-Word-1"));
        CHECK(of.screen(2).starts_with("Еще раз:"));
        REQUIRE(of.centre().redeliver(anna, simulator::redelivery::same_number));
        REQUIRE(of.until_answered(3));
        CHECK(of.until_at_rest());
        CHECK(of.store.asked.empty());
        REQUIRE(of.centre().answer(anna, "fake-Word-1"));
        CHECK(of.screen(3) == "Установлен.");
        CHECK(of.store.asked.size() == 1);
    }

    TEST_CASE("a language chosen by SMS is spoken by the next screen") {
        scene of;
        menus::draft with_keyword = menus::sample_draft();
        with_keyword.short_numbers.front().keywords.push_back({"EN", menus::acts("set_language", "en")});
        of.talk.serve(pack_of(with_keyword));
        of.store.fulfil = [](const store::request& asked) {
            store::outcome came;
            came.is = store::verdict::language_set;
            came.speaks = std::get<store::set_language>(asked.what).chosen;
            return came;
        };
        of.centre().text(anna, "000110", "EN");
        REQUIRE(of.until_answered(1));
        of.dial("*105#");
        CHECK(of.screen().starts_with("Balance"));
    }

    TEST_CASE("another country's number that dials is told politely and counted") {
        scene of;
        const msisdn abroad = msisdn::from_digits(380501112233);
        REQUIRE(of.centre().dial(abroad, "*105*00#"));
        CHECK(of.screen() == "Позже."); // the sample's word for all that the house says
        of.centre().text(abroad, "000110", "00");
        REQUIRE(of.until_answered(2));
        CHECK(of.answers == std::vector{status::ok, status::ok});
        CHECK(of.store.asked.empty());
        CHECK(of.screens.size() == 1);
        CHECK(of.inbox.empty());
        CHECK(of.talk.turned_away(unanswerable_reason::foreign_number) == 2);
        CHECK(of.talk.turned_away(unanswerable_reason::not_a_subscriber) == 0);
    }

    TEST_CASE("a gateway that ends takes nothing new and finishes the dialogues under way") {
        scene of;
        of.dial("*105#");
        static_cast<void>(of.screen());
        of.talk.stop_taking();
        REQUIRE(of.centre().dial(boris, "*105*00#"));
        of.centre().text(vera, "000110", "00");
        REQUIRE(of.until_answered(3));
        CHECK(of.answers == std::vector{status::ok, of.by->try_later(), of.by->try_later()});
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2).starts_with("Пароль: "));
        CHECK(of.store.asked.size() == 1);
    }

    TEST_CASE("maintenance is told to who dials, leaves SMS with the centre, and ends by itself") {
        scene of;
        of.talk.begin_maintenance(read_clocks().utc + 1h);
        of.dial();
        CHECK(of.screen() == "Позже.");
        of.centre().text(boris, "000110", "00");
        REQUIRE(of.until_answered(2));
        CHECK(of.answers.back() == of.by->try_later());
        CHECK(of.store.asked.empty());
        CHECK_FALSE(of.talk.is_in_maintenance(read_clocks().utc + 1h));
        of.talk.begin_maintenance(read_clocks().utc);
        of.dial();
        CHECK(of.screen(2).starts_with("Пароль: "));
    }

    TEST_CASE("a subscriber who is forgotten has no dialogue and speaks the pack's language") {
        scene of;
        of.talk.speak(anna, menus::english);
        of.dial("*105#");
        CHECK(of.screen().starts_with("Balance"));
        of.talk.forget(anna);
        CHECK(of.talk.open_dialogues() == 0);
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2) == "Позже."); // the sample's word for all that the house says
        of.dial("*105#");
        CHECK(of.screen(3).starts_with("Баланс"));
    }

    TEST_CASE("a dialogue that an older SIM began ends and no entry of it does anything") {
        scene of;
        of.talk.speak(anna, menus::english);
        of.dial("*105#");
        static_cast<void>(of.screen());
        of.talk.end_dialogues_of(boris, read_clocks());
        CHECK(of.talk.open_dialogues() == 1);
        of.talk.end_dialogues_of(anna, read_clocks());
        CHECK(of.talk.open_dialogues() == 0);
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2) == "Later."); // her language is hers still
        CHECK(of.store.asked.empty());
    }

    TEST_CASE("a pack in another language first is spoken by who chose none") {
        scene of;
        menus::draft other = menus::sample_draft();
        std::swap(other.languages[0], other.languages[1]);
        of.talk.speak(boris, menus::english);
        of.talk.serve(pack_of(other));
        of.talk.forget_languages();
        of.talk.speak(boris, menus::russian);
        of.dial("*105#");
        CHECK(of.screen().starts_with("Balance"));
        REQUIRE(of.centre().dial(boris, "*105#"));
        CHECK(of.screen(2).starts_with("Баланс"));
    }

    TEST_CASE("a dialogue under way finishes on the pack it began with") {
        scene of;
        of.dial("*105#");
        static_cast<void>(of.screen());
        menus::draft other = menus::sample_draft();
        menus::put_text(other, 0, "issue_password.issued", "Иначе: {password}");
        of.talk.serve(pack_of(other));
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2).starts_with("Пароль: "));
        of.dial();
        CHECK(of.screen(3).starts_with("Иначе: "));
    }

    TEST_CASE("who types nothing any more is released where the centre knows how") {
        scene of{releasing()};
        of.dial("*105#");
        static_cast<void>(of.screen());
        REQUIRE(of.until_at_rest());
        instant later = read_clocks();
        later.steady += 2min + 2s;
        of.talk.work(later);
        CHECK(of.talk.open_dialogues() == 0);
        CHECK(run_until(of.loop, [&] { return of.ended == std::vector{anna}; }));
        CHECK(of.screens.size() == 1);
        CHECK(of.until_at_rest());
    }

    TEST_CASE("a gateway that ends releases who it has asked something") {
        scene of{releasing()};
        of.dial("*105#");
        static_cast<void>(of.screen());
        REQUIRE(of.until_at_rest());
        of.talk.end_dialogues(read_clocks());
        CHECK(of.talk.open_dialogues() == 0);
        CHECK(run_until(of.loop, [&] { return of.ended == std::vector{anna}; }));
        CHECK(of.until_at_rest());
    }

    TEST_CASE("elsewhere the centre's own timer ends what ours ended") {
        scene of;
        of.dial("*105#");
        static_cast<void>(of.screen());
        REQUIRE(of.until_at_rest());
        instant later = read_clocks();
        later.steady += 2min + 2s;
        of.talk.work(later);
        CHECK(of.talk.open_dialogues() == 0);
        CHECK(of.talk.is_at_rest());
        CHECK(of.refusals.empty());
    }
}

TEST_SUITE("what takes long") {
    TEST_CASE("a screen says that the answer comes by SMS, and it comes once") {
        scene of;
        of.store.is_slow = true;
        of.dial();
        REQUIRE(of.until_kept(1));
        const instant now = read_clocks();
        of.talk.work({now.utc + 5s, now.steady + 5s});
        CHECK(of.screens.empty());
        of.talk.work({now.utc + 9s, now.steady + 9s}); // 7 s and the wheel's second
        CHECK(of.screen() == "Позже.");
        CHECK(of.talk.open_dialogues() == 0);
        of.store.is_slow = false;
        of.store.answer_all();
        CHECK(of.until_settled(1, settling::release));
        CHECK(of.until_at_rest());
        CHECK(of.screens.size() == 1);
        REQUIRE(of.until_answered(1));
        CHECK(of.answers == std::vector{status::ok});
    }

    TEST_CASE("what is only read is told by SMS where its screen had to go without") {
        scene of;
        of.money.is_silent = true;
        of.store.fulfil = [&](const store::request& asked) {
            store::outcome came;
            came.sums = std::get<store::tell>(asked.what).sums;
            came.speaks = asked.by.speaks;
            came.sms = store::outbox_id{++of.last_row};
            return came;
        };
        of.dial("*105*06#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        const instant now = read_clocks();
        of.talk.work({now.utc + 9s, now.steady + 9s});
        CHECK(of.screen() == "Позже.");
        of.money.is_silent = false;
        of.money.purse.balance = money::from_minor(12'050);
        of.money.answer_all();
        REQUIRE(run_until(of.loop, [&] {
            of.sends.work(read_clocks());
            return !of.inbox.empty();
        }));
        CHECK(of.inbox.front().words == "На счете 120,50");
        CHECK(of.screens.size() == 1);
    }

    TEST_CASE("whoever hung up is sent no SMS about what he only read") {
        scene of;
        of.money.is_silent = true;
        of.dial("*105*06#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        REQUIRE(of.centre().hang_up(anna));
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.money.is_silent = false;
        of.money.answer_all();
        CHECK(of.until_at_rest());
        CHECK(of.store.asked.empty());
    }
}

TEST_SUITE("what the account has on a screen") {
    TEST_CASE("the first screen says it, and says it anew whenever it is come back to") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.money.purse.balance = money::from_minor(12'050);
        of.dial("*105#");
        CHECK(of.screen().starts_with("Баланс 120,50 р.\n1 "));
        CHECK(of.money.asked == std::vector{anna});
        of.money.purse.balance = money::from_minor(-100);
        REQUIRE(of.centre().answer(anna, "1"));
        CHECK(of.screen(2).starts_with("Справка"));
        REQUIRE(of.centre().answer(anna, "0"));
        CHECK(of.screen(3).starts_with("Баланс -1 р.\n1 "));
        CHECK(of.money.asked.size() == 2);
        REQUIRE(of.until_answered(3));
        CHECK(of.answers == std::vector(3, status::ok));
    }

    TEST_CASE("a second page doesn't ask billing") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.dial("*105#");
        static_cast<void>(of.screen());
        REQUIRE(of.centre().answer(anna, "9"));
        CHECK(of.screen(2).starts_with("4 "));
        CHECK(of.money.asked.size() == 1);
    }

    TEST_CASE("where billing fails the screen comes without it") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.money.is_broken = true;
        of.dial("*105#");
        CHECK(of.screen().starts_with("Кабинет\n1 "));
    }

    TEST_CASE("nor does one at a centre that doesn't vouch for the number") {
        scene of;
        of.talk.serve(pack_with_balance());
        smpp::link_settings untrusted = of.settings("other");
        untrusted.trusts_ussd_source = false;
        of.by->link->stop();
        REQUIRE(run_until(of.loop, [&] { return of.by->link->is_stopped(); }));
        of.bind(std::move(untrusted), of.talk);
        of.dial("*105#");
        CHECK(of.screen().starts_with("Кабинет\n1 "));
        CHECK(of.money.asked.empty());
    }

    TEST_CASE("a barred number's screen doesn't say it") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.money.purse.status = store::account_status::barred;
        of.dial("*105#");
        CHECK(of.screen().starts_with("Кабинет\n1 "));
    }

    TEST_CASE("nobody waits for billing longer than a second and a half, and a late answer is nobody's") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.money.is_silent = true;
        of.dial("*105#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        const instant now = read_clocks();
        of.talk.work({now.utc + 1s, now.steady + 1s});
        CHECK_FALSE(of.talk.is_at_rest());
        CHECK(of.screens.empty());
        of.talk.work({now.utc + 1500ms, now.steady + 1500ms});
        CHECK(of.screen().starts_with("Кабинет\n1 "));
        of.money.answer_all();
        CHECK(of.until_at_rest());
        CHECK(of.screens.size() == 1);
        CHECK(of.answers == std::vector{status::ok});
        REQUIRE(of.centre().answer(anna, "1")); // the dialogue goes on
        CHECK(of.screen(2).starts_with("Справка"));
    }

    TEST_CASE("whoever dials anew meanwhile sees the screen of the new dial alone") {
        scene of;
        of.talk.serve(pack_with_balance());
        of.money.is_silent = true;
        of.dial("*105#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        of.dial("*105*01#");
        CHECK(of.screen().starts_with("Новый пароль:"));
        of.money.answer_all();
        CHECK(of.until_at_rest());
        CHECK(of.screens.size() == 1);
        REQUIRE(of.until_answered(2));
        CHECK(of.answers == std::vector(2, status::ok));
    }

    TEST_CASE("a centre that wants its screen first gets the acknowledgement after it") {
        smpp::dialect after;
        after.respond = smpp::response_order::after_submit;
        scene of{after};
        of.talk.serve(pack_with_balance());
        of.money.is_silent = true;
        of.dial("*105#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        CHECK(of.answers.empty());
        of.money.answer_all();
        CHECK(of.screen().starts_with("Баланс 0 р.\n1 "));
        REQUIRE(of.until_answered(1));
        CHECK(of.answers == std::vector{status::ok});
    }

    TEST_CASE(
        "a menu about a service says that the account has it, and by which terms, as often as it is shown") {
        scene of;
        of.dial("*105*12*1#");
        CHECK(of.screen() == "Гудок: 10 и 50 за 30 дней\n1 Подключить\n2 Отключить\n0 Назад");
        store::holding beep;
        beep.name = "beep";
        beep.fee = money::from_minor(4'000); // as it was when it was connected
        of.money.holdings.has = {beep};
        REQUIRE(of.centre().answer(anna, "1"));
        CHECK(of.screen(2).starts_with("Гудок: 60, далее 50 за 30 дней?"));
        REQUIRE(of.centre().answer(anna, "0"));
        CHECK(of.screen(3) == "Гудок есть, 40\n1 Подключить\n2 Отключить\n0 Назад");
        of.money.holdings.has.front().is_paused = true;
        of.dial("*105*12*1#");
        CHECK(of.screen(4).starts_with("Гудок ждет 40\n"));
        of.dial("*105*12*2#");
        CHECK(of.screen(5).starts_with("Тишина: 0 и 0 за 30 дней\n"));
        CHECK(of.money.asked.size() == 4); // not for the confirmation
    }

    TEST_CASE("nor does anybody wait for that longer: the terms alone are shown") {
        scene of;
        of.money.is_silent = true;
        store::holding beep;
        beep.name = "beep";
        of.money.holdings.has = {beep};
        of.dial("*105*12*1#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        const instant now = read_clocks();
        of.talk.work({now.utc + 1500ms, now.steady + 1500ms});
        CHECK(of.screen().starts_with("Гудок: 10 и 50 за 30 дней\n"));
        of.money.answer_all();
        CHECK(of.until_at_rest());
        CHECK(of.screens.size() == 1);
    }
}

TEST_SUITE("coming back after a dialogue that broke") {
    TEST_CASE("who hung up goes on where he stood, once") {
        scene of;
        of.talk.serve(pack_that_resumes());
        of.dial("*105*7#");
        CHECK(of.screen().starts_with("Пароль\n"));
        REQUIRE(of.centre().hang_up(anna));
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.dial("*105#");
        CHECK(of.screen(2).starts_with("Пароль\n"));
        REQUIRE(of.centre().answer(anna, "00"));
        CHECK(of.screen(3).starts_with("Баланс"));
        REQUIRE(of.centre().hang_up(anna)); // at the start there is nothing to go on with
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.dial("*105#");
        CHECK(of.screen(4).starts_with("Баланс"));
    }

    TEST_CASE("so does who dials anew at a centre that never said that he was gone, or whose link was lost") {
        scene of;
        of.talk.serve(pack_that_resumes());
        of.dial("*105*7#");
        static_cast<void>(of.screen());
        of.dial("*105#");
        CHECK(of.screen(2).starts_with("Пароль\n"));
        of.by->link->stop();
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.bind(of.settings("again"), of.talk);
        of.dial("*105#");
        CHECK(of.screen(3).starts_with("Пароль\n"));
    }

    TEST_CASE("who gave no answer in time does too, where the pack asks after a question, and not for ever") {
        scene of;
        of.talk.serve(pack_that_resumes());
        of.dial("*105#");
        static_cast<void>(of.screen());
        REQUIRE(of.centre().answer(anna, "9"));
        CHECK(of.screen(2).starts_with("4 Расходы\n"));
        const instant now = read_clocks();
        const auto idle = of.by->speaks().idle_timeout + 2s;
        of.talk.work({now.utc + idle, now.steady + idle});
        CHECK(of.talk.open_dialogues() == 0);
        of.dial("*105#");
        CHECK(of.screen(3) == "Не закончили.\n1 Дальше\n2 Сначала\n0 Выход");
        REQUIRE(of.centre().answer(anna, "1"));
        CHECK(of.screen(4).starts_with("4 Расходы\n"));
        REQUIRE(of.centre().hang_up(anna));
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.talk.work({now.utc + 10min, now.steady + 10min});
        of.dial("*105#");
        CHECK(of.screen(5).starts_with("Баланс"));
    }

    TEST_CASE("another code, another pack and another language begin anew") {
        scene of;
        of.talk.serve(pack_that_resumes());
        const auto break_off = [&](std::size_t nth) {
            of.dial("*105*7#");
            static_cast<void>(of.screen(nth));
            REQUIRE(of.centre().hang_up(anna));
            REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        };
        break_off(1);
        of.dial("*105*1#");
        CHECK(of.screen(2).starts_with("Справка"));
        break_off(3);
        of.talk.serve(pack_that_resumes());
        of.dial("*105#");
        CHECK(of.screen(4).starts_with("Баланс"));
        break_off(5);
        of.talk.speak(anna, menus::english);
        of.dial("*105#");
        CHECK(of.screen(6).starts_with("Balance"));
    }

    TEST_CASE("whoever has the SIM now doesn't go on where somebody else stood") {
        scene of;
        of.talk.serve(pack_that_resumes());
        of.dial("*105*7#");
        static_cast<void>(of.screen());
        REQUIRE(of.centre().hang_up(anna));
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.talk.end_dialogues_of(anna, read_clocks());
        of.dial("*105#");
        CHECK(of.screen(2).starts_with("Баланс"));
    }

    TEST_CASE("what was being done when it broke isn't gone back to") {
        scene of;
        of.talk.serve(pack_that_resumes());
        of.dial("*105*7#");
        static_cast<void>(of.screen());
        of.store.is_slow = true;
        REQUIRE(of.centre().answer(anna, "1"));
        REQUIRE(of.until_kept(1));
        REQUIRE(of.centre().hang_up(anna));
        REQUIRE(run_until(of.loop, [&] { return of.talk.open_dialogues() == 0; }));
        of.store.is_slow = false;
        of.store.answer_all();
        of.dial("*105#");
        CHECK(of.screen(2).starts_with("Баланс"));
    }
}

TEST_SUITE("numbers that try another pack") {
    pack_set trying(std::string_view heading) {
        menus::draft drawn = menus::sample_draft();
        menus::put_text(drawn, 0, "menu.account.head", std::string{heading});
        menus::put_text(drawn, 0, "help.sms", "Новая справка.");
        menus::put_text(drawn, 0, "gateway.expired.screen", "Новое: поздно.");
        std::erase_if(drawn.languages[0].texts, [](const menus::draft_text& text) {
            return text.name == "help" || text.name == "gateway.expired";
        });
        return pack_set{read_packs{menus::sample_pack(), pilot_pack{menus::define(drawn), {anna}}}};
    }

    TEST_CASE("they get it on the same code and in what the house says, and nobody else does") {
        scene of;
        of.talk.serve(trying("Новый кабинет"));
        of.dial("*105#");
        CHECK(of.screen().starts_with("Новый кабинет\n"));
        REQUIRE(of.centre().dial(boris, "*105#"));
        CHECK(of.screen(2).starts_with("Баланс 120,50 р.\n"));
    }

    TEST_CASE("a dialogue keeps the pack that it began with") {
        scene of;
        of.talk.serve(trying("Новый кабинет"));
        of.dial("*105#");
        static_cast<void>(of.screen());
        of.talk.serve(pack_of());
        REQUIRE(of.centre().answer(anna, "8"));
        CHECK(of.until_at_rest());
        of.talk.serve(trying("Еще новее"));
        of.dial("*105#");
        REQUIRE(run_until(of.loop, [&] { return of.screens.back().words.starts_with("Еще новее\n"); }));
    }

    TEST_CASE("their SMS are commands of that pack and are answered with its words") {
        scene of;
        of.talk.serve(trying("Новый кабинет"));
        of.store.fulfil = [&](const store::request& asked) {
            store::outcome came;
            came.at = asked.now.utc;
            came.speaks = asked.by.speaks;
            came.sms = store::outbox_id{++of.last_row};
            return came;
        };
        of.centre().text(anna, "000110", "what");
        REQUIRE(run_until(of.loop, [&] {
            return std::ranges::any_of(of.inbox,
                                       [](const auto& sms) { return sms.words == "Новая справка."; });
        }));
    }
}

TEST_SUITE("items that may be away") {
    TEST_CASE("a menu is shown once it is known which of its items are there, and not asked about again") {
        scene of;
        of.talk.serve(pack_with_hidden_items());
        of.money.purse.promise = store::purse_view::loan{money::from_minor(100), {}};
        of.dial("*105#");
        CHECK(of.screen().starts_with("Баланс 120,50 р.\n1 Баланс, бонусы\n3 Обещ. платеж\n"));
        CHECK(of.money.asked == std::vector{anna});
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2).find("1 Баланс, бонусы\n3 Обещ. платеж\n") != std::string::npos);
        REQUIRE(of.centre().answer(anna, "7"));
        CHECK(of.screen(3).starts_with("Пароль\n"));
        REQUIRE(of.centre().answer(anna, "0"));
        CHECK(of.screen(4).starts_with("4 Расходы\n"));
        CHECK(of.money.asked.size() == 1);
    }

    TEST_CASE("where nobody answers in time every item is there") {
        scene of;
        of.talk.serve(pack_with_hidden_items());
        of.money.is_silent = true;
        of.dial("*105#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        const instant now = read_clocks();
        of.talk.work({now.utc + 1500ms, now.steady + 1500ms});
        CHECK(of.screen().find("2 Пополнить") != std::string::npos);
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(2).starts_with("Пароль: "));
    }

    TEST_CASE("a dialled item is looked up before anything is done, and acknowledged after it was") {
        scene of;
        of.talk.serve(pack_with_hidden_items());
        of.money.is_silent = true;
        of.dial("*105*2#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 1; }));
        CHECK(of.answers.empty());
        CHECK(of.store.asked.empty());
        of.money.answer_all();
        CHECK(of.screen().starts_with("Пароль: "));
        REQUIRE(of.until_answered(1));
        CHECK(of.answers == std::vector{status::ok});
        CHECK(of.store.asked.size() == 1);
        CHECK(of.talk.open_dialogues() == 0);
    }

    TEST_CASE("a dialled item that isn't there is answered with the menu that it is gone from") {
        scene of;
        of.talk.serve(pack_with_hidden_items());
        of.money.purse.promise = store::purse_view::loan{money::from_minor(100), {}};
        of.dial("*105*2#");
        CHECK(of.screen() == "Нет у вас. Есть: *105#");
        CHECK(of.until_at_rest());
        CHECK(of.store.asked.empty());
        REQUIRE(of.until_answered(1));
        CHECK(of.answers == std::vector{status::ok});
        CHECK(of.talk.open_dialogues() == 0);
    }

    TEST_CASE("a screen of a service offers what is of use, by the read that its head is made of") {
        scene of;
        of.talk.serve(pack_that_asks_what_is_had());
        store::holding beep;
        beep.name = "beep";
        beep.fee = money::from_minor(4'000);
        of.money.holdings.has = {beep};
        of.dial("*105*12*1#");
        CHECK(of.screen() == "Гудок есть, 40\n2 Отключить\n0 Назад");
        CHECK(of.money.asked == std::vector{anna});
        REQUIRE(of.centre().answer(anna, "0"));
        static_cast<void>(of.screen(2));
        REQUIRE(of.centre().answer(anna, "2"));
        CHECK(of.screen(3) == "Тишина: 0 и 0 за 30 дней\n1 Подключить\n0 Назад");
        CHECK(of.money.asked.size() == 2);
        of.money.holdings.has.clear(); // it was disconnected elsewhere
        REQUIRE(of.centre().answer(anna, "0"));
        static_cast<void>(of.screen(4));
        REQUIRE(of.centre().answer(anna, "1"));
        CHECK(of.screen(5) == "Гудок: 10 и 50 за 30 дней\n1 Подключить\n0 Назад");
    }

    TEST_CASE("where billing can't say what the account has, or not in time, both are there") {
        scene of;
        of.talk.serve(pack_that_asks_what_is_had());
        of.money.is_broken = true; // as where the money is kept elsewhere
        of.dial("*105*12*1#");
        CHECK(of.screen() == "Гудок: 10 и 50 за 30 дней\n1 Подключить\n2 Отключить\n0 Назад");
        of.dial("*105*12*1*2#");
        CHECK(of.screen(2).starts_with("Отключить Гудок?"));
        of.money.is_silent = true;
        of.dial("*105*12*1#");
        REQUIRE(run_until(of.loop, [&] { return of.money.asked.size() == 3; }));
        const instant now = read_clocks();
        of.talk.work({now.utc + 1500ms, now.steady + 1500ms});
        CHECK(of.screen(3).ends_with("\n1 Подключить\n2 Отключить\n0 Назад"));
    }

    TEST_CASE("a dialled path to what the account has no use for hears so, and one to what it has goes on") {
        scene of;
        of.talk.serve(pack_that_asks_what_is_had());
        of.dial("*105*12*1*2#");
        CHECK(of.screen() == "Нет у вас. Есть: *105*12*1#");
        store::holding beep;
        beep.name = "beep";
        beep.is_paused = true;
        of.money.holdings.has = {beep};
        of.dial("*105*12*1*2#");
        CHECK(of.screen(2).starts_with("Отключить Гудок?"));
        of.dial("*105*12*1*1#");
        CHECK(of.screen(3) == "Нет у вас. Есть: *105*12*1#");
        CHECK(of.money.asked.size() == 3);
        REQUIRE(of.until_answered(3));
        CHECK(of.answers == std::vector(3, status::ok));
        CHECK(of.store.asked.empty());
    }

    TEST_CASE("of a number that may not see what it has nothing is hidden") {
        scene of;
        of.talk.serve(pack_that_asks_what_is_had());
        of.money.holdings.status = store::account_status::barred;
        of.dial("*105*12*1#");
        CHECK(of.screen() == "Гудок: 10 и 50 за 30 дней\n1 Подключить\n2 Отключить\n0 Назад");
    }

    TEST_CASE("at a centre that doesn't vouch for the number nobody is asked and nothing is hidden") {
        scene of;
        of.talk.serve(pack_with_hidden_items());
        of.money.purse.promise = store::purse_view::loan{money::from_minor(100), {}};
        smpp::link_settings untrusted = of.settings("other");
        untrusted.trusts_ussd_source = false;
        of.by->link->stop();
        REQUIRE(run_until(of.loop, [&] { return of.by->link->is_stopped(); }));
        of.bind(std::move(untrusted), of.talk);
        of.dial("*105*2#");
        CHECK(of.screen() == "Нельзя.");
        CHECK(of.money.asked.empty());
        of.dial("*105#");
        CHECK(of.screen(2).find("2 Пополнить") != std::string::npos);
    }
}

} // namespace kabinet::gateway::conversation_test
