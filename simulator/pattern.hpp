// What a script expects a text to be: literal text, `*` for anything, `{name}` for what is to be remembered.
// Also hides what is secret in texts that are printed. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::simulator {

/// What the captures of a script hold so far, by name.
using captures = std::map<std::string, std::string, std::less<>>;

class pattern {
  public:
    pattern() = default;
    /// `*` alone between blanks, line ends or the text's ends matches anything, those blanks and more lines
    /// included; `{name}` one or more characters of one line; `{{` is a brace. Anything else is itself.
    explicit pattern(std::string_view source);

    /// Whether the whole text is as expected: a name in `known` stands for its value, a new one is added.
    /// When not, `known` is left as it was.
    [[nodiscard]] bool matches(std::string_view text, captures& known) const;

    [[nodiscard]] const std::string& source() const { return source_; }
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    enum class kind { literal, anything, capture };
    struct piece {
        pattern::kind is = kind::literal;
        std::string text; // of a literal, or a capture's name
    };
    using place = std::vector<piece>::const_iterator;

    void read_star();
    void add_literal(char);
    [[nodiscard]] bool matches_from(place, std::string_view rest, captures&) const;
    [[nodiscard]] bool matches_anything(place, std::string_view rest, captures&) const;
    [[nodiscard]] bool matches_capture(place, std::string_view rest, captures&) const;

    std::string source_;
    std::vector<piece> pieces_;
};

/// `text` with each `{name}` replaced by what it holds; `{{` is a brace, a name that holds nothing stays.
[[nodiscard]] std::string fill_in(std::string_view text, const captures&);

/// Whether what `{name}` holds must not be printed: the name says password, code, pin, ticket,
/// session or device.
[[nodiscard]] bool is_secret_name(std::string_view name);

/// A text that came, as it may be printed: `****` stands for every secret `known` holds, for what `expected`
/// takes for a secret, and, where the text is nothing like `expected`, for one word that may be a password or
/// a code, between `: ` and the end of a line. Sums, dates and sentences stay.
[[nodiscard]] std::string mask(std::string_view text, const pattern& expected, const captures& known);

/// The same without an expectation.
[[nodiscard]] std::string mask(std::string_view text, const captures& known);

} // namespace kabinet::simulator
