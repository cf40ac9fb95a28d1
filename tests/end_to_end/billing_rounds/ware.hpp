// What of the shipped pack's the load orders: how it is dialled, how it is called, and what it takes at once.
#pragma once

#include "store/effect.hpp"
#include "values/money.hpp"

#include <array>
#include <string_view>

namespace kabinet::tests {

struct sold_ware {
    store::effect_kind what{};
    std::string_view name;
    std::string_view title;
    std::string_view code; // leads to its terms
    money at_once;
};

inline constexpr std::array sold_wares{
    sold_ware{store::effect_kind::connect_service, "beep", "Гудок", "*105*6*2*1*1#",
              money::from_minor(7'500)},
    sold_ware{store::effect_kind::connect_service, "caller_id_plus", "СуперАнтиАОН", "*105*6*2*3*1#",
              money::from_minor(18'000)},
    sold_ware{store::effect_kind::change_tariff, "turn_on", "Включайся!", "*105*6*3*3*1#",
              money::from_minor(45'000)},
    sold_ware{store::effect_kind::change_tariff, "maximum", "Максимум", "*105*6*3*4*1#",
              money::from_minor(90'000)},
    sold_ware{store::effect_kind::buy_package, "talk", "200 минут", "*105*5*2*1*1#",
              money::from_minor(15'000)},
    sold_ware{store::effect_kind::buy_package, "text", "100 SMS", "*105*5*2*2*1#", money::from_minor(6'000)},
};

} // namespace kabinet::tests
