#include "values/money.hpp"

#include <doctest/doctest.h>

#include <limits>

namespace money_test {

using namespace kabinet;

TEST_CASE("an amount is read with a point or a comma and at most two digits after it") {
    CHECK(read_money("120") == money::from_minor(12'000));
    CHECK(read_money("120.5") == money::from_minor(12'050));
    CHECK(read_money("120,05") == money::from_minor(12'005));
    CHECK(read_money("0") == money{});
    CHECK(read_money("-30") == money::from_minor(-3'000));
    CHECK(read_money("-0.01") == money::from_minor(-1));
}

TEST_CASE("what is no amount is refused and never cut") {
    for (const char* text : {"",
                             "-",
                             ".",
                             "1.",
                             ".5",
                             "1.005",
                             "1..5",
                             "1,5,5",
                             "1 000",
                             "+5",
                             "0x10",
                             "1e3",
                             "--1",
                             "1.-5",
                             "1.+5",
                             "100 ",
                             " 1",
                             "9223372036854775807",
                             "99999999999999999999",
                             "100000000000.01",
                             "-100000000000.01"})
        CHECK_MESSAGE(!read_money(text), text);
    CHECK(read_money("999999999.99") == most_money);
}

TEST_CASE("an amount is written with two digits after the point and read back as it was") {
    CHECK(write_money(money::from_minor(12'050)) == "120.50");
    CHECK(write_money(money::from_minor(-1)) == "-0.01");
    for (const std::int64_t minor : {0LL, 1LL, 9LL, 10LL, 99LL, 100LL, -12'345LL, 99'999'999'999LL})
        CHECK(read_money(write_money(money::from_minor(minor))) == money::from_minor(minor));
}

TEST_CASE("nothing, less than nothing and more than there is are no amounts to move") {
    CHECK_FALSE(is_amount(money{}));
    CHECK_FALSE(is_amount(money::from_minor(-1)));
    CHECK_FALSE(is_amount(money::from_minor(std::numeric_limits<std::int64_t>::max())));
    CHECK(is_amount(money::from_minor(1)));
    CHECK(is_amount(most_money));
}

} // namespace money_test
