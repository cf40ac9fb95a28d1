// Whom to ask, at the pages.
#include "tests/gateway/account/person.hpp"

namespace kabinet::gateway::account::site_help_test {

using namespace tests;

namespace {

constexpr const char* link = "<a href=\"/account/help\">";

} // namespace

TEST_CASE("a stranger is led to whom he may ask, and back to the login") {
    place at;
    person he{at, "en"};
    he.look("/account");
    CHECK(he.reads(link));
    CHECK(he.look("/account/help").status == 200);
    CHECK(he.reads("<title>Help – "));
    CHECK(he.reads("<dt>Help</dt><dd><a href=\"tel:0550\">0550</a><span class=\"by\">day and night</span>"));
    CHECK(he.reads("<dt>Site</dt><dd><a href=\"https://lk.example.ru\">lk.example.ru</a>"
                   "<span class=\"by\">on workdays</span>"));
    CHECK(he.page.find("0550</a>") < he.page.find("lk.example.ru</a>"));
    CHECK(he.reads("Back to login"));
    person she{at, "ru"};
    she.look("/account/help");
    CHECK(she.reads("<title>Помощь – "));
    CHECK(she.reads("<dl lang=\"ru\">"));
    CHECK(she.reads("круглосуточно"));
    CHECK(he.send("/account/help", {}).status == 405);
}

TEST_CASE("a guest is led there from his account, also one who has to change his password first") {
    place at;
    at.give_password(anna, chosen, true);
    person she{at, "en"};
    she.log_in(anna, chosen);
    CHECK(she.reads(link));
    she.look("/account/help");
    CHECK(she.reads("<a href=\"tel:0550\">0550</a><span"));
    CHECK(she.reads("Back to your account"));
    she.look("/account");
    CHECK(she.reads("You are logged in"));

    at.pack->logins.must_change = true;
    at.give_password(boris, "k7mp9xw3");
    person he{at, "en"};
    he.log_in(boris, "k7mp9xw3");
    CHECK(he.path == "/account/change");
    he.look("/account/help");
    CHECK(he.reads("lk.example.ru"));
}

TEST_CASE("whoever reads a language that the pack doesn't speak is told in the pack's first one") {
    place at;
    at.pack->languages.pop_back();
    person he{at, "en"};
    he.look("/account/help");
    CHECK(he.reads("<html lang=\"en\">"));
    CHECK(he.reads("<dl lang=\"ru\">"));
    CHECK(he.reads("круглосуточно"));
}

TEST_CASE("contacts that can't be told now are told later, and a pack without any leads nobody to them") {
    place at;
    person he{at, "en"};
    at.elsewhere["/v1/help"] = {500, "{}"};
    he.look("/account/help");
    CHECK(he.reads("We can&#39;t show it just now"));
    at.elsewhere.clear();
    at.pack->contacts.clear();
    he.look("/account");
    CHECK_FALSE(he.reads(link));
    he.look("/account/help");
    CHECK(he.path == "/account");
}

TEST_CASE("an address that leads nowhere is text, and one with signs of a page's is none of the page") {
    place at;
    at.pack->contacts = {{"support", "office 3"}, {"site", "a.b/\"><script>"}};
    person he{at, "en"};
    he.look("/account/help");
    CHECK(he.reads("<dd>office 3<span"));
    CHECK(he.reads("<a href=\"https://a.b/&quot;&gt;&lt;script&gt;\">a.b/&quot;&gt;&lt;script&gt;</a>"));
}

TEST_CASE("a guest asks to be called back, also one who may only look, and is told by when") {
    place at;
    at.give_password(anna, chosen, true);
    store::subscriber row;
    row.who = anna;
    row.level = access_level::view;
    at.feed(row);
    person she{at, "en"};
    she.look("/account/help");
    CHECK_FALSE(she.reads("Call me back")); // nobody knows which number
    she.log_in(anna, chosen);
    she.look("/account/help");
    CHECK(she.reads("Call me back"));
    she.send("/account/call", {});
    CHECK(she.path == "/account/help");
    CHECK(she.reads("We will call you by "));
    she.send("/account/call", {});
    CHECK(she.reads("You have asked already: we will call you by "));
    CHECK(at.sms().empty());
}

TEST_CASE("a pack with calls and no contacts leads its guests to the button, and nobody else anywhere") {
    place at;
    at.pack->contacts.clear();
    at.give_password(anna, chosen, true);
    person she{at, "en"};
    she.look("/account");
    CHECK_FALSE(she.reads(link));
    she.log_in(anna, chosen);
    CHECK(she.reads(link));
    she.look("/account/help");
    CHECK(she.reads("Call me back"));
    CHECK_FALSE(she.reads("Whom to ask"));
}

TEST_CASE("a pack without calls has no button for one, and no page for a form that is older") {
    place at;
    at.give_password(anna, chosen, true);
    person she{at, "en"};
    she.log_in(anna, chosen);
    std::erase_if(at.pack->text_names,
                  [](const std::string& name) { return name.starts_with("call_back."); });
    she.look("/account/help");
    CHECK_FALSE(she.reads("Call me back"));
    she.look("/account");
    she.send("/account/call", {});
    CHECK(she.reads("Please call us"));
}

} // namespace kabinet::gateway::account::site_help_test
