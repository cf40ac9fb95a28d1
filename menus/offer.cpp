#include "menus/offer.hpp"

namespace kabinet::menus {

std::string_view name_of(offer_kind kind) {
    switch (kind) {
    case offer_kind::promise:
        return "promise";
    case offer_kind::service:
        return "service";
    case offer_kind::tariff:
        return "tariff";
    case offer_kind::package:
        return "package";
    }
    return "promise";
}

title_name title_of(offer_kind kind, std::string_view name) {
    const std::string_view table = name_of(kind);
    title_name made{table.data(), table.size()};
    made += '.';
    return made.append(name.data(), name.size());
}

} // namespace kabinet::menus
