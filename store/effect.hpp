// What may be done to an account and what came of it, as plain values. Who may ask, and what a menu calls
// it, is the gateway's knowledge; how it is said to the subscriber is the pack's.
#pragma once

#include "store/wares.hpp"
#include "values/access_level.hpp"
#include "values/address.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::store {

/// Names one wish of one subscriber, so that it takes effect once however often it is delivered.
/// A keyed hash made by `keys::name_request`; never holds a sequence_number.
using request_id = std::array<std::uint8_t, 16>;

/// What a thing looked like, for comparing it later without keeping it. A keyed hash (keys.hpp).
using fingerprint = std::array<std::uint8_t, 16>;

/// By which way a wish came. The numbers are on disk.
enum class channel : std::uint8_t { ussd = 1, sms = 2, portal = 3, staff = 4, feed = 5 };
/// `ussd`, `sms` and so on.
[[nodiscard]] std::string_view name_of(channel);

struct caller {
    msisdn who;
    channel by = channel::ussd;
    language speaks;            // of a new account; one that exists keeps its own
    bool may_register = true;   // kabinet.toml: known = "first-dial"; else only numbers of the feed
    bool is_vouched_for = true; // the link vouches for the source; if not, nothing may change an account
    access_level wants =
        access_level::view; // that the feed must allow the number for it; a login proves its own
};

/// What an outcome says of money.
struct sums {
    std::optional<money> amount; // moved, or lent
    std::optional<money> fee;
    std::optional<money> balance; // after it; of a refusal: as it is
    std::optional<std::int64_t> points;
    std::optional<msisdn> party; // the other side of a transfer
    std::optional<money> income; // of a month
    std::optional<money> spent;

    friend bool operator==(const sums&, const sums&) = default;
};

/// What an entry is for, as a statement groups them. The numbers are on disk.
enum class entry_kind : std::uint8_t {
    voucher = 1,
    payment = 2,
    bonus = 3,
    promise = 4,
    promise_fee = 5,
    promise_return = 6,
    leaving = 7, // the account is gone
    transfer = 8,
    transfer_fee = 9,
    service = 20, // connected
    service_fee = 21,
    tariff = 22, // changed
    tariff_fee = 23,
    package = 24,
};
/// `voucher` and so on.
[[nodiscard]] std::string_view name_of(entry_kind);
/// Nothing for another word.
[[nodiscard]] std::optional<entry_kind> find_entry_kind(std::string_view word);

/// An entry as its subscriber sees it.
struct movement {
    utc_time at{};
    entry_kind what{};
    money amount; // below zero: it went

    friend bool operator==(const movement&, const movement&) = default;
};

/// Argon2id in libsodium's text form, made outside any transaction (secrets.hpp).
struct password_hash {
    std::string encoded;
};

/// What an SMS that the portal has sent is for; a number has one code of each, and limits of its own for
/// each. The numbers are on disk.
enum class code_purpose : std::uint8_t {
    password = 1,
    regime = 2,
    no_code = 3, // it is a password
    log_in = 4,  // the second half of a login
    word = 5,    // nothing is sent: wrong code words are counted with the codes
    voucher = 6, // nor here: wrong vouchers are
};

/// What a subscriber may have switched on. The numbers are on disk.
enum class account_switch : std::uint8_t {
    two_step = 1,  // a login wants a code from an SMS after the password
    automatic = 2, // the SIM's own mobile data is a login
};

/// A generated password: one login, dead after `life`. At most so many an hour and a day.
struct issue_password {
    password_hash hash;
    std::chrono::seconds life = std::chrono::hours{24};
    std::uint32_t per_hour = 3;
    std::uint32_t per_day = 10;
    /// Anyone asks for it, by the number alone: a chosen password that is live stays, and the limits are
    /// apart from those of the SIM.
    bool is_for_anyone = false;
    std::uint32_t most_wrong = 5; // of log_in: wrong ones so many are forgiven for any number alike
};

/// A password the subscriber chose: static. Shares the limits of issue_password.
struct choose_password {
    password_hash hash;
    std::uint32_t per_hour = 3;
    std::uint32_t per_day = 10;
};

/// Says something and changes nothing: a closed service, a wrong keyword.
struct tell {
    std::string text;   // the text's name in the pack
    store::sums sums{}; // what it says of the account as it is
    std::optional<utc_time> until{};
    std::vector<movement> movements{};
    subject about{};
    std::vector<holding> holdings{};
};

struct set_language {
    language chosen;
};

/// Somebody typed a password at the portal; whether it is right was found out before (password_check.hpp).
struct log_in {
    std::int64_t version = 0;     // of the password it was held against
    bool is_right = false;        // for that password
    bool ends_generated = true;   // a generated password is good for one login
    std::uint32_t most_wrong = 5; // in a row; the last of them closes the access
    // After so many since the last login, only within so long of a request from the SIM.
    std::uint32_t most_wrong_in_all = 50;
    std::chrono::seconds sim_counts_for = std::chrono::minutes{15};
};

/// Somebody typed a PIN into an app that had set one.
struct log_in_by_pin {
    utc_time born{};          // the account whose PIN it was
    fingerprint pin{};        // its mark
    std::int64_t version = 0; // of the PIN that the app set
    std::uint32_t most_wrong = 5;
};

/// The portal vouches that the number's own SIM asks, over mobile data.
struct log_in_by_sim {};

/// Sends a one-time code by SMS. For a number that has no account the same is done, to no effect.
struct send_code {
    code_purpose what_for = code_purpose::password;
    fingerprint code{}; // its mark; the code itself is the SMS's secret
    std::chrono::seconds life = std::chrono::minutes{10};
    std::chrono::seconds again_after = std::chrono::seconds{60};
    std::uint32_t per_hour = 5;
    std::uint32_t per_day = 20;
};

/// The subscriber closes the access himself: the password is dead until the SIM asks for another.
struct close_portal {};

struct set_switch {
    account_switch which = account_switch::two_step;
    bool is_on = true;
};

/// Of the portal's app: one an account, the latest.
struct set_pin {
    fingerprint pin{}; // its mark
};

/// The code of a voucher, which is worth what it was sold for, once.
struct top_up {
    fingerprint voucher{};        // its mark
    std::uint32_t most_wrong = 5; // in a row; none is looked at for a while then
    std::chrono::seconds closed_for = std::chrono::hours{1};
};

/// Money lent for a term, on the terms that were shown.
struct take_promise {
    std::string offer; // its name in the pack
    money amount;
    money fee; // taken at once
    std::chrono::seconds term{};
    money floor; // the lowest balance that it is given at
};

/// From one subscriber to another.
struct transfer {
    msisdn to;
    money amount;
    money fee;   // the operator's, beside it
    money least; // that must be left
    std::uint32_t per_hour = 10;
    money per_day;    // all amounts of a day together
    std::string told; // the text that tells whom it goes to
};

/// Paid for the number elsewhere, at a till or by card; or granted.
struct pay_in {
    money amount;
    std::int64_t points = 0;
};

/// The phone is lost, or stolen: the SIM is let do nothing more, and what was sent to it lets nobody in.
struct block_number {};

/// For whoever knows the code word, or staff who saw a passport.
struct unblock_number {};

using effect = std::variant<issue_password, choose_password, tell, set_language, log_in, send_code,
                            close_portal, set_switch, set_pin, log_in_by_pin, log_in_by_sim, top_up,
                            take_promise, pay_in, transfer, connect_service, disconnect_service,
                            change_tariff, buy_package, stop_package, block_number, unblock_number>;

template <class Effect>
concept of_money = std::same_as<Effect, top_up> || std::same_as<Effect, take_promise> ||
    std::same_as<Effect, pay_in> || std::same_as<Effect, transfer>;
template <class Effect>
concept of_wares = std::same_as<Effect, connect_service> || std::same_as<Effect, disconnect_service> ||
    std::same_as<Effect, change_tariff> || std::same_as<Effect, buy_package> ||
    std::same_as<Effect, stop_package>;
template <class Effect>
concept of_number = std::same_as<Effect, block_number> || std::same_as<Effect, unblock_number>;
/// Of money or of wares: whoever keeps the one keeps the other.
[[nodiscard]] bool moves_money(const effect&);
/// Whether the network must hear of it.
[[nodiscard]] bool tells_network(const effect&);

/// The numbers are on disk.
enum class effect_kind : std::uint8_t {
    issue_password = 1,
    choose_password = 2,
    tell = 3,
    set_language = 4,
    log_in = 5,
    send_code = 6,
    close_portal = 7,
    set_switch = 8,
    set_pin = 9,
    log_in_by_pin = 10,
    log_in_by_sim = 11,
    top_up = 12,
    take_promise = 13,
    pay_in = 14,
    transfer = 15,

    set_bar = 20, // from here on by the operator's people (staff.hpp)
    block = 21,
    cool_down = 22,
    lift_limits = 23,
    leave = 24,            // the number is no longer the operator's
    change_owner = 25,     // it is somebody else's
    erase = 26,            // the person asked to be forgotten
    knock = 27,            // of nobody's account: a request at the portal's door without its token
    receive_transfer = 29, // from another subscriber
    return_promise = 28,   // what was lent went back at its term

    connect_service = 40,
    disconnect_service = 41,
    change_tariff = 42,
    buy_package = 43,
    stop_package = 44,
    pause_ware = 45, // from here on by itself: its fee could not be paid
    resume_ware = 46,
    renew_ware = 47,
    end_ware = 48,
    block_number = 49, // a subscriber's again
    unblock_number = 50,
};
[[nodiscard]] effect_kind kind_of(const effect&);
/// As a row of an archive names it: `issue_password`.
[[nodiscard]] std::string_view name_of(effect_kind);

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
    day_limit = 45,  // too much in a day; `until` is when it works again
    full_purse = 41, // no account holds that much
    not_done = 90,   // the system that was to do it didn't, and never will
    declined = 91,   // it refused, for a reason of its own
    elsewhere = 92,  // it isn't done here: the operator's own system is to be told
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
    std::vector<holding> holdings; // as the movements
};

/// The SMS an effect leaves behind. Rows are born in the effect's own transaction.
struct result_sms {
    /// held: only if the screen can't be shown (released, or cancelled by the gateway).
    /// due: sent in any case. never: the row is written like any other and has ended already.
    enum class birth : std::uint8_t { held, due, never };

    birth when_done = birth::due; // for an outcome that did something
    birth when_refused = birth::held;
    std::string action;     // `issue_password`: the first part of the text's name
    std::string closing;    // the whole name of what is said instead, where the wish closes a way in
    bool is_notice = false; // `action` is its whole name, whatever comes of the wish
    address from;
    address to;
    std::string group; // of the link the wish came by
    secret clear;      // sealed into the row if the outcome issued it, else wiped
    std::chrono::seconds life = std::chrono::hours{24};
};

/// A code from an SMS that must be right before anything is done.
struct code_proof {
    code_purpose what_for = code_purpose::password;
    fingerprint code{};
    std::uint32_t most_tries = 5;
};

/// The wish comes of a login that was let in a while ago.
struct login_proof {
    utc_time born{};                           // the account it was let into
    std::int64_t version = 0;                  // of the password then
    access_level reaches = access_level::view; // of that login
    access_level wants = access_level::view;   // of the wish
};

/// The word given at registration; whether it is right was found out before (password_check.hpp).
struct word_proof {
    bool is_right = false;
    std::vector<std::uint8_t> held_against; // the sealed word
    std::uint32_t most_wrong = 5;           // in a row; it isn't taken for a while then
    std::chrono::seconds closed_for = std::chrono::hours{24};
};

/// What must be right before anything is done.
using proof = std::variant<code_proof, login_proof, word_proof>;

/// One wish: what `once` takes. Move-only, for it may carry a secret.
struct request {
    request_id id{};
    std::chrono::microseconds repeats_within{}; // a delivery after that is another wish
    caller by;
    effect what;
    std::optional<store::proof> proof;
    std::optional<result_sms> sms;
    secret carried;      // a voucher's code, for a billing system elsewhere; nothing here keeps it
    fingerprint typed{}; // of what else came with it, a password: another one is another wish
    std::optional<std::chrono::seconds>
        idle_after; // an account unused for so long is switched off; none: none is
    instant now{};
};

} // namespace kabinet::store
