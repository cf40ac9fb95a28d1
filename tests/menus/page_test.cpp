#include "menus/page.hpp"

#include "sample_pack.hpp"

#include "menus/fit.hpp"
#include "menus/outcomes.hpp"

#include <doctest/doctest.h>

namespace page_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::chrono_literals;

namespace {

// 22 Nov 2026 09:40 UTC: 12:40 in Moscow.
constexpr utc_time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 9h + 40min;

std::string text_of(const boost::system::result<short_text>& text) {
    return text ? std::string{view(*text)} : "error: " + text.error().message();
}

std::string shown(const step& taken) {
    return text_of(render(sample_pack(), std::get<show>(taken).at));
}

std::string told(std::string_view name, language reads, const fields& known = {}) {
    return text_of(render(sample_pack(), name, reads, known));
}

} // namespace

TEST_CASE("a menu that fits stands on one screen") {
    CHECK(shown(dial(sample_pack(), "*105#", english)) ==
          "Balance 120.50 RUB\n1 Balance, bonus\n2 Top up\n3 Promised payment\n4 Spending\n"
          "6 Services, tariff\n7 Password, login\n8 More\n0 Exit");
}

TEST_CASE("a menu that doesn't fit goes on over pages and no item is cut") {
    const step first = dial(sample_pack(), "*105#", russian);
    CHECK(shown(first) ==
          "Баланс 120,50 р.\n1 Баланс, бонусы\n2 Пополнить\n3 Обещ. платеж\n9 Далее\n0 Выход");
    const step second = type(std::get<show>(first).at, "9");
    CHECK(shown(second) == "4 Расходы\n6 Услуги и тариф\n7 Пароль и вход\n8 Прочее\n0 Назад");
}

TEST_CASE("every page of every screen fits with its line for 0") {
    for (const spoken_language& speaks : sample_pack().languages)
        for (const char* code : {"*105#", "*105*1#", "*105*3#", "*105*7#", "*105*01#"}) {
            place at = std::get<show>(dial(sample_pack(), code, speaks.code)).at;
            for (at.page = 0; at.page < 2; ++at.page)
                if (const auto text = render(sample_pack(), at))
                    CHECK(measure_screen(view(*text), sample_pack().screen).fits());
        }
}

TEST_CASE("the line for 0 is exit on top and back below and the screen's own where it has one") {
    CHECK(shown(dial(sample_pack(), "*105*7#", russian)) == "Пароль\n1 Новый\n2 Свой\n0 Назад");
    CHECK(shown(dial(sample_pack(), "*105*3#", russian)) == "Заказать за 5 р.?\n1 Да\n0 Нет");
    CHECK(shown(dial(sample_pack(), "*105*01#", russian)) == "Новый пароль:\n0 Отмена");
    CHECK(shown(dial(sample_pack(), "*105*1#", russian)) == "Справка: 0550\n0 Назад");
}

TEST_CASE("a repeated screen stands under one line where both fit") {
    const step wrong = type(std::get<show>(dial(sample_pack(), "*105*7#", russian)).at, "5");
    CHECK(shown(wrong) == "Нет такого пункта.\nПароль\n1 Новый\n2 Свой\n0 Назад");
    const step full = type(std::get<show>(dial(sample_pack(), "*105#", russian)).at, "5");
    CHECK(shown(full).starts_with("Баланс"));
}

TEST_CASE("a refused entry is told instead of the question") {
    const place prompt = std::get<show>(dial(sample_pack(), "*105*01#", russian)).at;
    CHECK(shown(type(prompt, "short")) == "Короче 8.\n0 Отмена");
    const step second = type(prompt, "fake-Secret1");
    CHECK(shown(second) == "Еще раз:\n0 Отмена");
    CHECK(shown(type(std::get<show>(second).at, "fake-Secret2")) == "Не совпали.\n0 Отмена");
}

TEST_CASE("a second question asked after a wrong entry has no line above it") {
    const place prompt = std::get<show>(dial(sample_pack(), "*105*01#", russian)).at;
    const step refused = type(prompt, "short");
    CHECK(shown(type(std::get<show>(refused).at, "fake-Secret1")) == "Еще раз:\n0 Отмена");
}

TEST_CASE("times are written in the zone of the pack and the form of the language") {
    fields known;
    known.until = noon;
    CHECK(told("issue_password.limit.sms", russian, known) == "Снова 22.11 12:40");
    CHECK(told("issue_password.limit.screen", english, known) == "Again 22 Nov 12:40");
}

TEST_CASE("a login is written as the subscriber dials it") {
    const secret password{"k7mp9xw3"};
    fields known;
    known.until = noon;
    known.password = &password;
    known.login = subscriber;
    CHECK(told("issue_password.issued.sms", russian, known) ==
          "Пароль: k7mp9xw3\nЛогин 9261112233, до 22.11 12:40");
    known.login = msisdn::from_digits(380501112233);
    CHECK(told("issue_password.issued.sms", english, known) ==
          "Password: k7mp9xw3\nLogin 380501112233, until 22 Nov 12:40");
}

TEST_CASE("the longest SMS that a check lets through can be written") {
    for (const auto& [one, times] : {std::pair{"é", 457}, std::pair{"€", 228}, std::pair{"я", 199}}) {
        std::string words;
        for (int each = 0; each < times; ++each)
            words += one;
        REQUIRE(measure_sms(words, most_sms_parts).fits());
        draft pack = sample_draft();
        put_text(pack, 0, "choose_password.chosen.sms", words);
        const definition made = define(pack);
        const auto text = render_sms(made, "choose_password.chosen.sms", russian);
        REQUIRE(text.has_value());
        CHECK(view(*text) == words);
        if (words.size() > short_text::static_capacity)
            CHECK(render(made, "choose_password.chosen.sms", russian).error() == page_error::too_long);
    }
}

TEST_CASE("an SMS says what is known and lacks what isn't as a screen does") {
    fields known;
    const secret password{"k7mp9xw3"};
    known.password = &password;
    const auto text = render_sms(sample_pack(), "issue_password.replaced.sms", english, known);
    REQUIRE(text.has_value());
    CHECK(view(*text) == "Password: k7mp9xw3");
    CHECK(render_sms(sample_pack(), "issue_password.replaced.sms", english).error() == page_error::no_field);
    CHECK(render_sms(sample_pack(), "no.such.text", english).error() == page_error::no_text);
}

TEST_CASE("a text that names a field nobody gave is an error") {
    const auto without_password = render(sample_pack(), "issue_password.replaced.sms", russian);
    CHECK(without_password.error() == page_error::no_field);
    CHECK(render(sample_pack(), "issue_password.limit.sms", russian).error() == page_error::no_field);
}

TEST_CASE("a text the pack doesn't have is an error") {
    CHECK(render(sample_pack(), "no.such.text", russian).error() == page_error::no_text);
    CHECK(render(sample_pack(), "", russian).error() == page_error::no_text);
}

TEST_CASE("a place of another pack is an error") {
    place foreign;
    foreign.code = 77;
    CHECK(render(sample_pack(), foreign).error() == page_error::no_place);
    place far = std::get<show>(dial(sample_pack(), "*105#", english)).at;
    far.page = 1; // English has one page
    CHECK(render(sample_pack(), far).error() == page_error::no_place);
}

TEST_CASE("a text of one outcome is found under the name of each channel and action") {
    CHECK(told("choose_password.busy.screen", russian) == "Позже.");
    CHECK(told("set_language.busy.sms", english) == "Later.");
}

TEST_CASE("a language the pack doesn't have reads the default one") {
    CHECK(told("choose_password.chosen.sms", *language::from("tt")) == "Установлен.");
}

TEST_CASE("operations stand one a line and no more than fit") {
    const std::array done{operation{noon, "issue_password", "ussd"},
                          operation{noon - 24h, "access_blocked", "portal"},
                          operation{noon - 48h, "something_new", "teleport"}};
    fields known;
    known.operations = done;
    CHECK(told("list_archive.listed.screen", english, known) ==
          "22 Nov 12:40 password issued, USSD\n21 Nov 12:40 login closed, portal\n20 Nov 12:40 other, other");
    CHECK(told("list_archive.listed.screen", russian, known) ==
          "22.11 12:40 пароль выдан, USSD\n21.11 12:40 вход закрыт, сайт");
    const std::vector<operation> many(9, operation{noon, "set_language", "sms"});
    known.operations = many;
    const std::string text = told("list_archive.listed.screen", english, known);
    CHECK(std::ranges::count(text, '\n') == 4); // 26 characters a line
    known.operations = {};
    CHECK(told("list_archive.listed.screen", russian, known).empty());
}

TEST_CASE("an archive says how many operations it shows and leaves room for its line for 0") {
    draft pack = sample_draft();
    put_text(pack, 0, "list_archive.listed", "{count}:\n{operations}");
    const definition made = define(pack);
    const std::vector<operation> many(3, operation{noon, "set_language", "ussd"});
    fields known;
    known.operations = many;
    // 3 characters before them, 22 of each line and a line end between: 71, and 8 more of "0 Назад"
    CHECK(text_of(render(made, "list_archive.listed.screen", russian, known)).starts_with("3:\n"));
    place back;
    back.reads = russian;
    CHECK(text_of(render_outcome(made, "list_archive.listed.screen", back, known)).starts_with("3:\n"));
    put_text(pack, 0, "list_archive.listed", "{count}, -\n{operations}");
    CHECK(text_of(render_outcome(define(pack), "list_archive.listed.screen", back, known))
              .starts_with("2, -\n"));
}

TEST_CASE("an outcome after which the dialogue goes on has a line for 0") {
    const step taken = type(std::get<show>(dial(sample_pack(), "*105#", russian)).at, "6");
    const auto text =
        render_outcome(sample_pack(), "set_language.set.screen", *std::get<perform>(taken).back);
    CHECK(text_of(text) == "Язык: русский\n0 Назад");
}

TEST_CASE("a count is written with the form the language wants") {
    draft pack = sample_draft();
    put_text(pack, 0, "list_archive.listed", "{count} {count|запись|записи|записей}");
    put_text(pack, 1, "list_archive.listed", "{count} {count|entry|entries}");
    const definition made = define(pack);
    const auto count = [&](std::uint64_t number, language reads) {
        fields known;
        known.count = number;
        return text_of(render(made, "list_archive.listed.screen", reads, known));
    };
    CHECK(count(1, russian) == "1 запись");
    CHECK(count(22, russian) == "22 записи");
    CHECK(count(11, russian) == "11 записей");
    CHECK(count(1, english) == "1 entry");
    CHECK(count(0, english) == "0 entries");
}

TEST_CASE("the direct code of a place is what one would dial") {
    CHECK(view(write_code(sample_pack(), std::get<show>(dial(sample_pack(), " 105 7 2", russian)).at)) ==
          "*105*7*2#");
    place foreign;
    foreign.code = 77;
    CHECK(write_code(sample_pack(), foreign).empty());
}

TEST_CASE("page errors have words") {
    for (page_error error :
         {page_error::no_text, page_error::no_field, page_error::no_place, page_error::too_long})
        CHECK_FALSE(make_error_code(error).message().empty());
}

} // namespace page_test
