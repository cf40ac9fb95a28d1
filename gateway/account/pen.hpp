// How the pages write what the API said: its texts, counts, sums and times. Knows no session and no request.
#pragma once

#include "gateway/account/pages.hpp"
#include "menus/definition.hpp"
#include "values/money.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace kabinet::gateway::account {

/// Empty, 0 or false where there is none of that name.
[[nodiscard]] std::string text_of(const nlohmann::json&, const char* name);
/// Empty where there is none.
[[nodiscard]] const nlohmann::json& list_of(const nlohmann::json&, const char* name);
[[nodiscard]] std::int64_t count_of(const nlohmann::json&, const char* name);
[[nodiscard]] bool is_on(const nlohmann::json&, const char* name);
/// Nothing where there is none of that name.
[[nodiscard]] money sum_of(const nlohmann::json&, const char* name);

/// An array; an empty one where nothing is offered.
[[nodiscard]] const nlohmann::json& offers_of(const nlohmann::json& said);
/// Null where there is none of that name any more.
[[nodiscard]] const nlohmann::json* find_offer(const nlohmann::json& said, std::string_view name);

/// Sums and times as the page's people write them.
struct pen {
    pen(const menus::definition& pack, const words& in)
        : forms{pack.speak(in.code()).forms}
        , currency{pack.currency}
        , speaks{in} {}

    [[nodiscard]] std::string write_sum(money) const;
    /// Empty where there is no amount, or time, of that name.
    [[nodiscard]] std::string write_sum(const nlohmann::json&, const char* name) const;
    [[nodiscard]] std::string write_time(const nlohmann::json&, const char* name) const;
    [[nodiscard]] std::string write_term(std::int64_t seconds) const;
    /// The words of that name with these in them.
    [[nodiscard]] std::string say(std::string_view name, const page_values&) const;
    /// Those that stand with `count`.
    [[nodiscard]] std::string count(std::string_view name, std::int64_t count) const;

    const menus::forms& forms;
    std::string_view currency;
    const words& speaks;
};

} // namespace kabinet::gateway::account
