#include "menus/format.hpp"

#include <unicode/locid.h>
#include <unicode/plurrule.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

namespace kabinet::menus {
namespace {

constexpr UDate day = 24.0 * 3600 * 1000;
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
    std::unique_ptr<icu::SimpleDateFormat> time;
    std::unique_ptr<icu::PluralRules> plural;
    std::vector<std::size_t> used_categories; // that whole numbers of this language have
    std::string longest_time;

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

forms::forms(language code, std::string_view zone, std::string_view time_pattern) {
    auto made = std::make_shared<icu_parts>();
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = locale_of(code);
    made->time = std::make_unique<icu::SimpleDateFormat>(
        icu::UnicodeString::fromUTF8({time_pattern.data(), static_cast<std::int32_t>(time_pattern.size())}),
        locale, status);
    made->time->adoptTimeZone(find_zone(zone).release());
    made->plural.reset(icu::PluralRules::forLocale(locale, status));
    if (U_FAILURE(status))
        throw std::runtime_error{std::string{"the ICU library has no forms of a language: "} +
                                 u_errorName(status)};

    std::vector<std::size_t>& used = made->used_categories;
    for (std::uint64_t count = 0; count <= 200; ++count)
        used.push_back(category_of(*made->plural, count));
    std::ranges::sort(used);
    used.erase(std::unique(used.begin(), used.end()), used.end());

    for (int month = 0; month < 12; ++month) {
        std::string written = made->write(wide_moment + month * 30.4 * day);
        if (written.size() > made->longest_time.size())
            made->longest_time = std::move(written);
    }
    icu_ = std::move(made);
}

std::string forms::write_time(utc_time moment) const {
    const auto milliseconds = std::chrono::floor<std::chrono::milliseconds>(moment.time_since_epoch());
    return icu_->write(static_cast<UDate>(milliseconds.count()));
}

const std::string& forms::longest_time() const {
    return icu_->longest_time;
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
