// Whom anybody may ask, as the portal tells it.
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"

namespace kabinet::gateway::door::help_test {

using namespace tests;
using kabinet::tests::read_json;
using nlohmann::json;

namespace {

json ask(portal& at, const json& body) {
    const answer came = at.ask("/v1/help", body);
    CHECK(came.status == 200);
    return read_json(came.body);
}

} // namespace

TEST_CASE("contacts are told in the pack's order, with what each is and when it answers") {
    portal at;
    const answer came = at.ask("/v1/help", {{"language", "en"}});
    CHECK(came.status == 200);
    CHECK(came.body ==
          "{\"verdict\":\"ok\",\"language\":\"en\",\"contacts\":["
          "{\"name\":\"support\",\"title\":\"Help\",\"address\":\"0550\",\"hours\":\"day and night\"},"
          "{\"name\":\"site\",\"title\":\"Site\",\"address\":\"lk.example.ru\",\"hours\":\"on "
          "workdays\"}],\"calls_back\":true}\n");
}

TEST_CASE("without a language it is the pack's first one, and one that it doesn't speak is refused") {
    portal at;
    const json russian = ask(at, json::object());
    CHECK(russian.at("language") == "ru");
    CHECK(russian.at("contacts").at(1).at("hours") == "по будням");
    CHECK(ask(at, {{"language", "ru"}}) == russian);
    for (const char* other : {"fr", "RU", "russian", "r"})
        CHECK(ask(at, {{"language", other}}) == json{{"verdict", "refused"}, {"reason", "language"}});
    CHECK(at.desk.told(reception::wish_kind::help, portal_verdict::ok) == 2);
    CHECK(at.desk.told(reception::wish_kind::help, portal_verdict::refused) == 4);
}

TEST_CASE("a pack without contacts tells none, and one without calls that there are none") {
    portal at;
    at.pack->contacts.clear();
    CHECK(ask(at, json::object()) ==
          json{{"verdict", "ok"}, {"language", "ru"}, {"contacts", json::array()}, {"calls_back", true}});
    std::erase_if(at.pack->text_names,
                  [](const std::string& name) { return name.starts_with("call_back."); });
    CHECK(ask(at, json::object()).at("calls_back") == false);
}

TEST_CASE("whom to ask is told of no number, counts no visitor and leaves no trace of one") {
    portal at{1};
    for (int count = 0; count < 3; ++count)
        CHECK(ask(at, {{"visitor", "203.0.113.7"}}).at("verdict") == "ok");
    CHECK(at.log_in(anna, "wrong-guess", {}, "203.0.113.7").status == 200);
    CHECK(at.lately.of({}, 10).empty());
    for (const json& body :
         {json{{"msisdn", anna.text()}}, json{{"session", "x"}}, json{{"language", true}},
          json{{"language", ""}}, json{{"language", std::string(129, 'x')}}, json{{"visitor", "x"}}})
        CHECK(at.ask("/v1/help", body).status == 422);
}

TEST_CASE("whom to ask is told while the gateway ends, too, for nothing is done for it") {
    portal at;
    at.desk.stop_taking();
    CHECK(ask(at, json::object()).at("verdict") == "ok");
}

} // namespace kabinet::gateway::door::help_test
