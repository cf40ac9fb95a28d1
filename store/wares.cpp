#include "store/wares.hpp"

#include "store/holdings.hpp"

#include <algorithm>

namespace kabinet::store {

std::string_view name_of(ware_kind kind) {
    switch (kind) {
    case ware_kind::service:
        return "service";
    case ware_kind::tariff:
        return "tariff";
    case ware_kind::package:
        return "package";
    }
    return "unknown";
}

allowance operator+(const allowance& left, const allowance& right) {
    return {left.minutes + right.minutes, left.sms + right.sms, left.megabytes + right.megabytes};
}

bool is_within_bounds(const allowance& what) {
    const auto [least, most] = std::minmax({what.minutes, what.sms, what.megabytes});
    return least >= 0 && most <= most_units;
}

std::string name_text(ware_kind kind, std::string_view name) {
    return std::string{name_of(kind)}.append(".").append(name);
}

const holding* holdings_view::find(ware_kind kind, std::string_view name) const {
    const auto found = std::ranges::find_if(
        has, [&](const holding& each) { return each.kind == kind && each.name == name; });
    return found == has.end() ? nullptr : &*found;
}

const holding* holdings_view::find_tariff() const {
    const auto found = std::ranges::find(has, ware_kind::tariff, &holding::kind);
    return found == has.end() ? nullptr : &*found;
}

} // namespace kabinet::store
