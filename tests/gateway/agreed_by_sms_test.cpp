// What an SMS asks for and another one agrees to, over a real store and a link.
#include "gateway/clocks.hpp"
#include "gateway/conversation.hpp"
#include "gateway/log.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/in_store.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <span>

namespace kabinet::gateway::agreed_by_sms_test {

using namespace tests;

namespace {

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

/// Anna and Boris with a hundred rubles each.
class scene : public linked {
  public:
    explicit scene(bool is_trusted = true) {
        spdlog::set_level(spdlog::level::off);
        smpp::link_settings with = settings("main");
        with.trusts_sms_source = is_trusted;
        bind(std::move(with), talk);
        for (const msisdn who : {anna, boris})
            pay(who);
    }
    ~scene() { lane.stop(); }

    void pay(msisdn who) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        asked.by.speaks = menus::russian;
        asked.what = store::pay_in{rubles(100)};
        asked.now = read_clocks();
        std::optional<store::outcome> done;
        lane.once(std::move(asked), [&](auto came) { done = came.value(); });
        REQUIRE(run_until(loop, [&] { return done.has_value(); }));
    }
    money balance_of(msisdn who) {
        std::optional<money> seen;
        billing.read_purse(who, [&](const auto& came) { seen = came.value().balance; });
        REQUIRE(run_until(loop, [&] { return seen.has_value(); }));
        return *seen;
    }
    /// What it is answered with.
    std::string text(const std::string& words, msisdn who = anna) {
        const std::size_t seen = inbox.size();
        centre().text(who, "000110", words);
        REQUIRE(run_until(loop, [&] { return inbox.size() > seen; }));
        return inbox[seen].words;
    }
    void feed(store::subscriber row) {
        const auto taken = in_store(loop, lane, [row](store::backend& rows) {
            return rows.take_feed(std::span{&row, 1}, {}, read_clocks().utc);
        });
        REQUIRE(taken.has_value());
    }

    static constexpr msisdn anna = msisdn::from_digits(79261112233);
    static constexpr msisdn boris = msisdn::from_digits(79262223344);

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open = make_work_guard(loop);
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    store::embedded_billing billing{lane};
    hash_pool pool{1, 200ms};
    std::shared_ptr<const menus::definition> pack =
        std::make_shared<menus::definition>(menus::define(menus::sample_draft()));
    store::embedded_network network{lane};
    number_desk numbers{{lane, network}};
    performer performs{lane, billing, keys, pool, nullptr, &numbers};
    sender sends{all, lane, [this] { return pack; }};
    call_records records{{}};
    recent lately{100};
    conversation talk{loop, {}, {all, performs, billing, sends, keys, records, lately, lane}, pack};
};

std::string code_in(std::string_view words) {
    const std::size_t at = words.rfind(": ");
    REQUIRE(at != std::string_view::npos);
    return std::string{words.substr(at + 2)};
}

} // namespace

TEST_SUITE("agreed by SMS") {
    TEST_CASE("a transfer is told with its terms and done once, by the reply with its code") {
        scene of;
        const std::string terms = of.text("give 8 926 222-33-44 50");
        CHECK(terms.starts_with("50 на 9262223344, плата 5. Ответ: "));
        CHECK(of.balance_of(of.anna) == rubles(100));
        const std::string code = code_in(terms);
        CHECK(view(menus::read_reply(code)) == code);

        CHECK(of.text(" " + code + " ") == "Ушло 50");
        CHECK(of.balance_of(of.anna) == rubles(45));
        CHECK(of.balance_of(of.boris) == rubles(150));
        CHECK(of.text(code) == "Ушло 50"); // told again, not done again
        CHECK(of.balance_of(of.anna) == rubles(45));
    }

    TEST_CASE("the same is given again by a code of its own") {
        scene of;
        const std::string first = code_in(of.text("GIVE 9262223344 20"));
        CHECK(code_in(of.text("GIVE 9262223344 20")) == first); // nobody agreed yet
        CHECK(of.text(first) == "Ушло 20");
        const std::string asked_again = of.text("GIVE 9262223344 20");
        CHECK(asked_again.starts_with("Еще раз 20 на 9262223344, плата 5. Ответ: "));
        const std::string second = code_in(asked_again);
        CHECK(of.balance_of(of.anna) == rubles(75));
        CHECK(of.text(second) == "Ушло 20");
        CHECK(of.balance_of(of.anna) == rubles(50));
    }

    TEST_CASE("a code of nobody's, and one of another number's, agrees to nothing") {
        scene of;
        const std::string code = code_in(of.text("GIVE 9262223344 50"));
        CHECK(of.text(code, of.boris) == "Код не тот.");
        CHECK(of.text(code == "1234" ? "4321" : "1234") == "Код не тот.");
        CHECK(of.balance_of(of.anna) == rubles(100));
        CHECK(of.balance_of(of.boris) == rubles(100));
    }

    TEST_CASE("a transfer that can't be read is told how it is sent") {
        scene of;
        for (const char* words : {"GIVE", "GIVE 9262223344", "GIVE 50", "GIVE boris 50", "GIVE 9262223344 0",
                                  "GIVE 9262223344 501", "GIVE 9262223344 lots"}) {
            CAPTURE(words);
            CHECK(of.text(words) == "GIVE, номер, сумма");
        }
    }

    TEST_CASE("nothing is asked of whoever couldn't agree to it, or gives to himself") {
        scene of;
        CHECK(of.text("GIVE 9261112233 50") == "Себе.");
        store::subscriber only_looks;
        only_looks.who = of.anna;
        only_looks.level = access_level::view;
        of.feed(only_looks);
        CHECK(of.text("GIVE 9262223344 50") == "Нельзя.");
        CHECK(of.text("LOST").starts_with("Блок? Ответ: ")); // whoever looks may lose his phone, too
        store::subscriber barred;
        barred.who = of.boris;
        barred.status = store::account_status::barred;
        barred.reason = "debt";
        of.feed(barred);
        CHECK(of.text("GIVE 9261112233 50", of.boris).find("Ответ: ") == std::string::npos);
        CHECK(of.text("LOST", of.boris).starts_with("Блок? Ответ: ")); // so may whoever owes
    }

    TEST_CASE("a code whose wish was refused does nothing later, whatever came in since") {
        scene of;
        const std::string code = code_in(of.text("GIVE 9262223344 96"));
        CHECK(of.text(code) == "Мало.");
        of.pay(of.anna);
        CHECK(of.text(code) == "Код не тот.");
        CHECK(of.balance_of(of.anna) == rubles(200));
        CHECK(of.text(code_in(of.text("GIVE 9262223344 96"))) == "Ушло 96");
    }

    TEST_CASE("by a link that doesn't vouch for the number nothing is asked and nothing agreed to") {
        scene of{false};
        CHECK(of.text("GIVE 9262223344 50") == "Нельзя.");
        CHECK(of.text("4172") == "Код не тот.");
        CHECK(of.balance_of(of.anna) == rubles(100));
    }

    TEST_CASE("a number that was unblocked since is blocked anew by the same code") {
        scene of;
        const std::string code = code_in(of.text("LOST"));
        CHECK(of.text(code) == "Закрыт.");
        const auto opened = in_store(of.loop, of.lane, [&](store::backend& rows) {
            store::request asked;
            asked.id = store::keys::draw_request_id();
            asked.by.who = of.anna;
            asked.by.by = store::channel::staff;
            asked.what = store::unblock_number{};
            asked.now = read_clocks();
            return rows.fulfil(asked);
        });
        REQUIRE(opened.has_value());
        CHECK(opened->is == store::verdict::number_unblocked);
        CHECK(of.text(code) == "Закрыт.");
        CHECK(of.text("GIVE 9262223344 50").find("Ответ: ") == std::string::npos);
    }

    TEST_CASE("a number is blocked by its SIM's reply, and what was asked before it is agreed to no more") {
        scene of;
        const std::string give = code_in(of.text("GIVE 9262223344 50"));
        const std::string block = code_in(of.text("LOST"));
        CHECK(of.text(block) == "Закрыт.");
        CHECK(of.text(give) != "Ушло 50");
        CHECK(of.balance_of(of.anna) == rubles(100));
    }

    TEST_CASE("whoever has the SIM now agrees to nothing that was asked before") {
        scene of;
        const std::string code = code_in(of.text("GIVE 9262223344 50"));
        of.talk.end_dialogues_of(of.anna, read_clocks());
        CHECK(of.text(code) == "Код не тот.");
        CHECK(of.balance_of(of.anna) == rubles(100));
    }
}

} // namespace kabinet::gateway::agreed_by_sms_test
