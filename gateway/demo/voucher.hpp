// The voucher that a demo lends whoever tries it: drawn for one run, and brought in as an operator's are.
#pragma once

#include "menus/definition.hpp"
#include "store/secrets.hpp"
#include "store/settings.hpp"
#include "values/money.hpp"
#include "values/secret.hpp"

#include <optional>
#include <string>

namespace kabinet::gateway::demo {

struct voucher {
    secret code;
    money worth;
    std::string currency; // ISO 4217
};

/// Of as many digits as the pack lets a code have; none where the pack takes no vouchers.
[[nodiscard]] std::optional<voucher> draw_voucher(const menus::definition&,
                                                  const store::draw& = store::draw_from_system);

/// Into a database that no gateway has open; made where there is none. Throws std::runtime_error.
void bring_in(const voucher&, const store::settings&);

} // namespace kabinet::gateway::demo
