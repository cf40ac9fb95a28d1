#include "gateway/account/browser.hpp"

#include <doctest/doctest.h>

#include <fmt/format.h>

namespace kabinet::gateway::account::browser_test {

namespace {

std::string accepted(std::string_view header) {
    std::string all;
    for (const language each : read_accepted(header))
        all += fmt::format("{} ", each.code());
    return all;
}

} // namespace

TEST_CASE("a cookie is found by its whole name") {
    CHECK(find_cookie("account=1; account_form=2", "account") == "1");
    CHECK(find_cookie("account_form=2;account=1", "account") == "1");
    CHECK(find_cookie("xaccount=1; account_=3", "account").empty());
    CHECK(find_cookie("", "account").empty());
    CHECK(find_cookie("account", "account").empty());
}

TEST_CASE("the language that is liked best is the first one") {
    CHECK(accepted("en-GB,ru;q=0.9") == "en ru ");
    CHECK(accepted("de;q=0.1, RU-ru;q=0.8 , en;q=0.35") == "ru en de ");
    CHECK(accepted("en;q=0, ru") == "ru ");
    CHECK(accepted("*, , ;q=1, en;q=x") == "");
    CHECK(accepted("") == "");
}

TEST_CASE("a proxy on this machine is believed about who asks, and nobody else is") {
    const auto visitor = [](const char* peer, const char* said) {
        door::request asked;
        asked.peer = peer;
        asked.forwarded_for = said;
        return find_visitor(asked);
    };
    CHECK(visitor("192.0.2.1", "") == "192.0.2.1");
    CHECK(visitor("192.0.2.1", "198.51.100.7") == "192.0.2.1");
    CHECK(visitor("127.0.0.1", "") == "127.0.0.1");
    CHECK(visitor("127.0.0.1", "198.51.100.7") == "198.51.100.7");
    CHECK(visitor("::1", "203.0.113.9, 198.51.100.7 ") == "198.51.100.7");
    CHECK(visitor("::1", "2001:db8::7") == "2001:db8::7");
    CHECK(visitor("127.0.0.1", "203.0.113.9, \"}") == "127.0.0.1");
}

TEST_CASE("numbers and codes are written for people and for phones") {
    CHECK(write_number("79261112233") == "+7 926 111-22-33");
    CHECK(write_number("375291112233") == "+375291112233");
    CHECK(write_dialled("*105*00#") == "*105*00%23");
}

TEST_CASE("an address leads where people expect, under a scheme of ours alone") {
    CHECK(write_link("0890") == "tel:0890");
    CHECK(write_link("8-800-333-0890") == "tel:8-800-333-0890");
    CHECK(write_link("+7 (495) 111-22-33") == "tel:+7495111-22-33");
    CHECK(write_link("*111#") == "tel:*111%23");
    CHECK(write_link("lk.mts.ru") == "https://lk.mts.ru");
    CHECK(write_link("t.me/operator?start=1") == "https://t.me/operator?start=1");
    CHECK(write_link("https://chat.example.ru/?a=1:2") == "https://chat.example.ru/?a=1:2");
    CHECK(write_link("help@example.ru") == "mailto:help@example.ru");
    CHECK(write_link("https://t.me/@operator") == "https://t.me/@operator");
    CHECK(write_link("t.me/@operator") == "https://t.me/@operator");
    for (const char* other : {"", "-", "@operator_bot", "office", "Main St. 1", "javascript:alert(1).x",
                              "data:text/html,a.b", "http://example.ru"}) {
        CAPTURE(other);
        CHECK(write_link(other).empty());
    }
}

} // namespace kabinet::gateway::account::browser_test
