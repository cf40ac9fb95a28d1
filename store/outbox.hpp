// SMS that effects left behind: what the sender gets to send, and how each row ends.
#pragma once

#include "store/effect.hpp"

#include <cstdint>
#include <string>

namespace kabinet::store {

/// The numbers are on disk. A row ends as sent, expired, failed or cancelled; its secret is erased then.
enum class row_state : std::uint8_t {
    pending = 1, // nobody sends it yet
    held = 2,    // the screen tells it; an SMS only if the screen fails
    claimed = 3, // this run sends it
    unknown = 4, // submitted, no response in time
    sent = 10,
    expired = 11,
    failed = 12,
    cancelled = 13,
};

struct outgoing_sms {
    outbox_id id{};
    msisdn who;
    address from;
    address to;
    std::string group;
    std::string action; // with `what.is` the name of the text
    outcome what;
    secret clear; // empty where the text carries none
    utc_time expires{};
};

/// What became of a row, told by the sender in batches, or by the conversation for a held one.
struct settlement {
    outbox_id id{};
    row_state now_is = row_state::sent; // claimed releases a held row, pending gives a claimed one back;
                                        // `sent` and on end it
};

} // namespace kabinet::store
