// What whoever was let in may see and change.
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"
#include "values/written_time.hpp"

namespace kabinet::gateway::door::account_test {

using namespace tests;
using kabinet::tests::read_json;
using kabinet::tests::write_json;
using nlohmann::json;

namespace {

const std::string chosen = "My-own-pass-1";
const json logged_out{{"verdict", "logged_out"}};

json ask(portal& at, const char* path, const json& body) {
    const answer came = at.ask(path, body);
    CHECK(came.status == 200);
    return read_json(came.body);
}

std::string log_in(portal& at) {
    return read_json(at.log_in(anna, chosen).body).at("session");
}

json show(portal& at, const std::string& session) {
    return ask(at, "/v1/account", {{"session", session}});
}

void allow(portal& at, access_level most) {
    store::subscriber row;
    row.who = anna;
    row.level = most;
    at.feed(row);
}

} // namespace

TEST_CASE("an account shows its language and how it is entered") {
    portal at;
    at.give_password(anna, chosen, true);
    const std::string session = log_in(at);
    CHECK(show(at, session) == json{{"verdict", "ok"},
                                    {"msisdn", anna.text()},
                                    {"level", "all"},
                                    {"language", "ru"},
                                    {"two_step", false},
                                    {"automatic", false},
                                    {"pin", false},
                                    {"number_blocked", false}});
    at.fulfil(anna, store::set_switch{store::account_switch::two_step, true});
    CHECK(show(at, session).at("two_step") == true);
    at.fulfil(anna, store::block_number{});
    CHECK(show(at, session).at("number_blocked") == true);
}

TEST_CASE("a language that the pack speaks is kept and told to whoever speaks") {
    portal at;
    at.give_password(anna, chosen, true);
    const std::string session = log_in(at);
    CHECK(ask(at, "/v1/language/set", {{"session", session}, {"language", "fr"}}) ==
          json{{"verdict", "refused"}, {"reason", "language"}});
    CHECK(ask(at, "/v1/language/set", {{"session", session}, {"language", "en"}}) == json{{"verdict", "ok"}});
    CHECK(show(at, session).at("language") == "en");
    REQUIRE(at.heard.size() == 1);
    CHECK(at.heard[0] == std::pair{anna, *language::from("en")});
    CHECK(at.sms().empty());
}

TEST_CASE("a wish for a language that comes again says nothing of what was chosen since") {
    portal at;
    at.give_password(anna, chosen, true);
    const json body{{"session", log_in(at)}, {"language", "en"}};
    at.ask("/v1/language/set", body, "one-wish-for-english");
    at.ask("/v1/language/set", body, "one-wish-for-english");
    CHECK(at.heard.size() == 1);
}

TEST_CASE("visitors are counted for the numbers they try, not for those that let them in") {
    portal at{1};
    const json sim{{"msisdn", anna.text()}, {"mobile_data", true}, {"visitor", "203.0.113.7"}};
    at.give_password(anna, chosen, true);
    json on{{"session", log_in(at)}, {"on", true}, {"mobile_data", true}, {"visitor", "203.0.113.7"}};
    CHECK(at.ask("/v1/automatic/set", on).status == 200);
    CHECK(at.ask("/v1/login/sim", sim).status == 200);
    CHECK(at.log_in(boris, "wrong-guess", {}, "203.0.113.7").status == 200);
    CHECK(at.ask("/v1/login/sim", sim).status == 429);
    on["on"] = false;
    CHECK(at.ask("/v1/automatic/set", on).status == 200);
}

TEST_CASE("the archive tells what was done, when and by which way, and no refusals") {
    portal at;
    at.give_password(anna, chosen, true);
    at.log_in(anna, "wrong-guess");
    const std::string session = log_in(at);
    const json rows = ask(at, "/v1/archive", {{"session", session}}).at("operations");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at("what") == "log_in");
    CHECK(rows[0].at("by") == "portal");
    CHECK(rows[1].at("what") == "choose_password");
    CHECK(rows[1].at("by") == "ussd");
}

TEST_CASE("a login ends with its time, its password and its access") {
    portal at;
    at.give_password(anna, chosen, true);
    const std::string first = log_in(at);
    at.give_password(anna, chosen, true);
    CHECK(show(at, first) == logged_out);
    const std::string second = log_in(at);
    for (int count = 0; count < 5; ++count)
        at.log_in(anna, "wrong-guess");
    CHECK(show(at, second) == logged_out);
    CHECK(ask(at, "/v1/language/set", {{"session", second}, {"language", "en"}}) == logged_out);
    at.give_password(anna, chosen, true);
    at.pack->logins.session = -1s;
    CHECK(show(at, log_in(at)) == logged_out);
    CHECK(show(at, "no-session-at-all") == logged_out);
}

TEST_CASE("what a login doesn't reach is refused, whatever was true when it began") {
    portal at;
    at.give_password(anna, chosen, true);
    const std::string session = log_in(at);
    allow(at, access_level::view);
    const json level{{"verdict", "refused"}, {"reason", "level"}};
    CHECK(ask(at, "/v1/language/set", {{"session", session}, {"language", "en"}}) == level);
    CHECK(ask(at, "/v1/two-step/set", {{"session", session}, {"on", true}}) == level);
    CHECK(ask(at, "/v1/pin/set", {{"session", session}, {"pin", "4071"}, {"pin_again", "4071"}}) == level);
    CHECK(show(at, session).at("level") == "view");
    allow(at, access_level::all_numbers);
    at.pack->logins.chosen = access_level::view;
    CHECK(ask(at, "/v1/language/set", {{"session", log_in(at)}, {"language", "en"}}) == level);
    CHECK(at.sms().empty());
}

TEST_CASE(
    "whoever was let in asks to be called back, once until it was done, and by the login that only looks") {
    portal at;
    at.give_password(anna, chosen, true);
    allow(at, access_level::view);
    const std::string session = log_in(at);
    const json promised = ask(at, "/v1/call", {{"session", session}});
    CHECK(promised.at("verdict") == "ok");
    const auto until = read_iso(promised.at("until").get<std::string>());
    REQUIRE(until);
    CHECK(*until > read_clocks().utc + 119min);
    CHECK(*until <= read_clocks().utc + 120min);
    const json again = ask(at, "/v1/call", {{"session", session}});
    CHECK(again == json{{"verdict", "refused"}, {"reason", "call_awaited"}, {"until", promised.at("until")}});
    CHECK(at.sms().empty());
    CHECK(ask(at, "/v1/call", {{"session", "no-session-at-all"}}) == logged_out);
}

TEST_CASE("a pack that leads nobody to a call has none at the portal either") {
    portal at;
    at.give_password(anna, chosen, true);
    std::erase_if(at.pack->text_names,
                  [](const std::string& name) { return name.starts_with("call_back."); });
    CHECK(ask(at, "/v1/call", {{"session", log_in(at)}}) ==
          json{{"verdict", "refused"}, {"reason", "offer"}});
}

TEST_CASE("fields that are missing, of another type or not known are refused") {
    portal at;
    at.give_password(anna, chosen, true);
    const std::string session = log_in(at);
    const std::pair<const char*, json> rows[] = {
        {"/v1/account", {}},
        {"/v1/account", {{"session", true}}},
        {"/v1/account", {{"session", session}, {"more", "x"}}},
        {"/v1/archive", {}},
        {"/v1/language/set", {{"session", session}}},
        {"/v1/two-step/set", {{"session", session}}},
        {"/v1/two-step/set", {{"session", session}, {"on", "yes"}}},
        {"/v1/automatic/set", {{"on", true}}},
        {"/v1/pin/set", {{"session", session}, {"pin", "4071"}}},
        {"/v1/login/code", {{"ticket", "x"}}},
        {"/v1/login/pin", {{"device", "x"}}},
        {"/v1/password/restore", {{"msisdn", anna.text()}, {"code_word", "x"}, {"password", "My-own-pass"}}},
        {"/v1/call", {}},
        {"/v1/call", {{"session", session}, {"msisdn", anna.text()}}},
        {"/v1/number/block", {{"session", session}, {"code_word", "x"}}},
        {"/v1/number/block", {{"msisdn", anna.text()}, {"code_word", "x"}}},
        {"/v1/number/unblock", {{"session", session}}},
        {"/v1/number/unblock", {{"msisdn", anna.text()}, {"challenge_passed", true}}},
    };
    for (const auto& [path, body] : rows) {
        CAPTURE(path);
        CAPTURE(write_json(body));
        CHECK(at.ask(path, body.is_null() ? json::object() : body).status == 422);
    }
}

} // namespace kabinet::gateway::door::account_test
