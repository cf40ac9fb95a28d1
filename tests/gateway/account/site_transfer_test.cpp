// Money given to another subscriber at the pages of /account.
#include "gateway/account/browser.hpp"
#include "tests/gateway/account/double_click.hpp"
#include "tests/gateway/account/purse.hpp"

#include <algorithm>

namespace kabinet::gateway::account::site_transfer_test {

using namespace tests;

namespace {

constexpr const char* form_page = "/account/transfer";
constexpr const char* confirm_page = "/account/transfer/confirm";

void type_transfer(person& she, std::string to, std::string amount) {
    she.look(form_page);
    she.send(form_page, {{"to", std::move(to)}, {"amount", std::move(amount)}});
}

/// What the confirmation that is open has in it besides.
typed transfer_on(const person& she) {
    typed made;
    for (const char* name : {"to", "amount", "terms"})
        made.emplace_back(name, between(she.page, fmt::format("name=\"{}\" value=\"", name), "\""));
    return made;
}

void give(person& she, std::string to, std::string amount) {
    type_transfer(she, std::move(to), std::move(amount));
    REQUIRE(she.path == confirm_page);
    she.send(confirm_page, transfer_on(she));
}

money balance_of(place& at, msisdn who) {
    const auto awaited = boost::asio::make_work_guard(at.loop);
    std::optional<money> has;
    at.money.read_purse(who, [&](auto came) { has = came.value().balance; });
    REQUIRE(run_until(at.loop, [&] { return has.has_value(); }));
    return *has;
}

/// Who has an account.
void register_boris(place& at) {
    REQUIRE(at.fulfil(boris, store::pay_in{rubles(1)}).is == store::verdict::paid_in);
}

/// As it stands among words, on one line.
std::string in_words(msisdn who) {
    std::string made = write_number(who.text());
    for (auto hyphen = made.find('-'); hyphen != std::string::npos; hyphen = made.find('-'))
        made.replace(hyphen, 1, "\u2011");
    return made;
}

const std::string boris_typed = "8 (926) 222-33-44";

} // namespace

TEST_CASE("a transfer is typed, read back with its fee, and then made") {
    place at;
    register_boris(at);
    pay(at, rubles(200));
    person she = log_in(at);
    CHECK(reads(she, "href=\"/account/transfer\""));
    she.look(form_page);
    CHECK(reads(she, "От 1 ₽ до 500 ₽, комиссия 5 ₽"));
    type_transfer(she, write_number(boris.text()), "99,90");
    CHECK(she.path == confirm_page);
    CHECK(reads(she, "<dd class=\"number\">" + write_number(boris.text()) + "</dd>"));
    CHECK(reads(she, "<dd class=\"sum\">99,90 ₽</dd>"));
    CHECK(reads(she, "<dt>Комиссия</dt><dd>5 ₽</dd>"));
    CHECK(reads(she, "<dt>Спишем всего</dt><dd>104,90 ₽</dd>"));
    CHECK(reads(she, "вернуть перевод нельзя"));
    CHECK(balance_of(at, anna) == rubles(200)); // nothing has gone yet
    she.send(confirm_page, transfer_on(she));
    CHECK(she.path == "/account");
    CHECK(reads(she, "Переведено 99,90 ₽ на " + in_words(boris) +
                         ", комиссия: 5 ₽. Баланс теперь 95,10 ₽."));
    CHECK(balance_of(at, boris) == money::from_minor(10'090));
    CHECK(balance_of(at, anna) == money::from_minor(9'510));
    she.look(confirm_page);
    CHECK(she.path == form_page); // nothing is agreed to any more
    CHECK_FALSE(reads(she, "99,90"));
    she.look("/account/archive");
    CHECK(reads(she, "<dd>Перевод другому абоненту<"));
}

TEST_CASE("sent twice a transfer is made once, also before the first is answered") {
    place at;
    register_boris(at);
    pay(at, rubles(200));
    person she = log_in(at, "en");
    type_transfer(she, boris.text(), "50");
    const typed fields = transfer_on(she);
    CHECK(click_twice(at, she, confirm_page, fields) == std::vector<std::string>{"/account", "/account"});
    CHECK(header_of(at.open(she.make_form(confirm_page, fields)), "Location") == "/account");
    CHECK(balance_of(at, boris) == rubles(51));
    CHECK(balance_of(at, anna) == rubles(145));
    she.look("/account");
    CHECK(reads(she, "RUB 50 went to "));
    give(she, boris.text(), "50"); // typed again it is another one
    CHECK(balance_of(at, boris) == rubles(101));
}

TEST_CASE("what can't be a number or an amount stays in its field, with why") {
    place at;
    register_boris(at);
    pay(at, rubles(200));
    person she = log_in(at, "en");
    const auto refused = [&](std::string to, std::string amount, std::string_view at_field,
                             std::string_view why) {
        CAPTURE(to);
        CAPTURE(amount);
        type_transfer(she, to, amount);
        CHECK(she.path == form_page);
        CHECK(reads(she, why));
        CHECK(reads(she, fmt::format("<a href=\"#{}\">", at_field)));
        CHECK(reads(she, fmt::format("value=\"{}\"", escape(to))));
    };
    refused("", "10", "to", "Type the number that the money goes to.");
    refused(boris_typed, "", "amount", "Type the amount.");
    refused("a friend", "10", "to", "This doesn&#39;t look like a phone number.");
    refused("\"><i>&", "10", "to", "This doesn&#39;t look like a phone number.");
    refused(std::string(100, '9').substr(0, 64), "10", "to", "This doesn&#39;t look like a phone number.");
    for (const char* odd : {"much", "-5", "0", "1.234", "9999999999", "1e2", "10 000"})
        refused(boris_typed, odd, "amount", "This doesn&#39;t look like an amount.");
    refused(boris_typed, "0.99", "amount", "It can be RUB 1 to RUB 500. Nothing was transferred.");
    refused(boris_typed, "500,01", "amount", "It can be RUB 1 to RUB 500. Nothing was transferred.");
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("a transfer that is refused leads back to what was typed, and says why") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    const auto refused = [&](std::string to, std::string amount, std::string_view why) {
        give(she, std::move(to), std::move(amount));
        CHECK(she.path == form_page);
        CHECK(reads(she, why));
    };
    refused(anna.text(), "10", "This is your own number. Nothing was transferred.");
    CHECK(reads(she, "<a href=\"#to\">"));
    refused("79260000000", "10", "This number can&#39;t get a transfer");
    CHECK(reads(she, "<a href=\"#to\">"));
    CHECK(reads(she, "value=\"+7 926 000-00-00\""));
    refused(boris.text(), "120",
            "You are RUB 25 short: with the fee it takes RUB 125, and your balance is RUB 100.");
    CHECK(reads(she, "<a id=\"top_up\" href=\"/account/top-up\">"));
    at.pack->transfers.least = rubles(30);
    refused(boris.text(), "70", "Too little would be left on your account.");
    at.pack->transfers.least = {};
    at.pack->transfers.per_day = rubles(20);
    give(she, boris.text(), "15");
    const std::string until = until_on(at, read_clocks().utc + 24h, "en");
    refused(boris.text(), "10",
            "this amount works again after " + until + ", and a smaller one may work now");
    CHECK(reads(she, "<a href=\"#amount\">"));
    at.pack->transfers.per_hour = 1;
    const std::string hour = until_on(at, read_clocks().utc + 1h, "en");
    refused(boris.text(), "5",
            "There were too many transfers in a row. Nothing was transferred; it works again after " + hour);
    CHECK(balance_of(at, boris) == rubles(16));
}

TEST_CASE("the bounds may change meanwhile, and so may the fee: what is agreed to is what was read") {
    place at;
    register_boris(at);
    pay(at, rubles(200));
    person she = log_in(at, "en");
    type_transfer(she, boris.text(), "50");
    const typed fields = transfer_on(she);
    at.pack->transfers.fee = rubles(9);
    she.send(confirm_page, fields);
    CHECK(she.path == confirm_page);
    CHECK(reads(she, "The fee has just changed. Nothing was transferred"));
    CHECK(reads(she, "<dd>RUB 9</dd>"));
    CHECK(reads(she, "<dd>RUB 59</dd>"));
    CHECK(balance_of(at, boris) == rubles(1));
    at.pack->transfers.max = rubles(40);
    she.send(confirm_page, transfer_on(she));
    CHECK(she.path == form_page);
    CHECK(reads(she, "It can be RUB 1 to RUB 40. Nothing was transferred."));
    at.pack->transfers.fee = {};
    type_transfer(she, boris.text(), "40");
    CHECK(reads(she, "<dt>Fee</dt><dd>no fee</dd>"));
    she.send(confirm_page, transfer_on(she));
    CHECK(balance_of(at, boris) == rubles(41));
}

TEST_CASE("what was lent isn't given away, and the page says until when") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    type_transfer(she, boris.text(), "50");
    const typed fields = transfer_on(she);
    const std::string until = until_on(at, read_clocks().utc + 72h, "en");
    lend(at);
    she.send(confirm_page, fields);
    CHECK(she.path == form_page);
    CHECK(reads(she, "You have a promised payment until " + until));
    CHECK(reads(she, "Nothing was transferred."));
    CHECK_FALSE(reads(she, "name=\"amount\""));
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("a pack that leads nowhere to transfers has no link to them, and no form") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    type_transfer(she, boris.text(), "50");
    const typed fields = transfer_on(she);
    *std::ranges::find(at.pack->text_names, "transfer.transferred.sms") += ".gone";
    she.send(confirm_page, fields);
    CHECK(she.path == form_page);
    CHECK(reads(she, "There are no transfers at present."));
    CHECK_FALSE(reads(she, "name=\"amount\""));
    she.look("/account");
    CHECK_FALSE(reads(she, "href=\"/account/transfer\""));
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("a number that is blocked, or barred for debt, gives nothing") {
    for (const bool owes : {false, true}) {
        place at;
        register_boris(at);
        pay(at, rubles(100));
        person she = log_in(at, "en");
        type_transfer(she, boris.text(), "50");
        store::subscriber row;
        row.who = anna;
        row.status = store::account_status::barred;
        row.reason = "debt";
        if (owes)
            at.feed(row);
        else
            REQUIRE(at.fulfil(anna, store::block_number{}).is == store::verdict::number_blocked);
        she.send(confirm_page, transfer_on(she));
        CHECK(she.path == form_page);
        CHECK(reads(she, owes ? "The number is barred for debt" : "The number is blocked."));
        CHECK(balance_of(at, boris) == rubles(1));
    }
}

TEST_CASE("whoever may only look gives nothing") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    at.pack->logins.chosen = access_level::view;
    person she = log_in(at, "en");
    CHECK_FALSE(reads(she, "href=\"/account/transfer\""));
    for (const char* page : {form_page, confirm_page}) {
        she.look(page);
        CHECK(she.path == "/account");
        she.send(page, {{"to", boris.text()}, {"amount", "50"}, {"terms", "5.00"}});
        CHECK(she.path == "/account");
    }
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("a login that the operator has narrowed meanwhile gives nothing") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    type_transfer(she, boris.text(), "50");
    store::subscriber row;
    row.who = anna;
    row.level = access_level::view;
    at.feed(row);
    she.send(confirm_page, transfer_on(she));
    CHECK(she.path == "/account");
    CHECK(reads(she, "This login may only look now, and nothing has changed."));
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("a transfer asked of a login that is over puts the guest out") {
    for (const char* page : {form_page, confirm_page})
        for (const bool is_sent : {false, true}) {
            CAPTURE(page);
            place at;
            register_boris(at);
            pay(at, rubles(100));
            person she = log_in(at, "en");
            type_transfer(she, boris.text(), "50");
            at.give_password(anna, chosen, true);
            if (is_sent)
                she.send(page, transfer_on(she));
            else
                she.look(page);
            CHECK(she.path == "/account");
            CHECK(reads(she, "Your login is over"));
            CHECK(balance_of(at, boris) == rubles(1));
        }
}

TEST_CASE("a transfer whose end isn't known yet says so, and isn't asked for again") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    const auto told = [&](unsigned status, std::string said) {
        type_transfer(she, boris.text(), "50");
        at.elsewhere["/v1/transfer"] = {status, std::move(said)};
        she.send(confirm_page, transfer_on(she));
    };
    told(202, R"({"verdict":"under_way"})");
    CHECK(she.path == "/account");
    CHECK(reads(she, "We are working on it and will tell you by SMS within minutes."));
    she.look(confirm_page);
    CHECK(she.path == form_page);
    CHECK(reads(she, "name=\"amount\" class=\"short\""));
    CHECK_FALSE(reads(she, "value=\"50\""));
    told(200, R"({"verdict":"refused","reason":"not_done"})");
    CHECK(she.path == form_page);
    CHECK(reads(she, "It did not work out and nothing was charged."));
    CHECK(reads(she, "value=\"50\""));
    told(200, R"({"verdict":"refused","reason":"declined"})");
    CHECK(reads(she, "This can&#39;t be done now. Your money stays as it is."));
    told(200, R"({"verdict":"refused","reason":"cooldown","until":"2026-11-22T09:12:31.401553Z"})");
    CHECK(reads(she, "Your SIM card was replaced lately. Nothing was transferred; transfers work again after "
                     "22 Nov 12:12."));
}

TEST_CASE("nothing is given while the API can't be asked, and what no page has sent is none of ours") {
    place at;
    register_boris(at);
    pay(at, rubles(100));
    person she = log_in(at, "en");
    she.look(confirm_page);
    CHECK(she.path == form_page); // nothing was typed
    type_transfer(she, boris.text(), "50");
    for (const typed& odd : {typed{{"to", boris.text()}}, typed{{"amount", "50"}}, typed{}}) {
        she.send(confirm_page, odd);
        CHECK(reads(she, "This page was out of date. Nothing has changed"));
    }
    type_transfer(she, boris.text(), "50");
    she.send(confirm_page, {{"to", "*105#"}, {"amount", "50"}, {"terms", "5.00"}});
    CHECK(reads(she, "The number or the amount can&#39;t be read. Nothing was transferred"));
    type_transfer(she, boris.text(), "50");
    const typed fields = transfer_on(she);
    at.desk.stop_taking();
    request typed_anew = she.make_form(form_page, {{"to", boris.text()}, {"amount", "50"}});
    CHECK(she.send(confirm_page, fields).status == 503);
    CHECK(reads(she, "nothing was changed or counted"));
    CHECK(at.open(std::move(typed_anew)).status == 503);
    she.look(form_page);
    CHECK(reads(she, "We can&#39;t show it just now"));
    CHECK(balance_of(at, boris) == rubles(1));
}

TEST_CASE("each reason that the API has about a transfer is said in every language") {
    const pages all;
    for (const words& each : all.languages())
        for (const char* why : {"amount", "to_oneself", "unknown_party", "short_of", "little_left",
                                "full_purse", "promise_open", "limit", "day_limit", "cooldown", "unreadable"})
            CHECK(each.find(fmt::format("transfer.refused_{}", why)) != nullptr);
}

} // namespace kabinet::gateway::account::site_transfer_test
