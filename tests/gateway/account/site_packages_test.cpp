// The tariff and packages at the pages of /account.
#include "tests/gateway/account/wares.hpp"

namespace kabinet::gateway::account::site_packages_test {

using namespace tests;

TEST_CASE("the tariff is changed, and one that waits for its fee says so") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at, "en");
    she.look("/account/tariff");
    CHECK(reads(she, "<h2>Your tariff</h2>"));
    CHECK(reads(she, "<p class=\"ware\">Простой</p>\n<p>No fee</p>"));
    CHECK(reads(she, "<p>RUB 100 for the change and RUB 300 for 30 days</p>"));
    open_terms(she, change_page, "wide");
    CHECK(reads(she, "Switch to it for RUB 400</button>"));
    CHECK(reads(she, "nothing of the one before is paid back"));
    she.send(change_page, ware_on(she));
    CHECK(she.path == "/account/tariff");
    CHECK(reads(she, "Your tariff is Широкий now, RUB 400 taken."));
    open_terms(she, change_page, "wide"); // which is his
    CHECK(she.path == "/account/tariff");
    take_fees(at, read_clocks().utc + month + 1h);
    she.look("/account/tariff");
    CHECK(reads(she, "Waiting for payment: your account has less than RUB 300. Top up, and it works again."));
    agree(she, change_page, "plain");
    CHECK(reads(she, "Your tariff is Простой now, free of charge."));
}

TEST_CASE("a package is bought, extended and stopped, and the page says what is left") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at);
    she.look("/account/packages");
    CHECK(reads(she, "100 минут: 150 ₽ за 30 дней, продлевается сам"));
    open_terms(she, buy_page, "talk");
    CHECK(reads(she, "<dt>В пакете</dt><dd>100 минут</dd>"));
    CHECK(reads(she, "<dt>На срок</dt><dd>30 дней</dd>"));
    CHECK_FALSE(reads(she, "Такой пакет у вас есть"));
    she.send(buy_page, ware_on(she));
    CHECK(she.path == "/account/packages");
    CHECK(reads(she, "«Разговор»: куплено до "));
    have_done(at, [](store::backend& rows) { return rows.tell_left(anna, "talk", {21, 0, 0}); });
    const std::string due = until_on(at, read_clocks().utc + month, "ru");
    she.look("/account/packages");
    CHECK(reads(she, "Осталось: 21 минута. Продлится после " + due + ", за 150 ₽"));
    open_terms(she, stop_page, "talk");
    CHECK(reads(she, "Остаток действует до " + due));
    she.send(stop_page, ware_on(she));
    CHECK(reads(she, "«Разговор»: действует до " + due + " и не продлится."));
    CHECK(reads(she, "Закончится после " + due + ", сам не продлится"));
    open_terms(she, stop_page, "talk"); // it is stopped already
    CHECK(she.path == "/account/packages");
    open_terms(she, buy_page, "talk");
    CHECK(reads(she, "новый добавится к остатку"));
    CHECK(reads(she, "Потом пакет продлевается сам"));
    she.send(buy_page, ware_on(she));
    CHECK(reads(she, "Осталось: 121 минута. Продлится после "));
    CHECK(reads(she, "<dd class=\"sum\">100 ₽</dd>"));
}

TEST_CASE("a package is extended on the terms of now, and these are what the page says") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at, "en");
    agree(she, buy_page, "talk");
    menus::offer& talk = offer_of(at, "talk");
    talk.fee = rubles(90);
    talk.minutes = 40;
    talk.sms = 5;
    talk.term = 24h;
    talk.renews = false;
    she.look("/account/packages");
    CHECK(reads(she, "for RUB 150")); // its own terms
    open_terms(she, buy_page, "talk");
    CHECK(reads(she, "<dt>In it</dt><dd>40 minutes, 5 SMS</dd>"));
    CHECK(reads(she, "<dt>For</dt><dd>1 day</dd>"));
    CHECK(reads(she, "It doesn&#39;t renew itself."));
    she.send(buy_page, ware_on(she));
    CHECK(reads(she, "Разговор: yours until "));
    CHECK(reads(she, "Left: 140 minutes, 5 SMS. Over after "));
    CHECK(reads(she, "<dd class=\"sum\">RUB 160</dd>"));
}

} // namespace kabinet::gateway::account::site_packages_test
