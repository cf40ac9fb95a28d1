// Services at the pages of /account, and what holds for all that is sold.
#include "tests/gateway/account/double_click.hpp"
#include "tests/gateway/account/wares.hpp"

namespace kabinet::gateway::account::site_wares_test {

using namespace tests;

TEST_CASE("a service is connected on a page that says its price and fee, and disconnected on another") {
    place at;
    pay(at, rubles(100));
    person she = log_in(at);
    CHECK(reads(she, "href=\"/account/services\""));
    she.look("/account/services");
    CHECK(reads(she, "Ничего не подключено."));
    CHECK(reads(she, "10 ₽ при подключении и 50 ₽ за 30 дней"));
    CHECK(reads(she, "aria-label=\"Подключить: Гудок\""));
    CHECK_FALSE(reads(she, "Отключить"));
    open_terms(she, connect_page, "beep");
    CHECK(reads(she, "<p class=\"ware\">Гудок</p>"));
    CHECK(reads(she, "<dt>Подключение</dt><dd>10 ₽</dd>"));
    CHECK(reads(she, "<dt>Плата</dt><dd>50 ₽ за 30 дней</dd>"));
    CHECK(reads(she, "<dt>Спишем сейчас</dt><dd class=\"sum\">60 ₽</dd>"));
    CHECK(reads(she, "Подключить за 60 ₽</button>"));
    const std::string until = until_on(at, read_clocks().utc + month, "ru");
    she.send(connect_page, ware_on(she));
    CHECK(she.path == "/account/services");
    CHECK(reads(
        she,
        "«Гудок»: подключено, списано 60 ₽. Следующая плата, 50 ₽, "
        "после " +
            until + ". Баланс теперь 40 ₽."));
    CHECK(reads(she, "50 ₽ за 30 дней, следующая плата после " + until));
    CHECK(at.sms().size() == 1);
    open_terms(she, disconnect_page, "beep");
    CHECK(reads(she, "Плата за начатый срок не возвращается. Пока ничего не изменено."));
    she.send(disconnect_page, ware_on(she));
    CHECK(she.path == "/account/services");
    CHECK(reads(she, "«Гудок»: отключено, плату больше не берём."));
    CHECK(reads(she, "Ничего не подключено."));
    CHECK(reads(she, "<dd class=\"sum\">40 ₽</dd>"));
    she.look("/account/archive");
    CHECK(reads(she, "<dd>Услуга подключена<"));
    CHECK(reads(she, "<dd>Услуга отключена<"));
}

TEST_CASE("sent twice a service is connected once, and a package bought once") {
    place at;
    pay(at, rubles(1'000));
    person she = log_in(at, "en");
    for (const deed& each : {deeds[0], deeds[3]}) {
        open_terms(she, each.page, each.offer);
        const typed fields = ware_on(she);
        const std::string list = each.page == connect_page ? "/account/services" : "/account/packages";
        CHECK(click_twice(at, she, each.page, fields) == std::vector{list, list});
        CHECK(header_of(at.open(she.make_form(each.page, fields)), "Location") == list);
    }
    CHECK(at.sms().size() == 2);
    she.look("/account/packages");
    CHECK(reads(she, "<dd class=\"sum\">RUB 790</dd>"));
    CHECK(reads(she, "Left: 100 minutes."));
}

TEST_CASE("what costs nothing says so, and is connected free of charge") {
    place at;
    person she = log_in(at, "en");
    she.look("/account/services");
    CHECK(reads(she, "<p>Free</p>"));
    open_terms(she, connect_page, "hush");
    CHECK(reads(she, "<dt>Fee</dt><dd>none</dd>"));
    CHECK(reads(she, "Connect it free of charge</button>"));
    she.send(connect_page, ware_on(she));
    CHECK(reads(she, "Тишина is connected, free of charge."));
    CHECK(reads(she, "<p>No fee</p>"));
}

TEST_CASE("terms that changed since they were read are read anew, whichever of them, and nothing is done") {
    place at;
    pay(at, rubles(1'000));
    person she = log_in(at, "en");
    const auto meet = [&](auto change, std::string_view now) {
        open_terms(she, connect_page, "beep");
        const typed before = ware_on(she);
        change(offer_of(at, "beep"));
        she.send(connect_page, before);
        CHECK(she.path == connect_page);
        CHECK(reads(she, "The terms have just changed. Nothing was taken or changed"));
        CHECK(reads(she, now));
    };
    meet([](menus::offer& each) { each.fee = rubles(70); }, "<dd>RUB 70 for 30 days</dd>");
    meet([](menus::offer& each) { each.amount = rubles(20); }, "<dd>RUB 20</dd>");
    meet([](menus::offer& each) { each.term = 7 * 24h; }, "<dd>RUB 70 for 7 days</dd>");
    CHECK(at.sms().empty());
    she.send(connect_page, ware_on(she));
    CHECK(reads(she, "is connected, RUB 90 taken."));
}

TEST_CASE(
    "price and fee go along: the API refuses what isn't so any more, whatever the form says of its terms") {
    place at;
    pay(at, rubles(1'000));
    person she = log_in(at, "en");
    open_terms(she, connect_page, "beep");
    typed fields = ware_on(she);
    for (auto& [name, value] : fields)
        if (name == "fee")
            value = "1.00";
    she.send(connect_page, fields);
    CHECK(she.path == connect_page);
    CHECK(reads(she, "The terms have just changed."));
    CHECK(at.sms().empty());
}

TEST_CASE("a service that doesn't go with another names it, before it is tried and after") {
    place at;
    pay(at, rubles(100));
    person she = log_in(at);
    open_terms(she, connect_page, "beep");
    request form = she.make_form(connect_page, ware_on(she));
    agree(she, connect_page, "hush");
    CHECK(header_of(at.open(std::move(form)), "Location") == connect_page);
    open_terms(she, connect_page, "beep");
    CHECK(reads(she, "«Гудок» не работает вместе с «Тишина». Ничего не списано и не изменено."));
    open_terms(she, connect_page, "beep");
    CHECK(reads(she, "Не работает вместе с «Тишина»."));
    CHECK(reads(she, "href=\"/account/service/disconnect?offer=hush\""));
    CHECK_FALSE(reads(she, "<button>Подключить"));
    agree(she, disconnect_page, "hush");
    agree(she, connect_page, "beep");
    CHECK(reads(she, "«Гудок»: подключено, списано 60 ₽."));
}

TEST_CASE("who is short of money reads how much is missing, before it is tried and after") {
    place at;
    pay(at, money::from_minor(4'550));
    person she = log_in(at);
    open_terms(she, connect_page, "beep");
    CHECK(reads(she, "Не хватает 14,50 ₽."));
    CHECK(reads(she, "<a class=\"button\" href=\"/account/top-up\">"));
    CHECK_FALSE(reads(she, "<button>Подключить"));
    pay(at, rubles(100));
    open_terms(she, connect_page, "beep");
    const typed fields = ware_on(she);
    REQUIRE(at.fulfil(anna, store::buy_package{{"talk", {}, rubles(140), month, {}}, {}, true}).is ==
            store::verdict::bought);
    she.send(connect_page, fields);
    CHECK(she.path == connect_page);
    CHECK(reads(she, "Денег не хватило. Ничего не списано и не изменено."));
    CHECK(reads(she, "Не хватает 54,50 ₽."));
}

TEST_CASE("what can't be paid waits, and the page says for what and until when") {
    place at;
    pay(at, rubles(60));
    person she = log_in(at);
    offer_of(at, "beep").kept = 10 * 24h;
    agree(she, connect_page, "beep");
    const utc_time due = read_clocks().utc + month + 1h;
    take_fees(at, due);
    she.look("/account/services");
    CHECK(reads(she,
                "<p class=\"waits\">Ждёт оплаты: на счёте нет 50 ₽. Пополните "
                "счёт "
                "до "));
    CHECK(reads(she, "Отключить"));
    agree(she, disconnect_page, "beep");
    CHECK(reads(she, "«Гудок»: отключено"));
}

TEST_CASE("what isn't sold any more stays with whoever has it, and whoever was about to buy it is told") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at, "en");
    agree(she, connect_page, "beep");
    open_terms(she, buy_page, "talk");
    const typed fields = ware_on(she);
    offer_of(at, "beep").is_sold = offer_of(at, "talk").is_sold = false;
    she.send(buy_page, fields);
    CHECK(she.path == "/account/packages");
    CHECK(reads(she, "This is not sold any more. Nothing was taken or changed."));
    CHECK_FALSE(reads(she, "<h2>Available</h2>"));
    she.look("/account");
    CHECK_FALSE(reads(she, "href=\"/account/packages\""));
    CHECK(reads(she, "href=\"/account/services\""));
    she.look("/account/services");
    CHECK(reads(she, "href=\"/account/service/disconnect?offer=beep\""));
    agree(she, disconnect_page, "beep");
    CHECK(reads(she, "Гудок is disconnected"));
    CHECK_FALSE(reads(she, "Гудок</p>"));
}

TEST_CASE("a pack that sells nothing of a kind has no link to it") {
    place at;
    std::erase_if(at.pack->offers,
                  [](const menus::offer& each) { return each.kind != menus::offer_kind::promise; });
    person she = log_in(at);
    for (const char* page : {"/account/services", "/account/tariff", "/account/packages"})
        CHECK_FALSE(reads(she, fmt::format("href=\"{}\"", page)));
    CHECK(reads(she, "href=\"/account/promise\""));
}

TEST_CASE("a name that isn't on the list, or is another list's, leads back to it") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at, "en");
    const auto list_of = [](const deed& of) {
        const std::string_view page{of.page};
        return page == change_page                 ? "/account/tariff"
               : page.starts_with("/account/pack") ? "/account/packages"
                                                   : "/account/services";
    };
    for (const deed& each : deeds)
        for (const char* odd : {"small", "nothing", "talk%22", "<i>"}) {
            CAPTURE(each.page);
            CAPTURE(odd);
            open_terms(she, each.page, odd);
            CHECK(she.path == list_of(each));
            CHECK(she.page.find(odd) == std::string::npos);
            open_terms(she, connect_page, "beep"); // a form
            she.send(each.page, {{"offer", odd}, {"price", "0.00"}, {"fee", "0.00"}, {"terms", "x"}});
            CHECK(she.path == list_of(each));
            CHECK(reads(she, "This is not sold any more."));
        }
    for (const typed& odd : {typed{{"offer", "beep"}}, typed{}, typed{{"offer", std::string(128, 'x')}}}) {
        open_terms(she, connect_page, "beep");
        she.send(connect_page, odd);
        CHECK(reads(she, "Nothing "));
    }
    CHECK(at.sms().empty());
}

TEST_CASE("a form without its sums, or with odd ones, is none of ours and does nothing") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at, "en");
    open_terms(she, connect_page, "beep");
    const typed fields = ware_on(she);
    for (const char* odd : {"", "-1", "free", "1e3"}) {
        CAPTURE(odd);
        open_terms(she, connect_page, "beep");
        typed sent = fields;
        for (auto& [name, value] : sent)
            if (name == "price")
                value = odd;
        she.send(connect_page, sent);
        CHECK(she.path == connect_page);
        CHECK(reads(she, "This page was out of date. Nothing has changed"));
    }
    CHECK(at.sms().empty());
}

TEST_CASE("a title is shown as it is written, whatever is in it") {
    place at;
    pay(at, rubles(400));
    call(at, "service.beep", "<b>\"Гудок\" & {fee}");
    call(at, "service.hush", "<i>&");
    person she = log_in(at);
    const auto is_whole = [&] {
        CHECK(reads(she, "&lt;b&gt;&quot;Гудок&quot; &amp; {fee}"));
        CHECK_FALSE(reads(she, "<b>\""));
        CHECK_FALSE(reads(she, "<i>"));
    };
    she.look("/account/services");
    is_whole();
    open_terms(she, connect_page, "beep");
    is_whole();
    she.send(connect_page, ware_on(she));
    is_whole();
    open_terms(she, disconnect_page, "beep");
    is_whole();
    open_terms(she, connect_page, "hush");
    is_whole(); // what it doesn't go with
}

TEST_CASE("whoever may only look sees what is sold and what he has, and changes nothing") {
    place at;
    pay(at, rubles(400));
    at.pack->logins.chosen = access_level::view;
    person she = log_in(at, "en");
    const std::array lists{"/account/services", "/account/tariff", "/account/packages"};
    for (const char* page : lists)
        CHECK(reads(she, fmt::format("href=\"{}\"", page)));
    for (const char* page : lists) {
        CHECK(she.look(page).status == 200);
        CHECK(reads(she, "<dd class=\"sum\">RUB 400</dd>"));
        CHECK_FALSE(reads(she, "?offer="));
    }
    for (const deed& each : deeds) {
        open_terms(she, each.page, each.offer);
        CHECK(she.path == "/account");
        she.send(each.page, {{"offer", each.offer}, {"price", "0.00"}, {"fee", "0.00"}});
        CHECK(she.path == "/account");
    }
    CHECK(at.sms().empty());
}

TEST_CASE("a login that ended meanwhile orders nothing, and shows nothing") {
    for (const deed& each : deeds)
        for (const bool is_sent : {false, true}) {
            CAPTURE(each.page);
            place at;
            pay(at, rubles(1'000));
            person she = log_in(at, "en");
            at.give_password(anna, chosen, true);
            if (is_sent)
                she.send(each.page, {{"offer", each.offer}, {"terms", "x"}});
            else
                open_terms(she, each.page, each.offer);
            CHECK(she.path == "/account");
            CHECK(reads(she, "Your login is over"));
        }
}

TEST_CASE("a number that is barred for debt, or blocked by its owner, is told so") {
    for (const auto& [why, said] : {std::pair{"debt", "The number is barred for debt"},
                                    std::pair{"", "The number is blocked. No money was taken or added."}}) {
        place at;
        pay(at, rubles(1'000));
        person she = log_in(at, "en");
        open_terms(she, connect_page, "beep");
        if (*why != '\0') {
            store::subscriber row;
            row.who = anna;
            row.status = store::account_status::barred;
            row.reason = why;
            at.feed(row);
        } else {
            REQUIRE(at.fulfil(anna, store::block_number{}).is == store::verdict::number_blocked);
        }
        she.send(connect_page, ware_on(she));
        CHECK(she.path == connect_page);
        CHECK(reads(she, said));
    }
}

TEST_CASE("an order whose end isn't known yet says so, and one that came to nothing that nothing was taken") {
    place at;
    pay(at, rubles(1'000));
    person she = log_in(at, "en");
    const auto told = [&](unsigned status, std::string said) {
        open_terms(she, connect_page, "beep");
        at.elsewhere["/v1/service/connect"] = {status, std::move(said)};
        she.send(connect_page, ware_on(she));
    };
    told(202, R"({"verdict":"under_way"})");
    CHECK(she.path == "/account");
    CHECK(reads(she, "We are working on it and will tell you by SMS within minutes."));
    told(200, R"({"verdict":"refused","reason":"not_done"})");
    CHECK(she.path == connect_page);
    CHECK(reads(she, "It did not work out: nothing was taken or changed."));
    told(200, R"({"verdict":"refused","reason":"declined"})");
    CHECK(she.path == connect_page);
    CHECK(reads(she, "This can&#39;t be done now. Your money stays as it is."));
    told(500, "{}");
    CHECK(reads(she, "The fault is ours. Nothing has changed."));
}

TEST_CASE("where the API can't say it now the lists say so, and nothing is ordered") {
    place at;
    pay(at, rubles(1'000));
    person she = log_in(at, "en");
    open_terms(she, connect_page, "beep");
    const typed fields = ware_on(she);
    at.desk.stop_taking();
    CHECK(she.send(connect_page, fields).status == 503);
    for (const char* page : {"/account/services", "/account/tariff", "/account/packages"}) {
        CHECK(she.look(page).status == 200);
        CHECK(reads(she, "We can&#39;t show them just now"));
    }
    open_terms(she, buy_page, "talk");
    CHECK(she.path == "/account/packages");
    she.look("/account");
    CHECK_FALSE(reads(she, "href=\"/account/services\""));
}

TEST_CASE("the language is changed on a confirmation, and it stays the same one") {
    place at;
    pay(at, rubles(400));
    person she = log_in(at);
    open_terms(she, connect_page, "beep");
    she.look(std::string{connect_page} + "?lang=en");
    CHECK(she.path == connect_page);
    CHECK(reads(she, "<h1>Connect this service?</h1>"));
    CHECK(reads(she, "<p class=\"ware\">Гудок</p>"));
}

TEST_CASE("each reason that the API has about what is sold is said in every language") {
    const pages all;
    for (const words& each : all.languages()) {
        for (const char* why : {"terms", "offer", "already_connected", "not_connected", "conflict",
                                "short_of", "full_purse", "not_done"})
            CHECK(each.find(fmt::format("wares.refused_{}", why)) != nullptr);
        for (const char* why : {"barred", "barred_debt", "barred_by_owner", "unknown_number"})
            CHECK(each.find(fmt::format("money.refused_{}", why)) != nullptr);
        for (const char* way : {"service_connect", "tariff_change", "package_buy"})
            for (const char* done : {"done", "done_once", "done_free", "go", "go_free", "title"})
                CHECK(each.find(fmt::format("{}.{}", way, done)) != nullptr);
    }
}

} // namespace kabinet::gateway::account::site_wares_test
