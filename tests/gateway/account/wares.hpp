// What a person does at the pages of /account with what is sold.
#pragma once

#include "tests/gateway/account/purse.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace kabinet::gateway::account::tests {

inline constexpr auto month = 30 * 24h;
inline constexpr const char* connect_page = "/account/service/connect";
inline constexpr const char* disconnect_page = "/account/service/disconnect";
inline constexpr const char* change_page = "/account/tariff/change";
inline constexpr const char* buy_page = "/account/package/buy";
inline constexpr const char* stop_page = "/account/package/stop";

struct deed {
    const char* page;
    const char* offer;
};
inline constexpr std::array deeds{deed{connect_page, "beep"}, deed{disconnect_page, "beep"},
                                  deed{change_page, "wide"}, deed{buy_page, "talk"}, deed{stop_page, "talk"}};

inline menus::offer& offer_of(place& at, std::string_view name) {
    return *std::ranges::find_if(at.pack->offers, [&](const menus::offer& each) {
        return std::string_view{each.name.data(), each.name.size()} == name;
    });
}

inline void open_terms(person& she, const char* page, std::string_view offer) {
    she.look(fmt::format("{}?offer={}", page, offer));
}

/// What the confirmation that is open has in it besides.
inline typed ware_on(const person& she) {
    typed made;
    for (const char* name : {"offer", "price", "fee", "terms"})
        if (const std::string_view value = between(she.page, fmt::format("name=\"{}\" value=\"", name), "\"");
            !value.empty())
            made.emplace_back(name, value);
    return made;
}

inline void agree(person& she, const char* page, std::string_view offer) {
    open_terms(she, page, offer);
    she.send(page, ware_on(she));
}

inline void call(place& at, std::string_view text, std::string title) {
    for (auto& each : at.pack->languages)
        each.texts[*at.pack->find_text(text)].pieces.front().words = title;
}

inline void take_fees(place& at, utc_time now) {
    have_done(at, [now](store::backend& rows) {
        return rows.take_fees(
            100, [](store::ware_kind, store::ware_event) { return std::string{"notice.told"}; }, now);
    });
}

} // namespace kabinet::gateway::account::tests
