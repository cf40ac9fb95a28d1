// Passwords as they are made, hashed, compared and sealed. Pure but for the randomness it is given or
// asks the system for; knows no account and no database.
#pragma once

#include "store/effect.hpp"
#include "store/keys.hpp"
#include "store/outcome.hpp"
#include "values/secret.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::store {

/// No look-alikes, no vowels, so no words.
inline constexpr std::string_view password_letters = "23456789bcdfghjkmnpqrstvwxz";
inline constexpr std::size_t generated_length = 8; // 38 bits

/// What one hash costs: octets of memory and passes over them (Argon2id, one lane).
struct hash_cost {
    std::size_t memory = 0;
    unsigned passes = 1;
};
inline constexpr hash_cost generated_cost{1U << 20U, 1};
inline constexpr hash_cost chosen_cost{19U << 20U, 2};
inline constexpr hash_cost code_word_cost{64U << 10U, 1}; // a feed brings millions

enum class secret_error {
    no_memory = 1, // the hash didn't get the memory it costs
    unknown_key,   // sealed with a key that the key file lacks
    broken_seal,   // tampered with, or moved from where it was sealed
    too_long,      // more than a secret holds
};
const boost::system::error_category& secret_category();
boost::system::error_code make_error_code(secret_error);

/// A number below `bound`, each as likely as any other.
using draw = std::function<std::uint32_t(std::uint32_t bound)>;
[[nodiscard]] std::uint32_t draw_from_system(std::uint32_t bound);

[[nodiscard]] secret generate_password(const draw& = draw_from_system);

/// Six digits, for one SMS. Ten minutes and five tries make up for their being few.
[[nodiscard]] secret generate_code(const draw& = draw_from_system);

/// Four digits, the first of them no 0, which the SIM sends back to agree to what it read: shorter than a
/// code, for nobody else can use it.
inline constexpr std::size_t reply_length = 4;
[[nodiscard]] secret generate_reply(const draw& = draw_from_system);

/// Generated passwords are compared ignoring case: phones capitalise. Chosen ones are exact.
[[nodiscard]] boost::system::result<password_hash> hash_generated(const secret&, hash_cost = generated_cost);
[[nodiscard]] boost::system::result<password_hash> hash_chosen(const secret&, hash_cost = chosen_cost);

/// The word given at registration, said or typed on any phone: case of Latin and Cyrillic letters and blanks
/// around it don't matter, nor do the dots of `ё`.
[[nodiscard]] boost::system::result<password_hash> hash_code_word(const secret&, hash_cost = code_word_cost);
[[nodiscard]] boost::system::result<bool> try_verify_code_word(const secret& typed, const password_hash&);
[[nodiscard]] bool verify_code_word(const secret& typed, const password_hash&);

/// The numbers are on disk.
enum class secret_kind : std::uint8_t { generated = 1, chosen = 2 };

/// In constant time for one cost. A truncated secret never passes. Fails with `no_memory` where the hash
/// didn't get what it costs: nobody knows then whether it was right.
[[nodiscard]] boost::system::result<bool> try_verify(const secret& typed, const password_hash&, secret_kind);
/// The same where too little memory may count as wrong.
[[nodiscard]] bool verify(const secret& typed, const password_hash&, secret_kind);

/// Where a password hash belongs: it opens nowhere else.
struct account_binding {
    std::int64_t account = 0;
    secret_kind kind = secret_kind::generated;
    std::int64_t version = 0;
};
/// Where the hash of a code word belongs.
struct code_word_binding {
    msisdn who;
};
/// Where the clear password of an SMS belongs.
struct outbox_binding {
    outbox_id row{};
    msisdn who;
    utc_time expires{};
};

/// The numbers are in tickets that are out.
enum class ticket_use : std::uint8_t {
    password = 1, // with a code, as the next two
    regime = 2,
    log_in = 4,
    session = 16, // of a login
    device = 17,  // with a PIN
};
[[nodiscard]] constexpr ticket_use use_of(code_purpose what_for) {
    return static_cast<ticket_use>(what_for);
}

/// What the portal gets of a number, for a while: it can't read it, and nobody else can make one.
struct ticket {
    ticket() = default;
    ticket(msisdn of, ticket_use what_for, utc_time until)
        : who{of}
        , use{what_for}
        , expires{until} {}

    msisdn who;
    ticket_use use = ticket_use::password;
    utc_time expires{};
    std::int64_t version = 0;                  // of the password a login rests on; of a device, its PIN's
    utc_time born{};                           // the account: another one of the number is somebody else's
    access_level reaches = access_level::view; // of a session
    bool knew_password = false;                // of a session: it wasn't a PIN or the SIM alone
};
/// Sealed, in letters, digits, `-` and `_`: as long for every number.
[[nodiscard]] std::string write_ticket(const keys&, const ticket&);
/// Whether it is too old is for the caller to see.
[[nodiscard]] boost::system::result<ticket> read_ticket(const keys&, std::string_view);

using sealed_secret = std::vector<std::uint8_t>;

/// XChaCha20-Poly1305 under the file's last key, whose id goes in front.
[[nodiscard]] sealed_secret seal(const keys&, const password_hash&, const account_binding&);
[[nodiscard]] sealed_secret seal(const keys&, const password_hash&, const code_word_binding&);
[[nodiscard]] sealed_secret seal(const keys&, const secret&, const outbox_binding&);

[[nodiscard]] boost::system::result<password_hash> open(const keys&, std::span<const std::uint8_t> sealed,
                                                        const account_binding&);
[[nodiscard]] boost::system::result<password_hash> open(const keys&, std::span<const std::uint8_t> sealed,
                                                        const code_word_binding&);
[[nodiscard]] boost::system::result<secret> open(const keys&, std::span<const std::uint8_t> sealed,
                                                 const outbox_binding&);

} // namespace kabinet::store

template <>
struct boost::system::is_error_code_enum<kabinet::store::secret_error> : std::true_type {};
