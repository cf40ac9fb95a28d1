#include "menus/format.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/locid.h>
#include <unicode/measfmt.h>
#include <unicode/measunit.h>
#include <unicode/measure.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

namespace kabinet::menus {
namespace {

constexpr UDate a_day = 24.0 * 3600 * 1000;
// 2026-01-22 22:22 UTC: two digits wherever a time has them.
constexpr UDate wide_moment = 1'769'120'520'000.0;

std::string as_utf8(const icu::UnicodeString& text) {
    std::string utf8;
    return text.toUTF8String(utf8);
}

std::unique_ptr<icu::TimeZone> find_zone(std::string_view name) {
    std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(
        icu::UnicodeString::fromUTF8({name.data(), static_cast<std::int32_t>(name.size())}))};
    return zone;
}

icu::Locale locale_of(language code) {
    return icu::Locale{std::string{code.code()}.c_str()};
}

// The words of the plural rules, in the order in which a language's people list the forms.
constexpr std::array<const char16_t*, 6> categories{u"zero", u"one", u"two", u"few", u"many", u"other"};

std::size_t category_of(const icu::PluralRules& rules, std::uint64_t count) {
    const icu::UnicodeString word = rules.select(static_cast<double>(count));
    const auto found = std::ranges::find_if(categories, [&](const char16_t* one) { return word == one; });
    return static_cast<std::size_t>(found - categories.begin());
}

} // namespace

struct forms::icu_parts {
    icu::Locale locale;
    std::unique_ptr<icu::SimpleDateFormat> time;
    std::unique_ptr<icu::SimpleDateFormat> day;
    std::unique_ptr<icu::PluralRules> plural;
    std::vector<std::size_t> used_categories; // that whole numbers of this language have
    std::string longest_time;
    std::unique_ptr<icu::MeasureFormat> term;
    std::string point; // between an amount and its fraction
    std::string longest_money;

    [[nodiscard]] std::string write(UDate moment) const {
        icu::UnicodeString text;
        time->format(moment, text);
        return as_utf8(text);
    }
};

bool is_time_zone(std::string_view name) {
    const std::unique_ptr<icu::TimeZone> zone = find_zone(name);
    return *zone != icu::TimeZone::getUnknown();
}

namespace {

std::chrono::milliseconds offset_at(const icu::TimeZone& there, utc_time at) {
    std::int32_t raw = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    const auto since = std::chrono::floor<std::chrono::milliseconds>(at.time_since_epoch());
    there.getOffset(static_cast<UDate>(since.count()), false, raw, summer, status);
    return std::chrono::milliseconds{raw + summer};
}

} // namespace

utc_time month_begins(std::string_view zone, utc_time moment) {
    const std::unique_ptr<icu::TimeZone> there = find_zone(zone);
    const auto local = std::chrono::floor<std::chrono::days>(moment + offset_at(*there, moment));
    const std::chrono::year_month_day today{local};
    const utc_time first{std::chrono::sys_days{today.year() / today.month() / 1}};
    return first - offset_at(*there, first);
}

utc_time next_time_of_day(std::string_view zone, std::chrono::minutes since_midnight, utc_time now) {
    const std::unique_ptr<icu::TimeZone> there = find_zone(zone);
    auto date = std::chrono::floor<std::chrono::days>(now + offset_at(*there, now));
    while (true) {
        const utc_time local{date + since_midnight};
        const utc_time moment = local - offset_at(*there, local - offset_at(*there, local));
        if (moment > now)
            return moment;
        date += std::chrono::days{1};
    }
}

int hour_in(std::string_view zone, utc_time moment) {
    const auto at = std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch());
    std::int32_t raw = 0, summer = 0;
    UErrorCode status = U_ZERO_ERROR;
    find_zone(zone)->getOffset(static_cast<UDate>(at.count()), false, raw, summer, status);
    const auto local = at + std::chrono::milliseconds{raw + summer};
    return static_cast<int>(std::chrono::floor<std::chrono::hours>(local).count() % 24);
}

bool is_time_pattern(std::string_view pattern) {
    constexpr std::string_view fields = "dMLHhmayEc";
    bool is_quoted = false;
    for (char letter : pattern) {
        if (letter == '\'')
            is_quoted = !is_quoted;
        const bool is_letter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
        if (is_letter && !is_quoted && fields.find(letter) == std::string_view::npos)
            return false;
    }
    return !is_quoted && pattern.find('d') != std::string_view::npos &&
           pattern.find_first_of("Hh") != std::string_view::npos;
}

forms::forms(language code, std::string_view zone, std::string_view time_pattern,
             std::string_view day_pattern) {
    auto made = std::make_shared<icu_parts>();
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale& locale = made->locale = locale_of(code);
    made->time = std::make_unique<icu::SimpleDateFormat>(
        icu::UnicodeString::fromUTF8({time_pattern.data(), static_cast<std::int32_t>(time_pattern.size())}),
        locale, status);
    made->time->adoptTimeZone(find_zone(zone).release());
    made->day = std::make_unique<icu::SimpleDateFormat>(
        icu::UnicodeString::fromUTF8({day_pattern.data(), static_cast<std::int32_t>(day_pattern.size())}),
        locale, status);
    made->day->adoptTimeZone(find_zone(zone).release());
    made->plural.reset(icu::PluralRules::forLocale(locale, status));
    made->term = std::make_unique<icu::MeasureFormat>(locale, UMEASFMT_WIDTH_WIDE, status);
    made->point = as_utf8(icu::DecimalFormatSymbols{locale, status}.getConstSymbol(
        icu::DecimalFormatSymbols::kDecimalSeparatorSymbol));
    made->longest_money = "-999999" + made->point + "99"; // a whole one has nine digits at most
    if (U_FAILURE(status))
        throw std::runtime_error{std::string{"the ICU library has no forms of a language: "} +
                                 u_errorName(status)};

    std::vector<std::size_t>& used = made->used_categories;
    for (std::uint64_t count = 0; count <= 200; ++count)
        used.push_back(category_of(*made->plural, count));
    std::ranges::sort(used);
    used.erase(std::unique(used.begin(), used.end()), used.end());

    for (int month = 0; month < 12; ++month) {
        std::string written = made->write(wide_moment + month * 30.4 * a_day);
        if (written.size() > made->longest_time.size())
            made->longest_time = std::move(written);
    }
    icu_ = std::move(made);
}

std::string forms::write_time(utc_time moment) const {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch());
    return icu_->write(static_cast<UDate>(milliseconds.count()));
}

std::string forms::write_day(utc_time moment) const {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch());
    icu::UnicodeString text;
    icu_->day->format(static_cast<UDate>(milliseconds.count()), text);
    return as_utf8(text);
}

const std::string& forms::longest_time() const {
    return icu_->longest_time;
}

std::string forms::write_money(money amount) const {
    constexpr money widest = money::from_minor(1'000'000 * minor_of_major);
    std::string text = kabinet::write_money(amount);
    const std::size_t point = text.find('.');
    const bool is_whole = text.ends_with(".00") || amount >= widest || -amount >= widest;
    return is_whole ? text.substr(0, point) : text.replace(point, 1, icu_->point);
}

const std::string& forms::longest_money() const {
    return icu_->longest_money;
}

std::string forms::write_sum(money amount, std::string_view currency) const {
    using icu::number::NumberFormatter, icu::number::Precision;
    UErrorCode status = U_ZERO_ERROR;
    const std::u16string code{currency.begin(), currency.end()};
    const bool is_whole = amount.minor() % minor_of_major == 0;
    const std::string exactly = kabinet::write_money(amount);
    const auto written = NumberFormatter::withLocale(icu_->locale)
                             .unit(icu::CurrencyUnit{icu::ConstChar16Ptr{code.c_str()}, status})
                             .precision(is_whole ? Precision::integer() : Precision::fixedFraction(2))
                             .formatDecimal(exactly, status);
    std::string text = as_utf8(written.toString(status));
    if (U_FAILURE(status))
        throw std::runtime_error{std::string{"the ICU library can't write a sum: "} + u_errorName(status)};
    return text;
}

std::string forms::write_term(std::chrono::seconds term) const {
    constexpr std::chrono::seconds whole_day{std::chrono::days{1}}, whole_hour{std::chrono::hours{1}};
    UErrorCode status = U_ZERO_ERROR;
    icu::MeasureUnit* unit = icu::MeasureUnit::createMinute(status);
    auto count = std::chrono::duration_cast<std::chrono::minutes>(term).count();
    if (term % whole_day == std::chrono::seconds{}) {
        delete std::exchange(unit, icu::MeasureUnit::createDay(status));
        count = term / whole_day;
    } else if (term % whole_hour == std::chrono::seconds{}) {
        delete std::exchange(unit, icu::MeasureUnit::createHour(status));
        count = term / whole_hour;
    }
    const icu::Measure measure{icu::Formattable{static_cast<std::int64_t>(count)}, unit, status}; // owns it
    icu::UnicodeString text;
    icu::FieldPosition whole;
    icu_->term->formatMeasures(&measure, 1, text, whole, status);
    if (U_FAILURE(status))
        throw std::runtime_error{std::string{"the ICU library can't write a term: "} + u_errorName(status)};
    return as_utf8(text.findAndReplace(icu::UnicodeString{u'\u00a0'}, icu::UnicodeString{u' '}));
}

std::size_t forms::count_forms() const {
    return icu_->used_categories.size();
}

std::size_t forms::choose_form(std::uint64_t count) const {
    const std::vector<std::size_t>& used = icu_->used_categories;
    const auto found = std::ranges::find(used, category_of(*icu_->plural, count));
    return static_cast<std::size_t>(found - used.begin());
}

} // namespace kabinet::menus
