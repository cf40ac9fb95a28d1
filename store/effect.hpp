// What may be done to an account, as plain values. Who may ask, and what a menu calls it, is the gateway's
// knowledge.
#pragma once

#include "store/movement.hpp"
#include "store/past_effect.hpp"
#include "store/wares.hpp"
#include "values/instant.hpp"
#include "values/language.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"

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

/// What a thing looked like, for comparing it later without keeping it. A keyed hash (keys.hpp).
using fingerprint = std::array<std::uint8_t, 16>;

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
    std::vector<past_effect> operations{};
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

/// Somebody of the operator's is to call him back. One call is awaited at a time.
struct call_back {
    std::chrono::seconds within = std::chrono::hours{2}; // that it is promised for
    std::uint32_t per_day = 3;
};

using effect =
    std::variant<issue_password, choose_password, tell, set_language, log_in, send_code, close_portal,
                 set_switch, set_pin, log_in_by_pin, log_in_by_sim, top_up, take_promise, pay_in, transfer,
                 connect_service, disconnect_service, change_tariff, buy_package, stop_package, block_number,
                 unblock_number, call_back>;

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

[[nodiscard]] effect_kind kind_of(const effect&);

} // namespace kabinet::store
