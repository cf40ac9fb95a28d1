// What a guest sees and changes after the login.
#include "tests/gateway/account/person.hpp"

namespace kabinet::gateway::account::site_settings_test {

using namespace tests;

namespace {

void allow(place& at, access_level most) {
    store::subscriber row;
    row.who = anna;
    row.level = most;
    at.feed(row);
}

} // namespace

TEST_CASE("the second step is shown, switched on and off, and told") {
    place at;
    person she = log_in(at, "en");
    CHECK(she.reads("Off: the password alone is enough."));
    she.send("/account/two-step", {{"on", "yes"}});
    CHECK(she.path == "/account");
    CHECK(she.reads("The code is on: from now on each login takes your password and a code from an SMS."));
    CHECK(she.reads("On: after the password"));
    CHECK(at.sms().size() == 1);
    CHECK(at.verdict(anna, chosen) == "code_sent");
    she.send("/account/two-step", {{"on", "no"}});
    CHECK(she.reads("The code is off"));
    CHECK(at.verdict(anna, chosen) == "ok");
    she.send("/account/two-step", {{"on", "maybe"}});
    CHECK(she.reads("Nothing has changed; please fill it in again."));
    she.look("/account/two-step");
    CHECK(she.path == "/account");
}

TEST_CASE("the language of menus and SMS is the account's, not the page's") {
    place at;
    person she = log_in(at, "ru");
    CHECK(she.reads("<option value=\"ru\" lang=\"ru\" selected>Русский</option>"));
    she.send("/account/language", {{"language", "en"}});
    CHECK(she.reads("Язык сохранён"));
    CHECK(she.reads("<html lang=\"ru\">"));
    CHECK(she.reads("<option value=\"en\" lang=\"en\" selected>English</option>"));
    REQUIRE(at.heard.size() == 1);
    CHECK(at.heard[0] == std::pair{anna, *language::from("en")});
    for (const char* wrong : {"fr", ""}) {
        she.send("/account/language", {{"language", wrong}});
        CHECK(she.reads("Этого языка у нас нет. Ничего не изменено"));
        CHECK(she.reads("<a href=\"#language\">"));
    }
    CHECK(at.heard.size() == 1);
}

TEST_CASE("a setting that is sent twice is one wish") {
    place at;
    person she = log_in(at, "en");
    const typed fields{{"on", "yes"}};
    for (int count = 0; count < 2; ++count)
        CHECK(header_of(at.open(she.make_form("/account/two-step", fields)), "Location") == "/account");
    CHECK(at.sms().size() == 1);
}

TEST_CASE("the archive says what was done, when and how, in the page's words") {
    place at;
    person she = log_in(at, "en");
    she.look("/account/archive");
    CHECK(she.reads("<title>What was done"));
    CHECK(she.reads("<dd>Login<span class=\"by\">On the web or in an app</span></dd>"));
    CHECK(
        she.reads("<dd>A password of your own was set<span class=\"by\">Dialled on your phone</span></dd>"));
    const auto& times = at.pack->speak(*language::from("en")).forms;
    CHECK(she.reads(fmt::format("<dt>{}</dt>", times.write_time(read_clocks().utc))));
    she.look("/account/archive?lang=ru");
    CHECK(she.reads("<dd>Вход<span class=\"by\">На сайте или в приложении</span></dd>"));
    CHECK_FALSE(she.reads("log_in"));
}

TEST_CASE("every word that the API has for the archive is said in the page's") {
    const pages all;
    for (const words& each : all.languages()) {
        for (const char* what :
             {"issue_password", "choose_password", "set_language", "log_in", "close_portal", "set_switch",
              "set_pin", "access_blocked", "access_opened", "other"})
            CHECK(each.find(fmt::format("archive.what_{}", what)) != nullptr);
        for (const auto by : {store::channel::ussd, store::channel::sms, store::channel::portal,
                              store::channel::staff, store::channel::feed})
            CHECK(each.find(fmt::format("archive.by_{}", store::name_of(by))) != nullptr);
    }
}

TEST_CASE("who may only look sees the settings and the archive and no way to change them") {
    place at;
    at.pack->logins.chosen = access_level::view;
    person she = log_in(at, "en");
    CHECK(she.reads("Off: the password alone is enough."));
    CHECK_FALSE(she.reads("/account/two-step"));
    CHECK_FALSE(she.reads("<select"));
    she.send("/account/two-step", {{"on", "yes"}});
    CHECK(she.reads("You are logged in"));
    CHECK(at.verdict(anna, chosen) == "ok");
    she.look("/account/archive");
    CHECK(she.reads("What was done"));
    CHECK_FALSE(she.reads("/account/change"));
}

TEST_CASE("what the operator has narrowed since the login is refused, and seen on the next page") {
    place at;
    person she = log_in(at, "en");
    allow(at, access_level::view);
    she.send("/account/two-step", {{"on", "yes"}});
    CHECK(she.reads("This login may only look now, and nothing has changed."));
    CHECK(she.reads("View only"));
    CHECK(at.sms().empty());
}

TEST_CASE("a login that the API calls over is over here, and says why") {
    place at;
    person she = log_in(at, "en");
    at.give_password(anna, chosen, true); // on the phone
    she.look("/account");
    CHECK(she.reads("Your login is over"));
    CHECK(she.reads("name=\"password\""));
    CHECK_FALSE(she.cookies.contains("account"));
}

TEST_CASE("so is one of which anything more is wanted") {
    for (const char* path : {"/account/two-step", "/account/language", "/account/archive"}) {
        CAPTURE(path);
        place at;
        person she = log_in(at, "en");
        at.give_password(anna, chosen, true);
        if (std::string_view{path}.ends_with("archive"))
            she.look(path);
        else
            she.send(path, {{"on", "yes"}, {"language", "en"}});
        CHECK(she.path == "/account");
        CHECK(she.reads("Your login is over"));
        CHECK(she.reads("name=\"password\""));
    }
}

TEST_CASE("a session lasts no longer than what the API gave") {
    place at;
    at.pack->logins.session = 5min;
    person she = log_in(at, "en");
    at.now += 4min;
    she.look("/account");
    CHECK(she.reads("You are logged in"));
    at.now += 2min;
    she.look("/account");
    CHECK(she.reads("name=\"password\""));
}

TEST_CASE("a guest who looks around is no visitor who tries numbers") {
    place at{1};
    at.give_password(boris, chosen, true);
    person she = log_in(at, "en");
    person he{at, "en"};
    he.log_in(boris, chosen);
    CHECK(he.reads("You are logged in"));
    // but the numbers that a guest types are
    she.send("/account", {{"number", "79262223355"}, {"password", "wrong-guess"}});
    CHECK(she.send("/account", {{"number", "79262223366"}, {"password", "wrong-guess"}}).status == 429);
}

TEST_CASE("what can't be shown just now leaves the guest in") {
    place at;
    person she = log_in(at, "en");
    at.desk.stop_taking();
    CHECK(she.look("/account").status == 200);
    CHECK(she.reads("You are logged in"));
    CHECK(she.reads("We can&#39;t show them just now"));
    CHECK_FALSE(she.reads("/account/two-step"));
    she.look("/account/archive");
    CHECK(she.reads("Open this page again in a minute."));
    CHECK_FALSE(she.reads("There were none yet."));
}

} // namespace kabinet::gateway::account::site_settings_test
