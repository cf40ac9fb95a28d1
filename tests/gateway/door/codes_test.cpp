#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"

#include <algorithm>

namespace kabinet::gateway::door::codes_test {

using namespace tests;
using kabinet::tests::read_json;
using kabinet::tests::write_json;
using nlohmann::json;

namespace {

constexpr std::string_view password = "k7mp9xw3";

json body_for(msisdn who, const char* purpose = "password") {
    return {{"msisdn", who.text()}, {"purpose", purpose}, {"challenge_passed", true}};
}

/// What the portal keeps and what the phone gets; no SMS, no code.
struct sent_code {
    std::string ticket;
    std::string code;
};

sent_code have_code_sent(portal& at, msisdn who, const char* purpose = "password") {
    const answer came = at.ask("/v1/code/send", body_for(who, purpose));
    CHECK(came.status == 200);
    const json said = read_json(came.body);
    CHECK(said["verdict"] == "code_sent");
    CHECK(said["valid_for"] == 600);
    CHECK(said["resend_after"] == 60);
    const auto rows = at.sms();
    return {said["ticket"], rows.empty() ? "" : std::string{rows.back().clear.reveal()}};
}

json set_password(portal& at, const std::string& ticket, const std::string& code, const std::string& chosen) {
    const answer came =
        at.ask("/v1/password/set", {{"ticket", ticket}, {"code", code}, {"password", chosen}});
    CHECK(came.status == 200);
    return read_json(came.body);
}

} // namespace

TEST_CASE("a forgotten password is set anew with a code from the phone") {
    portal at;
    at.give_password(anna, password);
    const sent_code sent = have_code_sent(at, anna);
    REQUIRE(sent.code.size() == 6);
    const std::string wrong = sent.code == "000000" ? "000001" : "000000";
    CHECK(set_password(at, sent.ticket, wrong, "My-own-pass")["verdict"] == "denied");
    CHECK(set_password(at, sent.ticket, sent.code, "short") ==
          json{{"verdict", "refused"}, {"reason", "too_short"}});
    CHECK(set_password(at, sent.ticket, sent.code, "0079261112233")["reason"] == "own_number");
    CHECK(set_password(at, sent.ticket, sent.code, "My-own-pass") == json{{"verdict", "ok"}});
    CHECK(at.verdict(anna, "My-own-pass") == "ok");
    CHECK(set_password(at, sent.ticket, sent.code, "Another-pass")["verdict"] == "denied");
    const auto notices = at.sms();
    REQUIRE(notices.size() == 1);
    CHECK(view(text_of(notices[0])) == "notice.password_changed.sms");
    CHECK(notices[0].clear.empty());
}

TEST_CASE("a code for another number, purpose or time opens nothing") {
    portal at;
    at.give_password(anna, password);
    at.give_password(boris, password);
    const sent_code hers = have_code_sent(at, anna);
    const sent_code his = have_code_sent(at, boris);
    if (hers.code != his.code)
        CHECK(set_password(at, hers.ticket, his.code, "My-own-pass")["verdict"] == "denied");
    CHECK(set_password(at, "no-ticket-at-all", hers.code, "My-own-pass")["verdict"] == "denied");
    const answer regime =
        at.ask("/v1/regime/set", {{"ticket", hers.ticket}, {"code", hers.code}, {"regime", "one-time"}});
    CHECK(read_json(regime.body)["verdict"] == "denied");
    const std::string old =
        store::write_ticket(at.keys, {anna, store::ticket_use::password, read_clocks().utc - 1us});
    CHECK(set_password(at, old, hers.code, "My-own-pass")["verdict"] == "denied");
    CHECK(set_password(at, hers.ticket, hers.code, "My-own-pass")["verdict"] == "ok");
}

TEST_CASE("a subscriber with a chosen password goes back to one-time ones with a code") {
    portal at;
    at.give_password(anna, "My-own-pass", true);
    const sent_code sent = have_code_sent(at, anna, "regime");
    const answer came =
        at.ask("/v1/regime/set", {{"ticket", sent.ticket}, {"code", sent.code}, {"regime", "one-time"}});
    CHECK(came.body == "{\"verdict\":\"ok\"}\n");
    const auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    CHECK(view(text_of(rows[0])) == "issue_password.replaced_chosen.sms");
    CHECK(at.verdict(anna, "My-own-pass") == "denied");
    const json said = read_json(at.log_in(anna, std::string{rows[0].clear.reveal()}).body);
    CHECK(said["verdict"] == "ok");
    CHECK(said["regime"] == "one-time");
}

TEST_CASE("a code asked for twice within a minute is one code with two tickets") {
    portal at;
    at.give_password(anna, password);
    const sent_code first = have_code_sent(at, anna);
    const sent_code second = have_code_sent(at, anna);
    CHECK(second.code.empty());
    CHECK(first.ticket != second.ticket);
    CHECK(set_password(at, second.ticket, first.code, "My-own-pass")["verdict"] == "ok");
}

TEST_CASE("a change that a limit refuses is told nobody") {
    portal at;
    for (int count = 0; count < 3; ++count)
        at.give_password(anna, password);
    const sent_code sent = have_code_sent(at, anna);
    CHECK(set_password(at, sent.ticket, sent.code, "My-own-pass")["reason"] == "limit");
    CHECK(at.sms().empty());
    CHECK(at.verdict(anna, std::string{password}) == "ok");
}

TEST_CASE("whoever asks for a number that is nobody's hears the same and no SMS leaves") {
    portal at;
    at.give_password(anna, password);
    const answer known = at.ask("/v1/code/send", body_for(anna));
    const answer unknown = at.ask("/v1/code/send", body_for(boris));
    CHECK(known.status == unknown.status);
    CHECK(known.body.size() == unknown.body.size());
    CHECK(at.sms().size() == 1);
    const std::string ticket = read_json(unknown.body)["ticket"];
    CHECK(set_password(at, ticket, "123456", "My-own-pass")["verdict"] == "denied");
    CHECK(set_password(at, ticket, "123456", "short")["reason"] == "too_short");

    const json wish{{"msisdn", anna.text()}, {"challenge_passed", true}};
    json other = wish;
    other["msisdn"] = boris.text();
    CHECK(at.ask("/v1/password/send", wish).body == "{\"verdict\":\"accepted\"}\n");
    CHECK(at.ask("/v1/password/send", other).body == "{\"verdict\":\"accepted\"}\n");
    const auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].who == anna);
    CHECK(at.verdict(anna, std::string{rows[0].clear.reveal()}) == "ok");
}

TEST_CASE("a password asked for again under its key is one password") {
    portal at;
    at.give_password(anna, password);
    const json wish{{"msisdn", anna.text()}, {"challenge_passed", true}};
    for (int count = 0; count < 3; ++count)
        CHECK(at.ask("/v1/password/send", wish, "0123456789abcdef").status == 200);
    const auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    CHECK(at.verdict(anna, std::string{rows[0].clear.reveal()}) ==
          "ok"); // used up: it is the same wish still
    CHECK(at.ask("/v1/password/send", wish, "0123456789abcdef").status == 200);
    CHECK(at.sms().empty());
    CHECK(at.log_in(anna, "wrong", "0123456789abcdef").status == 409); // the key is another wish's
}

TEST_CASE("the portal has so many SMS sent a minute and no more") {
    portal at{20, 2};
    at.give_password(anna, password);
    at.give_password(boris, password);
    CHECK(at.ask("/v1/code/send", body_for(anna)).status == 200);
    CHECK(at.ask("/v1/code/send", body_for(boris)).status == 200);
    const answer later = at.ask("/v1/code/send", body_for(msisdn::from_digits(79263334455)));
    CHECK(later.status == 503);
    REQUIRE(later.retry_after);
    CHECK(*later.retry_after > 50s);
    CHECK(at.sms().size() == 2);
    CHECK(at.verdict(anna, std::string{password}) == "ok"); // logins go on
}

TEST_CASE("whoever asks for SMS that don't leave uses up none of the portal's") {
    portal at{20, 2};
    at.give_password(anna, password);
    have_code_sent(at, anna);
    for (int count = 0; count < 5; ++count) // within the minute it is the same code
        CHECK(at.ask("/v1/code/send", body_for(anna)).status == 200);
    CHECK(at.ask("/v1/code/send", body_for(boris)).status == 200);
    const answer later = at.ask("/v1/code/send", body_for(msisdn::from_digits(79990001123)));
    CHECK(later.status == 503);
    CHECK(later.retry_after);
}

TEST_CASE("a code after a password is no SMS that the portal asked for") {
    portal at{20, 1};
    for (const msisdn who : {anna, boris}) {
        at.give_password(who, "My-own-pass", true);
        at.fulfil(who, store::set_switch{store::account_switch::two_step, true});
        CHECK(at.verdict(who, "My-own-pass") == "code_sent");
    }
}

TEST_CASE("who is put off for his number uses up none of the portal's SMS") {
    portal at{20, 5};
    at.give_password(anna, password);
    std::vector<unsigned> came;
    for (int count = 0; count < 9; ++count) // one under way and four that wait; the others are put off
        at.ask_beside(portal::post("/v1/code/send", write_json(body_for(anna))),
                      [&](const answer& made) { came.push_back(made.status); });
    REQUIRE(run_until(at.loop, [&] { return came.size() == 9; }));
    CHECK(std::ranges::count(came, 503U) == 4);
    for (std::uint64_t other = 1; other <= 4; ++other)
        CHECK(at.ask("/v1/code/send", body_for(msisdn::from_digits(79990001120 + other))).status == 200);
    CHECK(at.ask("/v1/code/send", body_for(boris)).status == 503);
}

TEST_CASE("passwords asked for by SMS count alike, whether one leaves or not") {
    for (const bool is_known : {true, false}) {
        CAPTURE(is_known);
        portal at{20, 5};
        for (int count = 0; is_known && count < 3; ++count) // all that the SIM may ask for in an hour
            at.give_password(anna, password);
        const json wish{{"msisdn", anna.text()}, {"challenge_passed", true}};
        for (int count = 0; count < 9; ++count) // the fourth and later are too many of this number's
            CHECK(at.ask("/v1/password/send", wish).status == 200);
        CHECK(at.ask("/v1/code/send", body_for(boris)).status == 200);
        CHECK(at.ask("/v1/code/send", body_for(msisdn::from_digits(79990001123))).status == 200);
        CHECK(at.ask("/v1/code/send", body_for(msisdn::from_digits(79990001124))).status == 503);
    }
}

TEST_CASE("without a person at the portal no SMS is asked for") {
    portal at;
    json wish = body_for(anna);
    wish["challenge_passed"] = false;
    CHECK(at.ask("/v1/code/send", wish).status == 422);
    wish.erase("challenge_passed");
    CHECK(at.ask("/v1/code/send", wish).status == 422);
    wish["challenge_passed"] = "yes";
    CHECK(at.ask("/v1/code/send", wish).status == 422);
    CHECK(at.ask("/v1/code/send", body_for(anna, "money")).status == 422);
    CHECK(at.ask("/v1/regime/set", {{"ticket", "x"}, {"code", "1"}, {"regime", "static"}}).status == 422);
    CHECK(at.ask("/v1/password/set", {{"ticket", "x"}, {"code", "1"}}).status == 422);
    CHECK(at.sms().empty());
}

TEST_CASE("visitors are counted whatever they ask for") {
    portal at{1};
    json first = body_for(anna);
    first["visitor"] = "192.0.2.1";
    json second = body_for(boris);
    second["visitor"] = "192.0.2.1";
    CHECK(at.ask("/v1/code/send", first).status == 200);
    CHECK(at.ask("/v1/code/send", second).status == 429);
    CHECK(at.log_in(boris, "wrong", {}, "192.0.2.1").status == 429);
}

} // namespace kabinet::gateway::door::codes_test
