#include "smpp/given_up.hpp"

#include <doctest/doctest.h>

namespace given_up_test {

using namespace kabinet::smpp;

TEST_CASE("a request given up is found by its number once") {
    given_up lately;
    lately.remember(7, 70);
    lately.remember(0x7FFFFFFF, 71);
    CHECK(lately.take(0x7FFFFFFF) == 71);
    CHECK(lately.take(7) == 70);
    CHECK_FALSE(lately.take(7).has_value());
    CHECK_FALSE(lately.take(8).has_value());
}

TEST_CASE("number zero is nobody's though places are free") {
    given_up lately;
    CHECK_FALSE(lately.take(0).has_value());
    lately.remember(1, 70);
    (void)lately.take(1);
    CHECK_FALSE(lately.take(0).has_value());
}

TEST_CASE("the oldest is forgotten for the newest") {
    given_up lately;
    for (std::uint32_t number = 1; number <= 257; ++number)
        lately.remember(number, number);
    CHECK_FALSE(lately.take(1).has_value());
    CHECK(lately.take(2) == 2);
    CHECK(lately.take(257) == 257);
}

TEST_CASE("nothing is found after all is forgotten") {
    given_up lately;
    lately.remember(7, 70);
    lately.forget_all();
    CHECK_FALSE(lately.take(7).has_value());
}

} // namespace given_up_test
