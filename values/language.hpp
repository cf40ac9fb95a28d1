// A subscriber's language: the two letters of its text file in a pack (ISO 639-1), nothing more.
#pragma once

#include <array>
#include <compare>
#include <optional>
#include <string_view>

namespace kabinet {

class language {
  public:
    /// Two letters a-z, as in a pack's texts/ru.toml; anything else is no language.
    [[nodiscard]] static constexpr std::optional<language> from(std::string_view code) {
        if (code.size() != 2)
            return std::nullopt;
        for (char letter : code)
            if (letter < 'a' || letter > 'z')
                return std::nullopt;
        language made;
        made.code_ = {code[0], code[1]};
        return made;
    }

    [[nodiscard]] constexpr std::string_view code() const { return {code_.data(), code_.size()}; }

    friend constexpr auto operator<=>(const language&, const language&) = default;

    /// Russian: what every shipped pack has.
    constexpr language() = default;

  private:
    std::array<char, 2> code_{'r', 'u'};
};

} // namespace kabinet
