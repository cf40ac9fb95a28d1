#include "gateway/loss_news.hpp"

#include <doctest/doctest.h>

namespace loss_news_test {

using namespace kabinet;
using namespace kabinet::gateway;
using namespace std::chrono_literals;

TEST_CASE("a centre that stays away is news at first, and then twice a minute") {
    loss_news of;
    const steady_time start{1h};
    CHECK(of.take("refused", 1, start));
    CHECK_FALSE(of.take("refused", 2, start + 1s));
    CHECK_FALSE(of.take("refused", 9, start + 30s - 1ms));
    CHECK(of.take("refused", 10, start + 30s));
    CHECK_FALSE(of.take("refused", 11, start + 31s));
    CHECK(of.last() == "refused");
}

TEST_CASE("another reason is news, and so is a link that was bound and went") {
    loss_news of;
    const steady_time start{1h};
    CHECK(of.take("refused", 1, start));
    CHECK(of.take("wrong password", 2, start + 1s));
    CHECK_FALSE(of.take("wrong password", 3, start + 2s));
    CHECK(of.take("refused", 4, start + 3s));
    CHECK(of.take("refused", 1, start + 4s));
    CHECK(of.last() == "refused");
}

} // namespace loss_news_test
