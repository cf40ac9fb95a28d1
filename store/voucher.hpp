// Vouchers as they are brought in: what a code is worth and until when.
#pragma once

#include "store/effect.hpp"

#include <cstddef>
#include <optional>

namespace kabinet::store {

struct voucher {
    fingerprint mark{}; // of its code: keys::mark_voucher
    money amount;
    std::optional<utc_time> expires;
};

struct vouchers_added {
    std::size_t added = 0;
    std::size_t known = 0; // brought in before; left as they were
};

} // namespace kabinet::store
