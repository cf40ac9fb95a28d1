// What the portal is answered, as a plain value: the verdict, and what belongs to it.
#pragma once

#include "gateway/archive.hpp"
#include "menus/definition.hpp"
#include "menus/page.hpp"
#include "store/billing.hpp"
#include "store/store.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway {

enum class portal_verdict : std::uint8_t {
    ok,
    denied,     // a wrong password, code, word or PIN, counted
    blocked,    // as of the last wrong one, until there is a new one
    code_sent,  // the password is right, and a code is wanted too
    logged_out, // what the login gave is over: another one is wanted
    refused,    // for what `reason` says
    too_many,   // numbers tried by this visitor, or this one too often; nothing was counted
    try_later,  // hashing, SMS or the store is at its limit; nothing was counted
    conflict,   // the same key came with something else
    impossible, // the store refuses it for good
    under_way,  // the operator's own system was asked; its answer isn't there yet
};
inline constexpr std::size_t portal_verdicts = 11;

/// `ok`, `denied` and so on.
[[nodiscard]] std::string_view name_of(portal_verdict);

/// One thing that is sold, and what the account has of it.
struct ware_line {
    menus::offer on;
    std::optional<store::holding> own;
    bool is_usual = false; // the tariff of whoever chose none, as he did
    std::string title;
};

/// Whom one may ask, in the words of one language.
struct contact_line {
    menus::contact of;
    std::string title;
    std::string hours;
};

struct portal_answer {
    portal_verdict is = portal_verdict::try_later;
    // of a login that is ok
    msisdn who;
    store::secret_kind kind = store::secret_kind::generated;
    bool must_change = false; // the pack wants another one chosen at once
    access_level level = access_level::all_numbers;
    std::uint32_t failures = 0; // wrong ones in a row before it
    std::string session;        // for what this login may ask more
    // of a PIN that was set: what its app shows with it
    std::string device;
    // of a number that was unblocked: the operator's own bar of it stays
    bool is_still_barred = false;
    // of a look at the account
    std::optional<store::account_facts> account;
    std::vector<menus::operation> operations;
    // of a look at the money
    std::optional<store::purse_view> purse;
    std::vector<menus::offer> offers;
    std::string currency;
    menus::transfer_policy transfers;
    std::optional<store::movements_view> movements;
    std::optional<utc_time> older_until; // there are more from before then
    // of a look at what is sold
    std::vector<ware_line> wares;
    // of whom to ask
    language speaks;
    std::vector<contact_line> contacts;
    bool calls_back = false; // whoever asks for a call is called
    // of what moved it
    store::sums sums;
    // of a code that was sent
    std::string ticket;
    // of refused
    std::string_view reason; // `too_short`, `limit` …
    std::string other;       // of `conflict`: the name of what it doesn't go with
    std::optional<utc_time>
        until; // when it works again; of a code or a loan, when it is over; of a call, by when
    // of too_many and try_later
    std::chrono::seconds retry_after{1};
};

} // namespace kabinet::gateway
