// The SMS that the portal may have sent in a minute, to all numbers together.
#pragma once

#include "values/instant.hpp"

#include <cstdint>
#include <memory>
#include <utility>

namespace kabinet::gateway {

struct sms_minute {
    steady_time ends{};
    std::uint32_t sms = 0;
    bool is_told = false; // that there were too many
};

/// One of a minute's. Given back unless it is kept, so that whoever asks for what isn't sent keeps nobody
/// else from it.
struct sms_place {
    explicit sms_place(std::shared_ptr<sms_minute> in)
        : of{std::move(in)}
        , ends{of->ends} {
        ++of->sms;
    }
    ~sms_place() {
        if (!is_kept && of->ends == ends)
            --of->sms;
    }
    sms_place(const sms_place&) = delete;
    sms_place& operator=(const sms_place&) = delete;

    std::shared_ptr<sms_minute> of;
    steady_time ends;
    bool is_kept = false;
};

} // namespace kabinet::gateway
