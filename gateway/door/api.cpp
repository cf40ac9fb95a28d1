#include "gateway/door/api.hpp"

#include "gateway/door/fields.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

namespace {

constexpr std::string_view json_type = "application/json";
constexpr std::size_t longest_password = 128; // octets; no password of ours has more than 64
constexpr std::size_t shortest_key = 16;      // of an Idempotency-Key: a random one has no fewer
constexpr std::size_t longest_key = 64;

answer say(json said) {
    return {200, std::string{json_type}, said.dump() + '\n'};
}

answer wrong_field(std::string_view detail) {
    return refuse(422, "A field is missing or wrong", detail);
}

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

/// Of IPv6 the network: who has one address of it has all.
std::optional<visitor> read_visitor(std::string_view text) {
    boost::system::error_code wrong;
    const asio::ip::address read = asio::ip::make_address(text, wrong);
    if (wrong)
        return std::nullopt;
    if (read.is_v4())
        return asio::ip::make_address_v6(asio::ip::v4_mapped, read.to_v4()).to_bytes();
    visitor made = read.to_v6().to_bytes();
    if (!read.to_v6().is_v4_mapped())
        std::fill(made.begin() + made.size() / 2, made.end(), std::uint8_t{0});
    return made;
}

json verdict_of(const login_answer& came, msisdn who) {
    if (came.is != login_verdict::ok)
        return {{"verdict", came.is == login_verdict::blocked ? "blocked" : "denied"}};
    return {{"verdict", "ok"},
            {"msisdn", who.text()},
            {"regime", came.kind == store::secret_kind::generated ? "one-time" : "static"},
            {"must_change", came.must_change},
            {"level", name_of(came.level)},
            {"last_failures", came.failures}};
}

answer tell(const login_answer& came, msisdn who) {
    switch (came.is) {
    case login_verdict::ok:
    case login_verdict::denied:
    case login_verdict::blocked:
        return say(verdict_of(came, who));
    case login_verdict::conflict:
        return refuse(409, "The Idempotency-Key is taken",
                      "it came before with another number or another password");
    case login_verdict::impossible:
        return refuse(500, "The store refuses it", "nothing was changed; the log says more");
    case login_verdict::too_many:
    case login_verdict::try_later:
        break;
    }
    answer later = came.is == login_verdict::too_many
                       ? refuse(429, "Too many numbers", "this visitor has tried too many numbers")
                       : refuse(503, "Too many logins just now", "nothing was counted; ask again");
    later.retry_after = came.retry_after;
    return later;
}

} // namespace

answer refuse(unsigned status, std::string_view title, std::string_view detail) {
    const json problem{
        {"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
    return {status, "application/problem+json", problem.dump() + '\n'};
}

api::api(house asked, tokens known, const numbering_plan& numbers)
    : house_{std::move(asked)}
    , tokens_{std::move(known)}
    , numbers_{numbers} {}

std::span<const api::route> api::routes() {
    static constexpr std::array rows{
        route{"GET", "/healthz", false, &api::say_alive},
        route{"GET", "/readyz", false, &api::say_ready},
        route{"POST", "/v1/login", true, &api::log_in},
    };
    return rows;
}

const api::route* api::find_route(const request& asked) {
    const auto found = std::ranges::find_if(routes(), [&](const route& each) {
        return each.method == asked.method && each.path == asked.path;
    });
    return found == routes().end() ? nullptr : &*found;
}

std::optional<answer> api::refuse_early(const request& asked) const {
    const route* found = find_route(asked);
    if (found == nullptr) {
        const auto same_path = std::ranges::find(routes(), asked.path, &route::path);
        if (same_path == routes().end())
            return refuse(404, "There is nothing here", "docs/openapi.yaml lists what there is");
        answer other = refuse(405, "Another method is wanted", "docs/openapi.yaml says which");
        other.allow = same_path->method;
        return other;
    }
    if (found->needs_token && !tokens_.knows(asked.bearer)) {
        asio::post(house_.loop, house_.turned_away);
        answer stop = asked.bearer.empty()
                          ? refuse(401, "A token is wanted", "Authorization: Bearer and a token of the portal's")
                          : refuse(403, "Not a token of the portal's", "the token file has another one");
        stop.asks_for_token = asked.bearer.empty();
        return stop;
    }
    if (asked.has_query)
        return refuse(400, "No query is taken", "what is asked stands in the body: queries end up in logs");
    if (asked.method == "POST" && !is_json(asked.content_type))
        return refuse(415, "JSON is wanted", "Content-Type: application/json");
    if (asked.idempotency_key && !is_key(*asked.idempotency_key))
        return refuse(400, "Not an Idempotency-Key", "16 to 64 visible ASCII characters, a random UUID for one");
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

asio::awaitable<answer> api::log_in(const request& asked) {
    fields body;
    if (!body.read(asked.body))
        co_return refuse(400, "Not what is taken", body.complaint());
    const secret* number = body.take_text("msisdn");
    const secret* password = body.take_text("password");
    const secret* visitor_text = body.take_text("visitor");
    if (number == nullptr || password == nullptr)
        co_return wrong_field("msisdn and password are texts and both are wanted");
    if (!body.untaken().empty())
        co_return wrong_field("there is a field that this doesn't know, or visitor is no text");
    if (password->empty() || password->reveal().size() > longest_password)
        co_return wrong_field(fmt::format("password has 1 to {} octets", longest_password));
    const auto who = normalise(number->reveal(), numbers_);
    if (!who)
        co_return wrong_field(who.error() == msisdn_error::foreign
                                  ? "msisdn is a number of another country's"
                                  : "msisdn is no subscriber's number");
    login_attempt attempt;
    attempt.who = *who;
    attempt.typed = password->clone();
    attempt.idempotency_key = asked.idempotency_key.value_or("");
    if (visitor_text != nullptr) {
        attempt.from = read_visitor(visitor_text->reveal());
        if (!attempt.from)
            co_return wrong_field("visitor is no IP address");
    }
    const login_answer came = co_await asio::co_spawn(
        house_.loop, house_.desk.log_in(std::move(attempt)), asio::use_awaitable);
    co_return tell(came, *who);
}

} // namespace kabinet::gateway::door
