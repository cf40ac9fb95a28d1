#include "gateway/written_time.hpp"

#include <doctest/doctest.h>

namespace kabinet::gateway {

using namespace std::chrono_literals;

namespace {

constexpr utc_time noon{std::chrono::sys_days{std::chrono::year{2025} / 11 / 21} + 12h + 30min + 5s};

} // namespace

TEST_SUITE("written times") {
    TEST_CASE("what is written reads the same") {
        CHECK(write_for_eyes(noon) == "2025-11-21 12:30:05Z");
        CHECK(write_iso(noon) == "2025-11-21T12:30:05Z");
        CHECK(write_iso(noon + 250ms) == "2025-11-21T12:30:05.250000Z");
        for (const utc_time at : {noon, noon + 1us, utc_time{}, noon + 250ms})
            CHECK(read_iso(write_iso(at)) == at);
    }

    TEST_CASE("a date is its midnight and a fraction may be short") {
        CHECK(read_iso("2025-11-21") == noon - 12h - 30min - 5s);
        CHECK(read_iso("2025-11-21T12:30:05.5Z") == noon + 500ms);
    }

    TEST_CASE("anything else is no time") {
        for (const char* text :
             {"", "2025", "2025-11-21T12:30:05", "2025-11-21T12:30:05+03:00", "2025-11-21 12:30:05Z",
              "2025-02-30", "2025-13-01", "2025-11-21T24:00:00Z", "2025-11-21T12:60:00Z",
              "2025-11-21T12:30:60Z", "2025-11-21T12:30:05.Z", "2025-11-21T12:30:05.1234567Z",
              "2025-11-21T12:30:05Zx", "-025-11-21", "2025-11-2", "21.11.2025", "2025-11-21T12:30:05.-1Z"}) {
            CAPTURE(std::string{text});
            CHECK_FALSE(read_iso(text));
        }
    }
}

} // namespace kabinet::gateway
