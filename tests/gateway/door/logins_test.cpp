// Other ways in than a password alone: a code after it, a code word, a PIN, the SIM itself.
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"

namespace kabinet::gateway::door::logins_test {

using namespace tests;
using kabinet::tests::read_json;
using nlohmann::json;

namespace {

const std::string password = "k7mp9xw3";
const std::string chosen = "My-own-pass-1";
const json denied{{"verdict", "denied"}};
const json blocked{{"verdict", "blocked"}};
const json logged_out{{"verdict", "logged_out"}};

json ask(portal& at, const char* path, const json& body, std::string key = {}) {
    const answer came = at.ask(path, body, std::move(key));
    CHECK(came.status == 200);
    return read_json(came.body);
}

json log_in(portal& at, const std::string& typed, std::string key = {}) {
    return read_json(at.log_in(anna, typed, std::move(key)).body);
}

std::string session_of(portal& at, const std::string& typed = chosen) {
    return log_in(at, typed).at("session");
}

json type_code(portal& at, const json& ticket, std::string_view code, std::string key = {}) {
    return ask(at, "/v1/login/code", {{"ticket", ticket}, {"code", code}}, std::move(key));
}

void switch_two_step(portal& at, bool is_on) {
    at.fulfil(anna, store::set_switch{store::account_switch::two_step, is_on});
}

/// The only row that was to go out, and its text.
store::outgoing_sms only_sms(portal& at, std::string_view text) {
    auto rows = at.sms();
    REQUIRE(rows.size() == 1);
    CHECK(view(text_of(rows[0])) == text);
    return std::move(rows[0]);
}

json restore(portal& at, msisdn who, const char* word, const char* wanted = "Another-pass-2") {
    return ask(
        at, "/v1/password/restore",
        {{"msisdn", who.text()}, {"code_word", word}, {"password", wanted}, {"challenge_passed", true}});
}

json set_pin(portal& at, const std::string& session, const char* pin, const char* again) {
    return ask(at, "/v1/pin/set", {{"session", session}, {"pin", pin}, {"pin_again", again}});
}

json type_pin(portal& at, const json& device, const char* pin, std::string key = {}) {
    return ask(at, "/v1/login/pin", {{"device", device}, {"pin", pin}}, std::move(key));
}

json from_sim(portal& at) {
    return ask(at, "/v1/login/sim", {{"msisdn", anna.text()}, {"mobile_data", true}});
}

std::string other_than(std::string_view code) {
    return code == "000000" ? "000001" : "000000";
}

} // namespace

TEST_SUITE("a code at login") {
    TEST_CASE("where it is switched on the password is half a login") {
        portal at;
        at.give_password(anna, password);
        switch_two_step(at, true);
        const json half = log_in(at, password);
        CHECK(half.at("verdict") == "code_sent");
        CHECK_FALSE(half.contains("session"));
        CHECK(half.at("valid_for") == 600);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        CHECK(type_code(at, half.at("ticket"), other_than(sms.clear.reveal())) == denied);
        const json whole = type_code(at, half.at("ticket"), sms.clear.reveal());
        CHECK(whole.at("verdict") == "ok");
        CHECK(whole.at("regime") == "one-time");
        CHECK(whole.at("msisdn") == anna.text());
        CHECK(type_code(at, half.at("ticket"), sms.clear.reveal()) == denied); // used
        CHECK(log_in(at, password) == denied);                                 // and so is the password
    }

    TEST_CASE("a code that never came leaves the password good, and another is sent after a minute") {
        portal at;
        at.give_password(anna, password);
        switch_two_step(at, true);
        const json first = log_in(at, password);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        const json again = log_in(at, password);
        CHECK(again.at("verdict") == "code_sent");
        CHECK(at.sms().empty()); // the same code
        CHECK(type_code(at, again.at("ticket"), sms.clear.reveal()).at("verdict") == "ok");
    }

    TEST_CASE("five wrong codes end the code and not the access") {
        portal at;
        at.give_password(anna, chosen, true);
        switch_two_step(at, true);
        const json half = log_in(at, chosen);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        for (int count = 0; count < 5; ++count)
            CHECK(type_code(at, half.at("ticket"), other_than(sms.clear.reveal())) == denied);
        CHECK(type_code(at, half.at("ticket"), sms.clear.reveal()) == denied);
        CHECK(log_in(at, chosen).at("verdict") == "code_sent");
    }

    TEST_CASE("wrong passwords before the right one are forgotten only by the code") {
        portal at;
        at.give_password(anna, chosen, true);
        switch_two_step(at, true);
        for (int count = 0; count < 4; ++count)
            CHECK(log_in(at, "wrong-guess") == denied);
        const json half = log_in(at, chosen);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        CHECK(type_code(at, half.at("ticket"), sms.clear.reveal()).at("last_failures") == 4);
        CHECK(log_in(at, "wrong-guess") == denied);

        portal other;
        other.give_password(anna, chosen, true);
        switch_two_step(other, true);
        for (int count = 0; count < 4; ++count)
            CHECK(log_in(other, "wrong-guess") == denied);
        CHECK(log_in(other, chosen).at("verdict") == "code_sent");
        CHECK(log_in(other, "wrong-guess") == blocked);
        CHECK(log_in(other, chosen) == blocked);
    }

    TEST_CASE("a password that was replaced meanwhile is no half of anything and nobody is blamed") {
        portal at;
        at.give_password(anna, password);
        switch_two_step(at, true);
        const json half = log_in(at, password);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        at.give_password(anna, password);
        CHECK(type_code(at, half.at("ticket"), sms.clear.reveal()) == denied);
        switch_two_step(at, false);
        CHECK(log_in(at, password).at("last_failures") == 0);
    }

    TEST_CASE("both halves may be sent again under their keys") {
        portal at;
        at.give_password(anna, password);
        switch_two_step(at, true);
        const json half = log_in(at, password, "first-half-of-it-1");
        CHECK(log_in(at, password, "first-half-of-it-1").at("verdict") == "code_sent");
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        for (int count = 0; count < 2; ++count)
            CHECK(type_code(at, half.at("ticket"), sms.clear.reveal(), "second-half-of-1").at("verdict") ==
                  "ok");
        CHECK(
            at.ask("/v1/login/code", {{"ticket", half.at("ticket")}, {"code", "999999"}}, "second-half-of-1")
                .status == 409);
    }

    TEST_CASE("a code for a password opens no login, and that of a login sets no password") {
        portal at;
        at.give_password(anna, chosen, true);
        switch_two_step(at, true);
        const json half = log_in(at, chosen);
        const auto sms = only_sms(at, "notice.code_log_in.sms");
        CHECK(ask(at, "/v1/password/set",
                  {{"ticket", half.at("ticket")},
                   {"code", sms.clear.reveal()},
                   {"password", "Third-pass-3"}}) == denied);
        const json other =
            ask(at, "/v1/code/send",
                {{"msisdn", anna.text()}, {"purpose", "password"}, {"challenge_passed", true}});
        const auto code = only_sms(at, "notice.code_password.sms");
        CHECK(type_code(at, other.at("ticket"), code.clear.reveal()) == denied);
    }

    TEST_CASE("it is switched at the portal after a login, and its subscriber is told") {
        portal at;
        at.give_password(anna, chosen, true);
        const std::string session = session_of(at);
        CHECK(ask(at, "/v1/two-step/set", {{"session", session}, {"on", true}}) == json{{"verdict", "ok"}});
        only_sms(at, "notice.two_step_on.sms");
        CHECK(log_in(at, chosen).at("verdict") == "code_sent");
        only_sms(at, "notice.code_log_in.sms");
        CHECK(ask(at, "/v1/two-step/set", {{"session", session}, {"on", false}}) == json{{"verdict", "ok"}});
        only_sms(at, "notice.two_step_off.sms");
        CHECK(log_in(at, chosen).at("verdict") == "ok");
    }
}

TEST_SUITE("a code word") {
    TEST_CASE("it sets a password at the portal, and the SIM hears of it") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        CHECK(restore(at, anna, "Барсик") == denied);
        CHECK(restore(at, anna, " мурзик ") == json{{"verdict", "ok"}});
        only_sms(at, "notice.password_changed.sms");
        CHECK(log_in(at, chosen) == denied);
        CHECK(log_in(at, "Another-pass-2").at("regime") == "static");
    }

    TEST_CASE("a number of the feed that never dialled gets its account") {
        portal at;
        at.give_word(anna, "Мурзик");
        CHECK(restore(at, anna, "мурзик") == json{{"verdict", "ok"}});
        CHECK(log_in(at, "Another-pass-2").at("verdict") == "ok");
    }

    TEST_CASE("five wrong ones close that way for a day, and one SMS says so") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        for (int count = 0; count < 4; ++count)
            CHECK(restore(at, anna, "Барсик") == denied);
        CHECK(restore(at, anna, "Барсик") == blocked);
        only_sms(at, "notice.code_word_closed.sms");
        CHECK(restore(at, anna, "мурзик") == blocked);
        CHECK(at.sms().empty());
        CHECK(log_in(at, chosen).at("verdict") == "ok"); // the password is as good as before
    }

    TEST_CASE("a right one begins the count anew") {
        portal at;
        at.give_word(anna, "Мурзик");
        for (int round = 0; round < 2; ++round) {
            for (int count = 0; count < 4; ++count)
                CHECK(restore(at, anna, "Барсик") == denied);
            CHECK(restore(at, anna, "мурзик") == json{{"verdict", "ok"}});
        }
    }

    TEST_CASE("alone it opens nothing that wrong passwords closed") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        CHECK(restore(at, anna, "мурзик") == json{{"verdict", "refused"}, {"reason", "blocked"}});
        CHECK(log_in(at, "Another-pass-2") == blocked);
    }

    TEST_CASE("it opens no number of the feed that wrong passwords closed") {
        portal at;
        at.give_word(anna, "Мурзик");
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        CHECK(restore(at, anna, "мурзик") == json{{"verdict", "refused"}, {"reason", "blocked"}});
        CHECK(log_in(at, "Another-pass-2") == blocked);
    }

    TEST_CASE("wrong ones are counted on after the access was closed") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        for (int count = 0; count < 4; ++count)
            CHECK(restore(at, anna, "Барсик") == denied);
        at.fulfil(anna, store::close_portal{});
        CHECK(restore(at, anna, "Барсик") == blocked);
    }

    TEST_CASE("each way in that is closed tells by an SMS of its own, whichever came first") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        for (int count = 0; count < 5; ++count)
            restore(at, anna, "Барсик");
        only_sms(at, "notice.code_word_closed.sms");
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        only_sms(at, "notice.access_closed.sms");
        restore(at, anna, "Барсик");
        log_in(at, "wrong-guess");
        CHECK(at.sms().empty());
    }

    TEST_CASE("a number that no other SMS of the portal's reaches hears of nothing that is closed") {
        portal at;
        at.give_word(anna, "Мурзик");
        at.give_password(anna, chosen, true);
        store::subscriber changed;
        changed.who = anna;
        changed.sim_changed = read_clocks().utc;
        at.feed(changed);
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        CHECK(at.sms().empty());
    }

    TEST_CASE("a password that can't be costs no try, whoever asks") {
        portal at;
        at.give_word(anna, "Мурзик");
        for (const msisdn who : {anna, boris})
            for (int count = 0; count < 7; ++count)
                CHECK(restore(at, who, "Барсик", "short") ==
                      json{{"verdict", "refused"}, {"reason", "too_short"}});
        CHECK(restore(at, anna, "мурзик") == json{{"verdict", "ok"}});
    }

    TEST_CASE("after a new SIM it has to wait like everything else") {
        portal at;
        at.give_word(anna, "Мурзик");
        store::subscriber changed;
        changed.who = anna;
        changed.sim_changed = read_clocks().utc;
        at.feed(changed);
        CHECK(restore(at, anna, "мурзик").at("reason") == "cooldown");
    }
}

TEST_SUITE("a PIN") {
    TEST_CASE("it is set after a login and lets that device in") {
        portal at;
        at.give_password(anna, chosen, true);
        const json made = set_pin(at, session_of(at), "4071", "4071");
        CHECK(made.at("verdict") == "ok");
        only_sms(at, "notice.pin_set.sms");
        const json came = type_pin(at, made.at("device"), "4071");
        CHECK(came.at("verdict") == "ok");
        CHECK(came.at("msisdn") == anna.text());
        CHECK_FALSE(came.contains("regime"));
    }

    TEST_CASE("what is no PIN is refused by its rule") {
        portal at;
        at.give_password(anna, chosen, true);
        const std::string session = session_of(at);
        const auto reason = [&](const char* pin, const char* again) {
            return set_pin(at, session, pin, again).at("reason");
        };
        CHECK(reason("407", "407") == "four_digits");
        CHECK(reason("407a", "407a") == "four_digits");
        CHECK(reason("4071", "4072") == "not_equal");
        CHECK(reason("7777", "7777") == "too_simple");
        CHECK(reason("1234", "1234") == "too_simple");
        CHECK(reason("8765", "8765") == "too_simple");
        CHECK(reason("2233", "2233") == "own_number");
        CHECK(at.sms().empty());
    }

    TEST_CASE("five wrong ones end it, one SMS says so, and the password is good still") {
        portal at;
        at.give_password(anna, chosen, true);
        const json device = set_pin(at, session_of(at), "4071", "4071").at("device");
        only_sms(at, "notice.pin_set.sms");
        for (int count = 0; count < 4; ++count)
            CHECK(type_pin(at, device, "9999") == denied);
        CHECK(type_pin(at, device, "4071").at("last_failures") == 4);
        for (int count = 0; count < 4; ++count)
            CHECK(type_pin(at, device, "9999") == denied);
        CHECK(type_pin(at, device, "9999") == blocked);
        only_sms(at, "notice.pin_closed.sms");
        CHECK(type_pin(at, device, "4071") == logged_out);
        CHECK(log_in(at, chosen).at("verdict") == "ok");
    }

    TEST_CASE("a wrong one that comes again under its key is counted once") {
        portal at;
        at.give_password(anna, chosen, true);
        const json device = set_pin(at, session_of(at), "4071", "4071").at("device");
        for (int count = 0; count < 9; ++count)
            CHECK(type_pin(at, device, "9999", "the-same-try-0001") == denied);
        CHECK(type_pin(at, device, "4071").at("last_failures") == 1);
    }

    TEST_CASE("the latest device has the PIN, and what was no device's lets nobody in") {
        portal at;
        at.give_password(anna, chosen, true);
        const json first = set_pin(at, session_of(at), "4071", "4071").at("device");
        const json second = set_pin(at, session_of(at), "5182", "5182").at("device");
        CHECK(type_pin(at, first, "5182") == logged_out);
        CHECK(type_pin(at, second, "5182").at("verdict") == "ok");
        CHECK(type_pin(at, "no-device-at-all", "5182") == logged_out);
        CHECK(type_pin(at, session_of(at), "5182") == logged_out);
    }

    TEST_CASE("a closed access, a new SIM and the SIM's own wish end it") {
        portal at;
        at.give_password(anna, chosen, true);
        json device = set_pin(at, session_of(at), "4071", "4071").at("device");
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        CHECK(type_pin(at, device, "4071") == logged_out);
        at.give_password(anna, chosen, true);
        CHECK(type_pin(at, device, "4071").at("verdict") == "ok"); // the SIM opened the access again
        at.fulfil(anna, store::close_portal{});
        at.give_password(anna, chosen, true);
        CHECK(type_pin(at, device, "4071") == logged_out);
        device = set_pin(at, session_of(at), "4071", "4071").at("device");
        store::subscriber changed;
        changed.who = anna;
        changed.sim_changed = read_clocks().utc;
        at.feed(changed);
        CHECK(type_pin(at, device, "4071") == logged_out);
    }

    TEST_CASE("nobody sets one without having known the password") {
        portal at;
        at.give_password(anna, chosen, true);
        const json device = set_pin(at, session_of(at), "4071", "4071").at("device");
        const std::string by_pin = type_pin(at, device, "4071").at("session");
        CHECK(set_pin(at, by_pin, "5182", "5182") == json{{"verdict", "refused"}, {"reason", "password"}});
        CHECK(ask(at, "/v1/two-step/set", {{"session", by_pin}, {"on", false}}).at("reason") == "password");
        CHECK(ask(at, "/v1/automatic/set", {{"session", by_pin}, {"on", true}, {"mobile_data", true}})
                  .at("reason") == "password");
    }
}

TEST_SUITE("automatic login") {
    TEST_CASE("its subscriber switches it on over mobile data, and off from anywhere") {
        portal at;
        at.give_password(anna, chosen, true);
        const std::string session = session_of(at);
        CHECK(from_sim(at) == denied);
        CHECK(ask(at, "/v1/automatic/set", {{"session", session}, {"on", true}}) ==
              json{{"verdict", "refused"}, {"reason", "mobile_data"}});
        CHECK(ask(at, "/v1/automatic/set", {{"session", session}, {"on", true}, {"mobile_data", true}}) ==
              json{{"verdict", "ok"}});
        only_sms(at, "notice.automatic_on.sms");
        const json came = from_sim(at);
        CHECK(came.at("verdict") == "ok");
        CHECK(came.at("level") == "own");
        CHECK(ask(at, "/v1/automatic/set", {{"session", came.at("session")}, {"on", false}}) ==
              json{{"verdict", "ok"}});
        only_sms(at, "notice.automatic_off.sms");
        CHECK(from_sim(at) == denied);
    }

    TEST_CASE("it wants the portal's word for the SIM") {
        portal at;
        CHECK(at.ask("/v1/login/sim", {{"msisdn", anna.text()}}).status == 422);
        CHECK(at.ask("/v1/login/sim", {{"msisdn", anna.text()}, {"mobile_data", false}}).status == 422);
    }

    TEST_CASE("a closed access closes it too") {
        portal at;
        at.give_password(anna, chosen, true);
        ask(at, "/v1/automatic/set", {{"session", session_of(at)}, {"on", true}, {"mobile_data", true}});
        for (int count = 0; count < 5; ++count)
            log_in(at, "wrong-guess");
        CHECK(from_sim(at) == denied);
    }
}

} // namespace kabinet::gateway::door::logins_test
