#include "values/written_time.hpp"

#include <doctest/doctest.h>

namespace kabinet::written_time_test {

using namespace std::chrono_literals;

TEST_CASE("a date-time is read in any zone and to the microsecond") {
    const utc_time noon{std::chrono::sys_days{std::chrono::November / 21 / 2026} + 12h + 40min};
    for (const char* same : {"2026-11-21T12:40:00Z", "2026-11-21t12:40:00z", "2026-11-21T15:40:00+03:00",
                             "2026-11-21T12:40:00-00:00", "2026-11-21T00:10:00.000-12:30",
                             "2026-11-21T12:39:60Z", "2026-11-22T02:40:00.0000009+14:00"}) {
        CAPTURE(same);
        CHECK(read_date_time(same) == noon);
    }
    CHECK(read_date_time("2026-11-21T12:40:00.25Z") == noon + 250ms);
    CHECK(read_date_time("2026-11-21T12:40:00.401553Z") == noon + 401553us);
    CHECK(read_date_time("1969-12-31T23:59:59.999999Z") == utc_time{-1us});
    CHECK(read_date_time("2028-02-29T00:00:00Z"));
}

TEST_CASE("what is no date-time isn't taken for one") {
    for (const char* wrong :
         {"", "2026-11-21", "2026-11-21T12:40:00", "2026-11-21 12:40:00Z", "2026-11-21T12:40Z",
          "2026-13-21T12:40:00Z", "2026-02-29T12:40:00Z", "2026-11-21T24:00:00Z", "2026-11-21T12:60:00Z",
          "2026-11-21T12:40:61Z", "2026-11-21T12:40:00.Z", "2026-11-21T12:40:00+0300",
          "2026-11-21T12:40:00+24:00", "2026-11-21T12:40:00+03:60", "2026-11-21T12:40:00ZZ",
          "2026-11-21T12:40:00Z ", "+026-11-21T12:40:00Z", "2026-11-2aT12:40:00Z", "99999-11-21T12:40:00Z"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_date_time(wrong));
    }
}

TEST_CASE("a date alone is its midnight, where one may stand") {
    const utc_time midnight{std::chrono::sys_days{std::chrono::November / 21 / 2026}};
    CHECK(read_iso("2026-11-21") == midnight);
    CHECK(read_iso("2026-11-21T03:00:00+03:00") == midnight);
    for (const char* wrong :
         {"2026-11-2", "2026-02-30", "2026-13-01", "21.11.2026", "-026-11-21", "2026-11-21T"}) {
        CAPTURE(wrong);
        CHECK_FALSE(read_iso(wrong));
    }
}

TEST_CASE("what is written is read again") {
    const utc_time noon{std::chrono::sys_days{std::chrono::November / 21 / 2026} + 12h + 40min};
    CHECK(write_for_eyes(noon + 1us) == "2026-11-21 12:40:00Z");
    CHECK(write_iso(noon) == "2026-11-21T12:40:00Z");
    CHECK(write_iso(noon + 1us) == "2026-11-21T12:40:00.000001Z");
    CHECK(write_iso(utc_time{-1us}) == "1969-12-31T23:59:59.999999Z");
    for (const utc_time at : {noon, noon + 1us, utc_time{}, noon + 401553us})
        CHECK(read_iso(write_iso(at)) == at);
}

} // namespace kabinet::written_time_test
