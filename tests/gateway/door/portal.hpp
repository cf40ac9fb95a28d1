// The portal's side of the door without a socket: a reception over a real store, and requests in one line.
#pragma once

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/door/api.hpp"
#include "gateway/perform.hpp"
#include "store/lane.hpp"
#include "store/sqlite.hpp"
#include "tests/gateway/linked.hpp"
#include "tests/menus/sample_pack.hpp"
#include "tests/store/bed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace kabinet::gateway::door::tests {

using namespace std::chrono_literals;
using gateway::tests::anna;
using gateway::tests::boris;
using gateway::tests::run_until;

inline constexpr std::string_view token = "fake-token-of-the-portal-0123456789";
inline constexpr std::string_view operator_token = "fake-token-of-the-operator-012345";

/// Hears of changes and remembers them.
class change_ear final : public change_listener {
  public:
    void end_access(store::ended_access of) override { ended.push_back(std::move(of)); }
    void forget(msisdn who) override { forgotten.push_back(who); }

    std::vector<store::ended_access> ended;
    std::vector<msisdn> forgotten;
};

class portal {
  public:
    explicit portal(std::uint32_t visitor_numbers = 20, std::uint32_t sms_per_minute = 300)
        : desk{loop,
               {lane, money, keys, check, pool, sends, lately,
                [this](msisdn who, language chosen) { heard.emplace_back(who, chosen); }, &closed, &blocking},
               [this] { return pack; },
               {visitor_numbers, sms_per_minute}} {
        sends.stop_fetching();
    }

    /// The SIM has that done.
    store::outcome fulfil(msisdn who, store::effect what) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        asked.what = std::move(what);
        asked.now = read_clocks();
        const auto awaited = boost::asio::make_work_guard(loop);
        std::optional<store::outcome> done;
        lane.once(std::move(asked), [&](auto came) { done = came.value(); });
        REQUIRE(run_until(loop, [&] { return done.has_value(); }));
        return *done;
    }
    /// The operator's feed says so.
    void feed(const store::subscriber& row) {
        bool is_done = false;
        auto work = [row](store::backend& rows) {
            return rows.take_feed(std::array{row}, {}, read_clocks().utc);
        };
        boost::asio::co_spawn(loop, at_store(lane, work),
                              [&](std::exception_ptr, boost::system::result<store::feed_outcome> came) {
                                  is_done = came.has_value();
                              });
        REQUIRE(run_until(loop, [&] { return is_done; }));
    }
    /// The operator's people do so.
    void change(msisdn who, store::account_change what) {
        std::optional<bool> done;
        auto work = [who, what](store::backend& rows) { return rows.change(who, what, read_clocks().utc); };
        boost::asio::co_spawn(
            loop, at_store(lane, work),
            [&](std::exception_ptr, boost::system::result<bool> came) { done = came.value(); });
        REQUIRE(run_until(loop, [&] { return done.has_value(); }));
        REQUIRE(*done);
    }
    void give_word(msisdn who, std::string_view word) {
        store::subscriber row;
        row.who = who;
        row.code_word = store::hash_code_word(secret{word}).value();
        feed(row);
    }
    /// The SIM asks for a password; it is `clear`.
    void give_password(msisdn who, std::string_view clear, bool is_chosen = false) {
        store::request asked;
        asked.id = store::keys::draw_request_id();
        asked.by.who = who;
        const secret typed{clear};
        const store::hash_cost cheap = store::tests::cheap;
        if (is_chosen)
            asked.what = store::choose_password{*store::hash_chosen(typed, cheap)};
        else
            asked.what = store::issue_password{*store::hash_generated(typed, cheap)};
        asked.now = read_clocks();
        std::optional<store::verdict> came;
        const auto awaited = boost::asio::make_work_guard(loop);
        lane.once(std::move(asked), [&](const auto& done) { came = done.value().is; });
        REQUIRE(run_until(loop, [&] { return came.has_value(); }));
        REQUIRE_FALSE(store::is_refusal(*came));
    }

    answer ask(request asked) {
        std::optional<answer> came;
        boost::asio::co_spawn(loop, at_door.respond(std::move(asked)),
                              [&](std::exception_ptr thrown, answer made) {
                                  REQUIRE_FALSE(thrown);
                                  came = std::move(made);
                              });
        REQUIRE(run_until(loop, [&] { return came.has_value(); }));
        return *came;
    }
    [[nodiscard]] static request post(std::string path, std::string body, std::string key = {}) {
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
    [[nodiscard]] static request get(std::string path) {
        request made;
        made.method = "GET";
        made.path = std::move(path);
        return made;
    }
    answer log_in(msisdn who, std::string password, std::string key = {}, std::string visitor = {}) {
        nlohmann::json body{{"msisdn", who.text()}, {"password", std::move(password)}};
        if (!visitor.empty())
            body["visitor"] = std::move(visitor);
        return ask(post("/v1/login", body.dump(), std::move(key)));
    }
    answer ask(std::string path, const nlohmann::json& body, std::string key = {}) {
        return ask(post(std::move(path), body.dump(), std::move(key)));
    }
    /// What was to go out since the last look.
    std::vector<store::outgoing_sms> sms() {
        const auto awaited = boost::asio::make_work_guard(loop);
        sends.work(read_clocks());
        std::optional<std::vector<store::outgoing_sms>> rows;
        lane.claim_outgoing(100, read_clocks(), [&](auto came) { rows = std::move(came.value()); });
        REQUIRE(run_until(loop, [&] { return rows.has_value(); }));
        return std::move(*rows);
    }
    std::string verdict(msisdn who, std::string password) {
        const answer came = log_in(who, std::move(password));
        REQUIRE(came.status == 200);
        return nlohmann::json::parse(came.body)["verdict"];
    }

    store::tests::folder place;
    store::keys keys = store::keys::parse(store::tests::key_lines, "test.key");
    boost::asio::io_context loop;
    store::lane lane{
        std::make_unique<store::sqlite_backend>(place.path() / "kabinet.db", keys), loop.get_executor(), {}};
    store::embedded_billing money{lane};
    store::password_check check{keys, store::tests::cheap, store::tests::cheap};
    hash_pool pool{2, 200ms};
    lines no_links;
    std::shared_ptr<menus::definition> pack = std::make_shared<menus::definition>(menus::sample_pack());
    sender sends{no_links, lane, [this] { return pack; }, 0}; // keeps nothing: `sms` reads what it gives back
    recent lately{100};
    closed_actions closed;
    store::embedded_network network{lane};
    number_desk blocking{{lane, network, &check}};
    reception desk;
    bool is_ready = true;
    int turned_away = 0;
    numbering_plan numbers;
    std::vector<secret> known = [] {
        std::vector<secret> made;
        made.emplace_back(token);
        return made;
    }();
    std::vector<secret> operators = [] {
        std::vector<secret> made;
        made.emplace_back(operator_token);
        return made;
    }();
    change_ear changes;
    std::vector<std::pair<msisdn, language>> heard;
    api at_door{house{loop.get_executor(), desk, [this] { return is_ready; },
                      [] {
                          metrics seen;
                          seen.gauge("open_dialogues", "Dialogues under way.", 7);
                          return seen;
                      },
                      [this](change_notice said) { return take_change(lane, *pack, changes, said); },
                      [this] { ++turned_away; }},
                credentials{tokens{keys, known}, {keys, operators}}, numbers};
};

} // namespace kabinet::gateway::door::tests
