// What a password that a subscriber chose must be. Pure: the pack's policy and his number are given.
#pragma once

#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

/// Where a new generated password is shown. The SMS is the other way when the screen fails.
enum class password_shown : std::uint8_t { both, screen, sms };

struct password_policy {
    password_shown show = password_shown::both;
    std::chrono::seconds life = std::chrono::hours{24}; // of a generated one
    std::uint32_t min_length = 8;                       // of a chosen one, in octets
    std::uint32_t max_length = 32;
    std::uint32_t kinds = 1;            // of characters in one: of letters, digits and signs
    bool may_be_dialled = false;        // `*105*01*newpassword#`: the dial log of the phone keeps it
    std::vector<std::string> blocklist; // lower case, sorted
};

/// Why an entry is not taken; the word of each is the outcome in text names (`choose_password.common`).
enum class refusal : std::uint8_t {
    none,
    too_short,
    too_long,
    blanks,
    bad_characters, // other than printable ASCII
    too_plain,      // not of as many kinds as the pack wants
    common,         // of the block list, in any case
    own_number,     // holds the last seven digits of his number
    mismatch,       // the second entry of it differs from the first
    bad_entry,      // no number, or no amount, of those the prompt takes
    bad_voucher,    // not of as many digits as vouchers have
};

[[nodiscard]] std::string_view name_of(refusal);

/// The first rule that `chosen` breaks, in the order above; `none` when it may be a password.
[[nodiscard]] refusal examine_password(const secret& chosen, const password_policy&, msisdn own);

} // namespace kabinet::menus
