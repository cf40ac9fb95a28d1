// What /metrics tells of a running gateway, taken on the loop.
#pragma once

#include "gateway/cdr.hpp"
#include "gateway/closed_actions.hpp"
#include "gateway/conversation.hpp"
#include "gateway/hash_pool.hpp"
#include "gateway/later_work.hpp"
#include "gateway/lines.hpp"
#include "gateway/metrics.hpp"
#include "gateway/reception.hpp"
#include "gateway/sender.hpp"
#include "gateway/upstream/http_billing.hpp"
#include "gateway/upstream/http_network.hpp"
#include "store/lane.hpp"

#include <cstdint>

namespace kabinet::gateway {

/// Whom it looks at.
struct measured {
    const lines& links;
    const conversation& talk;
    const sender& sends;
    const reception& desk;
    const store::lane& lane;
    const hash_pool& sim_hashes;
    const hash_pool& portal_hashes;
    const call_records& records;
    const closed_actions& closed;
    const later_work& later;
    const upstream::http_billing* billing = nullptr; // none: money is kept in the store
    const upstream::http_network* network = nullptr; // none: nobody is told
    std::uint64_t knocks = 0;                        // requests without the portal's token
};

[[nodiscard]] metrics measure(const measured&);

} // namespace kabinet::gateway
