#include "menus/text_validation.hpp"

#include "sample_pack.hpp"

#include <doctest/doctest.h>

namespace text_validation_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

/// The findings of the sample pack with one text changed, each as its sentence.
std::vector<std::string> said_with(std::size_t language_at, std::string name, std::string words) {
    draft pack = sample_draft();
    put_text(pack, language_at, std::move(name), std::move(words));
    std::vector<std::string> said;
    for (const finding& one : validate(pack))
        said.push_back(one.what);
    return said;
}

std::string repeated(std::string_view letter, std::size_t times) {
    std::string text;
    for (; times > 0; --times)
        text += letter;
    return text;
}

using sentences = std::vector<std::string>;

} // namespace

TEST_CASE("a missing translation is told with who asks for it") {
    draft pack = sample_draft();
    std::erase_if(pack.languages[1].texts, [](const draft_text& text) { return text.name == "nav.bye"; });
    const std::vector<finding> findings = validate(pack);
    REQUIRE(findings.size() == 1);
    CHECK(findings.front().file == "en.toml");
    CHECK(findings.front().what == "the text nav.bye is missing; menus.toml:1 asks for it");
}

TEST_CASE("a screen of 80 Russian characters fits and one of 81 does not") {
    CHECK(said_with(0, "no_such_code", repeated("ж", 80)).empty());
    CHECK(said_with(0, "no_such_code", repeated("ж", 81)) ==
          sentences{"no_such_code.screen is too long: 81 characters of 80, 1 too many (162 octets of 160)"});
}

TEST_CASE("a screen of 160 septets fits and characters of two septets count twice") {
    CHECK(said_with(1, "no_such_code", repeated("x", 160)).empty());
    CHECK(
        said_with(1, "no_such_code", repeated("x", 159) + "[") ==
        sentences{"no_such_code.screen is too long: 161 characters of 160, 1 too many (141 octets of 140)"});
}

TEST_CASE("an SMS of 70 Russian characters fits and one of 71 does not") {
    CHECK(said_with(0, "help", repeated("ж", 70)).empty());
    CHECK(said_with(0, "help", repeated("ж", 71)) ==
          sentences{"help.sms is too long: 71 characters of 70, 1 too many (142 octets of 140)"});
}

TEST_CASE("a text for both channels must fit the smaller one") {
    CHECK(
        said_with(0, "gateway.too_often", repeated("ж", 71)) ==
        sentences{"gateway.too_often.sms is too long: 71 characters of 70, 1 too many (142 octets of 140)"});
}

TEST_CASE("placeholders count at their longest") {
    // "до 22.11 12:40" is 14 characters with the time filled in
    CHECK(said_with(0, "any.limit", repeated("ж", 70 - 14) + "до {until}").empty());
    CHECK(said_with(0, "any.limit", repeated("ж", 71 - 14) + "до {until}").size() == 5);
}

TEST_CASE("two operations at their longest fit a screen, and only a list says them") {
    // "22.11 12:40 пароль изменен, система" is 35 characters
    CHECK(said_with(0, "list_archive.listed", repeated("ж", 8) + "\n{operations}").empty());
    CHECK(said_with(0, "list_archive.listed", repeated("ж", 9) + "\n{operations}") ==
          sentences{
              "list_archive.listed.screen is too long: 81 characters of 80, 1 too many (162 octets of 160)"});
    CHECK(said_with(1, "list_archive.empty", "{operations}").size() == 2); // on the screen and by SMS
}

TEST_CASE("a text under which a line for 0 stands leaves room for it") {
    CHECK(said_with(0, "prompt.own.ask", repeated("ж", 80 - 9)).empty());
    CHECK(said_with(0, "prompt.own.ask", repeated("ж", 80 - 8)).size() == 1);
    CHECK(said_with(0, "choose_password.common", repeated("ж", 80 - 8)).size() == 2);
}

TEST_CASE("a character outside the alphabet of a language is named") {
    CHECK(said_with(1, "help", "50 ₽") == sentences{"help: '₽' is not in the GSM 7-bit alphabet"});
    CHECK(said_with(1, "help", "A – B") == sentences{"help: '–' is not in the GSM 7-bit alphabet"});
    CHECK(said_with(1, "help", "A\u00A0B").size() == 1);
    CHECK(said_with(0, "help", "50 ₽").empty());
}

TEST_CASE("a placeholder where it can't be known is refused") {
    CHECK(said_with(1, "any.busy", "Until {until}.").size() == 52);
    CHECK(said_with(1, "help", "{code}") == sentences{"help.sms can't say {code}"});
    CHECK(said_with(1, "menu.account.head", "Hello {login}") ==
          sentences{"menu.account.head can't say {login}"});
}

TEST_CASE("an unknown placeholder and broken braces are refused") {
    CHECK(said_with(1, "help", "{portal}") ==
          sentences{"help: {portal} is neither a placeholder nor a word of the pack"});
    CHECK(said_with(1, "help", "{support").size() == 1);
}

TEST_CASE("a count must have the forms of its language") {
    CHECK(said_with(0, "list_archive.listed", "{count|a|b}") ==
          sentences{"list_archive.listed: {count|...} wants 3 forms"});
    CHECK(said_with(1, "list_archive.listed", "{count|a|b}").empty());
}

TEST_CASE("a text nobody says is refused for it is a slip of the pen") {
    CHECK(said_with(0, "issue_pasword.limit", "Снова {until}") ==
          sentences{"nothing uses the text issue_pasword.limit"});
}

TEST_CASE("an empty and a broken text are refused") {
    CHECK(said_with(0, "help", "") == sentences{"help is empty"});
    CHECK(said_with(0, "no_such_code", "\xFF").front() == "no_such_code is broken UTF-8");
}

TEST_CASE("a password stands after a colon and a space at the end of its line") {
    const sentences told{"issue_password.replaced.screen: {password} stands after a colon and a space, "
                         "at the end of its line",
                         "issue_password.replaced.sms: {password} stands after a colon and a space, "
                         "at the end of its line"};
    for (const char* words :
         {"Пароль {password}", "Пароль: {password}.", "{password}", "Пароль:\n{password}"}) {
        CAPTURE(words);
        CHECK(said_with(0, "issue_password.replaced", words) == told);
    }
    CHECK(said_with(0, "issue_password.replaced", "Пароль: {password}\nХраните").empty());
}

TEST_CASE("a text that issues a password says it") {
    CHECK(said_with(0, "issue_password.replaced", "Готово").size() == 2);
}

TEST_CASE("no screen says the password where the pack shows it by SMS only") {
    draft pack = sample_draft();
    pack.passwords.show = password_shown::sms;
    CHECK(validate(pack).size() == 10); // five outcomes in two languages
    for (std::size_t at = 0; at < 2; ++at)
        for (const char* outcome : {"issued", "replaced", "replaced_chosen", "restored", "restored_idle"}) {
            put_text(pack, at, std::string{"issue_password."} + outcome + ".screen", "SMS");
            put_text(pack, at, std::string{"issue_password."} + outcome + ".sms", "SMS: {password}");
            std::erase_if(pack.languages[at].texts, [&](const draft_text& text) {
                return text.name == std::string{"issue_password."} + outcome;
            });
        }
    CHECK(validate(pack).empty());
}

TEST_CASE("what is told of an idle account is wanted only where accounts go idle") {
    draft pack = sample_draft();
    pack.accounts.idle_after.reset();
    sentences said;
    for (const finding& one : validate(pack))
        said.push_back(one.what);
    REQUIRE(said.size() % 2 == 0); // in either language
    CHECK(std::ranges::all_of(said, [](const std::string& each) {
        return each.starts_with("nothing uses the text ") &&
               (each.ends_with(".restored_idle") || each == "nothing uses the text explain_login.idle");
    }));
    for (draft_language& in : pack.languages)
        std::erase_if(in.texts, [](const draft_text& text) {
            return text.name.ends_with(".restored_idle") || text.name == "explain_login.idle";
        });
    CHECK(validate(pack).empty());
}

TEST_CASE("an item too long for a page is named, and by how much") {
    CHECK(said_with(0, "menu.account.3", repeated("ж", 80)) ==
          sentences{"menu.account.3 is too long for a page: with the lines for 9 and 0 98 characters of 80, "
                    "18 too many (196 octets of 160)"}); // "3 …\n9 Далее\n0 Назад"
    CHECK(said_with(0, "menu.balance.head", repeated("ж", 80)) ==
          sentences{"menu.balance.head is too long for a page: with the lines for 9 and 0 88 characters of "
                    "80, 8 too many (176 octets of 160)"}); // no items, so no line for 9
}

TEST_CASE("a language says its name and the form of its times") {
    draft pack = sample_draft();
    pack.languages[1].code = "english";
    pack.languages[1].time_pattern.text = "soon";
    std::vector<std::string> said;
    for (const finding& one : validate(pack))
        said.push_back(one.what);
    CHECK(std::ranges::find(said, "\"english\" is no language: two letters name it") != said.end());
    CHECK(std::ranges::find(said, "\"soon\" is no form of a time: d MMM HH:mm is") != said.end());
}

} // namespace text_validation_test
