// The movements at the pages of /account.
#include "gateway/account/pages.hpp"
#include "tests/gateway/account/purse.hpp"

namespace kabinet::gateway::account::site_statement_test {

using namespace tests;

TEST_CASE("the statement shows this month, and links lead half a year back and no further") {
    place at;
    person she = log_in(at);
    she.look("/account/statement");
    CHECK(reads(she, "За это время денег не приходило и не уходило."));
    pay(at, rubles(120));
    lend(at);
    she.look("/account/statement");
    CHECK(reads(she, "Платёж</span></dt><dd class=\"sum\">120 ₽</dd>"));
    CHECK(reads(she, "Комиссия за обещанный платёж</span></dt><dd class=\"sum\">-10,50 "
                     "₽</dd>"));
    CHECK(reads(she, "<dt>Поступило</dt><dd class=\"sum\">120 ₽</dd>"));
    CHECK(reads(she, "<dt>Потрачено</dt><dd class=\"sum\">10,50 ₽</dd>"));
    CHECK_FALSE(reads(she, "Следующий месяц"));
    int months = 0;
    while (reads(she, "Предыдущий месяц") && months < 20) {
        ++months;
        she.look("/account/statement?back=" + std::to_string(months));
        CHECK(reads(she, "За это время денег не приходило и не уходило."));
        CHECK(reads(she, "Следующий месяц"));
    }
    CHECK(months == 6);
}

TEST_CASE("an address that names no month shows this one") {
    place at;
    person she = log_in(at, "en");
    pay(at, rubles(7));
    for (const char* odd : {"?back=7", "?back=-1", "?back=x", "?back=", "?until=never",
                            "?until=2020-01-01T00:00:00Z", "?back=99999999999999"}) {
        CAPTURE(odd);
        she.look("/account/statement" + std::string{odd});
        CHECK(reads(she, "Payment</span></dt><dd class=\"sum\">RUB 7</dd>"));
    }
}

TEST_CASE("who has more than a page finds the rest behind a link") {
    place at;
    person she = log_in(at);
    for (int each = 0; each < 60; ++each)
        pay(at, rubles(100 + each));
    she.look("/account/statement");
    CHECK(reads(she, ">159 ₽"));
    CHECK_FALSE(reads(she, ">109 ₽"));
    REQUIRE(reads(she, "Показать более ранние"));
    std::string older{between(she.page, "<p><a href=\"/account/statement", "\"")};
    for (auto escaped = older.find("&amp;"); escaped != std::string::npos; escaped = older.find("&amp;"))
        older.replace(escaped, 5, "&");
    she.look("/account/statement" + older);
    CHECK(reads(she, ">109 ₽"));
    CHECK(reads(she, ">100 ₽"));
    CHECK_FALSE(reads(she, ">110 ₽"));
    CHECK_FALSE(reads(she, "Поступило</dt>")); // sums of the whole stand on the first page
}

TEST_CASE("each kind of entry has a word of the page's") {
    const pages all;
    for (const words& each : all.languages())
        for (int number = 0; number < 256; ++number) {
            const auto kind = static_cast<store::entry_kind>(number);
            if (store::name_of(kind) == "unknown")
                continue;
            CHECK(store::find_entry_kind(store::name_of(kind)) == kind);
            CAPTURE(store::name_of(kind));
            CHECK(each.find("statement.kind_" + std::string{store::name_of(kind)}) != nullptr);
        }
}

TEST_CASE("a stranger sees no statement") {
    place at;
    person he{at, "ru"};
    he.look("/account/statement");
    CHECK(he.path == "/account");
}

} // namespace kabinet::gateway::account::site_statement_test
