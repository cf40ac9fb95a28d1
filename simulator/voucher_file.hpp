// Vouchers as `kabinet vouchers import` takes them: a CSV file with the columns `code`, `amount` and, where
// there is one, `expires`, in any order (docs/feed.md). What is wrong is told by line and column, never by
// what stands there.
#pragma once

#include "simulator/billing_books.hpp"
#include "values/finding.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace kabinet::simulator {

struct parsed_vouchers {
    std::unordered_map<std::string, voucher> vouchers; // by code
    std::vector<finding> findings;                     // each a line that isn't in them
};

/// Codes are of 8 to 20 digits, as docs/billing.yaml has them; blanks and dashes in them are passed over.
[[nodiscard]] parsed_vouchers parse_vouchers(std::string_view content, const std::string& file);

} // namespace kabinet::simulator
