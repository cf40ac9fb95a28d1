#include "gateway/written_time.hpp"
#include "tests/gateway/door/portal.hpp"

namespace kabinet::gateway::door {

using namespace tests;
using nlohmann::json;

namespace {

constexpr std::string_view password = "k7mp9xw3";

request notice_of(msisdn who, std::string_view what, std::string_view at) {
    request made =
        portal::post("/v1/change", json{{"msisdn", who.text()}, {"what", what}, {"at", at}}.dump());
    made.bearer = operator_token;
    return made;
}

} // namespace

TEST_CASE("the operator's notice of a new SIM ends the access and tells the subscriber") {
    portal at;
    at.give_password(anna, password);
    const answer came = at.ask(notice_of(anna, "sim", write_iso(read_clocks().utc)));
    CHECK(came.status == 200);
    CHECK(json::parse(came.body) == json{{"verdict", "ok"}});
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
    CHECK(at.ask(notice_of(anna, "owner", "2099-01-01T00:00:00Z")).status == 200);
    CHECK(at.changes.forgotten == std::vector{anna});
    CHECK(at.verdict(anna, std::string{password}) == "denied");
}

TEST_CASE("what the owner before has kept lets nobody in to the account of the next") {
    portal at;
    at.give_password(anna, password);
    const json login = json::parse(at.log_in(anna, std::string{password}).body);
    const json old_pin{{"session", login.at("session")}, {"pin", "4071"}, {"pin_again", "4071"}};
    const json device = json::parse(at.ask("/v1/pin/set", old_pin).body).at("device");
    CHECK(at.ask(notice_of(anna, "owner", "2099-01-01T00:00:00Z")).status == 200);
    at.lift_limits(anna);
    at.give_password(anna, password);
    const json next = json::parse(at.log_in(anna, std::string{password}).body);
    const json new_pin{{"session", next.at("session")}, {"pin", "4071"}, {"pin_again", "4071"}};
    CHECK(json::parse(at.ask("/v1/pin/set", new_pin).body).at("verdict") == "ok");
    const json over{{"verdict", "logged_out"}};
    CHECK(json::parse(at.ask("/v1/account", {{"session", login.at("session")}}).body) == over);
    CHECK(json::parse(at.ask("/v1/login/pin", {{"device", device}, {"pin", "4071"}}).body) == over);
}

TEST_CASE("a notice wants the operator's own token and every word of it") {
    portal at;
    at.give_password(anna, password);
    request of_portal = notice_of(anna, "sim", "2025-11-21T10:00:00Z");
    of_portal.bearer = token;
    CHECK(at.ask(std::move(of_portal)).status == 403);
    CHECK(at.ask(notice_of(anna, "card", "2025-11-21T10:00:00Z")).status == 422);
    CHECK(at.ask(notice_of(anna, "sim", "yesterday")).status == 422);
    request with_visitor = notice_of(anna, "sim", "2025-11-21T10:00:00Z");
    with_visitor.body.insert(1, R"("visitor":"192.0.2.1",)");
    CHECK(at.ask(std::move(with_visitor)).status == 422);
    CHECK(at.changes.ended.empty());
    request operators = portal::post("/v1/login", "{}");
    operators.bearer = operator_token;
    CHECK(at.ask(std::move(operators)).status == 403);
}

} // namespace kabinet::gateway::door
