// Who asked to be called back by the operator's people. Plain values.
#pragma once

#include "store/past_effect.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"
#include "values/msisdn.hpp"

#include <cstdint>

namespace kabinet::store {

struct awaited_call {
    msisdn who;
    utc_time asked{};
    utc_time due{}; // by then it was promised
    channel by = channel::ussd;
    language speaks; // when he asked

    friend bool operator==(const awaited_call&, const awaited_call&) = default;
};

struct call_figures {
    std::uint64_t awaited = 0;
    std::uint64_t overdue = 0; // of those: promised for earlier than now
};

} // namespace kabinet::store
