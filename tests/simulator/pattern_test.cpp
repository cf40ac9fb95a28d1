#include "simulator/pattern.hpp"

#include <doctest/doctest.h>

namespace kabinet::simulator::pattern_test {

namespace {

bool match(std::string_view expected, std::string_view text) {
    captures known;
    return pattern{expected}.matches(text, known);
}

} // namespace

TEST_CASE("literal text matches itself and nothing else") {
    CHECK(match("Пароль и вход", "Пароль и вход"));
    CHECK(match("one\ntwo", "one\ntwo"));
    CHECK_FALSE(match("one", "one two"));
    CHECK_FALSE(match("one two", "one"));
    CHECK_FALSE(match("one\ntwo", "one two"));
    CHECK_FALSE(match("One", "one"));
    CHECK(match("", ""));
}

TEST_CASE("a star alone matches anything with the blanks around it") {
    CHECK(match("*", ""));
    CHECK(match("*", "any\nlines"));
    CHECK(match("* Пароль и вход *", "1 Баланс\n7 Пароль и вход\n0 Назад"));
    CHECK(match("* Пароль и вход *", "Пароль и вход"));
    CHECK(match("from * to", "from here and there to"));
    CHECK(match("from * to", "fromto"));
    CHECK(match("a\n*\nb", "a\nx\ny\nb"));
    CHECK_FALSE(match("* Пароль *", "Вход"));
    CHECK_FALSE(match("from * to", "from here"));
}

TEST_CASE("a star inside a code is a star") {
    CHECK(match("Наберите *105*00#", "Наберите *105*00#"));
    CHECK_FALSE(match("Наберите *105*00#", "Наберите *1051*00#"));
    CHECK(match("5*", "5*"));
    CHECK_FALSE(match("5*", "55"));
}

TEST_CASE("a brace is doubled to be itself") {
    CHECK(match("{{x}", "{x}"));
    CHECK(match("a {X} {} {", "a {X} {} {"));
}

TEST_CASE("a capture takes one character or more up to what follows") {
    captures known;
    CHECK(pattern{"Пароль: {password}\nдо {until}."}.matches("Пароль: k7mp9xw3\nдо 22.11 12:40.", known));
    CHECK(known["password"] == "k7mp9xw3");
    CHECK(known["until"] == "22.11 12:40");
    CHECK_FALSE(match("до {until}.", "до ."));
    CHECK_FALSE(match("{all}", "two\nlines"));
}

TEST_CASE("a capture goes past what follows when the rest wants it to") {
    captures known;
    CHECK(pattern{"{sentence}."}.matches("1. 2. 3.", known));
    CHECK(known["sentence"] == "1. 2. 3");
}

TEST_CASE("a capture met again must be equal") {
    captures known;
    CHECK(match("{a}-{a}", "x-x"));
    CHECK_FALSE(match("{a}-{a}", "x-y"));
    REQUIRE(pattern{"code {code}"}.matches("code 123456", known));
    CHECK(pattern{"{code} again"}.matches("123456 again", known));
    CHECK_FALSE(pattern{"{code} again"}.matches("654321 again", known));
}

TEST_CASE("a text that doesn't match leaves the captures as they were") {
    captures known{{"login", "9261112233"}};
    CHECK_FALSE(pattern{"{other} and {login}!"}.matches("this and 000", known));
    CHECK(known == captures{{"login", "9261112233"}});
}

TEST_CASE("captured values are filled into what a subscriber says") {
    const captures known{{"code", "123456"}};
    CHECK(fill_in("answer {code}, {{code}, {other} {", known) == "answer 123456, {code}, {other} {");
}

TEST_CASE("a name that says what lets somebody in is secret") {
    CHECK(is_secret_name("password"));
    CHECK(is_secret_name("old_password"));
    CHECK(is_secret_name("code2"));
    CHECK(is_secret_name("app_pin"));
    CHECK(is_secret_name("ticket"));
    CHECK(is_secret_name("second_session"));
    CHECK(is_secret_name("device"));
    CHECK_FALSE(is_secret_name("until"));
    CHECK_FALSE(is_secret_name("login"));
}

TEST_CASE("a secret is masked where the pattern finds it and nothing else is") {
    const captures known;
    CHECK(mask("Пароль: k7mp9xw3\nдо: 22.11 12:40", pattern{"Пароль: {password}\nдо: {until}"}, known) ==
          "Пароль: ****\nдо: 22.11 12:40");
}

TEST_CASE("a secret known from before is masked wherever it stands") {
    const captures known{{"password", "k7mp9xw3"}, {"login", "9261112233"}};
    CHECK(mask("k7mp9xw3 и k7mp9xw3 для 9261112233", pattern{"x"}, known) == "**** и **** для 9261112233");
}

TEST_CASE("in a text like nothing expected sums, dates and words are legible") {
    for (const char* said : {"Гудок: 60 р.", "Баланс: -120,50", "Balance: 120.50 RUB", "Balance: 1250 RUB",
                             "Beep: 60 RUB now, then 60 RUB each 30 days", "Следующий платеж: 22.11 12:40",
                             "Слово: ключ", "Portal: lk.example.ru"})
        CHECK(mask(said, pattern{"{title}: {fee} р."}, {}) == said);
}

TEST_CASE("in a text like nothing expected a word after a colon that may be a password or a code is masked") {
    CHECK(mask("Пароль: k7mp9xw3\nЦена: 120\nlk.megafon.ru", pattern{"Код {code}"}, {}) ==
          "Пароль: ****\nЦена: 120\nlk.megafon.ru");
    CHECK(mask("Password: fakeword: 1234", {}) == "Password: ****: ****");
    CHECK(mask("Code: 4829. ", {}) == "Code: ****");
    CHECK(mask("Code: 482", {}) == "Code: 482");
    CHECK(mask("ends in: ", {}) == "ends in: ");
}

} // namespace kabinet::simulator::pattern_test
