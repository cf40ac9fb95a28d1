// The phone's page as a browser meets it, over loopback: keys in, events out. The phone itself is the test.
#include "gateway/demo/page.hpp"
#include "tests/support/json.hpp"

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <string>
#include <vector>

namespace kabinet::gateway::demo::page_test {

namespace asio = boost::asio;
using asio::ip::tcp;
using kabinet::tests::read_json;
using nlohmann::json;
using namespace std::chrono_literals;

namespace {

constexpr msisdn anna = msisdn::from_digits(79261112233);

class browser {
  public:
    explicit browser(const page& of) {
        socket_.connect({asio::ip::address_v4::loopback(), of.port()});
        const timeval limit{5, 0};
        ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    void ask(const std::string& method, const std::string& path, const std::string& body = {},
             const std::string& type = "application/json") {
        const std::string asked = fmt::format("{} {} HTTP/1.1\r\nHost: h\r\nContent-Type: {}\r\n"
                                              "Content-Length: {}\r\nConnection: close\r\n\r\n{}",
                                              method, path, type, body.size(), body);
        asio::write(socket_, asio::buffer(asked));
    }
    /// All until the server closes.
    std::string rest() {
        boost::system::error_code wrong;
        std::string all;
        asio::read(socket_, asio::dynamic_buffer(all), wrong);
        CHECK(wrong == asio::error::eof);
        return all;
    }
    /// Whether the server is gone, with or without a farewell, before a limit that is the test's own.
    bool is_left() {
        boost::system::error_code wrong;
        std::string all;
        asio::read(socket_, asio::dynamic_buffer(all), wrong);
        return wrong == asio::error::eof || wrong == asio::error::connection_reset;
    }

  private:
    asio::io_context io_;
    tcp::socket socket_{io_};
};

/// A phone whose pressed keys are written down. They are read once the answer came, so no lock is wanted.
struct phone {
    explicit phone(std::chrono::milliseconds longest_poll = 8s)
        : shown{anna, {"*111*1#", "*111#", {"611", "PASSWORD"}, {}}, keys(), longest_poll} {}

    phone_keys keys() {
        return {[this](std::string text) { pressed.push_back("dial " + text); },
                [this](std::string to, std::string text) { pressed.push_back("sms " + to + ' ' + text); },
                [this] { pressed.emplace_back("hang up"); }};
    }
    std::string ask(const std::string& method, const std::string& path, const std::string& body = {},
                    const std::string& type = "application/json") {
        browser by{shown};
        by.ask(method, path, body, type);
        return by.rest();
    }
    std::string status(const std::string& method, const std::string& path, const std::string& body = {},
                       const std::string& type = "application/json") {
        return ask(method, path, body, type).substr(9, 3);
    }

    std::vector<std::string> pressed;
    page shown;
};

bool has(const std::string& all, std::string_view part) {
    return all.find(part) != std::string::npos;
}

json body_of(const std::string& http) {
    return read_json(http.substr(http.find("\r\n\r\n") + 4));
}

} // namespace

TEST_CASE("the page and all it needs are given, and nothing from elsewhere may join them") {
    phone with;
    const std::string came = with.ask("GET", "/");
    CHECK(has(came, "200 OK"));
    CHECK(has(came, "\r\nContent-Type: text/html; charset=utf-8\r\n"));
    CHECK(
        has(came, "\r\nContent-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; "));
    CHECK(has(came, "<script src=\"phone.js\" defer></script>"));
    CHECK_FALSE(has(came, " style="));
    CHECK_FALSE(has(came, "<style"));
    CHECK_FALSE(has(came, " onclick="));
    CHECK(has(with.ask("GET", "/phone.css"), "\r\nContent-Type: text/css; charset=utf-8\r\n"));
    CHECK(has(with.ask("GET", "/phone.svg"), "\r\nContent-Type: image/svg+xml\r\n"));
    const std::string script = with.ask("GET", "/phone.js");
    CHECK(has(script, "\r\nContent-Type: text/javascript; charset=utf-8\r\n"));
    CHECK_FALSE(has(script, "innerHTML"));
    CHECK(script.ends_with("})();\n"));
}

TEST_CASE("the page proposes what the pack has a way to, and nothing else") {
    phone with;
    CHECK(body_of(with.ask("GET", "/tries")) ==
          json{{{"word", "try_password"}, {"code", "*111*1#"}},
               {{"word", "try_menu"}, {"code", "*111#"}},
               {{"word", "try_sms"}, {"to", "611"}, {"text", "PASSWORD"}}});
    CHECK(with.status("POST", "/tries", "{}") == "405");
    const std::string script = with.ask("GET", "/phone.js");
    for (const char* of_one_pack : {"*105", "000110", "000105"})
        CHECK_FALSE(has(script, of_one_pack));
}

TEST_CASE("a voucher is proposed once, dialled where it can be") {
    ways of;
    of.top_up_by_sms = {"611", "VOUCHER 4071826395"};
    const auto propose = [&of] {
        const page shown{anna, of, {}};
        browser by{shown};
        by.ask("GET", "/tries");
        return body_of(by.rest());
    };
    CHECK(propose() == json{{{"word", "try_voucher"}, {"to", "611"}, {"text", "VOUCHER 4071826395"}}});
    of.top_up = "*100*4071826395#";
    CHECK(propose() == json{{{"word", "try_voucher"}, {"code", "*100*4071826395#"}}});
}

TEST_CASE("whatever the page proposes it has words for in both languages") {
    phone with;
    const std::string script = with.ask("GET", "/phone.js");
    for (const char* word : {"try_password", "try_menu", "try_sms", "try_own", "try_voucher"}) {
        const std::string named = std::string{" "} + word + ": \"";
        const auto first = script.find(named);
        REQUIRE(first != std::string::npos);
        CHECK(script.find(named, first + 1) != std::string::npos);
    }
}

TEST_CASE("keys of the page are pressed on the phone") {
    phone with;
    CHECK(with.status("POST", "/dial", R"({"text":"*105#"})") == "202");
    CHECK(with.status("POST", "/dial", R"({"text":"Ответ"})") == "202");
    CHECK(with.status("POST", "/sms", R"({"to":"000105","text":"PAS fakeword"})") == "202");
    CHECK(with.status("POST", "/hang_up", "{}") == "202");
    CHECK(with.pressed ==
          std::vector<std::string>{"dial *105#", "dial Ответ", "sms 000105 PAS fakeword", "hang up"});
}

TEST_CASE("what is no key is refused and not pressed") {
    phone with;
    for (const char* body :
         {"", "{", "[]", "7", "{}", R"({"text":7})", R"({"text":""})", "{\"text\":\"\xFF\"}"})
        CHECK(with.status("POST", "/dial", body) == "422");
    CHECK(with.status("POST", "/dial", json{{"text", std::string(401, '1')}}.dump()) == "422");
    for (const char* to : {"", "+", "MegaFon", "1 2", "1234567890123456"})
        CHECK(with.status("POST", "/sms", json{{"to", to}, {"text", "x"}}.dump()) == "422");
    CHECK(with.status("POST", "/sms", R"({"to":"000105"})") == "422");
    CHECK(with.status("POST", "/sms", std::string(5'000, ' ')) == "413");
    CHECK(with.pressed.empty());
}

TEST_CASE("another site's page can press nothing: what it may send unasked isn't taken") {
    phone with;
    for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
        CHECK(with.status("POST", "/dial", R"({"text":"*105#"})", type) == "415");
    CHECK(has(with.ask("OPTIONS", "/dial"), "405 Method Not Allowed"));
    CHECK(has(with.ask("GET", "/dial"), "\r\nAllow: POST\r\n"));
    CHECK(with.status("POST", "/", "{}") == "405");
    CHECK(with.status("GET", "/other") == "404");
    CHECK(with.pressed.empty());
}

TEST_CASE("a page that comes first is told at once how the phone stands") {
    phone with;
    const json news = body_of(with.ask("GET", "/events"));
    CHECK(news == json{{"owner", "79261112233"}, {"bound", false}, {"last", 0}, {"events", json::array()}});
}

TEST_CASE("a page that waits is told as soon as something happens") {
    phone with;
    browser first{with.shown}, second{with.shown};
    first.ask("GET", "/events?after=0");
    second.ask("GET", "/events?after=0");
    with.shown.tell(link_changed{true});
    for (browser* each : {&first, &second}) {
        const json news = body_of(each->rest());
        CHECK(news["bound"] == true);
        CHECK(news["last"] == 1);
    }
    with.shown.tell(screen_came{"1 Баланс", true});
    const json news = body_of(with.ask("GET", "/events?after=1"));
    REQUIRE(news["events"].size() == 1);
    CHECK(news["events"][0]["text"] == "1 Баланс");
}

TEST_CASE("a page that waits in vain is told that nothing happened") {
    phone hasty{1ms};
    CHECK(body_of(hasty.ask("GET", "/events?after=0"))["events"].empty());
}

TEST_CASE("a page that left while it waited is in nobody's way") {
    phone with;
    {
        browser gone{with.shown};
        gone.ask("GET", "/events?after=0");
    }
    with.shown.tell(screen_over{});
    CHECK(body_of(with.ask("GET", "/events?after=0"))["last"] == 1);
}

TEST_CASE("what isn't a number of an event is refused") {
    phone with;
    for (const char* query : {"?", "?after=", "?after=x", "?after=-1", "?after=1x", "?before=1"})
        CHECK(with.status("GET", std::string{"/events"} + query) == "400");
}

TEST_CASE("a demo that ends lets go of the pages that wait") {
    auto with = std::make_unique<phone>();
    browser waiting{with->shown};
    waiting.ask("GET", "/events?after=0");
    with.reset();
    CHECK(waiting.is_left());
}

} // namespace kabinet::gateway::demo::page_test
