#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"
#include "values/written_time.hpp"

namespace kabinet::gateway::door::changes_test {

using namespace tests;
using kabinet::tests::read_json;
using kabinet::tests::write_json;
using nlohmann::json;

namespace {

constexpr std::string_view password = "k7mp9xw3";

request notice_of(msisdn who, std::string_view what, std::string_view at) {
    request made =
        portal::post("/v1/change", write_json({{"msisdn", who.text()}, {"what", what}, {"at", at}}));
    made.bearer = operator_token;
    return made;
}

/// A little ahead of what was done just now.
std::string soon() {
    return write_iso(read_clocks().utc + 1s);
}

} // namespace

TEST_CASE("the operator's notice of a new SIM ends the access and tells the subscriber") {
    portal at;
    at.give_password(anna, password);
    const answer came = at.ask(notice_of(anna, "sim", write_iso(read_clocks().utc)));
    CHECK(came.status == 200);
    CHECK(read_json(came.body) == json{{"verdict", "ok"}});
    REQUIRE(at.changes.ended.size() == 1);
    CHECK(at.changes.ended[0].who == anna);
    REQUIRE(at.changes.ended[0].sms);
    CHECK(view(text_of(*at.changes.ended[0].sms)) == "notice.sim_changed.sms");
    CHECK(at.verdict(anna, std::string{password}) == "denied");
}

TEST_CASE("a notice told twice ends nothing twice") {
    portal at;
    at.give_password(anna, password);
    const std::string when = write_iso(read_clocks().utc);
    at.ask(notice_of(anna, "sim", when));
    CHECK(at.ask(notice_of(anna, "sim", when)).status == 200);
    CHECK(at.changes.ended.size() == 1);
}

TEST_CASE("a new owner inherits nothing") {
    portal at;
    at.give_password(anna, password);
    CHECK(at.ask(notice_of(anna, "owner", soon())).status == 200);
    CHECK(at.changes.forgotten == std::vector{anna});
    CHECK(at.verdict(anna, std::string{password}) == "denied");
}

TEST_CASE("what the owner before had of the portal opens nothing of the new owner's") {
    portal at;
    const std::string chosen = "My-own-pass-1", key = "the-old-owners-key";
    const auto session = [&](std::string with_key = {}) -> std::string {
        return read_json(at.log_in(anna, chosen, std::move(with_key)).body).at("session");
    };
    const auto set_pin = [&](const std::string& login) -> std::string {
        const json body{{"session", login}, {"pin", "4071"}, {"pin_again", "4071"}};
        return read_json(at.ask("/v1/pin/set", body).body).at("device");
    };
    at.give_password(anna, chosen, true);
    const std::string old_session = session(key);
    const std::string old_device = set_pin(old_session);
    CHECK(at.ask(notice_of(anna, "owner", soon())).status == 200);
    at.change(anna, store::lift_limits{});
    at.give_password(anna, chosen, true); // by chance the same, and as many of them
    set_pin(session());
    const json out{{"verdict", "logged_out"}};
    CHECK(read_json(at.ask("/v1/login/pin", {{"device", old_device}, {"pin", "4071"}}).body) == out);
    CHECK(read_json(at.ask("/v1/account", {{"session", old_session}}).body) == out);
    CHECK(read_json(at.ask("/v1/language/set", {{"session", old_session}, {"language", "en"}}).body) == out);
    // the same request again is judged anew, not answered for the owner before
    const std::string again = session(key);
    CHECK(read_json(at.ask("/v1/account", {{"session", again}}).body).at("verdict") == "ok");
}

TEST_CASE("a notice of a number that nothing is known of makes nobody a subscriber") {
    portal at;
    CHECK(at.ask(notice_of(anna, "sim", "2025-11-21T10:00:00Z")).status == 200);
    const json body{{"msisdn", anna.text()}, {"challenge_passed", true}};
    CHECK(at.ask("/v1/password/send", body).status == 200);
    CHECK(at.sms().empty());
}

TEST_CASE("a notice that lies ahead is refused, for all before it would be no news") {
    portal at;
    at.give_password(anna, password);
    CHECK(at.ask(notice_of(anna, "sim", "2099-01-01T00:00:00Z")).status == 422);
    CHECK(at.verdict(anna, std::string{password}) == "ok");
}

TEST_CASE("a notice wants the operator's own token and every word of it") {
    portal at;
    at.give_password(anna, password);
    request of_portal = notice_of(anna, "sim", "2025-11-21T10:00:00Z");
    of_portal.bearer = token;
    CHECK(at.ask(std::move(of_portal)).status == 403);
    CHECK(at.ask(notice_of(anna, "card", "2025-11-21T10:00:00Z")).status == 422);
    CHECK(at.ask(notice_of(anna, "sim", "yesterday")).status == 422);
    CHECK(at.changes.ended.empty());
    request operators = portal::post("/v1/login", "{}");
    operators.bearer = operator_token;
    CHECK(at.ask(std::move(operators)).status == 403);
}

} // namespace kabinet::gateway::door::changes_test
