// A pack's menus walked in a terminal: codes and entries go in as lines, screens come out as lines. Has no
// link and no store, so nothing is done; what would be done is said, and who walks chooses what came of it.
#pragma once

#include "gateway/awaited_replies.hpp"
#include "gateway/walk_examples.hpp"
#include "menus/definition.hpp"
#include "menus/machine.hpp"
#include "menus/outcomes.hpp"
#include "values/instant.hpp"
#include "values/msisdn.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace kabinet::gateway {

class walk {
  public:
    using lines = std::vector<std::string>;

    /// Times of the examples are reckoned from `now`.
    walk(menus::definition, msisdn who, language reads, utc_time now);

    /// What to say before the first code.
    [[nodiscard]] lines begin() const;

    /// A line as it was typed: a code, an entry, the number of an outcome or `0` back from it, or instead of
    /// a code `sms NUMBER WORDS` or `facts …`, what menus that hide items are to take for true. It is never
    /// among the answers.
    [[nodiscard]] lines take(std::string_view typed);

    /// What stands before the cursor: `dial`, `entry`, `outcome`.
    [[nodiscard]] std::string_view asks_for() const;

    /// Whether the next line is an entry that nobody should read over a shoulder.
    [[nodiscard]] bool awaits_secret() const;

  private:
    struct undialled {
        std::optional<menus::place> before; // where something was asked that ended the dialogue
    };
    struct outcome_awaited {
        menus::perform asked;
        bool by_sms = false;
        std::vector<const menus::outcome_row*> may_come;
    };

    [[nodiscard]] lines follow(menus::step);
    [[nodiscard]] lines show(const menus::place&);
    [[nodiscard]] lines end(const menus::end&);
    [[nodiscard]] lines send(std::string_view number_and_words);
    [[nodiscard]] lines ask_first(const menus::action&);
    [[nodiscard]] lines perform(menus::perform, bool by_sms = false);
    [[nodiscard]] lines choose(std::string_view typed);
    [[nodiscard]] lines assume(std::string_view typed);
    [[nodiscard]] menus::fact_set bits_of(const menus::fact&) const;
    [[nodiscard]] lines tell(const outcome_awaited&, const menus::outcome_row&);
    [[nodiscard]] lines tell_on_screen(const menus::perform&, const menus::outcome_row&,
                                       const menus::fields& known);
    [[nodiscard]] lines frame_sms(std::string_view text, const menus::fields& known,
                                  std::uint8_t parts) const;
    [[nodiscard]] lines go_back();

    menus::definition pack_;
    msisdn who_;
    language reads_;
    walk_examples examples_;
    menus::knowledge assumed_;         // of who walks; at first nothing is known
    std::optional<proposal> asked_;    // by SMS, under the code of the examples
    std::optional<menus::place> seen_; // the last screen since a code was dialled
    std::variant<undialled, menus::place, outcome_awaited> stands_;
};

} // namespace kabinet::gateway
