// How one language writes times and counts, in one time zone. The only room's file that knows ICU.
#pragma once

#include "values/instant.hpp"
#include "values/language.hpp"
#include "values/money.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kabinet::menus {

/// An IANA name, such as `Europe/Moscow`.
[[nodiscard]] bool is_time_zone(std::string_view name);

/// When the month began there. An unknown zone reads as UTC.
[[nodiscard]] utc_time month_begins(std::string_view zone, utc_time);

/// The hour of the day there, 0 to 23. An unknown zone reads as UTC.
[[nodiscard]] int hour_in(std::string_view zone, utc_time);

/// When it is that time there next, after `now`. An unknown zone reads as UTC.
[[nodiscard]] utc_time next_time_of_day(std::string_view zone, std::chrono::minutes since_midnight,
                                        utc_time now);

/// Whether a pattern of the Unicode date fields (`d MMM HH:mm`) is well formed and says day and hour.
[[nodiscard]] bool is_time_pattern(std::string_view pattern);

/// Made once a pack and language; copies share. Safe to use from several threads.
class forms {
  public:
    /// An unknown zone reads as UTC, which validation refuses before a subscriber sees it.
    forms(language, std::string_view zone, std::string_view time_pattern,
          std::string_view day_pattern = "dd.MM");

    /// `22.11 12:40`.
    [[nodiscard]] std::string write_time(utc_time) const;

    /// `22.11`: a day of the year, as the pattern of days says.
    [[nodiscard]] std::string write_day(utc_time) const;

    /// The longest a time can get, as an example of it.
    [[nodiscard]] const std::string& longest_time() const;

    /// `120,50`; whole ones without a fraction, and so are those of a million and more.
    [[nodiscard]] std::string write_money(money) const;

    /// The longest an amount can get.
    [[nodiscard]] const std::string& longest_money() const;

    /// With its currency, an ISO 4217 code, as people write it: `120,50 ₽`, `RUB 120.50`. In full, however
    /// large; with no-break spaces.
    [[nodiscard]] std::string write_sum(money, std::string_view currency) const;

    /// `3 дня`, `24 hours`: whole days, else whole hours, else minutes.
    [[nodiscard]] std::string write_term(std::chrono::seconds) const;

    /// How many forms a counted word has here: Russian three, English two.
    [[nodiscard]] std::size_t count_forms() const;

    /// Which of them stands after `count`: in Russian 0 for 1 and 21, 1 for 2 to 4, 2 for 5.
    [[nodiscard]] std::size_t choose_form(std::uint64_t count) const;

  private:
    struct icu_parts;
    std::shared_ptr<const icu_parts> icu_;
};

} // namespace kabinet::menus
