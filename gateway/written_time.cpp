#include "gateway/written_time.hpp"

#include <fmt/chrono.h>

#include <charconv>

namespace kabinet::gateway {
namespace {

using std::chrono::microseconds;

std::string write(utc_time at, char between) {
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    const std::tm parts = fmt::gmtime(second.time_since_epoch().count());
    return fmt::format("{:%Y-%m-%d}{}{:%H:%M:%S}", parts, between, parts);
}

/// Takes numbers of a fixed width off the front of a text; broken once one wasn't there.
class digits {
  public:
    explicit digits(std::string_view text)
        : rest_{text} {}

    int take(std::size_t width) {
        int value = 0;
        const char* end = rest_.data() + std::min(width, rest_.size());
        const auto [last, error] = std::from_chars(rest_.data(), end, value);
        is_broken_ |= error != std::errc{} || value < 0 || last != rest_.data() + width;
        rest_.remove_prefix(std::min(width, rest_.size()));
        return value;
    }
    void pass(char expected) {
        is_broken_ |= rest_.empty() || rest_.front() != expected;
        rest_.remove_prefix(rest_.empty() ? 0 : 1);
    }
    /// `.25` is 250,000.
    microseconds take_fraction() {
        pass('.');
        const std::size_t size = rest_.find('Z');
        if (size == std::string_view::npos || size == 0 || size > 6) {
            is_broken_ = true;
            return {};
        }
        int count = take(size);
        for (std::size_t at = size; at < 6; ++at)
            count *= 10;
        return microseconds{count};
    }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }
    [[nodiscard]] bool is_at(char next) const { return !rest_.empty() && rest_.front() == next; }
    [[nodiscard]] bool is_broken() const { return is_broken_; }

  private:
    std::string_view rest_;
    bool is_broken_ = false;
};

} // namespace

std::string write_for_eyes(utc_time at) {
    return write(at, ' ') + 'Z';
}

std::string write_iso(utc_time at) {
    const auto fraction = at - std::chrono::floor<std::chrono::seconds>(at);
    std::string text = write(at, 'T');
    if (fraction.count() != 0)
        text += fmt::format(".{:06}", fraction.count());
    return text + 'Z';
}

std::optional<utc_time> read_iso(std::string_view text) {
    digits from{text};
    const int year = from.take(4);
    from.pass('-');
    const int month = from.take(2);
    from.pass('-');
    const int day = from.take(2);
    const std::chrono::year_month_day date{std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (from.is_broken() || !date.ok())
        return std::nullopt;
    const utc_time midnight{std::chrono::sys_days{date}};
    if (from.is_at_end())
        return midnight;
    from.pass('T');
    const int hour = from.take(2);
    from.pass(':');
    const int minute = from.take(2);
    from.pass(':');
    const int second = from.take(2);
    const microseconds fraction = from.is_at('.') ? from.take_fraction() : microseconds{};
    from.pass('Z');
    if (from.is_broken() || !from.is_at_end() || hour > 23 || minute > 59 || second > 59)
        return std::nullopt;
    return midnight + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second} +
           fraction;
}

} // namespace kabinet::gateway
