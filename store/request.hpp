// One wish of one subscriber: who asks, what for, what must be right before, and the SMS that it leaves
// behind.
#pragma once

#include "store/effect.hpp"
#include "values/access_level.hpp"
#include "values/address.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <array>
#include <chrono>
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

struct caller {
    msisdn who;
    channel by = channel::ussd;
    language speaks;            // of a new account; one that exists keeps its own
    bool may_register = true;   // kabinet.toml: known = "first-dial"; else only numbers of the feed
    bool is_vouched_for = true; // the link vouches for the source; if not, nothing may change an account
    access_level wants =
        access_level::view; // that the feed must allow the number for it; a login proves its own
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
