#include "tests/gateway/account/person.hpp"

namespace kabinet::gateway::account::site_test {

using namespace tests;

namespace {

constexpr const char* password = "k7mp9xw3";

std::string last_code(place& at) {
    const auto rows = at.sms();
    REQUIRE_FALSE(rows.empty());
    return std::string{rows.back().clear.reveal()};
}

} // namespace

TEST_CASE("a person logs in with a number in any form, sees the account and logs out") {
    place at;
    at.give_password(anna, password);
    person she{at};
    CHECK(she.look("/account").status == 200);
    CHECK(she.reads("<html lang=\"ru\">"));
    CHECK(she.reads("<title>Вход – "));
    CHECK(she.send("/account", {{"number", "8 (926) 111-22-33"}, {"password", password}}).status == 200);
    CHECK(she.path == "/account");
    CHECK(she.reads("Вы вошли"));
    CHECK(she.reads("+7 926 111-22-33"));
    CHECK(she.reads("Одноразовый"));
    CHECK(she.reads("Все номера"));
    CHECK_FALSE(she.reads("неверн"));
    she.send("/account/logout", {});
    CHECK(she.reads("Вы вышли."));
    CHECK(she.reads("name=\"password\""));
    she.look("/account/change");
    CHECK(she.reads("name=\"password\""));
}

TEST_CASE("a wrong password is told with what to do next, and how many there were only once it is right") {
    place at;
    at.give_password(anna, "My-own-pass", true);
    person she{at};
    for (int count = 0; count < 3; ++count) {
        she.log_in(anna, "wrong");
        CHECK(she.reads("<title>Ошибка: Вход"));
        CHECK(she.reads("Номер или пароль не подошли."));
        CHECK(she.reads("role=\"alert\""));
        CHECK(she.reads("<a href=\"#password\">"));
        CHECK(she.reads("value=\"79261112233\""));
    }
    she.look("/account");
    CHECK_FALSE(she.reads("role=\"alert\"")); // it is told once
    she.log_in(anna, "My-own-pass");
    CHECK(she.reads("Перед этим входом было 3 неверных пароля."));
    CHECK(she.reads("Постоянный"));
    CHECK(she.reads("/account/regime"));
}

TEST_CASE("a closed login says how to open it, the same for a number that is nobody's") {
    place at;
    at.pack->words["new_password"] = "*105*00#";
    at.give_password(anna, password);
    std::string told;
    for (const msisdn who : {anna, boris}) {
        person someone{at, "en"};
        for (int count = 0; count < 5; ++count)
            someone.log_in(who, "wrong");
        CHECK(someone.path == "/account/blocked");
        CHECK(someone.reads("Login is closed"));
        CHECK(someone.reads("nobody got in"));
        CHECK(someone.reads("<a href=\"tel:*105*00%23\">*105*00#</a>"));
        CHECK((told.empty() || told == someone.page));
        told = someone.page;
    }
}

TEST_CASE("a password comes by SMS to whoever answers as a person does") {
    place at;
    at.give_password(anna, password);
    person she{at};
    she.look("/account/sms");
    she.send("/account/sms", {{"number", "9261112233"}, {"answer", she.answer_question()}});
    CHECK(she.path == "/account/sent");
    CHECK(she.reads("Если номер наш"));
    const auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    she.log_in(anna, std::string{rows[0].clear.reveal()});
    CHECK(she.reads("Вы вошли"));
}

TEST_CASE("nothing is sent to whoever doesn't answer, answers wrongly, too fast or twice with one answer") {
    place at;
    at.give_password(anna, password);
    person he{at};
    he.look("/account/sms");
    const std::string first = he.answer_question();
    request again = he.make_form("/account/sms", {{"number", anna.text()}, {"answer", first}});
    he.send("/account/sms", {{"number", anna.text()}, {"answer", "99"}});
    CHECK(he.reads("Ответ не подошёл. Ничего не отправлено."));
    CHECK(he.reads("<a href=\"#answer\">"));
    he.send("/account/sms", {{"number", anna.text()}, {"answer", ""}});
    CHECK(he.reads("Ответьте на вопрос."));
    const std::string quick = he.answer_question();
    at.now -= 2s;
    he.send("/account/sms", {{"number", anna.text()}, {"answer", quick}});
    CHECK(he.reads("быстрее, чем успевает человек"));
    at.open(std::move(again)); // the first question was used up
    CHECK(at.sms().empty());
}

TEST_CASE("who goes on guessing answers has to wait, and then may ask again") {
    place at;
    person he{at};
    he.look("/account/forgot");
    for (unsigned count = 0; count < site::most_wrong_answers; ++count) {
        at.now += 3s;
        he.send("/account/forgot", {{"number", anna.text()}, {"answer", "99"}});
    }
    CHECK(he.reads("Слишком много неверных ответов. Ничего не отправлено."));
    CHECK(he.reads("через 10 минут"));
    at.now += 9min;
    CHECK(he.look("/account/sms").status == 429);
    at.now += 2min;
    CHECK(he.look("/account/sms").status == 200);
}

TEST_CASE("a forgotten password is set anew with a code") {
    place at;
    at.give_password(anna, password);
    person she{at, "en"};
    she.look("/account/new"); // nothing was sent yet
    CHECK(she.path == "/account/forgot");
    she.send("/account/forgot", {{"number", "89261112233"}, {"answer", she.answer_question()}});
    CHECK(she.path == "/account/new");
    CHECK(she.reads("If the number is ours"));
    const std::string code = last_code(at);
    const std::string wrong = code == "000000" ? "000001" : "000000";
    const auto set = [&](const std::string& typed_code, const char* chosen, const char* second) {
        she.send("/account/new",
                 {{"code", typed_code}, {"username", "x"}, {"password", chosen}, {"again", second}});
    };
    set(code, "My-own-pass", "My-own-pas");
    CHECK(she.reads("The passwords differ. Your password has not changed."));
    set(wrong, "My-own-pass", "My-own-pass");
    CHECK(she.reads("The code is not right. Your password has not changed."));
    set(code, "short", "short");
    CHECK(she.reads("The password was not changed: the new one has fewer than 8 characters."));
    CHECK(she.reads("<a href=\"#password\">"));
    set("", "My-own-pass", "My-own-pass");
    CHECK(she.reads("Type the code"));
    set(code, "My-own-pass", "My-own-pass");
    CHECK(she.path == "/account");
    CHECK(she.reads("Your new password is saved. Now log in with it."));
    she.log_in(anna, "My-own-pass");
    CHECK(she.reads("You are logged in"));
    for (const char* secret_text : {"My-own-pas", password})
        CHECK(at.shown.find(secret_text) == std::string::npos);
    CHECK_FALSE(at.has_shown(code));
}

TEST_CASE("who is logged in changes the password, and is out everywhere else") {
    place at;
    at.give_password(anna, "My-own-pass", true);
    person here{at, "en"};
    person elsewhere{at, "en"};
    here.log_in(anna, "My-own-pass");
    elsewhere.log_in(anna, "My-own-pass");
    here.look("/account/change");
    here.send("/account/change", {});
    CHECK(here.path == "/account/new");
    const std::string code = last_code(at);
    here.send("/account/new", {{"code", code}, {"password", "Another-one"}, {"again", "Another-one"}});
    CHECK(here.reads("Your password is changed."));
    CHECK(here.reads("You are logged in"));
    here.send("/account/language", {{"language", "en"}}); // it may go on as before
    CHECK(here.reads("The language is saved"));
    elsewhere.look("/account/change");
    CHECK(elsewhere.reads("we logged you out"));
    REQUIRE(at.sms().size() == 1); // that it was changed
    CHECK(at.verdict(anna, "Another-one") == "ok");
}

TEST_CASE("whoever is in with a forgotten password is out once there is a new one") {
    place at;
    at.give_password(anna, "My-own-pass", true);
    person intruder{at, "en"};
    intruder.log_in(anna, "My-own-pass");
    CHECK(intruder.reads("You are logged in"));
    person she{at, "en"};
    she.look("/account/forgot");
    she.send("/account/forgot", {{"number", "8 926 111 22 33"}, {"answer", she.answer_question()}});
    she.send("/account", {{"number", boris.text()}, {"password", ""}}); // in another tab
    she.look("/account/new");
    she.send("/account/new",
             {{"code", last_code(at)}, {"password", "Another-one"}, {"again", "Another-one"}});
    CHECK(she.reads("Your new password is saved."));
    intruder.look("/account");
    CHECK(intruder.reads("name=\"password\""));
}

TEST_CASE("who is logged in goes back to one-time passwords") {
    place at;
    at.give_password(anna, "My-own-pass", true);
    person she{at, "en"};
    she.log_in(anna, "My-own-pass");
    she.look("/account/regime/code");
    CHECK(she.path == "/account/regime");
    she.send("/account/regime", {});
    CHECK(she.path == "/account/regime/code");
    const std::string code = last_code(at);
    she.send("/account/regime/code", {{"code", code == "000000" ? "000001" : "000000"}});
    CHECK(she.reads("The code is not right. Nothing has changed."));
    she.send("/account/regime/code", {{"code", code}});
    CHECK(she.reads("Your passwords are one-time now"));
    CHECK(she.reads("name=\"password\"")); // the login went with its password
    CHECK(at.verdict(anna, "My-own-pass") == "denied");
}

TEST_CASE("where the pack wants so, a temporary password leads straight to a new one") {
    place at;
    at.pack->logins.must_change = true;
    at.give_password(anna, password);
    person she{at, "en"};
    she.log_in(anna, password);
    CHECK(she.path == "/account/change");
    CHECK(she.reads("Choose your own first."));
    for (const char* other : {"/account", "/account/regime", "/account/sms"}) {
        she.look(other);
        CHECK(she.path == "/account/change");
    }
    she.send("/account/change", {});
    const std::string code = last_code(at);
    she.send("/account/new", {{"code", code}, {"password", "My-own-pass"}, {"again", "My-own-pass"}});
    CHECK(she.path == "/account");
    CHECK(she.reads("You are logged in"));
}

TEST_CASE("a login that may only look changes nothing") {
    place at;
    at.pack->logins.chosen = access_level::view;
    at.give_password(anna, "My-own-pass", true);
    person she{at, "en"};
    she.log_in(anna, "My-own-pass");
    CHECK(she.reads("View only"));
    CHECK(she.reads("This login may only look."));
    CHECK_FALSE(she.reads("/account/change"));
    for (const char* path : {"/account/change", "/account/new", "/account/regime"}) {
        she.look(path);
        CHECK(she.path == "/account");
        she.send(path, {});
        CHECK(she.reads("You are logged in"));
    }
    CHECK(at.sms().empty());
}

TEST_CASE("a subscriber's own limit is told with when it works again") {
    place at;
    at.pack->allowed.passwords_per_hour = 1;
    at.give_password(anna, password);
    person she{at, "en"};
    for (int count = 0; count < 2; ++count) {
        she.look("/account/forgot");
        she.send("/account/forgot", {{"number", anna.text()}, {"answer", she.answer_question()}});
        const std::string code = last_code(at);
        she.send("/account/new", {{"code", code}, {"password", "My-own-pass"}, {"again", "My-own-pass"}});
        if (she.path != "/account")
            break;
    }
    CHECK(she.reads("There were too many codes or password changes with this number. Nothing has changed."));
    CHECK(she.reads("It works again after "));
}

TEST_CASE("a form without this session's token does nothing") {
    place at;
    at.give_password(anna, password);
    person she{at, "en"};
    person attacker{at, "en"};
    attacker.look("/account");
    she.look("/account");
    const typed right{{"number", anna.text()}, {"password", password}};
    request foreign = attacker.make_form("/account", right);
    foreign.cookie = she.make("GET", "/account").cookie;
    CHECK(at.open(std::move(foreign)).status == 303);
    she.look("/account");
    CHECK(she.reads("Nothing has changed; please fill it in again."));
    request none = she.make("POST", "/account");
    none.content_type = "application/x-www-form-urlencoded";
    none.body = "number=79261112233&password=k7mp9xw3&once=1";
    CHECK(header_of(at.open(std::move(none)), "Location") == "/account");
    request no_name = she.make_form("/account", right);
    no_name.body = no_name.body.substr(0, no_name.body.find("&once="));
    at.open(std::move(no_name));
    request no_cookie = she.make_form("/account", right);
    no_cookie.cookie.clear();
    at.open(std::move(no_cookie));
    CHECK(at.verdict(anna, password) == "ok"); // none of them was asked about
}

TEST_CASE("a login has a name of its own, and the one before stays a stranger's") {
    place at;
    at.give_password(anna, password);
    person she{at, "en"};
    she.look("/account");
    const auto planted = she.cookies;
    she.log_in(anna, password);
    REQUIRE(she.cookies.contains("account"));
    CHECK(she.cookies.at("account") != planted.at("account_form"));
    person attacker{at, "en"};
    attacker.cookies = planted;
    attacker.look("/account");
    CHECK(attacker.reads("name=\"password\""));
    attacker.cookies = {{"account", planted.at("account_form")}};
    attacker.look("/account");
    CHECK(attacker.reads("name=\"password\""));
}

TEST_CASE("a session ends with logging out, with silence and after an hour") {
    place at;
    at.pack->logins.session = 2h;
    at.give_password(anna, "My-own-pass", true);
    person she{at, "en"};
    she.log_in(anna, "My-own-pass");
    const auto old = she.cookies;
    she.send("/account/logout", {});
    she.cookies = old;
    she.look("/account");
    CHECK(she.reads("name=\"password\""));
    she.log_in(anna, "My-own-pass");
    at.now += 11min;
    she.look("/account/change");
    CHECK(she.path == "/account");
    CHECK(she.reads("You were away for a while"));
    she.log_in(anna, "My-own-pass");
    for (int count = 0; count < 7; ++count) {
        at.now += 9min;
        she.look("/account");
        CHECK(she.reads(count < 6 ? "You are logged in" : "name=\"password\""));
    }
}

TEST_CASE("a form that is sent twice is one wish") {
    place at;
    at.give_password(anna, password);
    person she{at, "en"};
    she.look("/account/sms");
    const typed fields{{"number", anna.text()}, {"answer", she.answer_question()}};
    CHECK(header_of(at.open(she.make_form("/account/sms", fields)), "Location") == "/account/sent");
    CHECK(header_of(at.open(she.make_form("/account/sms", fields)), "Location") == "/account/sent");
    const auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    she.look("/account");
    const typed login{{"number", anna.text()}, {"password", std::string{rows[0].clear.reveal()}}};
    at.open(she.make_form("/account", login));
    const answer second =
        at.open(she.make_form("/account", login)); // a double click: the browser shows this one
    she.keep_cookies(second);
    she.look("/account");
    CHECK(she.reads("You are logged in"));
    // the same form with another password is not a guess more
    person other{at, "en"};
    other.look("/account");
    at.open(other.make_form("/account", {{"number", boris.text()}, {"password", "one"}}));
    at.open(other.make_form("/account", {{"number", boris.text()}, {"password", "two"}}));
    other.look("/account");
    CHECK(other.reads("please fill it in again"));
}

TEST_CASE("what hostile people type is shown as they typed it and does nothing") {
    place at;
    person he{at, "en"};
    const std::string hostile = "\"><script>alert(1)</script>{password}\\";
    he.look("/account");
    he.send("/account", {{"number", hostile}, {"password", "\"},{\"a\":\"\\"}});
    CHECK(he.reads("This doesn&#39;t look like a phone number"));
    CHECK(he.reads("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;{password}\\"));
    CHECK_FALSE(he.reads("<script>"));
    CHECK(he.look("/account/<script>").status == 404);
    CHECK_FALSE(he.reads("<script>"));
    CHECK(he.look("/account?lang=\"><script>").status == 200);
    CHECK_FALSE(he.reads("<script>"));
}

TEST_CASE("what can't be done now is told with when to try again, and nothing was changed") {
    place at{1};
    at.give_password(anna, password);
    person she{at, "en"};
    she.log_in(boris, "wrong");
    const answer many = she.log_in(anna, password);
    CHECK(many.status == 429);
    CHECK(many.retry_after.value_or(0s) > 59min);
    CHECK(she.reads("Too many attempts"));
    CHECK(she.reads("Nothing was changed or counted."));
    CHECK(she.reads("Try again in 60 minutes."));
    at.desk.stop_taking();
    person other{at};
    const answer busy = other.log_in(anna, password);
    CHECK(busy.status == 503);
    CHECK(other.reads("ничего не изменено и не засчитано"));
    CHECK(other.reads("через несколько секунд"));
}

TEST_CASE("the language is the one that was asked for, then the browser's, then the pack's") {
    place at;
    person she{at, "de"};
    she.look("/account");
    CHECK(she.reads("<html lang=\"ru\">"));
    she.speaks = "en-GB,ru;q=0.5";
    she.look("/account");
    CHECK(she.reads("<html lang=\"en\">"));
    CHECK(she.reads("href=\"/account?lang=ru\" lang=\"ru\""));
    she.look("/account/sms?lang=ru");
    CHECK(she.path == "/account/sms");
    CHECK(she.reads("<html lang=\"ru\">"));
    she.look("/account");
    CHECK(she.reads("<html lang=\"ru\">"));
    she.look("/account?lang=fr");
    CHECK(she.reads("<html lang=\"ru\">"));
}

TEST_CASE("a page may not be kept, framed or made to run anything, and its cookie is for it alone") {
    place at;
    person she{at};
    const answer page = at.open(she.make("GET", "/account"));
    CHECK(header_of(page, "Content-Security-Policy") ==
          "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
          "base-uri 'none'; frame-ancestors 'none'");
    CHECK(header_of(page, "Referrer-Policy") == "no-referrer");
    CHECK(header_of(page, "X-Content-Type-Options") == "nosniff");
    CHECK(header_of(page, "Cache-Control").empty()); // the server's own: no-store
    const std::string cookie = header_of(page, "Set-Cookie");
    CHECK(cookie.starts_with("account_form="));
    CHECK(cookie.ends_with("; Path=/account; HttpOnly; SameSite=Strict; Secure"));
    CHECK(at.plain.visitors().size() == 0);
    const answer plain = at.open(she.make("GET", "/account"), at.plain);
    CHECK(header_of(plain, "Set-Cookie").ends_with("; Path=/account; HttpOnly; SameSite=Strict"));
    const std::string style{between(page.body, "<link rel=\"stylesheet\" href=\"", "\"")};
    const answer file = at.open(she.make("GET", style));
    CHECK(file.status == 200);
    CHECK(file.content_type == "text/css; charset=utf-8");
    CHECK(header_of(file, "Cache-Control") == "public, max-age=31536000, immutable");
    CHECK(header_of(file, "Set-Cookie").empty());
    CHECK(header_of(file, "X-Content-Type-Options") == "nosniff");
    CHECK(at.open(she.make("GET", "/account/style-0.css")).status == 404);
}

TEST_CASE("what no page sends is refused before it is read") {
    place at;
    person he{at};
    CHECK(is_here("/account"));
    CHECK(is_here("/account/sms"));
    CHECK_FALSE(is_here("/accounts"));
    CHECK_FALSE(is_here("/v1/login"));
    const auto refused = [&](const char* method, const char* target, const char* type) {
        request asked = he.make(method, target);
        asked.content_type = type;
        const auto came = at.pages.refuse_early(asked);
        return came ? came->status : 0;
    };
    constexpr const char* form_type = "application/x-www-form-urlencoded";
    CHECK(refused("PUT", "/account", form_type) == 405);
    CHECK(refused("POST", "/account/sent", form_type) == 405);
    CHECK(refused("POST", "/account/nowhere", form_type) == 405);
    CHECK(refused("POST", "/account", "application/json") == 415);
    CHECK(refused("POST", "/account", "application/x-www-form-urlencoded; charset=UTF-8") == 0);
    CHECK(refused("GET", "/account/nowhere", "") == 0);
    he.look("/account");
    request broken = he.make_form("/account", {});
    broken.body += "&number=%ff";
    CHECK(at.open(std::move(broken)).status == 400);
    CHECK(at.open(he.make("GET", "/account/")).status == 303);
}

} // namespace kabinet::gateway::account::site_test
