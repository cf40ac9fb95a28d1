#include "store/movement.hpp"

namespace kabinet::store {

std::string_view name_of(entry_kind what) {
    switch (what) {
    case entry_kind::voucher:
        return "voucher";
    case entry_kind::payment:
        return "payment";
    case entry_kind::bonus:
        return "bonus";
    case entry_kind::promise:
        return "promise";
    case entry_kind::promise_fee:
        return "promise_fee";
    case entry_kind::promise_return:
        return "promise_return";
    case entry_kind::transfer:
        return "transfer";
    case entry_kind::transfer_fee:
        return "transfer_fee";
    case entry_kind::leaving:
        return "leaving";
    case entry_kind::service:
        return "service";
    case entry_kind::service_fee:
        return "service_fee";
    case entry_kind::tariff:
        return "tariff";
    case entry_kind::tariff_fee:
        return "tariff_fee";
    case entry_kind::package:
        return "package";
    }
    return "unknown";
}

std::optional<entry_kind> find_entry_kind(std::string_view word) {
    constexpr std::uint8_t last = 0xff; // of the numbers that there may be
    for (std::uint8_t number = 0; number < last; ++number) {
        const auto kind = static_cast<entry_kind>(number);
        if (name_of(kind) == word && word != name_of(static_cast<entry_kind>(last)))
            return kind;
    }
    return std::nullopt;
}

} // namespace kabinet::store
