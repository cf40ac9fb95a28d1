// Which texts a pack must have, from what its menus, codes and commands can come to. Knows no language.
#pragma once

#include "menus/draft.hpp"
#include "menus/outcomes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kabinet::menus {

/// What a text must fit into.
enum class fit : std::uint8_t {
    part,   // of a screen that is laid out from parts
    screen, // one screen
    sms,    // one SMS, or as many parts as the outcome may take
};

struct wanted_text {
    std::string name;                    // under which it is served
    std::vector<std::string> written_as; // the first of these that a language has is it
    fit fits = fit::part;
    placeholders may_say;
    mark asked_by;
    std::uint8_t sms_parts = 1;
    bool is_optional = false;
    bool keeps_zero_line = false; // a line for `0` stands under it
    bool issues_secret = false;   // tells of a new password
};

/// Each name once.
[[nodiscard]] std::vector<wanted_text> wanted_texts(const draft&);

/// The text that `language` has for it; nothing when it is missing.
[[nodiscard]] const draft_text* find_written(const draft_language&, const wanted_text&);

/// Calls `visit(const draft_target&, bool from_sms)` for everything in the pack that leads somewhere.
template <class Visitor>
void visit_targets(const draft& pack, Visitor&& visit) {
    for (const draft_entry& code : pack.codes)
        visit(code.leads, false);
    visit(pack.unknown_code, false);
    for (const draft_screen& screen : pack.screens) {
        for (const draft_item& item : screen.items)
            visit(item.leads, false);
        if (screen.kind == screen_kind::prompt)
            visit(screen.enters, false);
    }
    for (const draft_short_number& number : pack.short_numbers) {
        for (const draft_entry& one : number.keywords)
            visit(one.leads, true);
        if (number.empty)
            visit(*number.empty, true);
    }
}

/// `menu.account`, `confirmation.order`, `prompt.own_password`: the first parts of a screen's texts.
[[nodiscard]] std::string text_prefix(const draft_screen&);
[[nodiscard]] std::string_view name_of(screen_kind);

/// Operations an archive can show, and the ways they came by: the last parts of `archive.…` and
/// `archive.by.…`. What has no word of its own is shown as `archive.other`.
[[nodiscard]] std::span<const std::string_view> archive_words();
[[nodiscard]] std::span<const std::string_view> archive_ways();

} // namespace kabinet::menus
