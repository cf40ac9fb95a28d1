// What whoever was let in sees and does with the money, and how the operator's system tells of payments.
#include "tests/gateway/door/portal.hpp"
#include "tests/support/json.hpp"
#include "values/written_time.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <sstream>
#include <tuple>
#include <vector>

namespace kabinet::gateway::door::money_test {

using namespace tests;
using kabinet::tests::read_json;
using kabinet::tests::write_json;
using nlohmann::json;
using store::tests::octets_of;

namespace {

const std::string chosen = "My-own-pass-1";
const std::string code = "4071826395"; // of a voucher that is worth 100
const json logged_out{{"verdict", "logged_out"}};

constexpr money rubles(std::int64_t count) {
    return money::from_minor(count * minor_of_major);
}

json refused(std::string_view reason) {
    return {{"verdict", "refused"}, {"reason", reason}};
}

json ask(portal& at, const char* path, const json& body, std::string key = {}) {
    const answer came = at.ask(path, body, std::move(key));
    CHECK(came.status == 200);
    return read_json(came.body);
}

std::string log_in(portal& at, msisdn who = anna) {
    at.give_password(who, chosen, true);
    return read_json(at.log_in(who, chosen).body).at("session");
}

json balance(portal& at, const std::string& session) {
    return ask(at, "/v1/balance", {{"session", session}});
}

json top_up(portal& at, const std::string& session, std::string_view voucher, std::string key = {}) {
    return ask(at, "/v1/top-up", {{"session", session}, {"voucher", voucher}}, std::move(key));
}

json take_promise(portal& at, const std::string& session, std::string key = {}) {
    return ask(at, "/v1/promise/take", {{"session", session}, {"offer", "small"}}, std::move(key));
}

/// A key of its own for each.
std::string draw_key() {
    static int drawn = 0;
    return "till-0000-0000-" + std::to_string(++drawn);
}

answer pay(portal& at, const json& what, std::string key = draw_key(),
           std::string_view bearer = operator_token) {
    json body{{"msisdn", anna.text()}};
    body.update(what);
    request told = portal::post("/v1/payment", write_json(body), std::move(key));
    told.bearer = bearer;
    return at.ask(std::move(told));
}

void bring_in(portal& at, std::string_view voucher, money worth = rubles(100),
              std::optional<utc_time> expires = {}) {
    const store::voucher one{at.keys.mark_voucher(secret{voucher}), worth, expires};
    const auto come = at.in_store([one](store::backend& rows) { return rows.add_vouchers(std::array{one}); });
    REQUIRE(come.value().added == 1);
}

void allow(portal& at, access_level most) {
    store::subscriber row;
    row.who = anna;
    row.level = most;
    at.feed(row);
}

/// All that is logged while it lives.
class overheard {
  public:
    overheard() {
        auto log = std::make_shared<spdlog::logger>("overheard",
                                                    std::make_shared<spdlog::sinks::ostream_sink_mt>(said_));
        log->set_level(spdlog::level::trace);
        spdlog::set_default_logger(std::move(log));
    }
    ~overheard() { spdlog::set_default_logger(before_); }
    overheard(const overheard&) = delete;
    overheard& operator=(const overheard&) = delete;

    [[nodiscard]] std::string said() const { return said_.str(); }

  private:
    std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
    std::ostringstream said_;
};

} // namespace

TEST_CASE("a balance shows what there is and what may be lent") {
    portal at;
    const std::string session = log_in(at);
    const json offers = json::array(
        {{{"offer", "small"}, {"amount", "100.00"}, {"fee", "10.50"}, {"seconds", 72 * 60 * 60}}});
    CHECK(balance(at, session) == json{{"verdict", "ok"},
                                       {"currency", "RUB"},
                                       {"balance", "0.00"},
                                       {"points", 0},
                                       {"transfer_min", "1.00"},
                                       {"transfer_max", "500.00"},
                                       {"transfer_fee", "5.00"},
                                       {"offers", offers}});
    CHECK(pay(at, {{"amount", "120.5"}, {"points", "35"}}).status == 200);
    const json said = balance(at, session);
    CHECK(said.at("balance") == "120.50");
    CHECK(said.at("points") == 35);
    CHECK_FALSE(said.contains("promised"));
    CHECK(at.sms().empty());
}

TEST_CASE("a pack that leads nowhere to transfers has no bounds for them") {
    portal at;
    const std::string session = log_in(at);
    *std::ranges::find(at.pack->text_names, "transfer.transferred.sms") += ".gone";
    const json said = balance(at, session);
    for (const char* bound : {"transfer_min", "transfer_max", "transfer_fee"})
        CHECK(said.at(bound) == "0.00");
}

TEST_CASE(
    "what is closed for maintenance is put off until its end, the rest goes on, and nothing is counted") {
    portal at;
    const std::string session = log_in(at);
    at.closed.close(menus::action_kind::take_promise, read_clocks().utc + 90s);
    const answer later = at.ask("/v1/promise/take", {{"session", session}, {"offer", "small"}});
    CHECK(later.status == 503);
    REQUIRE(later.retry_after);
    CHECK(*later.retry_after <= 90s);
    CHECK(*later.retry_after > 60s);
    CHECK(balance(at, session).at("balance") == "0.00");
    at.closed.close(menus::action_kind::show_balance, std::nullopt);
    CHECK(at.ask("/v1/balance", {{"session", session}}).status == 503);
    at.closed.open_all();
    using kind = menus::action_kind;
    const std::tuple<kind, const char*, json> rows[] = {
        {kind::connect_service, "/v1/service/connect", {{"offer", "beep"}}},
        {kind::disconnect_service, "/v1/service/disconnect", {{"offer", "beep"}}},
        {kind::change_tariff, "/v1/tariff/change", {{"offer", "turn_on"}}},
        {kind::buy_package, "/v1/package/buy", {{"offer", "talk"}}},
        {kind::stop_package, "/v1/package/stop", {{"offer", "talk"}}},
        {kind::list_services, "/v1/services", json::object()},
        {kind::show_tariff, "/v1/tariff", json::object()},
        {kind::show_packages, "/v1/packages", json::object()},
        {kind::list_movements, "/v1/movements", {{"from", "2026-11-01T00:00:00Z"}}},
        {kind::transfer, "/v1/transfer", {{"to", boris.text()}, {"amount", "10.00"}}},
        {kind::top_up, "/v1/top-up", {{"voucher", code}}},
        {kind::list_archive, "/v1/archive", json::object()},
        {kind::set_language, "/v1/language/set", {{"language", "en"}}},
        {kind::block_number, "/v1/number/block", json::object()},
        {kind::call_back, "/v1/call", json::object()},
    };
    for (const auto& [what, path, body] : rows) {
        CAPTURE(path);
        at.closed.close(what, std::nullopt);
        json asked = body;
        asked["session"] = session;
        CHECK(at.ask(path, asked, "a-key-of-sixteen-or-more").status == 503);
        at.closed.open_all();
    }
    CHECK(take_promise(at, session).at("verdict") == "ok");
}

TEST_CASE("a voucher tops up once, and the SIM is told") {
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at);
    CHECK(top_up(at, session, " 4071-826 395 ") ==
          json{{"verdict", "ok"}, {"amount", "100.00"}, {"balance", "100.00"}});
    const auto sms = at.sms();
    REQUIRE(sms.size() == 1);
    CHECK(sms[0].who == anna);
    CHECK(view(text_of(sms[0])) == "top_up.topped_up.sms");
    CHECK(sms[0].what.sums.amount == rubles(100));
    CHECK(top_up(at, session, code) == refused("used_voucher"));
    CHECK(top_up(at, log_in(at, boris), code) == refused("used_voucher"));
    CHECK(balance(at, session).at("balance") == "100.00");
    CHECK(at.sms().empty());
}

TEST_CASE("a voucher that there isn't, that is out of date or that is no code tops up nothing") {
    portal at;
    bring_in(at, "5555555550", rubles(50), read_clocks().utc - 1s);
    const std::string session = log_in(at);
    CHECK(top_up(at, session, "5555555551") == refused("wrong_voucher"));
    CHECK(top_up(at, session, "5555555550") == refused("old_voucher"));
    for (const char* odd : {"1", "123456789012345678901", "12345678x", "١٢٣٤٥٦٧٨٩٠", "-"})
        CHECK(top_up(at, session, odd) == refused("bad_voucher"));
    CHECK(balance(at, session).at("balance") == "0.00");
    CHECK(at.sms().empty());
}

TEST_CASE("a top-up that comes again under its key gets the same answer, and another voucher none") {
    portal at;
    bring_in(at, code);
    bring_in(at, "4071826396");
    const std::string session = log_in(at), key = "one-press-of-a-button";
    const json first = top_up(at, session, code, key);
    CHECK(first.at("verdict") == "ok");
    CHECK(pay(at, {{"amount", "1"}}).status == 200);
    CHECK(top_up(at, session, code, key) == first);
    CHECK(at.ask("/v1/top-up", {{"session", session}, {"voucher", "4071826396"}}, key).status == 409);
    CHECK(at.ask("/v1/promise/take", {{"session", session}, {"offer", "small"}}, key).status == 409);
    CHECK(balance(at, session).at("balance") == "101.00");
    CHECK(at.sms().size() == 1);
}

TEST_CASE("five wrong vouchers in a row close them, wherever they were typed") {
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at), key = "one-press-of-a-button";
    const auto wrong = at.keys.mark_voucher(secret{"5555555550"});
    CHECK(at.fulfil(anna, store::top_up{wrong, 5, 1h}).is == store::verdict::wrong_voucher); // by USSD
    for (int count = 0; count < 3; ++count)
        CHECK(top_up(at, session, "5555555551", key) == refused("wrong_voucher")); // one, under its key
    CHECK(top_up(at, session, "5555555552") == refused("wrong_voucher"));
    CHECK(top_up(at, session, "5555555553") == refused("wrong_voucher"));
    const json closed = top_up(at, session, "5555555554");
    CHECK(closed.at("reason") == "vouchers_closed");
    const auto until = read_iso(closed.at("until").get<std::string>());
    REQUIRE(until);
    CHECK(*until > read_clocks().utc + 59min);
    CHECK(top_up(at, session, code) == closed);
    CHECK(top_up(at, session, "1") == refused("bad_voucher"));
    CHECK(balance(at, session).at("balance") == "0.00");
}

TEST_CASE("one payment is promised at a time, until it goes back") {
    portal at;
    const std::string session = log_in(at), key = "one-press-of-a-button";
    const json first = take_promise(at, session, key);
    CHECK(first.at("verdict") == "ok");
    CHECK(first.at("amount") == "100.00");
    CHECK(first.at("fee") == "10.50");
    CHECK(first.at("balance") == "89.50");
    CHECK(first.size() == 5);
    const auto sms = at.sms();
    REQUIRE(sms.size() == 1);
    CHECK(view(text_of(sms[0])) == "take_promise.promised.sms");
    CHECK(take_promise(at, session, key) == first);
    json open = refused("promise_open");
    open["until"] = first.at("until");
    CHECK(take_promise(at, session) == open);
    const json said = balance(at, session);
    CHECK(said.at("promised") == "100.00");
    CHECK(said.at("promised_until") == first.at("until"));
    CHECK(at.sms().empty());

    const utc_time later = read_clocks().utc + 73h;
    CHECK(at.in_store([later](store::backend& rows) {
                return rows.return_promises(9, "notice.promise_returned", later);
            }).value() == 1);
    CHECK_FALSE(balance(at, session).contains("promised"));
    CHECK(balance(at, session).at("balance") == "-10.50");
    CHECK(take_promise(at, session) == refused("promise_unpaid"));
    CHECK(pay(at, {{"amount", "10,50"}}).status == 200);
    CHECK(take_promise(at, session).at("verdict") == "ok");
}

TEST_CASE("a promised payment is one of the pack's, and another one under a key is a conflict") {
    portal at;
    menus::offer large = at.pack->offers.at(0);
    large.name = "large";
    at.pack->offers.push_back(large);
    const std::string session = log_in(at), key = "one-press-of-a-button";
    const json gigantic{{"session", session}, {"offer", "gigantic"}};
    CHECK(ask(at, "/v1/promise/take", gigantic, key) == refused("offer"));
    CHECK(take_promise(at, session, key).at("verdict") == "ok"); // for nothing was done under it
    CHECK(at.ask("/v1/promise/take", {{"session", session}, {"offer", "large"}}, key).status == 409);
}

TEST_CASE("what a pack has no way to, and so no words for, isn't done at the portal either") {
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at);
    for (const char* text : {"top_up.topped_up.sms", "take_promise.promised.sms"})
        *std::ranges::find(at.pack->text_names, text) += '~'; // sorted all the same
    CHECK(top_up(at, session, code) == refused("declined"));
    CHECK(take_promise(at, session) == refused("offer"));
    CHECK(balance(at, session).at("balance") == "0.00");
    CHECK(at.sms().empty());
}

TEST_CASE("below the pack's floor nothing is lent") {
    portal at;
    at.pack->promise_floor = money::from_minor(1);
    CHECK(take_promise(at, log_in(at)) == refused("below_floor"));
    CHECK(at.sms().empty());
}

TEST_CASE("no account holds more than there may be") {
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at);
    CHECK(pay(at, {{"amount", "999999999.99"}, {"points", "99999999999"}}).status == 200);
    CHECK(top_up(at, session, code) == refused("full_purse"));
    CHECK(take_promise(at, session) == refused("full_purse"));
    CHECK(read_json(pay(at, {{"amount", "0.01"}}).body) == refused("full_purse"));
    CHECK(read_json(pay(at, {{"points", "1"}}).body) == refused("full_purse"));
    const json said = balance(at, session);
    CHECK(said.at("balance") == "999999999.99");
    CHECK(said.at("points") == 99'999'999'999);
}

TEST_CASE("a login that only looks sees the balance and moves nothing") {
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at);
    allow(at, access_level::view);
    CHECK(balance(at, session).at("verdict") == "ok");
    CHECK(top_up(at, session, code) == refused("level"));
    CHECK(take_promise(at, session) == refused("level"));
    CHECK(at.sms().empty());
    allow(at, access_level::own_number);
    CHECK(top_up(at, session, code).at("verdict") == "ok"); // the voucher was left as it was
}

TEST_CASE("a login that is over has no money") {
    portal at;
    bring_in(at, code);
    const auto check_over = [&](const std::string& session) {
        CHECK(balance(at, session) == logged_out);
        CHECK(top_up(at, session, code) == logged_out);
        CHECK(take_promise(at, session) == logged_out);
    };
    const std::string first = log_in(at);
    const std::string second = log_in(at); // with another password
    check_over(first);
    check_over("no-session-at-all");
    at.change(anna, store::set_bar{true});
    check_over(second);
    at.change(anna, store::set_bar{false});
    const std::string third = log_in(at);
    CHECK(balance(at, third).at("balance") == "0.00");
    store::subscriber gone;
    gone.who = anna;
    gone.is_ported_out = true;
    at.feed(gone);
    check_over(third);
    CHECK(at.sms().empty());
}

TEST_CASE("a payment is entered once under its key, however often it is told") {
    portal at;
    const json paid{{"amount", "120.50"}, {"points", "35"}};
    const answer first = pay(at, paid, "till-of-the-north-1");
    CHECK(first.status == 200);
    CHECK(read_json(first.body) == json{{"verdict", "ok"}, {"amount", "120.50"}, {"balance", "120.50"}});
    CHECK(pay(at, paid, "till-of-the-north-2").status == 200);
    CHECK(pay(at, paid, "till-of-the-north-1").body == first.body);
    CHECK(pay(at, {{"amount", "120.51"}, {"points", "35"}}, "till-of-the-north-1").status == 409);
    CHECK(pay(at, {{"amount", "120.50"}}, "till-of-the-north-1").status == 409);
    json of_boris = paid;
    of_boris["msisdn"] = boris.text();
    CHECK(pay(at, of_boris, "till-of-the-north-1").status == 409);
    const std::string session = log_in(at);
    CHECK(balance(at, session).at("balance") == "241.00");
    CHECK(balance(at, session).at("points") == 70);
    CHECK(at.sms().empty());
}

TEST_CASE("a payment may be points alone") {
    portal at;
    CHECK(read_json(pay(at, {{"points", "7"}}).body) ==
          json{{"verdict", "ok"}, {"amount", "0.00"}, {"balance", "0.00"}});
    CHECK(balance(at, log_in(at)).at("points") == 7);
}

TEST_CASE("a payment wants its key and the operator's own token") {
    portal at;
    const json paid{{"amount", "10"}};
    CHECK(pay(at, paid, {}).status == 400);
    CHECK(pay(at, paid, "tooshort").status == 400);
    CHECK(pay(at, paid, draw_key(), token).status == 403);
    CHECK(pay(at, paid, draw_key(), "").status == 401);
    request of_operator = portal::post("/v1/balance", write_json({{"session", log_in(at)}}));
    of_operator.bearer = operator_token;
    CHECK(at.ask(std::move(of_operator)).status == 403);
    CHECK(balance(at, log_in(at)).at("balance") == "0.00");
}

TEST_CASE("a payment of no sum there may be is refused by its form") {
    portal at;
    for (const char* odd : {"0", "0.00", "-1", "-0.01", "1e3", "9223372036854775807", "1000000000", "1.005",
                            "", " 1", "1 000", "+1", "1.", ".5", "1.2.3", "0x10", "NaN", "१"}) {
        CAPTURE(odd);
        CHECK(pay(at, {{"amount", odd}}).status == 422);
        CHECK(pay(at, {{"amount", odd}, {"points", "1"}}).status == 422);
    }
    for (const char* odd : {"0", "-1", "1.5", "1e3", "9223372036854775807", "99999999999999999999",
                            "100000000000", "", " 1", "+1"}) {
        CAPTURE(odd);
        CHECK(pay(at, {{"points", odd}}).status == 422);
        CHECK(pay(at, {{"amount", "1"}, {"points", odd}}).status == 422);
    }
    CHECK(pay(at, json::object()).status == 422);
    CHECK(pay(at, {{"amount", true}}).status == 422);
    CHECK(pay(at, {{"amount", 10}}).status == 400);
    CHECK(pay(at, {{"amount", "10"}, {"visitor", "203.0.113.7"}}).status == 422);
    CHECK(pay(at, {{"amount", "10"}, {"msisdn", "+12025550123"}}).status == 422);
    CHECK(balance(at, log_in(at)).at("balance") == "0.00");
}

TEST_CASE("a payment for a number that is barred or has left stays with whoever told of it") {
    portal at;
    log_in(at);
    at.change(anna, store::set_bar{true});
    const std::string key = draw_key();
    CHECK(read_json(pay(at, {{"amount", "10"}}, key).body) == refused("barred"));
    at.change(anna, store::set_bar{false});
    CHECK(read_json(pay(at, {{"amount", "10"}}, key).body) == refused("barred")); // as it was answered
    CHECK(read_json(pay(at, {{"amount", "10"}}).body).at("verdict") == "ok");
    store::subscriber gone;
    gone.who = boris;
    gone.is_ported_out = true;
    at.feed(gone);
    CHECK(read_json(pay(at, {{"msisdn", boris.text()}, {"amount", "10"}}).body) == refused("unknown_number"));
}

TEST_CASE("fields of money that are missing, of another type or not known are refused") {
    portal at;
    const std::string session = log_in(at);
    const std::pair<const char*, json> rows[] = {
        {"/v1/balance", json::object()},
        {"/v1/balance", {{"session", true}}},
        {"/v1/balance", {{"session", session}, {"more", "x"}}},
        {"/v1/top-up", {{"session", session}}},
        {"/v1/top-up", {{"voucher", code}}},
        {"/v1/top-up", {{"session", session}, {"voucher", ""}}},
        {"/v1/top-up", {{"session", session}, {"voucher", true}}},
        {"/v1/top-up", {{"session", session}, {"voucher", std::string(129, '1')}}},
        {"/v1/promise/take", {{"session", session}}},
        {"/v1/promise/take", {{"session", session}, {"offer", ""}}},
        {"/v1/promise/take", {{"session", session}, {"offer", "small"}, {"amount", "100"}}},
    };
    for (const auto& [path, body] : rows) {
        CAPTURE(path);
        CAPTURE(write_json(body));
        CHECK(at.ask(path, body).status == 422);
    }
    CHECK(balance(at, session).at("balance") == "0.00");
}

TEST_CASE("nothing of a voucher's code is in an answer, the log, the trace or the database") {
    const overheard log;
    spdlog::trace("something is heard");
    portal at;
    bring_in(at, code);
    const std::string session = log_in(at), wrong = "4071826396", odd = "4071826397x";
    std::string answers;
    for (const std::string& typed : {odd, wrong, code, code})
        answers += at.ask("/v1/top-up", {{"session", session}, {"voucher", typed}}, draw_key()).body;
    answers += at.ask("/v1/top-up", {{"session", session}, {"voucher", code + code}, {"more", code}}).body;
    answers += at.ask("/v1/top-up", {{"session", code}, {"voucher", code}}).body;
    for (const auto& each : at.lately.of(anna, 100))
        answers.append(each.what.data(), each.what.size());
    const std::string at_rest =
        octets_of(at.place.path() / "kabinet.db") + octets_of(at.place.path() / "kabinet.db-wal");
    CHECK(log.said().find("something is heard") != std::string::npos);
    for (const std::string& all : {answers, log.said(), at_rest}) {
        CHECK_FALSE(all.empty());
        CHECK(all.find("407182639") == std::string::npos);
    }
    CHECK(balance(at, session).at("balance") == "100.00");
}

} // namespace kabinet::gateway::door::money_test
