// SMS that effects left behind: what the sender gets to send, and how each row ends.
#pragma once

#include "store/outcome.hpp"
#include "store/request.hpp"
#include "values/address.hpp"
#include "values/secret.hpp"

#include <cstdint>
#include <string>

namespace kabinet::store {

/// The numbers are on disk. A row ends as sent, expired, failed or cancelled; its secret is erased then.
enum class row_state : std::uint8_t {
    pending = 1, // nobody sends it yet
    held = 2,    // the screen tells it; an SMS only if the screen fails
    claimed = 3, // this run sends it
    unknown = 4, // submitted, no response in time
    waiting = 5, // for the end of an order, which it is to tell
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

/// To that number, sent from now on: all but the row's number and what came.
[[nodiscard]] outgoing_sms begin_sms(msisdn who, const result_sms&, utc_time now);
/// These, where the store made a row; what carries a secret isn't worth sending once that is dead.
void finish_sms(outgoing_sms&, const outcome&);

/// What is to become of a row.
enum class settling : std::uint8_t {
    sent,      // ends it
    expired,   // ends it
    failed,    // ends it: the centre refused it for good, or nobody knows after the second try
    unknown,   // of a claimed row: submitted, no response in time
    give_back, // of a claimed row: whoever claims next sends it
    release,   // of a held row: its screen failed, so it is sent
    cancel,    // of a held row: its screen was shown
};

/// Told by the sender in batches, and by the conversation for held rows.
struct settlement {
    outbox_id id{};
    settling how = settling::sent;
};

} // namespace kabinet::store
