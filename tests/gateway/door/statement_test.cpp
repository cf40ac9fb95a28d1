// What the door tells of movements, and that a transfer has a name.
#include "gateway/clocks.hpp"
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"
#include "values/written_time.hpp"

namespace kabinet::gateway::door::statement_test {

using namespace tests;
using kabinet::tests::read_json;
using nlohmann::json;

namespace {

constexpr const char* chosen = "My-own-pass-1";

std::string log_in(portal& at) {
    at.give_password(anna, chosen, true);
    return read_json(at.log_in(anna, chosen).body).at("session");
}

json movements(portal& at, const std::string& session, utc_time from, std::optional<utc_time> until = {}) {
    json body{{"session", session}, {"from", write_iso(from)}};
    if (until)
        body["until"] = write_iso(*until);
    const answer came = at.ask("/v1/movements", body);
    REQUIRE(came.status == 200);
    return read_json(came.body);
}

void pay(portal& at, std::int64_t rubles) {
    REQUIRE(at.fulfil(anna, store::pay_in{money::from_minor(rubles * minor_of_major)}).is ==
            store::verdict::paid_in);
}

} // namespace

TEST_CASE("movements are told with their sums, the newest first") {
    portal at;
    const std::string session = log_in(at);
    const utc_time before = read_clocks().utc - 1min;
    json said = movements(at, session, before);
    CHECK(said == json{{"verdict", "ok"},
                       {"currency", "RUB"},
                       {"income", "0.00"},
                       {"spent", "0.00"},
                       {"totals", json::array()},
                       {"movements", json::array()}});
    pay(at, 100);
    pay(at, 50);
    said = movements(at, session, before);
    CHECK(said.at("income") == "150.00");
    CHECK(said.at("totals") == json::array({{{"kind", "payment"}, {"amount", "150.00"}}}));
    REQUIRE(said.at("movements").size() == 2);
    CHECK(said.at("movements").at(0).at("amount") == "50.00");
    CHECK(said.at("movements").at(0).at("kind") == "payment");
    CHECK(movements(at, session, before, before + 1s).at("movements").empty());
    CHECK(movements(at, session, before, before + 1s).at("income") == "0.00");
    CHECK(movements(at, session, read_clocks().utc + 1min).at("movements").empty());
}

TEST_CASE("who has many is told fifty at a time, each once") {
    portal at;
    const std::string session = log_in(at);
    const utc_time before = read_clocks().utc - 1min;
    constexpr std::size_t payments = 120;
    for (std::size_t each = 1; each <= payments; ++each)
        pay(at, static_cast<std::int64_t>(each));
    std::vector<std::string> amounts;
    std::optional<utc_time> until;
    std::size_t pages = 0;
    do {
        const json said = movements(at, session, before, until);
        REQUIRE(said.at("movements").size() <= 50);
        for (const json& row : said.at("movements"))
            amounts.push_back(row.at("amount"));
        until =
            said.contains("older_until") ? read_iso(said.at("older_until").get<std::string>()) : std::nullopt;
        ++pages;
    } while (until && pages < 10);
    CHECK(pages == 3);
    REQUIRE(amounts.size() == payments);
    CHECK(amounts.front() == "120.00");
    CHECK(amounts.back() == "1.00");
}

TEST_CASE("a time that is none is refused, and a login that is over sees nothing") {
    portal at;
    const std::string session = log_in(at);
    for (const json& wrong : {json{{"session", session}}, json{{"session", session}, {"from", "yesterday"}},
                              json{{"session", session}, {"from", "2026-11-01T00:00:00Z"}, {"until", "x"}},
                              json{{"session", session}, {"from", "2026-11-01T00:00:00"}}})
        CHECK(at.ask("/v1/movements", wrong).status == 422);
    at.give_password(anna, "Another-pass-2", true);
    const answer came = at.ask("/v1/movements", {{"session", session}, {"from", "2026-11-01T00:00:00Z"}});
    CHECK(read_json(came.body).at("verdict") == "logged_out");
}

TEST_CASE("a transfer without a name is refused: it might go twice") {
    portal at;
    const std::string session = log_in(at);
    const json wish{{"session", session}, {"to", boris.text()}, {"amount", "10"}};
    CHECK(at.ask("/v1/transfer", wish).status == 400);
    CHECK(at.ask("/v1/transfer", wish, "a-name-of-16-at-least").status == 200);
}

} // namespace kabinet::gateway::door::statement_test
