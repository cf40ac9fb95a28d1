// What a subscriber wished of his money, how he put it, and what his screen said: enough to hold it against
// the books later.
#pragma once

#include "store/request.hpp"
#include "tests/end_to_end/billing_rounds/ware.hpp"
#include "values/money.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace kabinet::tests {

struct money_wish {
    std::uint64_t who = 0;
    store::effect_kind what{};
    store::channel by = store::channel::ussd;
    std::string voucher;             // of a top-up: its code
    money amount;                    // of the others
    std::uint64_t party = 0;         // of a transfer
    const sold_ware* ware = nullptr; // of what is sold
    bool is_acknowledged = false;
    std::string screen; // the last one; empty where none came, or it only said that an SMS would
};

/// `300`, `120,50`: as the pack's Russian texts write it.
[[nodiscard]] std::string as_told(money);

/// "We are working on it": no outcome.
[[nodiscard]] inline bool is_put_off(std::string_view text) {
    return text.starts_with("Готовим ответ");
}
/// To whom money came from elsewhere: of nobody's wish at this number.
[[nodiscard]] inline bool is_notice(std::string_view text) {
    return text.starts_with("Вам перевели ");
}

} // namespace kabinet::tests
