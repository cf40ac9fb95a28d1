// What can come of each action, and what the texts that tell it may say. Packs are held against this
// table; what an outcome means for an account is the store's knowledge.
#pragma once

#include "menus/action.hpp"
#include "menus/phrase.hpp"

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

namespace kabinet::menus {

/// By which way a text goes. Its word is the last part of a text's name.
enum class channel : std::uint8_t { screen, sms };

[[nodiscard]] std::string_view name_of(channel);

/// A set of placeholders.
class placeholders {
  public:
    constexpr placeholders() = default;
    constexpr placeholders(std::initializer_list<placeholder> those) {
        for (placeholder one : those)
            bits_ |= bit(one);
    }
    [[nodiscard]] constexpr bool has(placeholder one) const { return (bits_ & bit(one)) != 0; }
    [[nodiscard]] constexpr placeholders without(placeholders those) const {
        placeholders rest;
        rest.bits_ = bits_ & ~those.bits_;
        return rest;
    }

  private:
    static constexpr std::uint64_t bit(placeholder one) { return 1ULL << static_cast<unsigned>(one); }
    std::uint64_t bits_ = 0;
};

/// No outcome's SMS may take more.
inline constexpr std::uint8_t most_sms_parts = 3;

struct outcome_row {
    action_kind of;
    std::string_view outcome;
    placeholders may_say;
    bool issues_secret = false;    // its texts carry the password
    bool answered_by_sms = false;  // the answer itself is an SMS, the screen only announces it
    bool refuses_entry = false;    // a prompt says it and asks again
    std::uint8_t sms_parts = 1;    // the most its SMS may take
    placeholders screen_only = {}; // of `may_say`: an SMS is written later, without them
    placeholders sms_only = {};    // and these only there
    bool of_idle = false;          // comes only where a pack switches idle accounts off
    bool of_reply = false;         // comes only by SMS, where a keyword does what a reply agrees to
};

[[nodiscard]] std::span<const outcome_row> all_outcomes();

/// Nothing for an outcome the action can't have.
[[nodiscard]] const outcome_row* find_outcome(action_kind, std::string_view outcome);

/// A text said by the gateway itself rather than for an action.
struct house_text {
    std::string_view name;
    bool on_screen = true;
    bool by_sms = true;
    placeholders may_say;
    bool issues_secret = false;   // its {password} is a one-time code
    bool keeps_zero_line = false; // it may stand where the dialogue goes on
};
[[nodiscard]] std::span<const house_text> house_texts();

/// Of a code that agrees to nothing: where a pack's SMS ask for replies.
inline constexpr std::string_view no_such_reply = "gateway.no_such_reply";

/// The house's own text for an outcome that has the same words whatever was asked; empty for any other.
[[nodiscard]] std::string_view house_text_of(std::string_view outcome);

/// What subscribers are told of what they have, where the pack sells anything of that kind.
struct ware_text {
    offer_kind of;
    std::string_view name;
    placeholders may_say;
};
[[nodiscard]] std::span<const ware_text> ware_texts();

/// `<action>.<outcome>`, or `any.<outcome>` where every action says the same.
[[nodiscard]] text_name name_result(std::string_view asked, std::string_view outcome);

/// That and `.<channel>`.
[[nodiscard]] text_name name_text(std::string_view asked, std::string_view outcome, channel);

/// `<name>.<channel>`: for a `tell` and for house texts.
[[nodiscard]] text_name name_text(std::string_view name, channel);

} // namespace kabinet::menus
