// The pages and their words, compiled in from pages/: templates filled with values, everything escaped. Knows
// no session and no request.
//
// In a template {name} is a value of the page's, else a word of its language, else a word of the pack's.
// {part X} is another file, {if X} … {end} and {if not X} … {end} ask whether there is such a value, {each X}
// … {end} comes once for each row of X, whose values are nearer than the page's. Nothing is ever put in
// unescaped.
#pragma once

#include "menus/phrase.hpp"
#include "values/language.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace kabinet::gateway::account {

struct page_file {
    std::string_view name; // `login.html`
    std::string_view text;
};
[[nodiscard]] std::span<const page_file> page_files();

using page_values = std::map<std::string, std::string, std::less<>>;
using page_rows = std::map<std::string, std::vector<page_values>, std::less<>>;

/// What the pages say in one language.
class words {
  public:
    /// Lines `name = text`, blank ones and `#` comments between.
    words(language, std::string_view lines);

    [[nodiscard]] language code() const { return code_; }
    /// Null where there is none of that name.
    [[nodiscard]] const std::string* find(std::string_view name) const;
    /// Empty where there is none.
    [[nodiscard]] std::string_view say(std::string_view name) const;
    /// Of a text in several forms, parted by `|`: the one at `which`, or the last one.
    [[nodiscard]] std::string_view say(std::string_view name, std::size_t which) const;
    [[nodiscard]] const std::map<std::string, std::string, std::less<>>& all() const { return all_; }

  private:
    language code_;
    std::map<std::string, std::string, std::less<>> all_;
};

/// A file that a page refers to; its name changes with its content, so that it may be kept for ever.
struct asset {
    std::string path;
    std::string_view content_type;
    std::string_view text;
};

class pages {
  public:
    pages();

    [[nodiscard]] std::span<const words> languages() const { return languages_; }
    /// Null where the pages don't speak it.
    [[nodiscard]] const words* speak(language) const;

    /// `style`, `script` and `icon`, as templates name them.
    [[nodiscard]] const std::map<std::string, asset, std::less<>>& assets() const { return assets_; }

    /// The whole page around `body`, the name of a file without its `.html`.
    [[nodiscard]] std::string render(std::string_view body, const words&, const page_values&,
                                     const menus::pack_words&, const page_rows& = {}) const;
    /// A text with its {values} put in, not escaped.
    [[nodiscard]] static std::string fill(std::string_view text, const page_values&,
                                          const menus::pack_words&);

  private:
    std::vector<words> languages_;
    std::map<std::string, asset, std::less<>> assets_;
};

/// As HTML has it, between tags and between quotes.
[[nodiscard]] std::string escape(std::string_view);

} // namespace kabinet::gateway::account
