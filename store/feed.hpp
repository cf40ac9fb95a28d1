// What the operator's feed says of its subscribers, and what that means for their accounts, as plain values.
// Knows no file format and no database.
#pragma once

#include "store/outbox.hpp"
#include "store/rules.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// One number as the feed has it. Empty is what the feed doesn't say.
struct subscriber {
    msisdn who;
    std::optional<account_status> status; // active or barred
    std::string reason;                   // of a bar: `debt`, `fraud` ... (bars.hpp)
    std::string type;
    std::string region;
    std::optional<language> speaks;
    std::string zone; // of time
    std::optional<utc_time> sim_changed;
    std::optional<utc_time> owner_changed;
    std::optional<bool> is_ported_out;
    std::optional<access_level> level;
    std::string email;
    std::optional<password_hash> code_word; // goes in, never comes out
};

/// Tells a subscriber that a change of SIM closed his access.
struct notice_plan {
    std::string action; // the text's name
    address from;
    address (*to)(msisdn) = nullptr;
    std::chrono::seconds life = std::chrono::hours{24};
};

/// The name of the text that tells what became of something by itself.
using ware_notices = std::function<std::string(ware_kind, ware_event)>;

/// How subscribers are told what they didn't ask for.
struct waiting_notices {
    notice_plan plan; // its text is each notice's own, its sender is `from`
    std::function<address(msisdn)> from;
    /// Whether that number may be told anything now in that zone; an empty one is the operator's.
    std::function<bool(msisdn, std::string_view zone)> is_awake;
};

/// A step over what is to be told; the next one begins after `next`.
struct notice_page {
    std::optional<std::int64_t> next; // none: this was the last
    std::vector<outgoing_sms> sms;    // to be sent now
};

/// How the rows of one file are meant.
struct feed_terms {
    /// The number of a full file, from `begin_full_feed`; none: a delta.
    std::optional<std::int64_t> full;
    /// False: a number that nothing is known of stays unknown.
    bool adds_numbers = true;
    /// How long no password is issued after a change of SIM or owner.
    std::chrono::microseconds cooldown = std::chrono::hours{24};
    std::optional<notice_plan> notice; // none: nobody is told
    language usual;                    // of whoever the feed says no other of
};

/// The SIM is another one: whatever let in before lets nobody in any more.
struct ended_access {
    ended_access() = default;

    msisdn who;
    bool had_any = false;             // false: there was nothing to end but what is under way
    std::vector<outbox_id> cancelled; // rows that carried a secret which is dead now
    std::optional<outgoing_sms> sms;  // to be sent now
};

struct feed_outcome {
    feed_outcome() = default;

    std::size_t added = 0;
    std::size_t changed = 0;
    std::vector<msisdn> recycled; // belong to somebody else now: nothing of the old owner is left
    std::vector<ended_access> ended;
};

/// A step over all numbers; the next one begins after `next`.
struct missing_page {
    std::optional<msisdn> next; // none: this was the last
    std::size_t gone = 0;
};

struct spoken {
    msisdn who;
    language speaks;
};
struct language_page {
    std::optional<std::int64_t> next; // none: this was the last
    std::vector<spoken> found;
};

/// A delta leaves what it doesn't say; a full file leaves only the code word, which no export repeats.
/// Times of changes never go back.
[[nodiscard]] subscriber merge(subscriber known, const subscriber& said, bool is_full);

/// A number with another operator has left.
[[nodiscard]] number_state state_of(const subscriber&);

/// When SIM or owner changed, where the feed had not told it before. A change said to lie ahead counts as
/// happening now.
[[nodiscard]] std::optional<utc_time> news_of_change(const subscriber* known, const subscriber& said,
                                                     utc_time now);
/// Until when that keeps passwords from being issued; nothing when it is over.
[[nodiscard]] std::optional<utc_time> cooldown_after(std::optional<utc_time> changed,
                                                     std::chrono::microseconds cooldown, utc_time now);

} // namespace kabinet::store
