#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"

#include <algorithm>
#include <array>
#include <future>
#include <map>

namespace kabinet::gateway::door::api_test {

using namespace tests;
using kabinet::tests::read_json;
using nlohmann::json;

namespace {

constexpr std::string_view password = "k7mp9xw3";

json problem_of(const answer& came, unsigned status) {
    CHECK(came.status == status);
    CHECK(came.content_type == "application/problem+json");
    const json said = read_json(came.body);
    CHECK(said["status"] == status);
    return said;
}

/// A body with the length of what is drawn anew each time.
json said_of(const answer& came) {
    json body = read_json(came.body);
    body["session"] = body["session"].get<std::string>().size();
    return body;
}

} // namespace

TEST_CASE("a password from the phone opens the portal once") {
    portal at;
    at.give_password(anna, password);
    const answer came = at.log_in(anna, std::string{password});
    CHECK(came.status == 200);
    CHECK(came.content_type == "application/json");
    CHECK(said_of(came) == json{{"verdict", "ok"},
                                {"msisdn", "79261112233"},
                                {"regime", "one-time"},
                                {"must_change", false},
                                {"level", "all"},
                                {"last_failures", 0},
                                {"session", 120},
                                {"valid_for", 1800}});
    CHECK(at.log_in(anna, std::string{password}).body == "{\"verdict\":\"denied\"}\n");
}

TEST_CASE("a chosen password opens it as often as one likes") {
    portal at;
    at.give_password(anna, "My-own-pass", true);
    CHECK(at.verdict(anna, "wrong") == "denied");
    for (int count = 0; count < 3; ++count) {
        const json said = read_json(at.log_in(anna, "My-own-pass").body);
        CHECK(said["verdict"] == "ok");
        CHECK(said["regime"] == "static");
        CHECK(said["last_failures"] == (count == 0 ? 1 : 0));
    }
}

TEST_CASE("the pack says what a login is good for") {
    portal at;
    at.pack->logins = {.is_once = false,
                       .must_change = true,
                       .generated = access_level::view,
                       .chosen = access_level::own_number};
    at.give_password(anna, password);
    for (int count = 0; count < 2; ++count) {
        const json said = read_json(at.log_in(anna, std::string{password}).body);
        CHECK(said["verdict"] == "ok");
        CHECK(said["must_change"] == true);
        CHECK(said["level"] == "view");
    }
    at.give_password(anna, "My-own-pass", true);
    const json said = read_json(at.log_in(anna, "My-own-pass").body);
    CHECK(said["must_change"] == false);
    CHECK(said["level"] == "own");
}

TEST_CASE("five wrong passwords close a number, an unknown one in the same words") {
    portal at;
    at.give_password(anna, password);
    for (const msisdn who : {anna, boris})
        for (int count = 1; count <= 7; ++count)
            CHECK(at.log_in(who, "wrong").body ==
                  (count < 5 ? "{\"verdict\":\"denied\"}\n" : "{\"verdict\":\"blocked\"}\n"));
    CHECK(at.verdict(anna, std::string{password}) == "blocked");
    const auto sent = at.sms(); // the notice, to her alone
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].who == anna);
    CHECK(view(text_of(sent[0])) == "notice.access_closed.sms");
    at.give_password(anna, password);
    CHECK(at.verdict(anna, std::string{password}) == "ok");
}

TEST_CASE("a guess that comes again under its key is counted once") {
    portal at;
    at.give_password(anna, password);
    const std::string key = "0123456789abcdef";
    for (int count = 0; count < 9; ++count)
        CHECK(at.log_in(anna, "wrong", key).body == "{\"verdict\":\"denied\"}\n");
    problem_of(at.log_in(anna, "other", key), 409);
    problem_of(at.log_in(boris, "wrong", key), 409);
    const json first = said_of(at.log_in(anna, std::string{password}, "another-key-here"));
    CHECK(first["last_failures"] == 1);
    CHECK(said_of(at.log_in(anna, std::string{password}, "another-key-here")) == first);
    problem_of(at.log_in(anna, "guess", "another-key-here"), 409); // nobody else is told `ok`
}

TEST_CASE("a visitor who goes through numbers is stopped before anything is counted") {
    portal at{2};
    const msisdn vera = msisdn::from_digits(79263334455);
    CHECK(at.log_in(anna, "wrong", {}, "192.0.2.1").status == 200);
    CHECK(at.log_in(boris, "wrong", {}, "192.0.2.1").status == 200);
    const answer stopped = at.log_in(vera, "wrong", {}, "192.0.2.1");
    problem_of(stopped, 429);
    REQUIRE(stopped.retry_after);
    CHECK(*stopped.retry_after > 59min);
    CHECK(*stopped.retry_after <= 1h);
    CHECK(at.log_in(vera, "wrong", {}, "::ffff:192.0.2.1").status == 429); // the same one
    CHECK(at.log_in(vera, "wrong", {}, "192.0.2.2").status == 200);
    CHECK(at.log_in(vera, "wrong").status == 200);
    // of IPv6 the network counts
    CHECK(at.log_in(anna, "wrong", {}, "2001:db8::1").status == 200);
    CHECK(at.log_in(boris, "wrong", {}, "2001:db8::2").status == 200);
    CHECK(at.log_in(vera, "wrong", {}, "2001:db8::3").status == 429);
    CHECK(at.log_in(vera, "wrong", {}, "2001:db8:0:1::3").status == 200);
}

TEST_CASE("one who is put off may come again more often than one who is judged") {
    portal at;
    const auto guesses = [&](std::uint32_t times) {
        std::map<int, std::uint32_t> came;
        for (std::uint32_t count = 0; count < times; ++count)
            ++came[static_cast<int>(at.log_in(anna, "wrong", {}, "203.0.113.7").status)];
        return came;
    };
    const std::uint32_t most = visitors::tries_of_a_number;
    std::vector<unsigned> together; // one under way and four that wait; the others are put off
    const std::string body = R"({"msisdn":"79261112233","password":"wrong","visitor":"203.0.113.7"})";
    for (std::uint32_t count = 0; count < 2 * most; ++count)
        at.ask_beside(portal::post("/v1/login", body),
                      [&](const answer& came) { together.push_back(came.status); });
    REQUIRE(run_until(at.loop, [&] { return together.size() == 2 * most; }));
    const auto judged = static_cast<std::uint32_t>(std::ranges::count(together, 200U));
    CHECK(judged == 5);
    CHECK(guesses(most) == std::map<int, std::uint32_t>{{200, most - judged}, {429, judged}});
}

TEST_CASE("without a token of the portal's nobody is asked anything") {
    portal at;
    request none = portal::post("/v1/login", R"({"msisdn":"79261112233","password":"x"})");
    none.bearer.clear();
    const answer stopped = at.ask(std::move(none));
    problem_of(stopped, 401);
    CHECK(stopped.headers ==
          std::vector<std::pair<std::string, std::string>>{{"WWW-Authenticate", "Bearer"}});
    request foreign = portal::post("/v1/login", R"({"msisdn":"79261112233","password":"x"})");
    foreign.bearer = "another-token-0123456789-0123456789";
    problem_of(at.ask(std::move(foreign)), 403);
    request beginning = portal::post("/v1/login", "{}");
    beginning.bearer = std::string{token.substr(0, token.size() - 1)};
    problem_of(at.ask(std::move(beginning)), 403);
    REQUIRE(run_until(at.loop, [&] { return at.turned_away == 3; }));
}

TEST_CASE("what can't be meant is refused with what is wrong") {
    portal at;
    const std::array<std::pair<const char*, unsigned>, 13> rows{{
        {"", 400},
        {"[]", 400},
        {R"({"msisdn":"79261112233"})", 422},
        {R"({"password":"x"})", 422},
        {R"({"msisdn":"79261112233","password":""})", 422},
        {R"({"msisdn":"79261112233","password":true})", 422},
        {R"({"msisdn":"79261112233","password":"x","more":"y"})", 422},
        {R"({"msisdn":"0500","password":"x"})", 422},
        {R"({"msisdn":"","password":"x"})", 422},
        {R"({"msisdn":"+84912345678","password":"x"})", 422},
        {R"({"msisdn":"79261112233","password":"x","visitor":"portal"})", 422},
        {R"({"msisdn":"79261112233","password":"x","visitor":true})", 422},
        {R"({"msisdn":"79261112233","password":"x","visitor":"192.0.2.1\u0000x"})", 422},
    }};
    for (const auto& [body, status] : rows) {
        CAPTURE(body);
        problem_of(at.ask(portal::post("/v1/login", body)), status);
    }
    const std::string too_long(129, 'x');
    problem_of(at.log_in(anna, too_long), 422);
    CHECK(at.log_in(anna, too_long.substr(1)).status == 200);
}

TEST_CASE("a header that can't be meant is refused before the body is read") {
    portal at;
    request query = portal::post("/v1/login", "{}");
    query.query = "password=1";
    CHECK(at.at_door.refuse_early(query)->status == 400);
    request text = portal::post("/v1/login", "{}");
    text.content_type = "text/plain";
    CHECK(at.at_door.refuse_early(text)->status == 415);
    request charset = portal::post("/v1/login", "{}");
    charset.content_type = "Application/JSON; charset=utf-8";
    CHECK_FALSE(at.at_door.refuse_early(charset));
    for (const char* key :
         {"short", "has a blank in it", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0"})
        CHECK(at.at_door.refuse_early(portal::post("/v1/login", "{}", key))->status == 400);
    CHECK(at.at_door.refuse_early(portal::post("/v1/log", "{}"))->status == 404);
    const auto other = at.at_door.refuse_early(portal::get("/v1/login"));
    CHECK(other->status == 405);
    CHECK(other->headers == std::vector<std::pair<std::string, std::string>>{{"Allow", "POST"}});
}

TEST_CASE("whoever looks after the gateway sees whether it lives and whether it works") {
    portal at;
    CHECK(at.ask(portal::get("/healthz")).status == 200);
    CHECK(at.ask(portal::get("/readyz")).status == 200);
    at.is_ready = false;
    CHECK(at.ask(portal::get("/healthz")).status == 200);
    CHECK(at.ask(portal::get("/readyz")).status == 503);
}

TEST_CASE("whoever watches the gateway reads its metrics without a token") {
    portal at;
    const answer came = at.ask(portal::get("/metrics"));
    CHECK(came.status == 200);
    CHECK(came.content_type.starts_with("text/plain; version=0.0.4"));
    CHECK(came.body.find("kabinet_open_dialogues 7") != std::string::npos);
}

TEST_CASE("a reception that closes counts nothing and lets nobody in") {
    portal at;
    at.give_password(anna, password);
    at.desk.stop_taking();
    const answer later = at.log_in(anna, std::string{password});
    problem_of(later, 503);
    CHECK(later.retry_after == 1s);
}

TEST_CASE("many guesses at once for one number are judged one after the other and the rest put off") {
    portal at;
    at.pack->allowed.wrong_passwords = 3; // fewer than may wait
    at.give_password(anna, password);
    std::vector<std::string> verdicts;
    std::size_t put_off = 0;
    for (int count = 0; count < 100; ++count)
        at.ask_beside(portal::post("/v1/login", R"({"msisdn":"79261112233","password":"wrong"})"),
                      [&](const answer& came) {
                          if (came.status == 200)
                              verdicts.push_back(read_json(came.body)["verdict"]);
                          else
                              ++put_off;
                      });
    REQUIRE(run_until(at.loop, [&] { return verdicts.size() + put_off == 100; }));
    CHECK(verdicts == std::vector<std::string>{"denied", "denied", "blocked", "blocked", "blocked"});
    CHECK(at.verdict(anna, std::string{password}) == "blocked");
    CHECK(at.desk.is_at_rest());
}

TEST_CASE("when hashing is at its limit nothing is counted and nobody let in") {
    portal at;
    at.give_password(anna, password);
    hash_pool narrow{1, 1us}; // whatever runs takes the only place
    reception beside{at.loop,
                     {at.lane, at.money, at.keys, at.check, narrow, at.sends, at.lately, {}},
                     [&] { return at.pack; },
                     {}};
    std::vector<portal_verdict> came;
    const auto guess = [&] {
        login_attempt attempt;
        attempt.who = anna;
        attempt.typed = secret{password};
        boost::asio::co_spawn(at.loop, beside.log_in(std::move(attempt)),
                              [&](std::exception_ptr, portal_answer told) { came.push_back(told.is); });
        const std::size_t before = came.size();
        REQUIRE(run_until(at.loop, [&] { return came.size() > before; }));
        return came.back();
    };
    std::promise<void> opened;
    bool is_over = false;
    auto long_work = [open = opened.get_future().share()] {
        open.wait();
        return 1;
    };
    boost::asio::co_spawn(at.loop, narrow.run(hash_work::logins, long_work),
                          [&](std::exception_ptr, std::optional<int>) { is_over = true; });
    for (int count = 0; count < 9; ++count)
        CHECK(guess() == portal_verdict::try_later);
    opened.set_value();
    REQUIRE(run_until(at.loop, [&] { return is_over; }));
    CHECK(guess() == portal_verdict::ok);
}

} // namespace kabinet::gateway::door::api_test
