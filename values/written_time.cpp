#include "values/written_time.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

namespace kabinet {
namespace {

using namespace std::chrono;

constexpr bool is_digit(char one) {
    return one >= '0' && one <= '9';
}

/// Takes pieces of a fixed form off the front of a text; broken once one wasn't there.
class pieces {
  public:
    explicit pieces(std::string_view text)
        : rest_{text} {}

    int take_number(std::size_t digits) {
        int value = 0;
        for (std::size_t each = 0; each < digits; ++each) {
            if (rest_.empty() || !is_digit(rest_.front()))
                return break_off();
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        return value;
    }

    /// One of these characters, which it returns.
    char take_one_of(std::string_view those) {
        if (rest_.empty() || those.find(rest_.front()) == std::string_view::npos)
            return static_cast<char>(break_off());
        const char found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }

    microseconds take_fraction() {
        if (!rest_.starts_with('.'))
            return {};
        rest_.remove_prefix(1);
        const auto size = static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_digit) - rest_.begin());
        if (size == 0)
            break_off();
        std::int64_t value = 0;
        for (std::size_t at = 0; at < 6; ++at)
            value = value * 10 + (at < size ? rest_[at] - '0' : 0);
        rest_.remove_prefix(size);
        return microseconds{value};
    }

    /// How far its clock is ahead of UTC.
    minutes take_zone() {
        const char sign = take_one_of("Zz+-");
        if (sign != '+' && sign != '-')
            return {};
        const int hour = take_number(2);
        take_one_of(":");
        const int minute = take_number(2);
        if (hour > 23 || minute > 59)
            break_off();
        const minutes ahead = hours{hour} + minutes{minute};
        return sign == '+' ? ahead : -ahead;
    }

    [[nodiscard]] bool is_whole() const { return !is_broken_ && rest_.empty(); }

  private:
    int break_off() {
        is_broken_ = true;
        return 0;
    }

    std::string_view rest_;
    bool is_broken_ = false;
};

std::string write(utc_time at, char between) {
    const std::tm parts = fmt::gmtime(floor<seconds>(at).time_since_epoch().count());
    return fmt::format("{:%Y-%m-%d}{}{:%H:%M:%S}", parts, between, parts);
}

} // namespace

std::optional<utc_time> read_date_time(std::string_view text) {
    pieces from{text};
    const year years{from.take_number(4)};
    from.take_one_of("-");
    const month months{static_cast<unsigned>(from.take_number(2))};
    from.take_one_of("-");
    const day days{static_cast<unsigned>(from.take_number(2))};
    from.take_one_of("Tt");
    const int hour = from.take_number(2);
    from.take_one_of(":");
    const int minute = from.take_number(2);
    from.take_one_of(":");
    const int second = from.take_number(2);
    const microseconds fraction = from.take_fraction();
    const minutes ahead = from.take_zone();
    const year_month_day date{years, months, days};
    if (!from.is_whole() || !date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    return utc_time{sys_days{date}} + hours{hour} + minutes{minute} + seconds{second} + fraction - ahead;
}

std::optional<utc_time> read_iso(std::string_view text) {
    constexpr std::size_t of_date = std::string_view{"2026-11-21"}.size();
    return read_date_time(text.size() == of_date ? std::string{text} + "T00:00:00Z" : std::string{text});
}

std::string write_iso(utc_time at) {
    std::string text = write(at, 'T');
    if (const auto fraction = at - floor<seconds>(at); fraction.count() != 0)
        text += fmt::format(".{:06}", fraction.count());
    return text + 'Z';
}

std::string write_for_eyes(utc_time at) {
    return write(at, ' ') + 'Z';
}

} // namespace kabinet
