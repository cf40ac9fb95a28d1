// Whether a wish may come true, from the account's facts alone. Pure: no clock, no database, no words.
#pragma once

#include "store/bars.hpp"
#include "store/outcome.hpp"
#include "store/request.hpp"
#include "store/secrets.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace kabinet::store {

/// Wrong passwords that were counted.
struct guesses {
    std::uint32_t in_a_row = 0; // since the last login or new password
    std::uint32_t in_all = 0;   // since the last login
    friend bool operator==(const guesses&, const guesses&) = default;
};

/// What a voucher's code was found to be.
enum class voucher_state : std::uint8_t { unknown, good, used, old };

/// Of an account's last promised payment.
enum class promise_state : std::uint8_t { none, open, returned };

/// An amount that went, and when.
struct moved {
    utc_time at{};
    money amount;
};

/// When `amount` more fits into a day's `most`; nothing when it fits now. Nothing ever fits that is more than
/// `most` alone: then it is a day from now.
[[nodiscard]] std::optional<utc_time> fits_again(std::span<const moved> given, money amount, money most,
                                                 utc_time now);

/// What is true about what the account has of the thing that a wish is about.
struct ware_facts {
    bool is_held = false;
    std::string conflict; // a service that is connected and doesn't go with it; empty: none
    allowance left;       // of the package
    std::optional<utc_time> due;
};

/// What is true about an account's money when a wish comes that is about it.
struct purse_facts {
    money balance;
    money incoming; // that it would add to it
    std::int64_t points = 0;
    std::int64_t incoming_points = 0;
    std::optional<utc_time> vouchers_again; // too many codes were wrong: none is looked at until then
    std::uint32_t wrong_vouchers = 0;       // in a row
    voucher_state voucher = voucher_state::unknown;
    promise_state promise = promise_state::none;
    bool is_party_known = false;  // the other side is a subscriber who may have money
    std::span<const moved> given; // to others, within a day, oldest first
    std::optional<utc_time> promise_due;
    ware_facts ware;
};

/// What is true of the calls that an account's subscriber asked for.
struct call_facts {
    std::optional<utc_time> awaited_until; // one is still to be made
    std::vector<utc_time> asked;           // within a day
};

/// What is true about an account when a wish comes.
struct standing {
    bool exists = false;
    bool is_in_feed = false; // asked of a number without an account only
    account_status status = account_status::active;
    bar_reason bar = bar_reason::unsaid;    // of a number that is barred
    bool is_stopped = false;                // its subscriber had the number blocked
    bool is_barred = false;                 // the operator bars it, whatever its subscriber did
    bool is_blocked = false;                // wrong passwords closed the access
    std::optional<utc_time> cooldown_until; // the SIM or its owner changed lately
    std::optional<secret_kind> last_secret; // whose regime the account is in; none before the first
    std::span<const utc_time> issues;       // password issues of the last day, in any order
    bool is_idle = false;                   // it was unused for so long that it is switched off
    bool is_live = false;                   // a login with the password may succeed
    std::int64_t version = 0;               // of the password
    guesses wrong;                          // told for a login only
    std::optional<utc_time> asked;          // by the SIM, the last time
    bool wants_code = false;                // after a password that is right
    access_level level =
        access_level::all_numbers; // the most the feed allows; told where a wish wants more than a look
    purse_facts purse;             // told for a wish about money only
    call_facts calls;              // told for a wish to be called only
};

/// No limit looks back further.
inline constexpr std::chrono::hours longest_window{24};

/// Password issues allowed in a sliding hour and day; 0 is no limit.
struct issue_limits {
    std::uint32_t per_hour = 0;
    std::uint32_t per_day = 0;
};

struct decision {
    verdict is = verdict::told;
    std::optional<utc_time> until; // of a refusal: when the same wish would be granted
    friend bool operator==(const decision&, const decision&) = default;
};

/// Whether an account that was used last at that time is switched off. A time that lies ahead is no reason.
[[nodiscard]] constexpr bool is_idle(utc_time used, std::optional<std::chrono::seconds> after, utc_time now) {
    return after && now >= used + *after;
}

/// When one more issue is allowed; nothing when it is now. Issues that lie in the future (the clock was
/// stepped back) don't count, so that no limit lasts longer than its window.
[[nodiscard]] std::optional<utc_time> allowed_again(std::span<const utc_time> issues, issue_limits,
                                                    utc_time now);

/// What stands in the way of any change to the account.
[[nodiscard]] std::optional<decision> refuse_change(effect_kind, const standing&, const caller&);

[[nodiscard]] decision judge(const issue_password&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const choose_password&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const set_language&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const close_portal&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const set_switch&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const set_pin&, const standing&, const caller&, utc_time now);
/// A password of somebody who may not log in is as wrong as any other: nothing tells them apart.
[[nodiscard]] decision judge(const log_in&, const standing&, const caller&, utc_time now);
/// Judged alike whether there is an account or not: `issues` are the codes of that purpose that were sent.
[[nodiscard]] decision judge(const send_code&, const standing&, const caller&, utc_time now);
/// Of an account that lets its SIM in; whether it does is not the rules' to see.
[[nodiscard]] decision judge(const log_in_by_sim&, const standing&, const caller&, utc_time now);
/// The same of a PIN that is right.
[[nodiscard]] decision judge(const log_in_by_pin&, const standing&, const caller&, utc_time now);
/// Whether an SMS that somebody at the portal asked for may go to the number.
[[nodiscard]] bool is_reached(const standing&, utc_time now);
/// Whether too many were wrong before this attempt: it is not counted then. An access that was closed for
/// another reason has no live password, and says no more than that: a number without an account can't either.
[[nodiscard]] bool is_closed(const log_in&, const standing&);
/// Who goes on guessing through one new password after another must have the SIM in hand: whether even a
/// right one is wrong until the SIM asks for something.
[[nodiscard]] bool wants_sim(const log_in&, const standing&, utc_time now);
/// A wrong code that is the last of too many says at once until when no other is looked at.
[[nodiscard]] decision judge(const top_up&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const take_promise&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const transfer&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const pay_in&, const standing&, const caller&, utc_time now);
// Of what is sold (ware_rules.cpp). What costs nothing is given whatever the balance is.
[[nodiscard]] decision judge(const connect_service&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const disconnect_service&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const change_tariff&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const buy_package&, const standing&, const caller&, utc_time now);
[[nodiscard]] decision judge(const stop_package&, const standing&, const caller&, utc_time now);

[[nodiscard]] decision judge(const block_number&, const standing&, const caller&, utc_time now);
/// Who may is found out before: by a proof, or at the counter.
[[nodiscard]] decision judge(const unblock_number&, const standing&, const caller&, utc_time now);
/// Help: no bar closes it, and no level is too low for it.
[[nodiscard]] decision judge(const call_back&, const standing&, const caller&, utc_time now);
/// Help is open to everyone.
[[nodiscard]] decision judge(const tell&, const standing&, const caller&, utc_time now);

} // namespace kabinet::store
