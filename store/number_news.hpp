// What the operator's network is still to be told of a number. Plain values.
#pragma once

#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <cstdint>

namespace kabinet::store {

/// The latest of its number: what was said before counts no more.
struct number_news {
    std::int64_t version = 0; // goes up with everything that is said of any number
    msisdn who;
    bool is_blocked = false;
    utc_time since{};
};

/// How much waits to be told.
struct news_figures {
    std::uint64_t waiting = 0;
    std::uint64_t refused = 0; // of those: the network knows no such number, say
};

} // namespace kabinet::store
