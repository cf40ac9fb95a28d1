// Whatever the portal asks in whatever order, a number that is nobody's is answered as one that is
// somebody's.
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"

namespace kabinet::gateway::door::alike_test {

using namespace tests;
using kabinet::tests::read_json;
using kabinet::tests::write_json;
using nlohmann::json;

namespace {

const msisdn who = gateway::tests::anna;

void feed(portal& at) {
    store::subscriber row;
    row.who = who;
    at.feed(row);
}

/// A status and a body without what is drawn anew each time, and the seconds that pass.
std::string said(const answer& came) {
    json body = read_json(came.body);
    if (body.contains("ticket"))
        body["ticket"] = body["ticket"].get<std::string>().size();
    if (body.contains("valid_for") && body.contains("resend_after"))
        body["valid_for"] = body["valid_for"].get<int>() - std::exchange(body["resend_after"], 0).get<int>();
    return std::to_string(came.status) + ' ' + write_json(body);
}

/// What somebody who knows no password hears, asking this and that.
std::vector<std::string> try_everything(portal& at) {
    std::vector<std::string> heard;
    std::string ticket;
    const auto guess = [&](int times) {
        for (int count = 0; count < times; ++count)
            heard.push_back(said(at.log_in(who, "wrong-guess")));
    };
    const auto send = [&](const char* path, const char* purpose) {
        json body{{"msisdn", who.text()}, {"challenge_passed", true}};
        if (purpose != nullptr)
            body["purpose"] = purpose;
        const answer came = at.ask(path, body);
        heard.push_back(said(came));
        const json told = read_json(came.body);
        ticket = told.value("ticket", ticket);
    };
    const auto enter = [&] {
        // five of a million are right by chance
        heard.push_back(said(at.ask("/v1/password/set",
                                    {{"ticket", ticket}, {"code", "0000000"}, {"password", "My-own-pass"}})));
    };
    const auto guess_word = [&](int times) {
        for (int count = 0; count < times; ++count)
            heard.push_back(said(at.ask("/v1/password/restore", {{"msisdn", who.text()},
                                                                 {"code_word", "Barsik"},
                                                                 {"password", "My-own-pass"},
                                                                 {"challenge_passed", true}})));
    };
    const auto stop = [&](const char* path) {
        heard.push_back(said(
            at.ask(path, {{"msisdn", who.text()}, {"code_word", "Barsik"}, {"challenge_passed", true}})));
    };
    heard.push_back(said(at.ask("/v1/login/sim", {{"msisdn", who.text()}, {"mobile_data", true}})));
    guess_word(2);
    stop("/v1/number/block");
    guess(4);
    guess_word(4);
    stop("/v1/number/unblock");
    send("/v1/password/send", nullptr);
    guess(3);
    send("/v1/password/send", nullptr); // opens what was closed
    guess(2);
    send("/v1/code/send", "password");
    guess(5);
    for (int count = 0; count < 7; ++count)
        enter();
    send("/v1/code/send", "password");
    send("/v1/code/send", "regime");
    for (int count = 0; count < 4; ++count)
        send("/v1/password/send", nullptr);
    guess(6);
    return heard;
}

} // namespace

TEST_CASE("whoever knows no password hears the same of every number") {
    const auto nobodys = [] {
        portal at;
        return try_everything(at);
    }();
    REQUIRE(nobodys.size() > 30);
    CHECK(nobodys[0] == R"(200 {"verdict":"denied"})");
    CHECK(nobodys[4] == R"(200 {"verdict":"denied"})");
    CHECK(nobodys[9] == R"(200 {"verdict":"blocked"})"); // the fifth code word
    using prepare = void (*)(portal&);
    const std::pair<const char*, prepare> rows[] = {
        {"a generated password", [](portal& at) { at.give_password(who, "k7mp9xw3"); }},
        {"a chosen one", [](portal& at) { at.give_password(who, "My-own-pass-1", true); }},
        {"barred",
         [](portal& at) {
             at.give_password(who, "k7mp9xw3");
             at.change(who, store::set_bar{});
         }},
        {"cooling down",
         [](portal& at) {
             at.give_password(who, "k7mp9xw3");
             at.change(who, store::cool_down{read_clocks().utc + 1h});
         }},
        {"closed by staff",
         [](portal& at) {
             at.give_password(who, "k7mp9xw3");
             at.change(who, store::block{});
         }},
        {"at its limit",
         [](portal& at) {
             for (int count = 0; count < 3; ++count)
                 at.give_password(who, "k7mp9xw3");
         }},
        {"with a code at login",
         [](portal& at) {
             at.give_password(who, "k7mp9xw3");
             at.fulfil(who, store::set_switch{store::account_switch::two_step, true});
         }},
        {"blocked by its subscriber",
         [](portal& at) {
             at.give_password(who, "My-own-pass-1", true);
             at.fulfil(who, store::block_number{});
         }},
        {"with a code word", [](portal& at) { at.give_word(who, "Murzik"); }},
        {"of the feed, without an account", feed},
    };
    for (const auto& [what, make_so] : rows) {
        const std::string of{what};
        CAPTURE(of);
        portal at;
        make_so(at);
        const auto heard = try_everything(at);
        REQUIRE(heard.size() == nobodys.size());
        for (std::size_t step = 0; step < heard.size(); ++step) {
            CAPTURE(step);
            CHECK(heard[step] == nobodys[step]);
        }
    }
}

} // namespace kabinet::gateway::door::alike_test
