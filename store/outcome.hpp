// What came of a wish, as a plain value: a number with its fields, never text. How it is said to the
// subscriber is the pack's.
#pragma once

#include "store/movement.hpp"
#include "store/past_effect.hpp"
#include "store/wares.hpp"
#include "values/access_level.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// What came of an effect; 20 to 99 refuse it. The numbers are on disk.
enum class verdict : std::uint8_t {
    issued = 1,          // the first password of this account
    replaced = 2,        // an older generated password is dead
    replaced_chosen = 3, // a chosen password is dead, the account is back in the generated regime
    restored = 4,        // access was blocked and is open again
    chosen = 5,          // a chosen password stands
    told = 6,
    language_set = 7,
    account_changed = 8, // by the operator's people
    logged_in_once = 9,  // with a generated password, which is used up now
    logged_in = 10,      // with a generated one that stays until it is replaced
    logged_in_chosen = 11,
    code_sent = 12,
    code_under_way = 13, // one was sent a moment ago and holds still
    closed = 14,         // by the subscriber himself
    code_wanted = 15,    // the password is right; a code is wanted, too
    switched_on = 16,
    switched_off = 17,
    pin_set = 18,
    logged_in_otherwise = 19, // than with a password

    limit = 20,          // too many; `until` is when it works again
    barred = 21,         // the operator barred the number and doesn't say why
    cooldown = 22,       // the SIM or its owner changed lately; `until` is when it works again
    unknown_number = 23, // only numbers of the operator's feed have accounts
    untrusted = 24,      // the link doesn't vouch for the source
    wrong_password = 25, // counted
    locked_out = 26,     // too many wrong ones: only a new password opens the access
    wrong_code = 27,     // or too old, or tried too often
    kept_chosen = 28,    // the subscriber has a password of his own
    no_login = 29,       // the login it comes of is over, or never was
    level = 30,          // neither the login nor the account reaches so far
    wrong_word = 31,     // counted
    blocked = 32,        // only the SIM opens the access again
    portal_limit = 33,   // too many that somebody at the portal asked for: of any number alike
    wrong_voucher = 34,  // counted
    used_voucher = 35,
    old_voucher = 36,
    vouchers_closed = 37, // too many wrong ones; `until` is when they are looked at again
    promise_open = 38,    // what was lent before has not gone back; `until` is when it does
    promise_unpaid = 39,  // it went back and left a debt
    below_floor = 40,     // the balance is too low for it
    short_of = 42,        // less on the account than it takes
    unknown_party = 43,   // the other side is no subscriber of the operator's, or may have nothing
    to_oneself = 44,
    day_limit = 45,    // too much in a day; `until` is when it works again
    full_purse = 41,   // no account holds that much
    call_awaited = 46, // a call is awaited already; `until` is by when
    not_done = 90,     // the system that was to do it didn't, and never will
    declined = 91,     // it refused, for a reason of its own
    elsewhere = 92,    // it isn't done here: the operator's own system is to be told
    already_connected = 70,
    not_connected = 71,
    conflict = 72, // something that it doesn't go with is connected

    // `barred`, with the operator's reason (bars.hpp)
    barred_debt = 60,
    barred_own_request = 61,
    barred_inactivity = 62,
    barred_fraud = 63,
    barred_lost = 64,
    barred_ended = 65,
    barred_by_owner = 66, // its subscriber had it blocked
    not_blocked = 67,     // there is nothing to unblock

    topped_up = 100,
    promised = 101, // `until` is when it goes back
    paid_in = 102,
    transferred = 103,
    under_way = 190, // another system was asked; what comes of it isn't known yet
    connected = 110, // `until` is when the next fee is due, as of those below
    disconnected = 111,
    switched = 112, // to another tariff
    bought = 113,
    extended = 114, // it was there before
    stopped = 115,  // `until` is when it ends
    number_blocked = 121,
    number_unblocked = 122,
    still_barred = 123,  // its subscriber's own block is gone, the operator's bar isn't
    call_promised = 124, // `until` is by when
    restored_idle = 120, // the account was unused for so long that it was switched off
};

/// The word of a verdict in text names: `issue_password.replaced.screen`.
[[nodiscard]] std::string_view name_of(verdict);
[[nodiscard]] constexpr bool is_refusal(verdict is) {
    return is >= verdict::limit && is < verdict::topped_up;
}

/// An outbox row's number.
enum class outbox_id : std::int64_t {};

/// Never text, never a secret.
struct outcome {
    verdict is = verdict::told;
    language speaks;                     // the account's
    utc_time at{};                       // when the effect took place
    std::optional<utc_time> until;       // of a password: its expiry; of a refusal: when it works again
    bool is_repeat = false;              // the wish had been fulfilled before; nothing was done now
    std::optional<outbox_id> sms;        // the row made now that will say it by SMS
    std::vector<outbox_id> overtaken;    // rows whose secret is dead now: cancelled, not to be sent any more
    std::uint32_t failures = 0;          // of a login: the wrong passwords in a row before it
    std::optional<std::int64_t> version; // of a login: the password's it rests on; of a PIN: its own
    utc_time born{};                     // of the same: when the account was made
    std::optional<access_level> level;   // of a login: the most the account allows, where the feed says it
    store::sums sums;
    std::vector<movement> movements; // of an SMS that lists them; not kept with the wish
    subject about;
    std::vector<holding> holdings;       // as the movements
    std::vector<past_effect> operations; // the same
};

} // namespace kabinet::store
