// A pack as whoever edits it looks at it: where each code, key and keyword leads, and how full each text is
// with every placeholder at its longest. A plain value; how it is drawn is known elsewhere.
#pragma once

#include "menus/draft.hpp"
#include "menus/fit.hpp"

#include <optional>
#include <string>
#include <vector>

namespace kabinet::menus {

/// How full a text is in one language: a length a page.
struct fullness {
    std::string language;
    std::vector<length> pages;
};

/// Where a code, a key or a keyword leads.
struct outline_target {
    std::optional<screen_index> opens; // of outline::screens
    std::string does;            // else, as the pack has it: `does issue_password`, `tells unknown_code`
    std::vector<fullness> takes; // then: of the text, or of the action's fullest outcome
};

struct outline_key {
    std::string typed; // a code, a key, a keyword
    std::string label; // what a menu says beside the key, in the pack's first language
    outline_target leads;
    std::string when{}; // of an item that may be away: on what it is there
};

struct outline_text {
    std::string part;  // of the screen: head, ask, wrong, again, mismatch
    std::string words; // in the pack's first language, with `{login}` and the like as they are
    std::vector<fullness> takes;
};

struct outline_screen {
    screen_kind kind = screen_kind::menu;
    std::string name;
    std::vector<outline_text> texts;      // of a menu its head alone, which takes what the pages take
    std::vector<outline_key> keys;        // in their order; of a menu or confirmation
    std::optional<outline_target> enters; // of a prompt
    std::uint32_t retries = 0;
    resume_policy resume = resume_policy::start;
};

struct outline_number {
    std::vector<std::string> numbers;
    std::optional<outline_target> empty;
    std::vector<outline_key> keywords;
    outline_target help;
};

struct outline {
    std::string pack;
    std::vector<std::string> languages;
    screen_size screen;
    std::vector<outline_key> codes; // in the order of the file
    outline_target unknown_code;
    std::vector<outline_screen> screens;
    std::vector<outline_number> short_numbers;
};

/// The draft must have passed `validate`.
[[nodiscard]] outline outline_of(const draft&);

} // namespace kabinet::menus
