// The second step of a login, and a new password by the code word.
#include "tests/gateway/account/person.hpp"

namespace kabinet::gateway::account::site_logins_test {

using namespace tests;

namespace {

constexpr const char* password = "k7mp9xw3";

void switch_on_code(place& at) {
    at.fulfil(anna, store::set_switch{store::account_switch::two_step, true});
}

/// The code of the newest SMS that has one.
std::string last_code(place& at) {
    std::string found;
    for (const auto& row : at.sms())
        if (!row.clear.empty())
            found = row.clear.reveal();
    REQUIRE(found.size() == 6);
    return found;
}

/// One was sent so long ago.
void spend_code(place& at, std::chrono::minutes before) {
    store::request asked;
    asked.id = store::keys::draw_request_id();
    asked.by.who = anna;
    store::send_code what;
    what.what_for = store::code_purpose::log_in;
    asked.what = what;
    asked.sms.emplace().clear = store::generate_code();
    asked.now = read_clocks();
    asked.now.utc -= before;
    REQUIRE(at.once(std::move(asked)).is == store::verdict::code_sent);
}

std::string other_than(std::string_view code) {
    return code == "000000" ? "000001" : "000000";
}

void restore(person& who, msisdn number, const char* word, const char* wanted = "Another-pass-2",
             const char* again = nullptr) {
    who.look("/account/word");
    who.send("/account/word", {{"number", number.text()},
                               {"word", word},
                               {"password", wanted},
                               {"again", again == nullptr ? wanted : again},
                               {"answer", who.answer_question()}});
}

} // namespace

TEST_CASE("where a code is wanted the password leads to its page, and the code leads in") {
    place at;
    at.give_password(anna, password);
    switch_on_code(at);
    person she{at, "en"};
    she.log_in(anna, password);
    CHECK(she.path == "/account/code");
    CHECK(she.reads("Code for this login"));
    CHECK(she.reads("inputmode=\"numeric\" autocomplete=\"one-time-code\""));
    CHECK(she.reads("Log in again in a minute"));
    const std::string code = last_code(at);
    she.send("/account/code", {{"code", ""}});
    CHECK(she.reads("Type the code"));
    she.send("/account/code", {{"code", other_than(code)}});
    CHECK(she.path == "/account/code");
    CHECK(she.reads("The code is not right. You are not logged in yet."));
    CHECK(she.reads("Five wrong ones end a code"));
    CHECK(she.reads("<a href=\"#code\">"));
    CHECK_FALSE(she.reads("You are logged in"));
    she.send("/account/code", {{"code", code}});
    CHECK(she.path == "/account");
    CHECK(she.reads("You are logged in"));
    CHECK(she.reads("On: after the password"));
    CHECK_FALSE(at.has_shown(code));
}

TEST_CASE("nobody comes to the code's page, or in by it, without a password") {
    place at;
    at.give_password(anna, password);
    switch_on_code(at);
    person she{at, "en"};
    she.look("/account");
    const auto planted = she.cookies;
    she.log_in(anna, password);
    CHECK(she.cookies.at("account_form") != planted.at("account_form"));
    const std::string code = last_code(at);
    person other{at, "en"};
    other.cookies = planted;
    other.look("/account/code");
    CHECK(other.path == "/account");
    other.send("/account/code", {{"code", code}});
    CHECK(other.path == "/account");
    CHECK(other.reads("name=\"password\""));
    she.look("/account/code");
    she.send("/account/code", {{"code", code}});
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("a code that never came is asked for by another login, after a minute") {
    place at;
    at.give_password(anna, password);
    switch_on_code(at);
    person she{at, "en"};
    she.log_in(anna, password);
    at.now += 61s;
    she.look("/account/code");
    CHECK(she.reads("No SMS? Log in again with the same password"));
    she.look("/account");
    CHECK(she.reads("value=\"79261112233\""));
    she.log_in(anna, password);
    CHECK(she.path == "/account/code");
    she.send("/account/code", {{"code", last_code(at)}});
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("a code whose time is over leads back to the login") {
    place at;
    at.give_password(anna, chosen, true);
    switch_on_code(at);
    person she{at, "en"};
    she.log_in(anna, chosen);
    for (int count = 0; count < 2; ++count) {
        at.now += 6min;
        if (count == 0)
            she.look("/account/code");
    }
    she.send("/account/code", {{"code", last_code(at)}});
    CHECK(she.path == "/account");
    CHECK(she.reads("time is up and you are not logged in"));
    she.look("/account/code");
    CHECK(she.path == "/account");
}

TEST_CASE("the code's form sent twice is one login, and both lead in") {
    place at;
    at.give_password(anna, password);
    switch_on_code(at);
    person she{at, "en"};
    she.log_in(anna, password);
    const typed fields{{"code", last_code(at)}};
    at.open(she.make_form("/account/code", fields));
    she.keep_cookies(at.open(she.make_form("/account/code", fields)));
    she.look("/account");
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("too many codes are told as such, and that the password is as good as before") {
    place at;
    at.give_password(anna, chosen, true);
    switch_on_code(at);
    at.pack->logins.is_once = false;
    person she{at, "en"};
    for (auto before = 10min; before > 0min; before -= 2min)
        spend_code(at, before);
    const answer came = she.log_in(anna, chosen);
    CHECK(came.status == 429);
    CHECK(she.reads("Too many codes were sent to this number"));
    CHECK(she.reads("It works again after "));
}

TEST_CASE("a new password is followed by the code that its login wants") {
    place at;
    at.give_password(anna, chosen, true);
    person she{at, "en"};
    she.log_in(anna, chosen);
    she.look("/account/change");
    she.send("/account/change", {});
    const std::string code = last_code(at);
    switch_on_code(at); // from the phone, meanwhile
    she.send("/account/new", {{"code", code}, {"password", "Another-one"}, {"again", "Another-one"}});
    CHECK(she.path == "/account/code");
    CHECK(she.reads("Your password is changed."));
    she.look("/account/archive"); // no longer, and not yet again
    CHECK(she.path == "/account");
    she.look("/account/code");
    she.send("/account/code", {{"code", last_code(at)}});
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("the code word sets a password, and whoever is in with the old one is out") {
    place at;
    at.give_word(anna, "Мурзик");
    at.give_password(anna, chosen, true);
    person intruder{at, "en"};
    intruder.log_in(anna, chosen);
    person she{at, "en"};
    she.look("/account/forgot");
    CHECK(she.reads("<a href=\"/account/word\">I know my code word</a>"));
    restore(she, anna, "Барсик");
    CHECK(she.reads("The number or the code word is not right. Your password has not changed."));
    CHECK(she.reads("<a href=\"#word\">"));
    CHECK(she.reads("value=\"79261112233\""));
    restore(she, anna, " мурзик ");
    CHECK(she.path == "/account");
    CHECK(she.reads("Your new password is saved. Now log in with it."));
    intruder.look("/account");
    CHECK(intruder.reads("name=\"password\""));
    she.log_in(anna, "Another-pass-2");
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("the code word's form wants all of its fields and a person, and costs no try without") {
    place at;
    at.give_word(anna, "Мурзик");
    person she{at, "en"};
    for (int count = 0; count < 6; ++count) {
        restore(she, anna, "Барсик", "Another-pass-2", "Another-pass-3");
        CHECK(she.reads("The passwords differ. Your password has not changed."));
        restore(she, anna, "");
        CHECK(she.reads("Type your code word."));
    }
    she.look("/account/word");
    at.now += 3s;
    const std::string word = "Мурзик";
    const std::string wanted = "Another-pass-2";
    she.send(
        "/account/word",
        {{"number", anna.text()}, {"word", word}, {"password", wanted}, {"again", wanted}, {"answer", "99"}});
    CHECK(she.reads("That is not the answer."));
    restore(she, anna, "Мурзик", "short");
    CHECK(she.reads("the new one has fewer than 8 characters"));
    CHECK(she.reads("<a href=\"#password\">"));
    restore(she, anna, "Мурзик");
    CHECK(she.reads("Your new password is saved."));
}

TEST_CASE("five wrong code words close that way for a day, the same for a number that is nobody's") {
    place at;
    at.give_word(anna, "Мурзик");
    std::string told;
    for (const msisdn who : {anna, boris}) {
        person someone{at, "en"};
        for (int count = 0; count < 5; ++count)
            restore(someone, who, "Барсик");
        CHECK(someone.path == "/account/word/closed");
        CHECK(someone.reads("Code word closed for a day"));
        CHECK(someone.reads("/account/forgot"));
        CHECK((told.empty() || told == someone.page));
        told = someone.page;
    }
}

TEST_CASE("the code word alone opens no login that wrong passwords closed") {
    place at;
    at.give_word(anna, "Мурзик");
    at.give_password(anna, chosen, true);
    person she{at, "en"};
    for (int count = 0; count < 5; ++count)
        she.log_in(anna, "wrong-guess");
    restore(she, anna, "Мурзик");
    CHECK(she.path == "/account/blocked");
}

TEST_CASE("after a new SIM the code word has to wait like everything else") {
    place at;
    at.give_word(anna, "Мурзик");
    person she{at, "en"};
    store::subscriber changed;
    changed.who = anna;
    changed.sim_changed = read_clocks().utc;
    at.feed(changed);
    restore(she, anna, "Мурзик");
    CHECK(she.reads("The password of this number can&#39;t be changed now"));
    CHECK(she.reads("It works again after "));
}

} // namespace kabinet::gateway::account::site_logins_test
