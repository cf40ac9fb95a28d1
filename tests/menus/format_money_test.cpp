#include "menus/format.hpp"

#include <doctest/doctest.h>

namespace format_money_test {

using namespace kabinet;
using namespace kabinet::menus;
using namespace std::chrono_literals;

namespace {

const forms& russian_forms() {
    static const forms made{*language::from("ru"), "Europe/Moscow", "dd.MM HH:mm"};
    return made;
}
const forms& english_forms() {
    static const forms made{*language::from("en"), "Europe/Moscow", "d MMM HH:mm"};
    return made;
}

} // namespace

TEST_CASE("money has the point of its language, and a fraction only where there is one") {
    CHECK(russian_forms().write_money(money::from_minor(12'050)) == "120,50");
    CHECK(english_forms().write_money(money::from_minor(12'050)) == "120.50");
    CHECK(russian_forms().write_money(money::from_minor(30'000)) == "300");
    CHECK(russian_forms().write_money(money{}) == "0");
    CHECK(english_forms().write_money(money::from_minor(-5)) == "-0.05");
}

TEST_CASE("no amount is longer than the longest") {
    for (const money each : {most_money, -most_money, money::from_minor(-99'999'999),
                             money::from_minor(100'000'000), money::from_minor(99'999'999)})
        CHECK(russian_forms().write_money(each).size() <= russian_forms().longest_money().size());
    CHECK(russian_forms().write_money(money::from_minor(-99'999'999)) == "-999999,99");
    CHECK(russian_forms().write_money(money::from_minor(100'000'050)) == "1000000");
}

TEST_CASE("a sum has its currency as people write it, and never loses its fraction") {
    CHECK(russian_forms().write_sum(money::from_minor(12'050), "RUB") == "120,50\u00a0₽");
    CHECK(english_forms().write_sum(money::from_minor(12'050), "RUB") == "RUB\u00a0120.50");
    CHECK(russian_forms().write_sum(money::from_minor(30'000), "RUB") == "300\u00a0₽");
    CHECK(russian_forms().write_sum(money::from_minor(-2'000), "RUB") == "-20\u00a0₽");
    CHECK(russian_forms().write_sum(money::from_minor(123'456'750), "RUB") ==
          "1\u00a0234\u00a0567,50\u00a0₽");
    CHECK(english_forms().write_sum(money::from_minor(5), "USD") == "$0.05");
}

TEST_CASE("a term is whole days, hours or minutes, in the form that goes with the number") {
    CHECK(russian_forms().write_term(24h) == "1 день");
    CHECK(russian_forms().write_term(72h) == "3 дня");
    CHECK(russian_forms().write_term(120h) == "5 дней");
    CHECK(russian_forms().write_term(36h) == "36 часов");
    CHECK(english_forms().write_term(24h) == "1 day");
    CHECK(english_forms().write_term(90min) == "90 minutes");
}

TEST_CASE("the hour of the day is that of the zone") {
    constexpr utc_time noon{std::chrono::seconds{1'769'083'200}}; // 2026-01-22 12:00 UTC
    CHECK(hour_in("Europe/Moscow", noon) == 15);
    CHECK(hour_in("Asia/Vladivostok", noon) == 22);
    CHECK(hour_in("America/New_York", noon) == 7);
    CHECK(hour_in("no such zone", noon) == 12);
    CHECK(hour_in("Asia/Vladivostok", noon + 3h) == 1);
}

TEST_CASE("the month begins at its first midnight there, summer time or not") {
    constexpr utc_time noon{std::chrono::seconds{1'769'083'200}}; // 2026-01-22 12:00 UTC
    CHECK(month_begins("UTC", noon) == noon - 21 * 24h - 12h);
    CHECK(month_begins("Europe/Moscow", noon) == noon - 21 * 24h - 15h);
    const utc_time last_hour = noon + 9 * 24h + 10h; // the 31st, 22:00 UTC: the 1st in Moscow
    CHECK(month_begins("Europe/Moscow", last_hour) == last_hour - 1h);
    constexpr utc_time april{std::chrono::seconds{1'775'044'800}}; // 2026-04-01 12:00 UTC, summer in Berlin
    CHECK(month_begins("Europe/Berlin", april - 24h) == utc_time{std::chrono::seconds{1'772'319'600}});
}

TEST_CASE("a day is written as its pattern says") {
    constexpr utc_time noon{std::chrono::seconds{1'769'083'200}};
    CHECK(russian_forms().write_day(noon) == "22.01");
    const forms english{*language::from("en"), "Europe/Moscow", "d MMM HH:mm", "d MMM"};
    CHECK(english.write_day(noon + 10h) == "23 Jan");
}

} // namespace format_money_test
