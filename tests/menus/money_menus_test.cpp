// What menus do where money is concerned: terms are read before they are agreed to, what the account has
// stands on the screen or is left out, and a voucher is digits.
#include "menus/entry.hpp"
#include "menus/fit.hpp"
#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace money_menus_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

constexpr utc_time noon{std::chrono::seconds{1'769'083'200}}; // 2026-01-22 12:00 UTC

std::string written(const boost::system::result<short_text>& text) {
    return text ? std::string{view(*text)} : text.error().message();
}

/// The sample pack with a head that says what the account has.
definition with_balance() {
    draft pack = sample_draft();
    put_text(pack, 0, "menu.account.head", "Баланс {balance} р.");
    put_text(pack, 0, "menu.account.plain", "Кабинет");
    put_text(pack, 1, "menu.account.head", "Balance {balance} RUB");
    put_text(pack, 1, "menu.account.plain", "Your account");
    const std::vector<finding> findings = validate(pack);
    for (const finding& each : findings)
        MESSAGE(describe(each));
    REQUIRE(findings.empty());
    return define(pack);
}

} // namespace

TEST_CASE("a dialled path stops at the terms, and only an entry agrees to them") {
    for (const char* dialled : {"*105*08#", "*105*08*1#", "*105*08*1*1#"}) {
        const step taken = dial(sample_pack(), dialled, english);
        const auto* shown = std::get_if<show>(&taken);
        REQUIRE_MESSAGE(shown != nullptr, dialled);
        CHECK(written(render(sample_pack(), shown->at, fields_of(sample_pack(), shown->at, noon))) ==
              "Take 100 RUB for 3 days, fee 10.50 RUB, until 25 Jan 15:00?\n1 Yes\n0 Exit");
        const step agreed = type(shown->at, "1");
        const auto& asked = std::get<take_promise>(std::get<perform>(agreed).asked);
        CHECK(view(asked.on.name) == "small");
        CHECK(asked.on.amount == money::from_minor(10'000));
        CHECK(asked.on.fee == money::from_minor(1'050));
        CHECK(asked.on.term == std::chrono::hours{72});
        CHECK(asked.floor == money::from_minor(-3'000));
    }
}

TEST_CASE("terms are written as the language does") {
    const step taken = dial(sample_pack(), "*105*08#", russian);
    const place at = std::get<show>(taken).at;
    CHECK(written(render(sample_pack(), at, fields_of(sample_pack(), at, noon))) ==
          "Взять 100 р. на 3 дня за 10,50 р.?\n1 Да\n0 Выход");
}

TEST_CASE("what the account has stands on the first page, and is left out where it isn't known") {
    const definition pack = with_balance();
    const place at = std::get<show>(dial(pack, "*105#", russian)).at;
    CHECK(wanted_at(pack, at) == sources{fact_source::purse});
    fields known;
    known.balance = money::from_minor(12'050);
    CHECK(written(render(pack, at, known)) ==
          "Баланс 120,50 р.\n1 Баланс, бонусы\n2 Пополнить\n3 Обещ. платеж\n9 Далее\n0 Выход");
    CHECK(written(render(pack, at)) ==
          "Кабинет\n1 Баланс, бонусы\n2 Пополнить\n3 Обещ. платеж\n9 Далее\n0 Выход");
    const place second = std::get<show>(type(at, "9", pack)).at;
    CHECK(wanted_at(pack, second).empty());
    CHECK(written(render(pack, second)).starts_with("4 Расходы\n"));
}

TEST_CASE("the first screen fits with the longest balance there is") {
    const definition pack = with_balance();
    const place at = std::get<show>(dial(pack, "*105#", russian)).at;
    for (const money balance : {-most_money, most_money, money::from_minor(-99'999'999), money{}}) {
        fields known;
        known.balance = balance;
        const auto text = render(pack, at, known);
        REQUIRE(text);
        CHECK_MESSAGE(measure_screen(view(*text), pack.screen).fits(), view(*text));
    }
}

TEST_CASE("a pack with a balance in a head must say what stands there without it, and no longer") {
    draft pack = sample_draft();
    put_text(pack, 1, "menu.account.head", "Balance {balance}");
    std::vector<finding> findings = validate(pack);
    CHECK(std::ranges::count_if(findings, [](const finding& each) {
              return each.what.find("menu.account.plain is missing") != std::string::npos;
          }) == 2); // the head of one language is enough to ask it of both
    put_text(pack, 0, "menu.account.plain", "Кабинет");
    put_text(pack, 1, "menu.account.plain", "Your account, whatever is on it today");
    findings = validate(pack);
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].what.find("menu.account.plain is longer than the head") != std::string::npos);
}

TEST_CASE("a voucher is digits, in groups as they are printed") {
    const voucher_policy rules{.min_digits = 10, .max_digits = 12};
    for (const char* good : {"1234567890", "1234 5678 90", "1234-5678-9012", " 1234567890 ",
                             "１２３４５６７８９０", "123\u00A04567890"})
        CHECK_MESSAGE(examine_voucher(secret{good}, rules) == refusal::none, good);
    for (const char* bad : {"", "123456789", "1234567890123", "123456789O", "12345678я0", "+1234567890",
                            "----------", "1234567890#"})
        CHECK_MESSAGE(examine_voucher(secret{bad}, rules) == refusal::bad_voucher, bad);
    CHECK(digits_of_voucher("1234-5678 90").reveal() == "1234567890");
}

TEST_CASE("a voucher may be typed at its prompt or dialled at once") {
    const place at = std::get<show>(dial(sample_pack(), "*105*07#", english)).at;
    const step typed = type(at, "1234-567-890");
    CHECK(std::get<top_up>(std::get<perform>(typed).asked).code.reveal() == "1234567890");
    CHECK(seen(type(at, "12ab")) == "No code.\n0 Cancel");
    const step dialled = dial(sample_pack(), "*105*07*1234567890#", english);
    CHECK(std::get<top_up>(std::get<perform>(dialled).asked).code.reveal() == "1234567890");
    CHECK(seen(dial(sample_pack(), "*105*07*12345*67890#", english)) == "No code.");
}

TEST_CASE("money is moved only for what was read") {
    const auto said = [](auto change) {
        draft pack = sample_draft();
        change(pack);
        std::vector<std::string> sentences;
        for (const finding& each : validate(pack))
            sentences.push_back(each.what);
        return sentences;
    };
    using sentences = std::vector<std::string>;
    const auto item_of = [](draft& pack, std::string_view screen) -> draft_target& {
        return std::ranges::find(pack.screens, screen, &draft_screen::name)->items.front().leads;
    };
    const auto code_of = [](draft& pack, std::string_view code) -> draft_target& {
        return std::ranges::find(pack.codes, code, &draft_entry::typed)->leads;
    };
    CHECK(said([](draft&) {}).empty());
    CHECK(said([&](draft& pack) { item_of(pack, "password") = acts("take_promise"); }) ==
          sentences{"take_promise stands only in a confirmation, which says its price"});
    CHECK(said([&](draft& pack) { code_of(pack, "*105*08#").offer.clear(); }) ==
          sentences{"loan asks about an offer: say which, offer = \"...\""});
    CHECK(said([&](draft& pack) { code_of(pack, "*105*08#").offer = "huge"; }) ==
          sentences{"the pack has no offer huge; there are small, beep, hush, plain, wide, talk"});
    CHECK(said([](draft& pack) { pack.codes.front().leads.offer = "small"; }) ==
          sentences{"account asks about no offer"});
    CHECK(said([](draft& pack) {
              pack.short_numbers[0].keywords.push_back({"LOAN", acts("take_promise")});
          }) == sentences{"take_promise by SMS needs an offer to be named"});
    CHECK(said([](draft& pack) { pack.short_numbers[0].empty = acts("block_number"); }) ==
          sentences{"block_number by SMS needs a keyword"});
    CHECK(
        said([](draft& pack) {
            pack.short_numbers[0].keywords.push_back({"1234", acts("call_back")});
        }) ==
        sentences{"1234 reads like the code of a reply, which agrees to what another keyword of this number "
                  "asks"});
    CHECK(said([](draft& pack) {
              pack.short_numbers[1].keywords.push_back({"1234", acts("call_back")});
          }).empty());
    CHECK(said([](draft& pack) { pack.promises[0].amount = money{}; }).size() ==
          2); // nor is the fee below it
    CHECK(said([](draft& pack) { pack.promises[0].fee = money::from_minor(-1); }) ==
          sentences{"the fee of small must be below its amount"});
    CHECK(said([](draft& pack) { pack.promises[0].term = std::chrono::seconds{59}; }) ==
          sentences{"the term of small must be a minute at least, a year at most"});
    CHECK(said([](draft& pack) { pack.currency.text = "rub"; }) ==
          sentences{"currency must be three capital letters of ISO 4217, such as RUB"});
}

TEST_CASE("number and amount are asked for, read back and agreed to") {
    const place whom = std::get<show>(dial(sample_pack(), "*105*09#", english)).at;
    CHECK(seen(type(whom, "12")) == "No number.\n0 Cancel");
    CHECK(seen(type(whom, "+7 926 111-22-33")) == "No number.\n0 Cancel"); // his own
    const place how_much = std::get<show>(type(whom, "8 (926) 222-33-44")).at;
    CHECK(seen(show{how_much}) == "How much?\n0 Cancel");
    for (const char* bad : {"00", "-5", "1e2", "500.01", "0.99", "ten"})
        CHECK_MESSAGE(seen(type(how_much, bad)) == "No amount.\n0 Cancel", bad);
    const place terms = std::get<show>(type(how_much, "100,50")).at;
    CHECK(written(render(sample_pack(), terms, fields_of(sample_pack(), terms, noon))) ==
          "100.50 to 9262223344, 5?\n1 Yes\n0 Back");
    const step agreed = type(terms, "1");
    const auto& asked = std::get<transfer>(std::get<perform>(agreed).asked);
    CHECK(asked.to == msisdn::from_digits(79262223344));
    CHECK(asked.amount == money::from_minor(10'050));
    CHECK(asked.fee == money::from_minor(500));
}

TEST_CASE("after 0 the amount is asked for again, and the new one counts") {
    place at = std::get<show>(dial(sample_pack(), "*105*09*9262223344*100#", english)).at;
    at = std::get<show>(type(at, "0")).at;
    CHECK(seen(show{at}) == "How much?\n0 Cancel");
    at = std::get<show>(type(at, "7")).at;
    CHECK(std::get<transfer>(std::get<perform>(type(at, "1")).asked).amount == money::from_minor(700));
    CHECK(std::get<show>(type(at, "00")).at.amount == 0); // home forgets it
}

TEST_CASE("a dialled path fills the prompts as far as they take it, and never agrees") {
    const auto dialled = [](std::string_view code) { return dial(sample_pack(), code, english); };
    CHECK(seen(dialled("*105*09*9262223344#")) == "How much?\n0 Cancel");
    CHECK(seen(dialled("*105*09*12*100#")) == "Whom to?\n0 Cancel");
    CHECK(seen(dialled("*105*09*9262223344*5000#")) == "How much?\n0 Cancel");
    for (const char* code :
         {"*105*09*9262223344*100#", "*105*09*9262223344*100*1#", "*105*09*9262223344*100*1*1#"}) {
        const step taken = dialled(code);
        REQUIRE_MESSAGE(std::holds_alternative<show>(taken), code);
        CHECK(find_screen(sample_pack(), std::get<show>(taken).at)->name == "give");
    }
}

TEST_CASE("a transfer is confirmed only after number and amount were asked for") {
    draft pack = sample_draft();
    pack.codes.push_back({"*106#", leads_to("give")});
    pack.codes.push_back({"*107#", leads_to("how_much")});
    std::vector<std::string> said;
    for (const finding& each : validate(pack))
        said.push_back(each.what);
    CHECK(said == std::vector<std::string>{"give wants a prompt of rule amount before it",
                                           "how_much wants a prompt of rule number before it"});
}

TEST_CASE("the direct code of what stands behind a prompt is the prompt's") {
    const place terms = std::get<show>(dial(sample_pack(), "*105*09*9262223344*100#", english)).at;
    CHECK(view(write_code(sample_pack(), terms)) == "*105*09#");
}

} // namespace money_menus_test
