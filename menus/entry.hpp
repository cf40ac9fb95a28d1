// What an entry at a prompt must be, before anything is done with it. Pure.
#pragma once

#include "menus/definition.hpp"
#include "menus/dialogue.hpp"
#include "menus/password_rules.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

/// The word of a rule in packs: `password`, `voucher`, `number`, `amount`, `word`.
[[nodiscard]] std::optional<entry_rule> find_rule(std::string_view word);
[[nodiscard]] std::vector<std::string> rule_words();

/// The first rule that the entry breaks; `none` when it may go on.
[[nodiscard]] refusal examine_entry(const definition&, entry_rule, const secret& typed, msisdn own);

/// What is kept of the entry for the screens after it: a subscriber's number other than his own, an amount
/// within the pack's bounds. False where it is none, and `into` is as it was.
[[nodiscard]] bool keep_entry(const definition&, entry_rule, std::string_view typed, msisdn own, place& into);

/// Of as many digits as the pack says, blanks and dashes between them.
[[nodiscard]] refusal examine_voucher(const secret& typed, const voucher_policy&);

/// The digits alone: people type them in groups, as they are printed.
[[nodiscard]] secret digits_of_voucher(std::string_view typed);

} // namespace kabinet::menus
