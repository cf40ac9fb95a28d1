// A promised payment taken at the pages of /account.
#include "tests/gateway/account/purse.hpp"

namespace kabinet::gateway::account::site_promise_test {

using namespace tests;

TEST_CASE("a promised payment is chosen, its price read, and then taken") {
    place at;
    person she = log_in(at);
    she.look("/account/promise");
    CHECK(reads(she, "<b>100 ₽</b>На 3 дня, комиссия 10,50 ₽</span>"));
    choose(she);
    CHECK(she.path == terms_page);
    CHECK(reads(she, "<dd class=\"sum\">100 ₽</dd>"));
    CHECK(reads(she, "<dd>10,50 ₽</dd>"));
    CHECK(reads(she, "<dd>3 дня</dd>"));
    CHECK(reads(she, "Взять 100 ₽, комиссия 10,50 ₽</button>"));
    she.look("/account");
    CHECK(reads(she, "<dd class=\"sum\">0 ₽</dd>")); // nothing was taken yet
    she.look(terms_page);
    const std::string until = until_on(at, read_clocks().utc + 72h, "ru");
    const typed fields = terms_on(she);
    for (int count = 0; count < 2; ++count)
        CHECK(header_of(at.open(she.make_form(terms_page, fields)), "Location") == "/account");
    she.look("/account");
    CHECK(reads(she, "Зачислено 100 ₽, спишем обратно после " + until +
                         ". Комиссия: 10,50 ₽. Баланс теперь 89,50 ₽."));
    CHECK(reads(she, "<dd class=\"sum\">89,50 ₽</dd>"));
    CHECK(at.sms().size() == 1);
    she.look(terms_page);
    CHECK(she.path == "/account/promise"); // nothing is chosen any more
}

TEST_CASE("a promised payment that can't be taken is told with why") {
    place at;
    person she = log_in(at, "en");
    const auto refuse = [&](std::string_view why, auto meanwhile) {
        choose(she);
        REQUIRE(she.path == terms_page);
        meanwhile();
        she.send(terms_page, terms_on(she));
        CHECK(she.path == "/account/promise");
        CHECK(reads(she, why));
    };
    refuse("Your balance is too low", [&] { at.pack->promise_floor = rubles(1); });
    at.pack->promise_floor = rubles(-30);
    const std::string until = until_on(at, read_clocks().utc + 72h, "en");
    refuse("You have a promised payment already, until " + until, [&] { lend(at); });
    she.look(terms_page);
    CHECK(she.path == "/account/promise");
    have_done(at, [](store::backend& rows) {
        return rows.return_promises(10, "notice.promise_returned", read_clocks().utc + 73h);
    });
    refuse("The last promised payment is not paid back in full.", [] {});
    pay(at, most_money);
    refuse("There would be more on your account than it may hold.", [] {});
    refuse("This promised payment is no longer to be had.", [&] { at.pack->offers.clear(); });
    CHECK(reads(she, "There are none to take at present."));
    she.look("/account");
    CHECK_FALSE(reads(she, "/account/promise"));
}

TEST_CASE("terms that changed since they were read are read anew before anything is taken") {
    place at;
    person she = log_in(at, "en");
    choose(she);
    at.pack->offers.front().fee = rubles(20);
    she.send(terms_page, terms_on(she));
    CHECK(she.path == terms_page);
    CHECK(reads(she, "The terms have just changed. Nothing was taken"));
    CHECK(reads(she, "<dd>RUB 20</dd>"));
    she.send(terms_page, terms_on(she));
    CHECK(reads(she, "Fee: RUB 20. Your balance is RUB 80 now."));
    at.pack->offers.front().fee = {};
    she.look("/account/promise");
    CHECK_FALSE(reads(she, "type=\"radio\""));
}

TEST_CASE("nothing is chosen, something unknown is, or it costs nothing") {
    place at;
    at.pack->offers.front().fee = {};
    person she = log_in(at, "en");
    she.look(terms_page);
    CHECK(she.path == "/account/promise");
    she.send("/account/promise", {});
    CHECK(reads(she, "Choose an amount. Nothing has been taken yet."));
    CHECK(reads(she, "<a href=\"#offer\">"));
    choose(she, "gigantic");
    CHECK(she.path == "/account/promise");
    choose(she);
    CHECK(reads(she, "<dd>no fee</dd>"));
    at.desk.stop_taking();
    CHECK(she.send(terms_page, terms_on(she)).status == 503);
    CHECK(reads(she, "nothing was changed or counted"));
}

} // namespace kabinet::gateway::account::site_promise_test
