#include "gateway/account/form.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway::account::form_test {

TEST_CASE("a form is read as browsers write it") {
    form sent;
    REQUIRE(sent.read("number=%2B7+926+111-22-33&password=p%26%3D%25%D0%B6&answer="));
    CHECK(sent.reveal("number") == "+7 926 111-22-33");
    CHECK(sent.reveal("password") == "p&=%ж");
    CHECK(sent.reveal("answer").empty());
    CHECK(sent.reveal("code").empty());
    form none;
    CHECK(none.read(""));
}

TEST_CASE("what no page of ours sends is refused whole") {
    for (const char* wrong :
         {"number",   "=1",    "&",     "a=1&",     "&a=1",        "a=1&&b=2",
          "a=1&a=2",  "A=1",   "a-b=1", "%61=1",    "a=%",         "a=%4",
          "a=%4g",    "a=%g4", "a=%00", "a=%0A",    "a=%7f",       "a=\n",
          "a=%C2%85", "a=%ff", "a=%D0", "a=%C0%AF", "a=%ED%A0%80", "abcdefghijklmnopq=1"}) {
        CAPTURE(wrong);
        CHECK_FALSE(form{}.read(wrong));
    }
}

TEST_CASE("a form is bounded in fields and in each of them") {
    const std::string longest(secret::capacity, 'x');
    form sent;
    REQUIRE(sent.read("a=" + longest));
    CHECK(sent.reveal("a") == longest);
    CHECK_FALSE(form{}.read("a=" + longest + "x"));
    std::string many;
    for (std::size_t count = 0; count < form::most; ++count)
        many += (count == 0 ? "" : "&") + std::string(count + 1, 'a') + "=1";
    CHECK(form{}.read(many));
    CHECK_FALSE(form{}.read(many + "&b=1"));
}

} // namespace kabinet::gateway::account::form_test
