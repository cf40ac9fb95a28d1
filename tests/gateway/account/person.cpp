#include "tests/gateway/account/person.hpp"

#include "gateway/account/question.hpp"
#include "gateway/clocks.hpp"
#include "tests/support/json.hpp"

#include <boost/asio/co_spawn.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <exception>
#include <optional>

namespace kabinet::gateway::account::tests {

place::place(std::uint32_t visitor_numbers)
    : portal{visitor_numbers}
    , now{read_clocks().steady}
    , pages{make_house(true), keys}
    , plain{make_house(false), keys} {}

place::~place() {
    for (const std::string& each : kept_back) {
        CAPTURE(each);
        CHECK(shown.find(each) == std::string::npos);
    }
}

answer place::open(request asked, site& of) {
    std::optional<answer> came;
    boost::asio::co_spawn(loop, of.respond(std::move(asked)), [&](std::exception_ptr thrown, answer made) {
        REQUIRE_FALSE(thrown);
        came = std::move(made);
    });
    REQUIRE(run_until(loop, [&] { return came.has_value(); }));
    shown += came->body;
    for (const auto& [name, value] : came->headers)
        shown += value;
    return *came;
}

void place::keep_back(std::string_view text) {
    if (text.size() >= shortest_kept_back)
        kept_back.emplace_back(text);
}

bool place::has_shown(std::string_view word) const {
    const auto is_of_a_word = [this](std::size_t at) {
        return at < shown.size() && std::isalnum(static_cast<unsigned char>(shown[at])) != 0;
    };
    for (std::size_t at = shown.find(word); at != std::string::npos; at = shown.find(word, at + 1))
        if (!is_of_a_word(at - 1) && !is_of_a_word(at + word.size()))
            return true;
    return false;
}

boost::asio::awaitable<answer> place::ask_door(request asked) {
    if (const auto found = elsewhere.find(asked.path); found != elsewhere.end())
        co_return answer{found->second.first, "application/json", found->second.second};
    answer came = co_await at_door.respond(std::move(asked));
    const auto said = kabinet::tests::read_json(came.body);
    for (const char* name : {"session", "ticket"})
        if (said.contains(name))
            keep_back(said.at(name).get<std::string>());
    co_return came;
}

house place::make_house(bool is_over_tls) {
    house made;
    made.is_over_tls = is_over_tls;
    made.ask = [this](request asked) { return ask_door(std::move(asked)); };
    made.pack = [this]() -> boost::asio::awaitable<std::shared_ptr<const menus::definition>> {
        co_return pack;
    };
    made.now = [this] { return now; };
    made.token = secret{door::tests::token};
    return made;
}

std::string encode(std::string_view text) {
    std::string made;
    for (const char each : text)
        made += fmt::format("%{:02X}", static_cast<unsigned char>(each));
    return made;
}

std::string_view between(std::string_view in, std::string_view before, std::string_view after) {
    const auto first = in.find(before);
    if (first == std::string_view::npos)
        return {};
    in.remove_prefix(first + before.size());
    return in.substr(0, in.find(after));
}

std::string header_of(const answer& came, std::string_view name) {
    for (const auto& [each, value] : came.headers)
        if (each == name)
            return value;
    return {};
}

person::person(place& before, std::string language)
    : at{before}
    , speaks{std::move(language)} {}

person::person(person&&) noexcept = default;
person::~person() = default;

answer person::look(std::string from) {
    request asked = make("GET", std::move(from));
    return follow(at.open(std::move(asked)));
}

answer person::send(const std::string& to, typed fields) {
    for (const auto& [name, value] : fields)
        if (name == "password" || name == "again" || name == "word" || name == "voucher")
            at.keep_back(value);
    return follow(at.open(make_form(to, std::move(fields))));
}

request person::make_form(const std::string& to, typed fields) const {
    fields.emplace_back("token", between(page, "name=\"token\" value=\"", "\""));
    fields.emplace_back("once", between(page, "name=\"once\" value=\"", "\""));
    request asked = make("POST", to);
    asked.content_type = "application/x-www-form-urlencoded";
    for (const auto& [name, value] : fields)
        asked.body += fmt::format("{}{}={}", asked.body.empty() ? "" : "&", name, encode(value));
    return asked;
}

answer person::log_in(msisdn who, std::string password) {
    look("/account");
    return send("/account", {{"number", who.text()}, {"password", std::move(password)}});
}

std::string person::answer_question() {
    at.now += 3s;
    const std::string_view asked = between(page, "<label for=\"answer\">", "</label>");
    const words& in = *site_pages.speak(*language::from(speaks));
    for (unsigned one = 0; one <= 10; ++one)
        for (unsigned other = 0; other <= 10; ++other)
            for (const char* kind : {"plus", "minus", "larger", "smaller"}) {
                question tried{};
                const std::string name = fmt::format("question.{}", kind);
                tried.asks = name;
                tried.of = {static_cast<std::uint8_t>(one), static_cast<std::uint8_t>(other)};
                if (escape(say(tried, in)) != asked)
                    continue;
                const unsigned is = *kind == 'p'   ? one + other
                                    : *kind == 'm' ? one - other
                                    : *kind == 'l' ? std::max(one, other)
                                                   : std::min(one, other);
                return std::to_string(is);
            }
    FAIL("no question on the page");
    return {};
}

bool person::reads(std::string_view text) const {
    return page.find(text) != std::string::npos;
}

request person::make(std::string method, std::string target) const {
    request asked;
    asked.method = std::move(method);
    const auto query = target.find('?');
    asked.path = target.substr(0, query);
    if (query != std::string::npos)
        asked.query = target.substr(query + 1);
    asked.peer = "192.0.2.1";
    asked.accept_language = speaks;
    for (const auto& [name, value] : cookies)
        asked.cookie += fmt::format("{}{}={}", asked.cookie.empty() ? "" : "; ", name, value);
    return asked;
}

void person::keep_cookies(const answer& came) {
    for (const auto& [name, value] : came.headers) {
        if (name != "Set-Cookie")
            continue;
        const auto sign = value.find('=');
        if (value.find("Max-Age=0") != std::string::npos)
            cookies.erase(value.substr(0, sign));
        else
            cookies[value.substr(0, sign)] = value.substr(sign + 1, value.find(';') - sign - 1);
    }
}

answer person::follow(answer came) {
    for (int steps = 0; came.status == 303 && steps < 4; ++steps) {
        keep_cookies(came);
        path = header_of(came, "Location");
        came = at.open(make("GET", path));
    }
    keep_cookies(came);
    page = came.body;
    return came;
}

person log_in(place& at, std::string language) {
    at.give_password(anna, chosen, true);
    person she{at, std::move(language)};
    she.log_in(anna, chosen);
    REQUIRE(she.path == "/account");
    return she;
}

} // namespace kabinet::gateway::account::tests
