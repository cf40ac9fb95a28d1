#include "gateway/door/api.hpp"

#include "gateway/clocks.hpp"
#include "gateway/door/fields.hpp"
#include "gateway/written_time.hpp"

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
constexpr std::size_t longest_typed = 128; // octets; no password of ours has more than 64
constexpr std::size_t shortest_key = 16;   // of an Idempotency-Key: a random one has no fewer
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
    if (text.find('\0') != std::string_view::npos) // where C would have it end
        return std::nullopt;
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

answer say_verdict(std::string_view verdict) {
    return say({{"verdict", verdict}});
}

/// What every wish may come to; what is its own stands in `ok`.
answer tell(const portal_answer& came, const json& ok) {
    switch (came.is) {
    case portal_verdict::ok:
        return say(ok);
    case portal_verdict::denied:
    case portal_verdict::blocked:
        return say_verdict(name_of(came.is));
    case portal_verdict::refused: {
        json refused{{"verdict", "refused"}, {"reason", came.reason}};
        if (came.until)
            refused["until"] = write_iso(*came.until);
        return say(std::move(refused));
    }
    case portal_verdict::conflict:
        return refuse(409, "The Idempotency-Key is taken", "it came before with something else");
    case portal_verdict::impossible:
        return refuse(500, "The store refuses it", "nothing was changed; the log says more");
    case portal_verdict::too_many:
    case portal_verdict::try_later:
        break;
    }
    answer later = came.is == portal_verdict::too_many
                       ? refuse(429, "Too many numbers", "this visitor has tried too many numbers")
                       : refuse(503, "Too much just now", "nothing was counted or changed; ask again");
    later.retry_after = came.retry_after;
    return later;
}

/// What all wishes of the portal's say of themselves; an answer is why they can't be meant.
std::optional<answer> read_wish(fields& body, const request& from, portal_wish& into) {
    into.idempotency_key = from.idempotency_key.value_or("");
    const secret* visitor_text = body.take_text("visitor");
    if (visitor_text == nullptr)
        return std::nullopt;
    into.from = read_visitor(visitor_text->reveal());
    if (!into.from)
        return wrong_field("visitor is no IP address");
    return std::nullopt;
}

std::optional<answer> read_number(fields& body, const numbering_plan& numbers, portal_wish& into) {
    const secret* number = body.take_text("msisdn");
    if (number == nullptr)
        return wrong_field("msisdn is a text and wanted");
    const auto who = normalise(number->reveal(), numbers);
    if (!who)
        return wrong_field(who.error() == msisdn_error::foreign ? "msisdn is a number of another country's"
                                                                : "msisdn is no subscriber's number");
    into.who = *who;
    return std::nullopt;
}

/// Somebody who pretends to be a thousand people is for the portal to see.
std::optional<answer> read_challenge(fields& body) {
    const bool* passed = body.take_switch("challenge_passed");
    if (passed == nullptr || !*passed)
        return wrong_field("challenge_passed must be true: the portal vouches that a person asks");
    return std::nullopt;
}

/// A password, a code or a ticket.
std::optional<answer> read_typed(fields& body, std::string_view name, secret& into) {
    const secret* typed = body.take_text(name);
    if (typed == nullptr || typed->empty() || typed->reveal().size() > longest_typed)
        return wrong_field(fmt::format("{} is a text of 1 to {} octets and wanted", name, longest_typed));
    into = typed->clone();
    return std::nullopt;
}

std::optional<answer> refuse_rest(const fields& body) {
    if (body.untaken().empty())
        return std::nullopt;
    return wrong_field("there is a field that is not known here, or one of the wrong type");
}

} // namespace

answer refuse(unsigned status, std::string_view title, std::string_view detail) {
    const json problem{{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
    return {status, "application/problem+json", problem.dump() + '\n'};
}

api::api(house asked, std::optional<tokens> known, const numbering_plan& numbers)
    : house_{std::move(asked)}
    , tokens_{std::move(known)}
    , numbers_{numbers} {}

std::span<const api::route> api::routes() {
    static constexpr std::array rows{
        route{"GET", "/healthz", false, &api::say_alive},
        route{"GET", "/readyz", false, &api::say_ready},
        route{"GET", "/metrics", false, &api::say_metrics},
        route{"POST", "/v1/login", true, &api::log_in},
        route{"POST", "/v1/password/send", true, &api::send_password},
        route{"POST", "/v1/password/set", true, &api::set_password},
        route{"POST", "/v1/code/send", true, &api::send_code},
        route{"POST", "/v1/regime/set", true, &api::set_regime},
    };
    return rows;
}

const api::route* api::find_route(const request& asked) {
    const auto found = std::ranges::find_if(
        routes(), [&](const route& each) { return each.method == asked.method && each.path == asked.path; });
    return found == routes().end() ? nullptr : &*found;
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
    if (found->needs_token && tokens_ && !tokens_->knows(asked.bearer)) {
        asio::post(house_.loop, house_.turned_away);
        answer stop =
            asked.bearer.empty()
                ? refuse(401, "A token is wanted", "Authorization: Bearer and a token of the portal's")
                : refuse(403, "Not a token of the portal's", "the token file has another one");
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

asio::awaitable<answer> api::log_in(const request& asked) {
    fields body;
    login_attempt wish;
    if (auto wrong = read_body(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_number(body, numbers_, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "password", wish.typed))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const msisdn who = wish.who;
    const portal_answer came =
        co_await asio::co_spawn(house_.loop, house_.desk.log_in(std::move(wish)), asio::use_awaitable);
    co_return tell(came, {{"verdict", "ok"},
                          {"msisdn", who.text()},
                          {"regime", came.kind == store::secret_kind::generated ? "one-time" : "static"},
                          {"must_change", came.must_change},
                          {"level", name_of(came.level)},
                          {"last_failures", came.failures}});
}

asio::awaitable<answer> api::send_password(const request& asked) {
    fields body;
    sms_wish wish;
    if (auto wrong = read_sms_wish(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came =
        co_await asio::co_spawn(house_.loop, house_.desk.send_password(std::move(wish)), asio::use_awaitable);
    co_return tell(came, {{"verdict", "accepted"}});
}

asio::awaitable<answer> api::send_code(const request& asked) {
    fields body;
    sms_wish wish;
    if (auto wrong = read_sms_wish(asked, body, wish))
        co_return std::move(*wrong);
    const secret* purpose = body.take_text("purpose");
    if (purpose == nullptr || (purpose->reveal() != "password" && purpose->reveal() != "regime"))
        co_return wrong_field("purpose is \"password\" or \"regime\"");
    if (purpose->reveal() == "regime")
        wish.what_for = store::code_purpose::regime;
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came =
        co_await asio::co_spawn(house_.loop, house_.desk.send_code(std::move(wish)), asio::use_awaitable);
    const auto from_now = [now = read_clocks().utc](utc_time until) {
        return std::max(std::chrono::ceil<std::chrono::seconds>(until - now).count(), std::int64_t{1});
    };
    const utc_time over = came.until.value_or(utc_time{});
    co_return tell(came,
                   {{"verdict", "code_sent"},
                    {"ticket", came.ticket},
                    {"valid_for", from_now(over)},
                    {"resend_after", from_now(over - reception::code_life + reception::code_again_after)}});
}

asio::awaitable<answer> api::set_password(const request& asked) {
    fields body;
    code_entry wish;
    if (auto wrong = read_entry(asked, body, wish))
        co_return std::move(*wrong);
    if (auto wrong = read_typed(body, "password", wish.chosen))
        co_return std::move(*wrong);
    co_return co_await use_code(body, std::move(wish));
}

asio::awaitable<answer> api::set_regime(const request& asked) {
    fields body;
    code_entry wish;
    if (auto wrong = read_entry(asked, body, wish))
        co_return std::move(*wrong);
    const secret* regime = body.take_text("regime");
    if (regime == nullptr || regime->reveal() != "one-time")
        co_return wrong_field("regime is \"one-time\"; a password that is set is static");
    co_return co_await use_code(body, std::move(wish));
}

asio::awaitable<answer> api::use_code(const fields& body, code_entry wish) {
    if (auto wrong = refuse_rest(body))
        co_return std::move(*wrong);
    const portal_answer came =
        co_await asio::co_spawn(house_.loop, house_.desk.use_code(std::move(wish)), asio::use_awaitable);
    co_return tell(came, {{"verdict", "ok"}});
}

std::optional<answer> api::read_body(const request& asked, fields& body, portal_wish& into) const {
    if (!body.read(asked.body))
        return refuse(400, "Not what is taken", body.complaint());
    return read_wish(body, asked, into);
}

std::optional<answer> api::read_sms_wish(const request& asked, fields& body, sms_wish& into) const {
    if (auto wrong = read_body(asked, body, into))
        return wrong;
    if (auto wrong = read_number(body, numbers_, into))
        return wrong;
    return read_challenge(body);
}

std::optional<answer> api::read_entry(const request& asked, fields& body, code_entry& into) const {
    if (auto wrong = read_body(asked, body, into))
        return wrong;
    secret ticket;
    if (auto wrong = read_typed(body, "ticket", ticket))
        return wrong;
    into.ticket = ticket.reveal();
    return read_typed(body, "code", into.code);
}

} // namespace kabinet::gateway::door
