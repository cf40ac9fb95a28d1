// What a pack lends or sells under a name, with all its terms. Knows no words for it.
#pragma once

#include "values/money.hpp"

#include <boost/static_string/static_string.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::menus {

enum class offer_kind : std::uint8_t { promise, service, tariff, package };
inline constexpr std::size_t offer_kinds = 4;
/// The pack's table of them: `service`. With a name after it, that of the text that calls one so.
[[nodiscard]] std::string_view name_of(offer_kind);

using offer_name = boost::static_string<31>;

struct offer {
    offer_name name;
    money amount;                // lent; of what is sold: its price, once
    money fee;                   // of a loan, at once; of what is sold: of each period, the first at once
    std::chrono::seconds term{}; // of a loan; of what is sold: a period
    offer_kind kind = offer_kind::promise;
    std::vector<offer_name> conflicts{}; // services that a service doesn't go with
    std::int64_t minutes = 0;            // of a package
    std::int64_t sms = 0;
    std::int64_t megabytes = 0;
    bool renews = true;          // a package's period is followed by another
    bool is_default = false;     // the tariff of whoever chose none
    bool is_sold = true;         // false: it is there for those who have it
    std::chrono::seconds kept{}; // unpaid, before it ends; none: for good

    /// What it takes when it is agreed to; of a loan nothing.
    [[nodiscard]] money at_once() const { return kind == offer_kind::promise ? money{} : amount + fee; }
    /// A package costs the same each time.
    [[nodiscard]] money price() const { return kind == offer_kind::package ? fee : amount; }
};

/// The name of the text that calls it so: `service.beep`.
using title_name = boost::static_string<47>;
[[nodiscard]] title_name title_of(offer_kind, std::string_view name);

} // namespace kabinet::menus
