#include "simulator/billing_desk.hpp"

#include "simulator/billing_words.hpp"
#include "values/written_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <string_view>

namespace kabinet::simulator {

namespace {

constexpr std::string_view accounts = "/v1/accounts/";
constexpr std::string_view movements = "/movements";
constexpr std::string_view holdings = "/holdings";
constexpr std::string_view operations = "/v1/operations/";
constexpr std::size_t most_listed = 100;

billing_answer refuse_with(unsigned status, std::string why) {
    return {status, std::move(why) + '\n'};
}

billing_answer tell(const operation_end& came) {
    if (came.state == operation_state::open)
        return {202, {}};
    return {200, write_end(came)};
}

/// `%3A` is a colon; nothing where an escape is none (RFC 3986 2.1).
std::optional<std::string> unescape(std::string_view text) {
    std::string plain;
    while (!text.empty()) {
        char one = text.front();
        text.remove_prefix(1);
        if (one == '%') {
            unsigned value = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + std::min<std::size_t>(2, text.size()), value, 16);
            if (error != std::errc{} || end != text.data() + 2)
                return std::nullopt;
            one = static_cast<char>(value);
            text.remove_prefix(2);
        }
        plain += one;
    }
    return plain;
}

/// What a query says of a name, where it says it once.
std::optional<std::string> find_in(std::string_view query, std::string_view name) {
    std::optional<std::string> found;
    while (!query.empty()) {
        const std::string_view field = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(field.size() + 1, query.size()));
        const auto equals = field.find('=');
        if (equals == std::string_view::npos || field.substr(0, equals) != name)
            continue;
        if (found)
            return std::nullopt;
        found = unescape(field.substr(equals + 1));
        if (!found)
            return std::nullopt;
    }
    return found;
}

std::optional<utc_time> find_time(std::string_view query, std::string_view name) {
    const auto text = find_in(query, name);
    return text ? read_date_time(*text) : std::nullopt;
}

std::optional<std::size_t> find_count(std::string_view query, std::string_view name) {
    const auto text = find_in(query, name);
    if (!text)
        return std::nullopt;
    std::size_t count = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
    const bool is_whole = error == std::errc{} && end == text->data() + text->size();
    return is_whole && count >= 1 && count <= most_listed ? std::optional{count} : std::nullopt;
}

bool is_json(std::string_view content_type) {
    constexpr std::string_view json = "application/json";
    const std::string_view parameters = content_type.substr(std::min(json.size(), content_type.size()));
    return content_type.starts_with(json) && (parameters.empty() || parameters.find_first_of("; \t") == 0);
}

} // namespace

struct billing_desk::place {
    enum class of : std::uint8_t { nowhere, purse, movements, holdings, operation };

    of is = of::nowhere;
    std::string_view name; // a number, or an operation's
    std::string_view query;
};

billing_desk::billing_desk(billing_books& books, std::shared_ptr<const secret> token)
    : books_{books}
    , token_{std::move(token)} {}

billing_desk::place billing_desk::find_place(const billing_request& asked) {
    place found;
    std::string_view path = asked.target;
    if (const auto mark = path.find('?'); mark != std::string_view::npos) {
        found.query = path.substr(mark + 1);
        path = path.substr(0, mark);
    }
    if (path.starts_with(operations)) {
        found.is = place::of::operation;
        found.name = path.substr(operations.size());
    } else if (path.starts_with(accounts)) {
        found.is = place::of::purse;
        for (const auto& [end, is] :
             {std::pair{movements, place::of::movements}, std::pair{holdings, place::of::holdings}})
            if (found.is == place::of::purse && path.ends_with(end)) {
                found.is = is;
                path.remove_suffix(end.size());
            }
        found.name = path.substr(std::min(accounts.size(), path.size()));
    }
    return found;
}

std::optional<billing_answer> billing_desk::refuse(const billing_request& asked) const {
    if (token_ == nullptr || token_->empty() || asked.bearer != token_->reveal())
        return refuse_with(401, "the token isn't the right one");
    const place at = find_place(asked);
    if (at.is == place::of::nowhere)
        return refuse_with(404, "there is no such path");
    const bool is_operation = at.is == place::of::operation;
    const bool is_read = asked.method == "GET";
    if (!is_read && !(is_operation && (asked.method == "PUT" || asked.method == "DELETE"))) {
        billing_answer refused = refuse_with(405, "it isn't asked in this way");
        refused.allow = is_operation ? "GET, PUT, DELETE" : "GET";
        return refused;
    }
    if (is_operation && !is_operation_name(at.name))
        return refuse_with(400, "an operation's name is 32 digits of base 16");
    if (!is_operation && !read_number(at.name))
        return refuse_with(400, "this is no number of a subscriber");
    return std::nullopt;
}

billing_matter billing_desk::matter_of(const billing_request& asked) {
    if (find_place(asked).is != place::of::operation)
        return billing_matter::account;
    return asked.method == "PUT" ? billing_matter::order : billing_matter::operation;
}

billing_answer billing_desk::answer(const billing_request& asked, utc_time now) {
    return begin(asked, std::chrono::milliseconds{0}, now);
}

billing_answer billing_desk::begin(const billing_request& asked, std::chrono::milliseconds takes,
                                   utc_time now) {
    try {
        return respond(asked, find_place(asked), takes, now);
    } catch (const std::runtime_error& unkept) {
        return refuse_with(500, unkept.what());
    }
}

billing_answer billing_desk::respond(const billing_request& asked, const place& at,
                                     std::chrono::milliseconds takes, utc_time now) {
    if (at.is == place::of::movements)
        return list_movements(at, now);
    if (at.is == place::of::purse) {
        const auto seen = books_.read_purse(read_number(at.name).value(), now);
        return seen ? billing_answer{200, write_purse(*seen)} : billing_answer{404, {}};
    }
    if (at.is == place::of::holdings) {
        const auto seen = books_.read_holdings(read_number(at.name).value(), now);
        return seen ? billing_answer{200, write_holdings(*seen)} : billing_answer{404, {}};
    }
    const std::string id{at.name};
    if (asked.method == "PUT")
        return order(asked, at, takes, now);
    if (asked.method == "DELETE")
        return tell(books_.cancel(id, now));
    const auto came = books_.ask_after(id, now);
    return came ? tell(*came) : billing_answer{404, {}};
}

billing_answer billing_desk::order(const billing_request& asked, const place& at,
                                   std::chrono::milliseconds takes, utc_time now) {
    if (!is_json(asked.content_type))
        return refuse_with(400, "Content-Type: application/json is wanted");
    const auto what = read_order(asked.body);
    if (!what)
        return refuse_with(what.error().status, what.error().why);
    const auto came = books_.begin(std::string{at.name}, *what, now + takes, now);
    return came ? tell(*came) : billing_answer{409, {}};
}

billing_answer billing_desk::list_movements(const place& at, utc_time now) {
    const auto totals_since = find_time(at.query, "totals_since");
    const auto listed_since = find_time(at.query, "listed_since");
    const auto most = find_count(at.query, "most");
    if (!totals_since || !listed_since || !most)
        return refuse_with(
            400, "totals_since and listed_since, dates with a time, and most, 1 to 100, are wanted");
    const movements_asked asked{*totals_since, *listed_since, *most, find_time(at.query, "until")};
    const auto seen = books_.read_movements(read_number(at.name).value(), asked, now);
    return seen ? billing_answer{200, write_movements(*seen)} : billing_answer{404, {}};
}

billing_answer make_rubbish(std::uint32_t which) {
    constexpr std::size_t more_than_allowed = 70'000;
    static const std::array<std::string, 9> all{
        "",
        "<html><body>Service Temporarily Unavailable</body></html>",
        R"({"state":"done","balance":"1)",
        "[]",
        "null",
        R"({"state":"perhaps","balance":100.5})",
        R"({"state":"done","balance":"1e2","income":"0.00","spent":"0.00"})",
        R"({"state":"done","balance":"100,50"})",
        std::string(more_than_allowed, ' ') + "{}",
    };
    return {200, all[which % all.size()]};
}

} // namespace kabinet::simulator
