// Where a subscriber stands in a pack: a plain value to keep between two steps. Belongs to one version of
// one pack; which one, and whose it is, is kept by whoever keeps it.
#pragma once

#include "menus/facts.hpp"
#include "menus/password_rules.hpp"
#include "values/language.hpp"

#include <array>
#include <cstdint>
#include <type_traits>

namespace kabinet::menus {

/// Keyed hash of the first of two entries: what is kept of a new password between them.
using fingerprint = std::array<std::uint8_t, 16>;

enum class stage : std::uint8_t {
    asked, // the screen, or a prompt's question
    again, // a prompt's second question
    told,  // the outcome of an action done from this screen
    back,  // whether to go on here, where the dialogue before broke, or from the start
};

struct place {
    std::uint16_t code = 0; // of definition::codes
    language reads;
    std::uint8_t depth = 0; // of `keys`, pressed since the code
    std::uint8_t page = 0;
    std::uint8_t wrong = 0; // entries refused one after another
    stage standing = stage::asked;
    refusal refused = refusal::none; // the last entry
    sources known;                   // who told what of `facts` holds
    sources asked;                   // who was asked for it
    std::array<std::uint8_t, 8> keys{};
    fingerprint first_entry{};
    std::uint64_t number = 0; // an MSISDN that was typed on the way; 0: none
    std::int64_t amount = 0;  // and an amount, in minor units
    fact_set facts;           // of the pack's: what of the subscriber holds

    friend bool operator==(const place&, const place&) = default;
};

static_assert(std::is_trivially_copyable_v<place> && sizeof(place) <= 64);

} // namespace kabinet::menus
