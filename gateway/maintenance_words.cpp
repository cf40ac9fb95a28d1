#include "gateway/maintenance_words.hpp"

#include "menus/format.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

namespace kabinet::gateway {
namespace {

constexpr int longest_minutes = 7 * 24 * 60;

maintenance_words wrong(std::string why) {
    maintenance_words made;
    made.error = std::move(why);
    return made;
}

std::optional<int> read_number(std::string_view text, int least, int most) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool is_number = failed == std::errc{} && end == text.data() + text.size();
    return is_number && number >= least && number <= most ? std::optional{number} : std::nullopt;
}

/// `12:00`, since midnight.
std::optional<std::chrono::minutes> read_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return std::nullopt;
    const auto hour = read_number(text.substr(0, 2), 0, 23);
    const auto minute = read_number(text.substr(3), 0, 59);
    if (!hour || !minute)
        return std::nullopt;
    return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

std::string list_actions() {
    std::string list;
    for (std::size_t at = 0; at < std::variant_size_v<menus::action>; ++at)
        if (const auto what = static_cast<menus::action_kind>(at); what != menus::action_kind::tell)
            list.append(list.empty() ? "" : ", ").append(menus::name_of(what));
    return list;
}

} // namespace

maintenance_words read_maintenance(std::span<const std::string> typed, const menus::definition& pack,
                                   utc_time now) {
    constexpr std::string_view usage =
        "usage: kabinet maintenance on|off [MINUTES] [--until HH:MM] [--action NAME]";
    maintenance_words made;
    if (typed.empty() || (typed[0] != "on" && typed[0] != "off"))
        return wrong(std::string{usage});
    made.is_on = typed[0] == "on";
    for (std::size_t at = 1; at < typed.size(); ++at) {
        const bool is_last = at + 1 == typed.size();
        if (typed[at] == "--action" && !is_last) {
            made.of = menus::find_action(typed[++at]);
            if (!made.of || made.of == menus::action_kind::tell)
                return wrong(fmt::format("there is no action {}; there are {}", typed[at], list_actions()));
        } else if (!made.is_on || made.until) {
            return wrong(std::string{usage});
        } else if (typed[at] == "--until" && !is_last) {
            const auto time = read_time_of_day(typed[++at]);
            if (!time)
                return wrong(fmt::format("{}: no time of day, as 09:30", typed[at]));
            made.until = menus::next_time_of_day(pack.zone, *time, now);
        } else if (const auto minutes = read_number(typed[at], 1, longest_minutes)) {
            made.until = now + std::chrono::minutes{*minutes};
        } else {
            return wrong(fmt::format("{}: 1 to {} minutes", typed[at], longest_minutes));
        }
    }
    return made;
}

} // namespace kabinet::gateway
