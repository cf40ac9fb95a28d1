#include "tests/gateway/door/portal.hpp"

#include "gateway/clocks.hpp"
#include "store/sqlite.hpp"
#include "tests/support/json.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>

#include <array>
#include <exception>
#include <optional>

namespace kabinet::gateway::door::tests {
namespace {

std::vector<secret> only(std::string_view text) {
    std::vector<secret> made;
    made.emplace_back(text);
    return made;
}

} // namespace

void change_ear::end_access(store::ended_access of) {
    ended.push_back(std::move(of));
}

void change_ear::forget(msisdn who) {
    forgotten.push_back(who);
}

portal::portal(std::uint32_t visitor_numbers, std::uint32_t sms_per_minute)
    : keys{store::keys::parse(store::tests::key_lines, "test.key")}
    , lane{std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys),
           loop.get_executor(),
           {}}
    , money{lane}
    , check{keys, store::tests::cheap, store::tests::cheap}
    , pool{2, 200ms}
    , pack{std::make_shared<menus::definition>(menus::sample_pack())}
    , sends{no_links, lane, [this] { return pack; }, 0}
    , lately{100}
    , network{lane}
    , blocking{{lane, network, &check}}
    , desk{loop,
           {lane, money, keys, check, pool, sends, lately,
            [this](msisdn who, language chosen) { heard.emplace_back(who, chosen); }, &closed, &blocking},
           [this] { return pack; },
           {visitor_numbers, sms_per_minute}}
    , known{only(token)}
    , operators{only(operator_token)}
    , at_door{make_house(), credentials{tokens{keys, known}, {keys, operators}}, numbers} {
    sends.stop_fetching();
}

portal::~portal() = default;

house portal::make_house() {
    return {loop.get_executor(),
            desk,
            [this] { return is_ready; },
            [] {
                metrics seen;
                seen.gauge("open_dialogues", "Dialogues under way.", 7);
                return seen;
            },
            [this](change_notice said) { return take_change(lane, *pack, changes, said); },
            [this] { ++turned_away; }};
}

store::outcome portal::once(store::request asked) {
    const auto awaited = boost::asio::make_work_guard(loop);
    std::optional<store::outcome> done;
    lane.once(std::move(asked), [&](auto came) { done = came.value(); });
    REQUIRE(run_until(loop, [&] { return done.has_value(); }));
    return *done;
}

store::outcome portal::fulfil(msisdn who, store::effect what) {
    store::request asked;
    asked.id = store::keys::draw_request_id();
    asked.by.who = who;
    asked.what = std::move(what);
    asked.now = read_clocks();
    return once(std::move(asked));
}

void portal::feed(const store::subscriber& row) {
    const auto fed = in_store(
        [row](store::backend& rows) { return rows.take_feed(std::array{row}, {}, read_clocks().utc); });
    fed.value();
}

void portal::change(msisdn who, store::account_change what) {
    const auto done =
        in_store([who, what](store::backend& rows) { return rows.change(who, what, read_clocks().utc); });
    REQUIRE(done.value());
}

void portal::give_word(msisdn who, std::string_view word) {
    store::subscriber row;
    row.who = who;
    row.code_word = store::hash_code_word(secret{word}).value();
    feed(row);
}

void portal::give_password(msisdn who, std::string_view clear, bool is_chosen) {
    const secret typed{clear};
    const store::hash_cost cheap = store::tests::cheap;
    store::effect what;
    if (is_chosen)
        what = store::choose_password{*store::hash_chosen(typed, cheap)};
    else
        what = store::issue_password{*store::hash_generated(typed, cheap)};
    const store::outcome came = fulfil(who, std::move(what));
    REQUIRE_FALSE(store::is_refusal(came.is));
}

answer portal::ask(request asked) {
    std::optional<answer> came;
    boost::asio::co_spawn(loop, at_door.respond(std::move(asked)),
                          [&](std::exception_ptr thrown, answer made) {
                              REQUIRE_FALSE(thrown);
                              came = std::move(made);
                          });
    REQUIRE(run_until(loop, [&] { return came.has_value(); }));
    return *came;
}

void portal::ask_beside(request asked, std::function<void(answer)> told) {
    boost::asio::co_spawn(
        loop, at_door.respond(std::move(asked)),
        [told = std::move(told)](std::exception_ptr, answer came) { told(std::move(came)); });
}

answer portal::ask(std::string path, const nlohmann::json& body, std::string key) {
    return ask(post(std::move(path), body.dump(), std::move(key)));
}

request portal::post(std::string path, std::string body, std::string key) {
    request made;
    made.method = "POST";
    made.path = std::move(path);
    made.content_type = "application/json";
    made.bearer = token;
    made.body = std::move(body);
    if (!key.empty())
        made.idempotency_key = std::move(key);
    return made;
}

request portal::get(std::string path) {
    request made;
    made.method = "GET";
    made.path = std::move(path);
    return made;
}

answer portal::log_in(msisdn who, std::string password, std::string key, std::string visitor) {
    nlohmann::json body{{"msisdn", who.text()}, {"password", std::move(password)}};
    if (!visitor.empty())
        body["visitor"] = std::move(visitor);
    return ask("/v1/login", body, std::move(key));
}

std::string portal::verdict(msisdn who, std::string password) {
    const answer came = log_in(who, std::move(password));
    REQUIRE(came.status == 200);
    return kabinet::tests::read_json(came.body)["verdict"];
}

std::vector<store::outgoing_sms> portal::sms() {
    const auto awaited = boost::asio::make_work_guard(loop);
    sends.work(read_clocks());
    std::optional<std::vector<store::outgoing_sms>> rows;
    lane.claim_outgoing(100, read_clocks(), [&](auto came) { rows = std::move(came.value()); });
    REQUIRE(run_until(loop, [&] { return rows.has_value(); }));
    return std::move(*rows);
}

} // namespace kabinet::gateway::door::tests
