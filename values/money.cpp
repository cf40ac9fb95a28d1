#include "values/money.hpp"

#include <charconv>

namespace kabinet {
namespace {

/// Digits and nothing else.
std::optional<std::int64_t> read_digits(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool is_whole = error == std::errc{} && end == text.data() + text.size();
    return is_whole && text.front() != '-' ? std::optional{value} : std::nullopt;
}

} // namespace

std::optional<money> read_money(std::string_view text) {
    const bool is_below = text.starts_with('-');
    text.remove_prefix(is_below ? 1 : 0);
    const std::size_t point = text.find_first_of(".,");
    const std::string_view major = text.substr(0, point);
    const std::string_view minor = point == std::string_view::npos ? "0" : text.substr(point + 1);
    if (major.empty() || minor.empty() || minor.size() > 2)
        return std::nullopt;
    const auto whole = read_digits(major);
    const auto rest = read_digits(minor);
    if (!whole || !rest || *whole > most_money.minor() / minor_of_major)
        return std::nullopt;
    const bool is_tenths = point != std::string_view::npos && minor.size() == 1;
    const money read = money::from_minor(*whole * minor_of_major + *rest * (is_tenths ? 10 : 1));
    if (read > most_money)
        return std::nullopt;
    return is_below ? -read : read;
}

std::string write_money(money of) {
    const std::int64_t minor = of.minor();
    const auto size = static_cast<std::uint64_t>(minor < 0 ? -minor : minor);
    constexpr auto in_one = static_cast<std::uint64_t>(minor_of_major);
    std::string written = (minor < 0 ? "-" : "") + std::to_string(size / in_one) + '.';
    const std::uint64_t rest = size % in_one;
    return written.append(rest < 10 ? "0" : "").append(std::to_string(rest));
}

} // namespace kabinet
