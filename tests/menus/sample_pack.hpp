// A small pack to test menus with: each kind of screen, a gap in the keys, a menu of two Russian pages.
#pragma once

#include "menus/draft.hpp"
#include "menus/machine.hpp"
#include "menus/outcomes.hpp"
#include "menus/page.hpp"
#include "menus/validation.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace kabinet::menus {

inline const language russian = *language::from("ru");
inline const language english = *language::from("en");
inline constexpr msisdn subscriber = msisdn::from_digits(79261112233);

draft_target leads_to(std::string opens, std::uint32_t line = 1, std::string offer = {});
draft_target acts(std::string does, std::string language = {}, bool stays = false);
draft_target says(std::string text);
draft_screen menu_of(std::string name, std::vector<draft_item> items, screen_kind kind = screen_kind::menu);

draft sample_draft();
const definition& sample_pack();

/// Changes or adds a text in one language of a draft.
void put_text(draft& pack, std::size_t language_at, std::string name, std::string words);

/// Sums octets: good enough to tell two entries apart in a test.
class summing_fingerprinter final : public fingerprinter {
  public:
    [[nodiscard]] fingerprint take(const secret& entry) const override;
};

step type(const place& at, std::string_view typed, const definition& pack = sample_pack());

/// What the subscriber reads after a step; `perform <action>` where an action is asked for.
std::string seen(const step& taken, const definition& pack = sample_pack());

} // namespace kabinet::menus
