// What the portal, and the operator's systems beside it, may ask, as plain values. Secrets are typed so.
#pragma once

#include "gateway/visitors.hpp"
#include "menus/definition.hpp"
#include "store/effect.hpp"
#include "store/secrets.hpp"
#include "values/secret.hpp"

#include <optional>
#include <string>

namespace kabinet::gateway {

/// What every wish of the portal's says of itself.
struct portal_wish {
    msisdn who;
    std::optional<visitor> from; // the person's address as the portal saw it
    std::string idempotency_key; // the portal's name for it; empty: it will never ask again
};

/// Somebody typed a number and a password.
struct login_attempt : portal_wish {
    login_attempt() = default; // named constructor arguments only: gcc 12 destroys an awaited aggregate twice
    secret typed;
};

/// Somebody wants a password, or a code, on the phone of that number.
struct sms_wish : portal_wish {
    sms_wish() = default;
    store::code_purpose what_for = store::code_purpose::password; // of a code
};

/// Somebody typed the code from the SMS. The number is the ticket's.
struct code_entry : portal_wish {
    code_entry() = default;
    std::string ticket;
    secret code;
    std::int64_t password_version = 0; // of a login: what its ticket says
    secret chosen; // the new password; empty: back to generated ones, the first of them by SMS
};

/// Somebody typed a PIN into an app that has set one. The number is the device's.
struct pin_attempt : portal_wish {
    pin_attempt() = default;
    std::string device; // what `set_pin` answered
    store::ticket set;  // what is in that
    secret pin;
};

/// Somebody typed the code word that he gave at registration, and a new password.
struct word_attempt : portal_wish {
    word_attempt() = default;
    secret word;
    secret chosen;
};

/// Whoever was let in wants more. The number is the login's.
struct account_wish : portal_wish {
    account_wish() = default;
    std::string session; // what a login answered
    store::ticket login; // what is in it, once it was read
};

struct switch_wish : account_wish {
    switch_wish() = default;
    store::account_switch which = store::account_switch::two_step;
    bool is_on = true;
    bool is_over_mobile = false; // the portal vouches that the number's own SIM asks
};

struct pin_wish : account_wish {
    pin_wish() = default;
    secret pin;
    secret again;
};

struct language_wish : account_wish {
    language_wish() = default;
    std::string chosen;
};

/// What came in and went from then until then, the newest first.
struct statement_wish : account_wish {
    statement_wish() = default;
    utc_time since{};
    std::optional<utc_time> until;
};

struct voucher_wish : account_wish {
    voucher_wish() = default;
    secret voucher;
};

struct promise_wish : account_wish {
    promise_wish() = default;
    std::string offer; // its name in the pack
};

struct transfer_wish : account_wish {
    transfer_wish() = default;
    msisdn to;
    money amount;
};

/// Of what is sold: what there is, or one of it.
struct ware_wish : account_wish {
    ware_wish() = default;
    menus::offer_kind of = menus::offer_kind::service;
    menus::action_kind what = menus::action_kind::connect_service;
    std::string offer;          // its name in the pack
    std::optional<money> price; // as it was shown, where the portal says so
    std::optional<money> fee;
};

/// The operator's system tells what is left of a package.
struct left_wish : portal_wish {
    left_wish() = default;
    std::string offer;
    store::allowance left;
};

/// Somebody typed a number and the code word that its subscriber gave at registration.
struct number_wish : portal_wish {
    number_wish() = default;
    secret word;
};

/// Whom to ask for help. It is about no number, so its visitor isn't counted.
struct help_wish : portal_wish {
    help_wish() = default;
    std::optional<std::string> language; // else the pack's first one
};

/// The operator's system tells of money that came in for a number, or of bonus points.
struct payment_wish : portal_wish {
    payment_wish() = default;
    money amount;
    std::int64_t points = 0;
};

} // namespace kabinet::gateway
