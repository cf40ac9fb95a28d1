// The menu as a pure function: where one stands and what one typed, to what happens next. Shows nothing
// and does nothing itself.
#pragma once

#include "menus/action.hpp"
#include "menus/definition.hpp"
#include "menus/dialogue.hpp"
#include "menus/standing.hpp"

#include <optional>
#include <string_view>
#include <variant>

namespace kabinet::menus {

/// `render(definition, at)` is the next screen; the dialogue waits for an entry.
struct show {
    place at;
};

/// The outcome's text follows. With `back` the dialogue goes on: `render_outcome` shows it with a line
/// for `0`, and the next entry is entered at `back`.
struct perform {
    action asked;
    place from; // where it was asked; after a dialled code only the code and the language
    std::optional<place> back;
};

/// The dialogue is over; `render(definition, end)` is its last screen.
struct end {
    text_name text;
    place from;
};

/// An item that was dialled may not be there: `dial` wants to know first what these know.
struct inquire {
    sources of;
    knowledge so_far; // what `dial` was given
};

using step = std::variant<show, perform, end, inquire>;

/// Makes the keyed hash that is kept between the two entries of a new password.
class fingerprinter {
  public:
    [[nodiscard]] virtual fingerprint take(const secret&) const = 0;

  protected:
    ~fingerprinter() = default;
};

/// A dialled string begins a dialogue: `*105#`, `*105*1*2#`, also without `#`, without `*`, with blanks or
/// full-width digits for them. The longest service code that fits leads; what follows it are keys, taken
/// as far as a prompt or confirmation. A wrong key shows the menu it was meant for; an item that isn't there
/// for this subscriber is told so.
[[nodiscard]] step dial(const definition&, std::string_view dialled, language reads, const knowledge& = {});

/// What the subscriber `own` typed at the screen of `at`. Menus know their keys, `0` back, `00` home and
/// `9` more; prompts only a lone `0`.
[[nodiscard]] step enter(const definition&, const place& at, std::string_view typed, msisdn own,
                         const fingerprinter&);

/// Where a dialogue that broke at `left` goes on when its code is dialled anew, by the policy of the menu it
/// stood at or below: at that screen, at the question whether to, or nowhere. Never at a confirmation or at a
/// prompt for a secret, but before it; what was typed there is forgotten.
[[nodiscard]] std::optional<place> find_resumption(const definition&, const place& left);

} // namespace kabinet::menus
