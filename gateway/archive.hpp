// What was done on an account, as its subscriber may read it (A18): on a screen and at the portal.
#pragma once

#include "store/backend.hpp"

#include <optional>
#include <vector>

namespace kabinet::gateway {

struct archive {
    std::optional<store::account_facts> account; // none where there is no account
    std::vector<store::past_effect> operations;  // newest first; what was refused isn't one
};

/// For an errand of the store's. At most as many operations as an answer lists.
[[nodiscard]] boost::system::result<archive> find_archive(store::backend&, msisdn, utc_time now);

} // namespace kabinet::gateway
