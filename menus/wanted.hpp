// Which texts a pack must have, from what its menus, codes and commands can come to. Knows no language.
#pragma once

#include "menus/draft.hpp"
#include "menus/outcomes.hpp"

#include <array>
#include <cstdint>
#include <span>
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
/// Whether the head of that menu says what the account has, in any language.
[[nodiscard]] bool says_purse(const draft&, const draft_screen&);

/// Whether that menu says that the account has what it is about, in any language.
[[nodiscard]] bool says_holding(const draft&, const draft_screen&);

/// The lines of a list of what the account has, as texts `holding.<word>`.
inline constexpr std::array<std::string_view, 3> lines_of_services{"paid", "free", "paused"};
inline constexpr std::array<std::string_view, 4> lines_of_packages{"paused", "minutes", "sms", "megabytes"};

/// What movements of money are called, as texts `movement.<word>`.
[[nodiscard]] std::span<const std::string_view> movement_words();

[[nodiscard]] std::vector<wanted_text> wanted_texts(const draft&);

/// The text that `language` has for it; nothing when it is missing.
[[nodiscard]] const draft_text* find_written(const draft_language&, const wanted_text&);

/// `menu.account`, `confirmation.order`, `prompt.own_password`: the first parts of a screen's texts.
[[nodiscard]] std::string text_prefix(const draft_screen&);
[[nodiscard]] std::string_view name_of(screen_kind);

/// Operations an archive can show, and the ways they came by: the last parts of `archive.…` and
/// `archive.by.…`. What has no word of its own is shown as `archive.other`.
[[nodiscard]] std::span<const std::string_view> archive_words();
[[nodiscard]] std::span<const std::string_view> archive_ways();

} // namespace kabinet::menus
