// What is true of a subscriber where a menu asks before it shows an item, and conditions over that: bits, so
// that a step costs nothing for them. Knows neither who finds a fact out nor what is shown where nobody does.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

/// Who knows a fact. All that one knows is found out together.
enum class fact_source : std::uint8_t {
    dialogue, // in which language it is; always known
    account,  // the store
    purse,    // billing
    holdings, // billing: what it has of what is sold
};
inline constexpr std::size_t fact_sources = 4;

class sources {
  public:
    constexpr sources() = default;
    constexpr sources(fact_source one)
        : bits_{static_cast<std::uint8_t>(1U << static_cast<unsigned>(one))} {}

    [[nodiscard]] static constexpr sources all() { return sources{(1U << fact_sources) - 1U}; }

    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr bool has(fact_source one) const { return !(*this & one).empty(); }
    [[nodiscard]] constexpr sources without(sources those) const {
        return sources{static_cast<unsigned>(bits_) & ~static_cast<unsigned>(those.bits_)};
    }
    friend constexpr sources operator|(sources one, sources other) {
        return sources{static_cast<unsigned>(one.bits_) | other.bits_};
    }
    friend constexpr sources operator&(sources one, sources other) {
        return sources{static_cast<unsigned>(one.bits_) & other.bits_};
    }
    friend constexpr bool operator==(sources, sources) = default;

  private:
    explicit constexpr sources(unsigned bits)
        : bits_{static_cast<std::uint8_t>(bits)} {}
    std::uint8_t bits_ = 0;
};

enum class fact_kind : std::uint8_t {
    language,  // `which`: of the pack's languages; screens are in it
    level,     // `which`: an access_level; the account allows as much at least
    two_step,  // a login wants a code after the password
    portal,    // there is a way in: the access is not closed
    promise,   // a promised payment is open
    points,    // bonus points are there
    debt,      // the balance is below nothing
    has,       // `which`: an offer_index; the account has that service, tariff or package
    connected, // it has what the item is about: `has`, once it is known what that is
};

/// One thing that holds or not; of a kind that names many, `which` of them.
struct fact {
    fact_kind kind = fact_kind::language;
    std::uint16_t which = 0;

    friend bool operator==(const fact&, const fact&) = default;
};

[[nodiscard]] fact_source source_of(fact_kind);

/// Of the facts that a pack names, in its own order.
class fact_set {
  public:
    static constexpr std::size_t most = 64;

    constexpr fact_set() = default;
    [[nodiscard]] static constexpr fact_set of(std::size_t at) { return fact_set{std::uint64_t{1} << at}; }

    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr bool has(std::size_t at) const { return !(*this & of(at)).empty(); }
    [[nodiscard]] constexpr fact_set without(fact_set those) const { return fact_set{bits_ & ~those.bits_}; }
    friend constexpr fact_set operator|(fact_set one, fact_set other) {
        return fact_set{one.bits_ | other.bits_};
    }
    friend constexpr fact_set operator&(fact_set one, fact_set other) {
        return fact_set{one.bits_ & other.bits_};
    }
    friend constexpr bool operator==(fact_set, fact_set) = default;

  private:
    explicit constexpr fact_set(std::uint64_t bits)
        : bits_{bits} {}
    std::uint64_t bits_ = 0;
};

/// When an item is there. One without facts always holds.
struct condition {
    fact_set holding;          // these must
    fact_set lacking;          // these must not
    sources needs;             // to be found out for it
    std::optional<bool> has{}; // whether the account must have what the menu was opened with; none: no matter

    [[nodiscard]] constexpr bool empty() const { return (holding | lacking).empty() && !has; }
    /// The same in a menu opened with an offer: `had` is the fact that the account has it. Empty where
    /// nobody can tell.
    [[nodiscard]] constexpr condition about(fact_set had) const {
        condition made = *this;
        made.has.reset();
        if (has) {
            fact_set& side = *has ? made.holding : made.lacking;
            side = side | had;
        }
        return made;
    }
    /// What isn't known keeps nothing away.
    [[nodiscard]] constexpr bool may_hold(fact_set facts, fact_set known) const {
        return (holding & known).without(facts).empty() && (lacking & known & facts).empty();
    }
};

/// What was found out.
struct knowledge {
    fact_set facts; // that hold
    sources known;  // who told
    sources asked;  // who was asked, whether or not they told
};

/// A fact as a pack writes it in a condition: `points`, `language en`.
struct fact_words {
    std::string word;
    std::string key; // of a kind that names many
    bool holds = true;

    friend bool operator==(const fact_words&, const fact_words&) = default;
};

/// `promise`, `not two_step and level own`: facts that all must hold, or with `not` must not. Nothing when it
/// is written otherwise.
[[nodiscard]] std::optional<std::vector<fact_words>> parse_condition(std::string_view);

/// What of a pack's a fact may name.
struct fact_keys {
    std::vector<std::string> languages; // as two letters each
    std::vector<std::string> offers;    // by offer_index; no name where it is lent and not had
};

/// Nothing where there is no such fact.
[[nodiscard]] std::optional<fact> find_fact(const fact_words&, const fact_keys&);

/// As it is written, without its key.
[[nodiscard]] std::string_view name_of(fact_kind);

[[nodiscard]] std::vector<std::string> fact_names();

/// The words there are, for who wrote another one: `language en, level own, …`.
[[nodiscard]] std::string list_fact_words();

} // namespace kabinet::menus
