// Why the operator bars a number, and what its subscriber may do all the same. Pure: one table, no account.
#pragma once

#include "store/effect.hpp"
#include "store/outcome.hpp"

#include <cstdint>
#include <string_view>

namespace kabinet::store {

/// As the operator's feed has it; left: ported out, or no longer in a full file. The numbers are on disk.
enum class account_status : std::uint8_t { active = 1, barred = 2, left = 3 };

/// Why a number is barred. The numbers are on disk.
enum class bar_reason : std::uint8_t {
    unsaid = 0, // or a word that isn't known here
    debt = 1,
    own_request = 2, // or a long suspension
    inactivity = 3,
    fraud = 4,
    lost = 5,     // the phone, or its SIM
    ended = 6,    // the contract
    by_owner = 7, // its subscriber had it blocked: lost, or stolen. No word of the feed's
};

/// How a number stands with the operator.
struct number_state {
    account_status is = account_status::active;
    bar_reason why = bar_reason::unsaid; // of one that is barred

    friend bool operator==(const number_state&, const number_state&) = default;
};

/// What a bar closes, or leaves open. Help is nobody's to close.
enum class matter : std::uint8_t {
    ways_in, // to the portal: passwords, PIN, codes
    login,   // itself
    purse,   // what the account has, and what its subscriber adds to it
    payment, // what others add
    other,
};
[[nodiscard]] matter matter_of(effect_kind);

/// The feed's word, such as `debt`.
[[nodiscard]] bar_reason find_bar(std::string_view word);

/// Of a number that left the operator nothing is.
[[nodiscard]] bool is_open(number_state, matter);

/// The same of a number that its subscriber had blocked besides. What lets nobody in stays as it is.
[[nodiscard]] number_state stopped(number_state);

/// How whoever asks for what isn't open is told why.
[[nodiscard]] verdict refusal_of(number_state);

} // namespace kabinet::store
