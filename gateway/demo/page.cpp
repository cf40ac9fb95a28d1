#include "gateway/demo/page.hpp"

#include "gateway/clocks.hpp"
#include "gateway/demo/files.hpp"
#include "gateway/door/server.hpp"
#include "gateway/door/words.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <list>
#include <utility>

namespace kabinet::gateway::demo {

namespace asio = boost::asio;
using door::answer;
using door::refuse;
using door::request;
using nlohmann::json;

namespace {

constexpr std::size_t browsers = 32; // connections; a browser takes a few
constexpr std::uint64_t largest_body = 4'096;
constexpr std::size_t longest_keyed = 400; // octets; a USSD string has 80 characters of Russian
constexpr std::size_t longest_sms = 1'000; // octets
constexpr std::size_t longest_number = 15; // digits, E.164
constexpr std::string_view json_type = "application/json";

/// Whatever the page shows came over the air: nothing of it is ever script, style or a frame of another's.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

answer wrong_field(std::string_view detail) {
    return refuse(422, "A field is missing or wrong", detail);
}

answer taken() {
    return {202, std::string{json_type}, "{}\n"};
}

answer give(const page_file& file) {
    answer made{200, std::string{file.content_type}, std::string{file.body}};
    made.headers.emplace_back("Content-Security-Policy", policy);
    made.headers.emplace_back("Referrer-Policy", "no-referrer");
    return made;
}

/// What stands in `?after=N`; 0 without a query, nothing when it is something else.
std::optional<std::uint64_t> read_after(const std::optional<std::string>& query) {
    constexpr std::string_view name = "after=";
    if (!query)
        return 0;
    if (!query->starts_with(name))
        return std::nullopt;
    std::uint64_t number = 0;
    const char* const end = query->data() + query->size();
    const auto [stop, error] = std::from_chars(query->data() + name.size(), end, number);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

/// A text of the body's one object; nothing when it is missing, empty or too long.
std::optional<std::string> find_text(const json& body, const char* name, std::size_t most) {
    const auto found = body.is_object() ? body.find(name) : body.end();
    if (!body.is_object() || found == body.end() || !found->is_string())
        return std::nullopt;
    const auto& text = found->get_ref<const std::string&>();
    if (text.empty() || text.size() > most)
        return std::nullopt;
    return text;
}

bool is_number(std::string_view text) {
    if (text.starts_with('+'))
        text.remove_prefix(1);
    return !text.empty() && text.size() <= longest_number &&
           std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

/// What the pack has a way to, by the words that phone.js has for it.
std::string write_tries(const ways& of) {
    json tries = json::array();
    const auto dialled = [&](const char* word, const std::string& code) {
        if (!code.empty())
            tries.push_back({{"word", word}, {"code", code}});
    };
    const auto sent = [&](const char* word, const short_message& sms) {
        if (!sms.to.empty())
            tries.push_back({{"word", word}, {"to", sms.to}, {"text", sms.text}});
    };
    dialled("try_password", of.new_password);
    dialled("try_menu", of.menu);
    sent("try_sms", of.new_password_by_sms);
    sent("try_own", of.own_password_by_sms);
    dialled("try_voucher", of.top_up);
    if (of.top_up.empty()) // it is worth something once
        sent("try_voucher", of.top_up_by_sms);
    return tries.dump() + '\n';
}

json read_body(const request& asked) {
    return json::parse(asked.body, nullptr, false);
}

} // namespace

struct page::parts {
    parts(msisdn owner, const ways& proposed, phone_keys pressed, std::chrono::milliseconds most)
        : keys{std::move(pressed)}
        , tries{write_tries(proposed)}
        , longest_poll{most}
        , events{owner}
        , server{limits(), [](const request& asked) { return refuse_early(asked); },
                 [this](request asked) { return respond(std::move(asked)); }} {}

    static door::server_settings limits() {
        door::server_settings made;
        made.connections = browsers;
        made.body_octets = largest_body;
        return made;
    }

    using handler = asio::awaitable<answer> (parts::*)(const request&);
    struct route {
        std::string_view method;
        std::string_view path;
        handler handle;
    };
    static std::span<const route> routes() {
        static constexpr std::array rows{
            route{"GET", "/events", &parts::say_events}, route{"GET", "/tries", &parts::say_tries},
            route{"POST", "/dial", &parts::dial},        route{"POST", "/sms", &parts::send_sms},
            route{"POST", "/hang_up", &parts::hang_up},
        };
        return rows;
    }

    /// A page of another site can't send JSON here without asking first, and nobody answers that.
    static std::optional<answer> refuse_early(const request& asked) {
        const auto file = std::ranges::find(page_files(), asked.path, &page_file::path);
        const auto found = std::ranges::find(routes(), asked.path, &route::path);
        if (file == page_files().end() && found == routes().end())
            return refuse(404, "There is nothing here", "the phone is at /");
        const std::string_view wanted = found == routes().end() ? "GET" : found->method;
        if (asked.method != wanted) {
            answer other = refuse(405, "Another method is wanted", wanted);
            other.headers.emplace_back("Allow", wanted);
            return other;
        }
        if (wanted == "POST" && asked.content_type != json_type)
            return refuse(415, "JSON is wanted", "Content-Type: application/json");
        return std::nullopt;
    }

    asio::awaitable<answer> respond(request asked) {
        const auto file = std::ranges::find(page_files(), asked.path, &page_file::path);
        if (file != page_files().end())
            co_return give(*file);
        const auto found = std::ranges::find(routes(), asked.path, &route::path);
        co_return co_await (this->*found->handle)(asked);
    }

    asio::awaitable<answer> say_events(const request& asked) {
        const auto after = read_after(asked.query);
        if (!after)
            co_return refuse(400, "Not a number of an event", "/events?after=N");
        if (asked.query && *after == events.last())
            co_await wait_for_news();
        co_return answer{200, std::string{json_type}, events.write_after(*after)};
    }

    asio::awaitable<answer> say_tries(const request&) {
        co_return answer{200, std::string{json_type}, tries};
    }

    asio::awaitable<void> wait_for_news() {
        asio::steady_timer patience{co_await asio::this_coro::executor, longest_poll};
        const place_in_line mine{waiting, patience};
        boost::system::error_code woken;
        co_await patience.async_wait(asio::redirect_error(asio::use_awaitable, woken));
    }

    asio::awaitable<answer> dial(const request& asked) {
        auto text = find_text(read_body(asked), "text", longest_keyed);
        if (!text)
            co_return wrong_field("text is a code such as *105#, or the answer to a screen");
        keys.key_in(std::move(*text));
        co_return taken();
    }

    asio::awaitable<answer> send_sms(const request& asked) {
        const json body = read_body(asked);
        auto to = find_text(body, "to", longest_number + 1);
        if (!to || !is_number(*to))
            co_return wrong_field("to is a number, of digits");
        auto text = find_text(body, "text", longest_sms);
        if (!text)
            co_return wrong_field("text is what to send, not too long");
        keys.send_sms(std::move(*to), std::move(*text));
        co_return taken();
    }

    asio::awaitable<answer> hang_up(const request&) {
        keys.hang_up();
        co_return taken();
    }

    void tell(phone_event what) {
        events.add(std::move(what), read_clocks().utc);
        for (asio::steady_timer* each : waiting)
            each->cancel();
    }

    using line = std::list<asio::steady_timer*>;
    struct place_in_line {
        place_in_line(line& in, asio::steady_timer& who)
            : in_{in}
            , at_{in.insert(in.end(), &who)} {}
        ~place_in_line() { in_.erase(at_); }
        place_in_line(const place_in_line&) = delete;
        place_in_line& operator=(const place_in_line&) = delete;
        line& in_;
        line::iterator at_;
    };

    phone_keys keys;
    std::string tries;
    std::chrono::milliseconds longest_poll;
    event_list events; // this and the line are touched on the server's thread alone
    line waiting;
    door::server server; // the last: its thread uses all that stands before it
};

page::page(msisdn owner, const ways& proposed, phone_keys pressed, std::chrono::milliseconds longest_poll)
    : parts_{std::make_unique<parts>(owner, proposed, std::move(pressed), longest_poll)} {}

page::~page() = default;

std::uint16_t page::port() const {
    return parts_->server.port();
}

void page::tell(phone_event what) {
    asio::post(parts_->server.executor(),
               [all = parts_.get(), what = std::move(what)]() mutable { all->tell(std::move(what)); });
}

} // namespace kabinet::gateway::demo
