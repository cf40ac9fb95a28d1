#include "gateway/door/words.hpp"

#include "gateway/clocks.hpp"
#include "values/written_time.hpp"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace kabinet::gateway::door {

namespace asio = boost::asio;
using json = nlohmann::ordered_json;

namespace {

constexpr std::size_t longest_typed = 128; // octets; no password of ours has more than 64

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

} // namespace

answer refuse(unsigned status, std::string_view title, std::string_view detail) {
    const json problem{{"type", "about:blank"}, {"title", title}, {"status", status}, {"detail", detail}};
    return {status, "application/problem+json", problem.dump() + '\n'};
}

answer say(const json& said) {
    return {200, std::string{json_type}, said.dump() + '\n'};
}

answer wrong_field(std::string_view detail) {
    return refuse(422, "A field is missing or wrong", detail);
}

answer say_verdict(std::string_view verdict) {
    return say({{"verdict", verdict}});
}

answer put_off(std::chrono::seconds retry_after) {
    answer later = refuse(503, "Too much just now", "nothing was counted or changed; ask again");
    later.retry_after = retry_after;
    return later;
}

answer tell(const portal_answer& came, const json& ok) {
    switch (came.is) {
    case portal_verdict::ok:
        return say(ok);
    case portal_verdict::denied:
    case portal_verdict::blocked:
    case portal_verdict::logged_out:
        return say_verdict(name_of(came.is));
    case portal_verdict::refused: {
        json refused{{"verdict", "refused"}, {"reason", came.reason}};
        if (came.until)
            refused["until"] = write_iso(*came.until);
        if (!came.other.empty())
            refused["other"] = came.other;
        return say(refused);
    }
    case portal_verdict::under_way: {
        answer later = say_verdict(name_of(came.is));
        later.status = 202;
        return later;
    }
    case portal_verdict::conflict:
        return refuse(409, "The Idempotency-Key is taken", "it came before with something else");
    case portal_verdict::impossible:
        return refuse(500, "The store refuses it", "nothing was changed; the log says more");
    case portal_verdict::code_sent:
        return say(describe_code(came));
    case portal_verdict::too_many: {
        answer later =
            refuse(429, "Too many attempts", "this visitor has tried too many numbers, or one too often");
        later.retry_after = came.retry_after;
        return later;
    }
    case portal_verdict::try_later:
        break;
    }
    return put_off(came.retry_after);
}

json describe_code(const portal_answer& came) {
    const utc_time over = came.until.value_or(utc_time{});
    return {{"verdict", "code_sent"},
            {"ticket", came.ticket},
            {"valid_for", seconds_until(over)},
            {"resend_after", seconds_until(over - reception::code_life + reception::code_again_after)}};
}

std::int64_t seconds_until(utc_time over) {
    const auto left = std::chrono::ceil<std::chrono::seconds>(over - read_clocks().utc);
    return std::max<std::int64_t>(left.count(), 1);
}

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

std::optional<answer> read_challenge(fields& body) {
    const bool* passed = body.take_switch("challenge_passed");
    if (passed == nullptr || !*passed)
        return wrong_field("challenge_passed must be true: the portal vouches that a person asks");
    return std::nullopt;
}

std::optional<answer> read_mobile_data(fields& body) {
    const bool* vouched = body.take_switch("mobile_data");
    if (vouched == nullptr || !*vouched)
        return wrong_field("mobile_data must be true: the portal vouches that the number's own SIM asks");
    return std::nullopt;
}

std::optional<answer> read_switch(fields& body, std::string_view name, bool& into) {
    const bool* given = body.take_switch(name);
    if (given == nullptr)
        return wrong_field(fmt::format("{} is true or false and wanted", name));
    into = *given;
    return std::nullopt;
}

std::optional<answer> read_typed(fields& body, std::string_view name, std::string& into) {
    secret typed;
    auto wrong = read_typed(body, name, typed);
    into = typed.reveal();
    return wrong;
}

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

} // namespace kabinet::gateway::door
