#include "gateway/door/api.hpp"

#include "gateway/clocks.hpp"
#include "gateway/door/words.hpp"
#include "values/written_time.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::door {

namespace asio = boost::asio;

namespace {

constexpr std::size_t shortest_key = 16; // of an Idempotency-Key: a random one has no fewer
constexpr std::size_t longest_key = 64;
constexpr std::chrono::minutes clocks_differ{5};

bool is_json(std::string_view content_type) {
    const std::string_view type = content_type.substr(0, content_type.find_first_of("; \t"));
    return std::ranges::equal(type, json_type, [](char left, char right) {
        return (left >= 'A' && left <= 'Z' ? left - 'A' + 'a' : left) == right;
    });
}

/// 16 to 64 visible characters; anything shorter would soon come twice.
bool is_key(std::string_view key) {
    return key.size() >= shortest_key && key.size() <= longest_key &&
           std::ranges::all_of(key, [](char each) { return each > ' ' && each < '\x7f'; });
}

} // namespace

api::api(house asked, credentials known, const numbering_plan& numbers)
    : house_{std::move(asked)}
    , known_{std::move(known)}
    , numbers_{numbers} {}

std::span<const api::route> api::routes() {
    using enum caller;
    static constexpr std::array rows{
        route{"GET", "/healthz", anybody, &api::say_alive},
        route{"GET", "/readyz", anybody, &api::say_ready},
        route{"GET", "/metrics", anybody, &api::say_metrics},
        route{"POST", "/v1/login", portal, &api::log_in},
        route{"POST", "/v1/login/code", portal, &api::confirm_login},
        route{"POST", "/v1/login/pin", portal, &api::log_in_by_pin},
        route{"POST", "/v1/login/sim", portal, &api::log_in_by_sim},
        route{"POST", "/v1/password/send", portal, &api::send_password},
        route{"POST", "/v1/password/set", portal, &api::set_password},
        route{"POST", "/v1/password/restore", portal, &api::restore_password},
        route{"POST", "/v1/code/send", portal, &api::send_code},
        route{"POST", "/v1/regime/set", portal, &api::set_regime},
        route{"POST", "/v1/account", portal, &api::show_account},
        route{"POST", "/v1/archive", portal, &api::show_archive},
        route{"POST", "/v1/language/set", portal, &api::set_language},
        route{"POST", "/v1/two-step/set", portal, &api::set_two_step},
        route{"POST", "/v1/automatic/set", portal, &api::set_automatic},
        route{"POST", "/v1/pin/set", portal, &api::set_pin},
        route{"POST", "/v1/balance", portal, &api::show_balance},
        route{"POST", "/v1/movements", portal, &api::show_movements},
        route{"POST", "/v1/top-up", portal, &api::top_up},
        route{"POST", "/v1/promise/take", portal, &api::take_promise},
        route{"POST", "/v1/transfer", portal, &api::transfer},
        route{"POST", "/v1/services", portal, &api::show_services},
        route{"POST", "/v1/service/connect", portal, &api::connect_service},
        route{"POST", "/v1/service/disconnect", portal, &api::disconnect_service},
        route{"POST", "/v1/tariff", portal, &api::show_tariff},
        route{"POST", "/v1/tariff/change", portal, &api::change_tariff},
        route{"POST", "/v1/packages", portal, &api::show_packages},
        route{"POST", "/v1/package/buy", portal, &api::buy_package},
        route{"POST", "/v1/package/stop", portal, &api::stop_package},
        route{"POST", "/v1/package/left", operator_system, &api::take_left},
        route{"POST", "/v1/call", portal, &api::call_back},
        route{"POST", "/v1/number/block", portal, &api::block_number},
        route{"POST", "/v1/number/unblock", portal, &api::unblock_number},
        route{"POST", "/v1/help", portal, &api::show_help},
        route{"POST", "/v1/payment", operator_system, &api::take_payment},
        route{"POST", "/v1/change", operator_system, &api::take_change},
    };
    return rows;
}

const api::route* api::find_route(const request& asked) {
    const auto found = std::ranges::find_if(
        routes(), [&](const route& each) { return each.method == asked.method && each.path == asked.path; });
    return found == routes().end() ? nullptr : &*found;
}

bool api::is_let_in(caller who, std::string_view bearer) const {
    switch (who) {
    case caller::anybody:
        return true;
    case caller::portal:
        return !known_.of_portal || known_.of_portal->knows(bearer);
    case caller::operator_system:
        break;
    }
    return known_.of_operator.knows(bearer);
}

std::optional<answer> api::refuse_early(const request& asked) const {
    const route* found = find_route(asked);
    if (found == nullptr) {
        const auto same_path = std::ranges::find(routes(), asked.path, &route::path);
        if (same_path == routes().end())
            return refuse(404, "There is nothing here", "docs/openapi.yaml lists what there is");
        answer other = refuse(405, "Another method is wanted", "docs/openapi.yaml says which");
        other.headers.emplace_back("Allow", same_path->method);
        return other;
    }
    if (!is_let_in(found->lets_in, asked.bearer)) {
        asio::post(house_.loop, house_.turned_away);
        answer stop =
            asked.bearer.empty()
                ? refuse(401, "A token is wanted", "Authorization: Bearer and a token of the token file")
                : refuse(403, "Not a token for this", "the token file for this has another one");
        if (asked.bearer.empty())
            stop.headers.emplace_back("WWW-Authenticate", "Bearer");
        return stop;
    }
    if (asked.query)
        return refuse(400, "No query is taken", "what is asked stands in the body: queries end up in logs");
    if (asked.method == "POST" && !is_json(asked.content_type))
        return refuse(415, "JSON is wanted", "Content-Type: application/json");
    if (asked.idempotency_key && !is_key(*asked.idempotency_key))
        return refuse(400, "Not an Idempotency-Key",
                      "16 to 64 visible ASCII characters, a random UUID for one");
    return std::nullopt;
}

asio::awaitable<answer> api::respond(request asked) {
    if (auto refused = refuse_early(asked))
        co_return std::move(*refused);
    co_return co_await (this->*find_route(asked)->handle)(asked);
}

asio::awaitable<answer> api::say_alive(const request&) {
    co_return answer{200, "text/plain", "alive\n"};
}

asio::awaitable<answer> api::say_ready(const request&) {
    auto ask = [this]() -> asio::awaitable<bool> { co_return house_.is_ready(); };
    const bool is_ready = co_await asio::co_spawn(house_.loop, ask(), asio::use_awaitable);
    if (is_ready)
        co_return answer{200, "text/plain", "ready\n"};
    co_return answer{503, "text/plain", "not ready: no link is bound, or the store can't write\n"};
}

asio::awaitable<answer> api::say_metrics(const request&) {
    auto ask = [this]() -> asio::awaitable<metrics> { co_return house_.measure(); };
    const metrics seen = co_await asio::co_spawn(house_.loop, ask(), asio::use_awaitable);
    co_return answer{200, "text/plain; version=0.0.4; charset=utf-8", seen.write()};
}

asio::awaitable<answer> api::take_change(const request& asked) {
    fields body;
    if (!body.read(asked.body))
        co_return refuse(400, "Not what is taken", body.complaint());
    portal_wish about; // for its number alone: no visitor asks here
    if (auto wrong = read_number(body, numbers_, about))
        co_return std::move(*wrong);
    const secret* what = body.take_text("what");
    if (what == nullptr || (what->reveal() != "sim" && what->reveal() != "owner"))
        co_return wrong_field("what is \"sim\" or \"owner\"");
    const secret* at = body.take_text("at");
    const auto when = at == nullptr ? std::nullopt : read_iso(at->reveal());
    if (!when)
        co_return wrong_field("at is a time such as 2025-11-21T10:00:00Z");
    if (*when > read_clocks().utc + clocks_differ) // all that come before it would be no news
        co_return wrong_field("at lies ahead");
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const bool is_sim = what->reveal() == "sim";
    const change_notice said{about.who, is_sim ? change_notice::of::sim : change_notice::of::owner, *when};
    const bool is_taken = co_await asio::co_spawn(house_.loop, house_.take_change(said), asio::use_awaitable);
    co_return is_taken ? say_verdict("ok") : put_off(std::chrono::seconds{1});
}

std::optional<answer> api::read_body(const request& asked, fields& body, portal_wish& into) const {
    if (!body.read(asked.body))
        return refuse(400, "Not what is taken", body.complaint());
    return read_wish(body, asked, into);
}

} // namespace kabinet::gateway::door
