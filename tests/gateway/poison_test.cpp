#include "gateway/poison.hpp"

#include <doctest/doctest.h>

#include <string>

namespace kabinet::gateway::poison_test {

using namespace std::chrono_literals;

namespace {

constexpr steady_time start{1'000'000s};

bool throws(poison& at, std::string_view text, steady_time now = start,
            std::string_view from = "79261112233") {
    smpp::message came;
    came.source.characters = from;
    came.text = {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    return at.has_thrown(came, now);
}

} // namespace

TEST_SUITE("poison") {
    TEST_CASE("a message is given up when it threw for the fifth time") {
        poison at;
        for (int each = 0; each < 4; ++each)
            CHECK_FALSE(throws(at, "bad"));
        CHECK(throws(at, "bad"));
        CHECK(throws(at, "bad"));
    }

    TEST_CASE("another text and another subscriber are counted for themselves") {
        poison at;
        for (int each = 0; each < 4; ++each) {
            CHECK_FALSE(throws(at, "bad"));
            CHECK_FALSE(throws(at, "worse"));
            CHECK_FALSE(throws(at, "bad", start, "79262223344"));
        }
    }

    TEST_CASE("what threw an hour ago is forgotten") {
        poison at;
        for (int each = 0; each < 4; ++each)
            CHECK_FALSE(throws(at, "bad"));
        CHECK_FALSE(throws(at, "bad", start + 2h));
    }

    TEST_CASE("its memory is bounded") {
        poison at;
        for (int each = 0; each < 4; ++each)
            CHECK_FALSE(throws(at, "bad"));
        for (int each = 0; each < 2'000; ++each)
            CHECK_FALSE(throws(at, std::to_string(each)));
        CHECK_FALSE(throws(at, "bad"));
    }
}

} // namespace kabinet::gateway::poison_test
