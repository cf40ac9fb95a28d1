// What a guest sees of his money, and vouchers at the pages of /account.
#include "menus/password_rules.hpp"
#include "tests/gateway/account/purse.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

namespace kabinet::gateway::account::site_money_test {

using namespace tests;

TEST_CASE("the first page says what the account has, as people write it") {
    place at;
    pay(at, money::from_minor(12'050), 35);
    person she = log_in(at);
    CHECK(reads(she, "<dt>Баланс</dt><dd class=\"sum\">120,50 ₽</dd>"));
    CHECK(reads(she, "<dt>Бонусные баллы</dt><dd>35</dd>"));
    CHECK_FALSE(reads(she, "<dt>Обещанный платёж</dt>"));
    she.look("/account?lang=en");
    CHECK(reads(she, "<dt>Balance</dt><dd class=\"sum\">RUB 120.50</dd>"));
    CHECK(reads(she, "<dt>Bonus points</dt><dd>35</dd>"));
}

TEST_CASE("an open promised payment is on the first page with its end") {
    place at;
    person she = log_in(at);
    lend(at);
    const std::string until = until_on(at, read_clocks().utc + 72h, "ru");
    she.look("/account");
    CHECK(reads(she, "<dd class=\"sum\">89,50 ₽</dd>"));
    CHECK(reads(she, "<dd>100 ₽<span class=\"by\">Спишем после " + until + "</span></dd>"));
    she.look("/account/promise");
    CHECK(reads(she, "Обещанный платёж у вас уже есть."));
    CHECK_FALSE(reads(she, "type=\"radio\""));
}

TEST_CASE("what the account has is left out where it can't be said just now") {
    place at;
    person she = log_in(at, "en");
    at.desk.stop_taking();
    CHECK(she.look("/account").status == 200);
    CHECK(reads(she, "<dt>Balance</dt><dd>We can&#39;t show it just now"));
    CHECK_FALSE(reads(she, "RUB"));
    CHECK(she.look("/account/promise").status == 200);
    CHECK(reads(she, "We can&#39;t show it just now"));
    CHECK(she.look("/account/top-up").status == 200);
    CHECK(reads(she, "name=\"voucher\""));
    CHECK(she.send("/account/top-up", {{"voucher", code}}).status == 503);
    CHECK(reads(she, "nothing was changed or counted"));
    she.look("/account/promise");
}

TEST_CASE("a voucher tops the account up, typed with blanks and dashes") {
    place at;
    bring_in(at, code, rubles(100));
    bring_in(at, "1000000002", money::from_minor(25'050));
    person she = log_in(at);
    she.look("/account/top-up");
    CHECK(reads(she, "от 8 до 20 цифр"));
    type_voucher(she, "1000-000 001");
    CHECK(she.path == "/account");
    CHECK(reads(she, "Зачислено 100 ₽. Баланс теперь 100 ₽."));
    CHECK(reads(she, "<dd class=\"sum\">100 ₽</dd>"));
    CHECK(at.sms().size() == 1);
    she.look("/account/top-up?lang=en");
    type_voucher(she, "1000000002");
    CHECK(reads(she, "RUB 250.50 added. Your balance is RUB 350.50 now."));
    she.look("/account");
    CHECK_FALSE(reads(she, "added")); // it is told once
    she.look("/account/archive");
    CHECK(reads(she, "<dd>Topped up by voucher<span class=\"by\">On the web or in an app</span></dd>"));
}

TEST_CASE("a voucher that is sent twice is one wish, right or wrong") {
    place at;
    bring_in(at, code, rubles(100));
    person she = log_in(at);
    for (int wrong = 0; wrong < 4; ++wrong) {
        she.look("/account/top-up");
        const typed fields{{"voucher", fmt::format("555555555{}", wrong)}};
        for (int count = 0; count < 2; ++count)
            CHECK(header_of(at.open(she.make_form("/account/top-up", fields)), "Location") ==
                  "/account/top-up");
    }
    she.look("/account/top-up"); // which tells of the last one
    CHECK(reads(she, "Такого кода нет, деньги не зачислены."));
    const typed fields{{"voucher", code}};
    for (int count = 0; count < 2; ++count)
        CHECK(header_of(at.open(she.make_form("/account/top-up", fields)), "Location") == "/account");
    she.look("/account");
    CHECK(reads(she, "Баланс теперь 100 ₽."));
    CHECK(at.sms().size() == 1);
}

TEST_CASE("a voucher that can't be taken is told with why, and its field is empty") {
    place at;
    bring_in(at, code, rubles(100));
    bring_in(at, "1000000003", rubles(50), read_clocks().utc - 24h);
    person she = log_in(at, "en");
    type_voucher(she, code);
    const auto refused = [&](std::string_view typed, std::string_view why) {
        type_voucher(she, typed);
        CHECK(she.path == "/account/top-up");
        CHECK(reads(she, why));
        CHECK(reads(she, "<a href=\"#voucher\">"));
        const std::string_view field = between(she.page, "<input id=\"voucher\"", ">");
        CHECK_FALSE(field.empty());
        CHECK(field.find("value") == std::string_view::npos);
    };
    refused(code, "This code has been used already");
    refused("1000000003", "This voucher is out of date");
    refused("12345", "A code has 8 to 20 digits.");
    refused("a code", "A code has 8 to 20 digits.");
    refused(std::string(150, '7'), "A code has 8 to 20 digits.");
    refused("", "Type the code of the voucher.");
    refused("7777777777", "There is no such code.");
}

TEST_CASE("after five wrong vouchers the page says when they are taken again") {
    place at;
    bring_in(at, code, rubles(100));
    person she = log_in(at, "en");
    for (int wrong = 0; wrong < 5; ++wrong)
        type_voucher(she, fmt::format("555555555{}", wrong));
    const std::string until = until_on(at, read_clocks().utc + 1h, "en");
    CHECK(reads(she, "we take codes again after " + until));
    type_voucher(she, code);
    CHECK(reads(she, "we take codes again after"));
    she.look("/account");
    CHECK(reads(she, "<dd class=\"sum\">RUB 0</dd>"));
}

TEST_CASE("a voucher whose end isn't known yet isn't asked for again") {
    place at;
    person she = log_in(at, "en");
    at.elsewhere["/v1/top-up"] = {202, R"({"verdict":"under_way"})"};
    type_voucher(she, code);
    CHECK(she.path == "/account");
    CHECK(reads(she, "We are working on it and will tell you by SMS within minutes."));
}

TEST_CASE("a purse that is full takes no voucher, and no field is at fault") {
    place at;
    bring_in(at, code, rubles(100));
    person she = log_in(at, "en");
    pay(at, most_money);
    type_voucher(she, code);
    CHECK(reads(she, "There would be more on your account than it may hold."));
    CHECK_FALSE(reads(she, "<a href=\"#voucher\">"));
}

TEST_CASE("each reason that the API has is said in every language") {
    using store::verdict;
    const pages all;
    for (const words& each : all.languages()) {
        for (const verdict why :
             {verdict::wrong_voucher, verdict::used_voucher, verdict::old_voucher, verdict::vouchers_closed})
            CHECK(each.find(fmt::format("top_up.refused_{}", store::name_of(why))) != nullptr);
        CHECK(each.find(fmt::format("top_up.refused_{}", menus::name_of(menus::refusal::bad_voucher))) !=
              nullptr);
        for (const verdict why : {verdict::promise_open, verdict::promise_unpaid, verdict::below_floor})
            CHECK(each.find(fmt::format("promise.refused_{}", store::name_of(why))) != nullptr);
        CHECK(each.find("promise.refused_offer") != nullptr);
        for (const verdict why : {verdict::full_purse, verdict::barred, verdict::unknown_number})
            CHECK(each.find(fmt::format("money.refused_{}", store::name_of(why))) != nullptr);
        for (const auto what : {store::effect_kind::top_up, store::effect_kind::take_promise,
                                store::effect_kind::pay_in, store::effect_kind::return_promise})
            CHECK(each.find(fmt::format("archive.what_{}", store::name_of(what))) != nullptr);
    }
}

TEST_CASE("a voucher's code is in no page and no log") {
    std::ostringstream lines;
    const auto before = spdlog::default_logger();
    const auto sink = std::make_shared<spdlog::sinks::ostream_sink_mt>(lines);
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("kabinet", sink));
    spdlog::set_level(spdlog::level::trace);
    {
        place at; // looks for it in all that was shown when it goes
        bring_in(at, code, rubles(100));
        person she = log_in(at);
        for (const char* typed : {"5555555551", code, code, "55555-55551"}) {
            at.keep_back(typed);
            type_voucher(she, typed);
        }
        spdlog::info("the end");
    }
    spdlog::set_default_logger(before);
    CHECK(lines.str().find("the end") != std::string::npos);
    for (const char* each : {code, "555555"})
        CHECK(lines.str().find(each) == std::string::npos);
}

TEST_CASE("who may only look sees the balance and no way to change it") {
    place at;
    bring_in(at, code, rubles(100));
    at.pack->logins.chosen = access_level::view;
    person she = log_in(at, "en");
    CHECK(reads(she, "<dd class=\"sum\">RUB 0</dd>"));
    for (const char* path : {"/account/top-up", "/account/promise", terms_page}) {
        CHECK_FALSE(reads(she, fmt::format("href=\"{}\"", path)));
        she.look(path);
        CHECK(she.path == "/account");
        she.send(path, {{"voucher", code}, {"offer", "small"}});
        CHECK(she.path == "/account");
    }
    CHECK(reads(she, "<dd class=\"sum\">RUB 0</dd>"));
}

TEST_CASE("what the operator has narrowed since the login takes no money") {
    place at;
    bring_in(at, code, rubles(100));
    person she = log_in(at, "en");
    she.look("/account/top-up");
    store::subscriber row;
    row.who = anna;
    row.level = access_level::view;
    at.feed(row);
    she.send("/account/top-up", {{"voucher", code}});
    CHECK(she.path == "/account");
    CHECK(reads(she, "This login may only look now, and nothing has changed."));
    CHECK(reads(she, "<dd class=\"sum\">RUB 0</dd>"));
}

TEST_CASE("money asked of a login that is over puts the guest out") {
    for (const char* path : {"/account/top-up", "/account/promise", terms_page}) {
        CAPTURE(path);
        place at;
        person she = log_in(at, "en");
        at.give_password(anna, chosen, true);
        if (std::string_view{path} == "/account/promise")
            she.look(path);
        else
            she.send(path, {{"voucher", code}, {"offer", "small"}});
        CHECK(she.path == "/account");
        CHECK(reads(she, "Your login is over"));
    }
}

} // namespace kabinet::gateway::account::site_money_test
