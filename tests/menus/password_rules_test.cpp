#include "menus/password_rules.hpp"

#include <doctest/doctest.h>

#include <string>

namespace password_rules_test {

using namespace kabinet;
using namespace kabinet::menus;

namespace {

constexpr msisdn own = msisdn::from_digits(79261112233);

password_policy policy() {
    password_policy made;
    made.blocklist = {"password1", "qwerty123"};
    return made;
}

refusal examined(std::string_view clear, msisdn number = own) {
    return examine_password(secret{clear}, policy(), number);
}

} // namespace

TEST_CASE("a password of the right length and characters is taken") {
    for (const char* clear : {"fake-Secret1", "12345670", "a*b#c!~d", "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"}) {
        CAPTURE(clear);
        CHECK(examined(clear) == refusal::none);
    }
}

TEST_CASE("the bounds of the length belong to it") {
    CHECK(examined("1234567") == refusal::too_short);
    CHECK(examined("") == refusal::too_short);
    CHECK(examined(std::string(32, 'x')) == refusal::none);
    CHECK(examined(std::string(33, 'x')) == refusal::too_long);
}

TEST_CASE("a password that didn't fit where it was kept is too long under any policy") {
    password_policy lenient = policy();
    lenient.max_length = 100'000;
    CHECK(examine_password(secret{std::string(secret::capacity + 1, 'x')}, lenient, own) ==
          refusal::too_long);
}

TEST_CASE("blanks and characters beyond ASCII are refused each by its name") {
    CHECK(examined("fake Secret1") == refusal::blanks);
    CHECK(examined("fake\u00A0Secret1") == refusal::blanks);
    CHECK(examined("секретный") == refusal::bad_characters);
    CHECK(examined("fake\x7F_Secret") == refusal::bad_characters);
    CHECK(examined("fake\x01_Secret") == refusal::bad_characters);
    CHECK(examined("fake\xFF_Secret") == refusal::bad_characters);
}

TEST_CASE("a pack may want kinds of characters mixed") {
    password_policy strict = policy();
    const auto told = [&](std::string_view clear) { return examine_password(secret{clear}, strict, own); };
    strict.kinds = 2;
    for (const char* plain : {"fakesecret", "FAKEsecret", "0123498765", "!!--==++##"}) {
        CAPTURE(plain);
        CHECK(examined(plain) == refusal::none);
        CHECK(told(plain) == refusal::too_plain);
    }
    for (const char* mixed : {"fakesecret1", "fake-secret", "01234-98765"})
        CHECK(told(mixed) == refusal::none);
    strict.kinds = 3;
    CHECK(told("fakesecret1") == refusal::too_plain);
    CHECK(told("fake-secret1") == refusal::none);
}

TEST_CASE("a common password is refused in any case") {
    CHECK(examined("password1") == refusal::common);
    CHECK(examined("PassWord1") == refusal::common);
    CHECK(examined("password12") == refusal::none);
}

TEST_CASE("the subscriber's own number and its tail are refused") {
    for (const char* clear :
         {"79261112233", "89261112233", "9261112233", "61112233", "x1112233", "+79261112233"}) {
        CAPTURE(clear);
        CHECK(examined(clear) == refusal::own_number);
    }
    CHECK(examined("79261112234") == refusal::none);
    CHECK(examined("79261112233", msisdn::from_digits(79995556677)) == refusal::none);
    CHECK(examined("12345670", msisdn::from_digits(105)) == refusal::none);
}

TEST_CASE("each refusal has the word its texts are named by") {
    CHECK(name_of(refusal::too_short) == "too_short");
    CHECK(name_of(refusal::own_number) == "own_number");
    CHECK(name_of(refusal::mismatch) == "mismatch");
    CHECK(name_of(refusal::none) == "none");
}

} // namespace password_rules_test
