#include "menus/format.hpp"

#include <doctest/doctest.h>

namespace format_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::chrono_literals;

namespace {

constexpr utc_time at(int month, int day, std::chrono::minutes of_day) {
    const auto date = std::chrono::year{2026} / month / day;
    return std::chrono::sys_days{date} + of_day;
}

const forms russian{*language::from("ru"), "Europe/Moscow", "dd.MM HH:mm"};
const forms english{*language::from("en"), "Europe/Moscow", "d MMM HH:mm"};

} // namespace

TEST_CASE("a time is written in local time with the form of its language") {
    CHECK(russian.write_time(at(11, 22, 9h + 40min)) == "22.11 12:40");
    CHECK(english.write_time(at(11, 22, 9h + 40min)) == "22 Nov 12:40");
    CHECK(english.write_time(at(1, 2, 0min)) == "2 Jan 03:00");
}

TEST_CASE("the local day may be another than the day in UTC") {
    CHECK(russian.write_time(at(12, 31, 23h)) == "01.01 02:00");
    const forms far_east{*language::from("ru"), "Asia/Kamchatka", "dd.MM HH:mm"};
    CHECK(far_east.write_time(at(6, 1, 12h)) == "02.06 00:00");
}

TEST_CASE("an hour that summer time skips isn't written") {
    const forms berlin{*language::from("en"), "Europe/Berlin", "HH:mm"};
    CHECK(berlin.write_time(at(3, 29, 59min)) == "01:59");
    CHECK(berlin.write_time(at(3, 29, 60min)) == "03:00");
}

TEST_CASE("a time before 1970 is written too") {
    CHECK(russian.write_time(utc_time{} - 1us) == "01.01 02:59");
}

TEST_CASE("the longest time is as long as any") {
    for (int month = 1; month <= 12; ++month) {
        CHECK(russian.write_time(at(month, 28, 20h)).size() <= russian.longest_time().size());
        CHECK(english.write_time(at(month, 28, 19h)).size() <= english.longest_time().size());
    }
}

TEST_CASE("an unknown zone is none and reads as UTC") {
    CHECK(is_time_zone("Asia/Vladivostok"));
    CHECK_FALSE(is_time_zone("Europe/Moskow"));
    CHECK_FALSE(is_time_zone(""));
    CHECK(forms{*language::from("ru"), "nowhere", "HH:mm"}.write_time(at(1, 1, 5h)) == "05:00");
}

TEST_CASE("a pattern of a time says day and hour and nothing unknown") {
    CHECK(is_time_pattern("dd.MM HH:mm"));
    CHECK(is_time_pattern("d MMM 'at' h:mm a"));
    CHECK_FALSE(is_time_pattern("dd.MM"));
    CHECK_FALSE(is_time_pattern("HH:mm"));
    CHECK_FALSE(is_time_pattern("dd.MM HH:mm zzzz"));
    CHECK_FALSE(is_time_pattern("dd 'of MM HH:mm"));
    CHECK_FALSE(is_time_pattern(""));
}

TEST_CASE("counted words have the forms of their language") {
    CHECK(russian.count_forms() == 3);
    CHECK(english.count_forms() == 2);
    CHECK(russian.choose_form(1) == 0);
    CHECK(russian.choose_form(21) == 0);
    CHECK(russian.choose_form(3) == 1);
    CHECK(russian.choose_form(11) == 2);
    CHECK(russian.choose_form(100) == 2);
    CHECK(english.choose_form(1) == 0);
    CHECK(english.choose_form(0) == 1);
}

TEST_CASE("a time of day is the next one there, over a change of clocks too") {
    const auto utc = [](int day, int month, int hour, int minute) {
        return utc_time{std::chrono::sys_days{std::chrono::year{2025} / month / day} +
                        std::chrono::hours{hour} + std::chrono::minutes{minute}};
    };
    const auto noon = std::chrono::minutes{12 * 60};
    CHECK(next_time_of_day("Europe/Moscow", noon, utc(21, 11, 8, 59)) == utc(21, 11, 9, 0));
    CHECK(next_time_of_day("Europe/Moscow", noon, utc(21, 11, 9, 0)) == utc(22, 11, 9, 0));
    CHECK(next_time_of_day("Europe/Moscow", std::chrono::minutes{30}, utc(21, 11, 21, 0)) ==
          utc(21, 11, 21, 30));
    CHECK(next_time_of_day("Europe/Berlin", noon, utc(25, 10, 23, 0)) == utc(26, 10, 11, 0)); // winter began
    CHECK(next_time_of_day("Mars/Olympus", noon, utc(21, 11, 8, 0)) == utc(21, 11, 12, 0));
}

} // namespace format_test
