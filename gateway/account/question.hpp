// A question that a person answers at once, in the page's language: the page's own proof of a human, without
// pictures, sound, script or anybody else's servers, so that a screen reader reads it as any other text.
//
// What it is worth: whoever writes a program for these very pages answers it in an afternoon. It stops what
// goes round the web and fills in every form, and it makes each SMS cost a page, seconds and an answer. What
// keeps SMS from a subscriber who didn't ask are the limits behind it: of his number, of a visitor, of a
// minute.
#pragma once

#include "gateway/account/pages.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kabinet::gateway::account {

struct question {
    std::string_view asks; // `question.plus` …
    std::array<std::uint8_t, 2> of{};
    std::uint8_t is = 0; // the answer, 0 to 20
};

/// From octets that nobody can guess.
[[nodiscard]] question draw_question(std::span<const std::uint8_t> random);

/// `Сколько будет семь плюс пять?`
[[nodiscard]] std::string say(const question&, const words&);

/// In digits, or in a word of that language, in capitals or not.
[[nodiscard]] bool is_answered(const question&, std::string_view typed, const words&);

} // namespace kabinet::gateway::account
