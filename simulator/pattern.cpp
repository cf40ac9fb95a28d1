#include "simulator/pattern.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace kabinet::simulator {

namespace {

constexpr std::string_view hidden = "****";
constexpr std::size_t shortest_secret = 4;

bool is_name(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') || each == '_';
    });
}

/// The name in `{name}` at the start of `text`; empty when there is none.
std::string_view name_at(std::string_view text) {
    if (!text.starts_with('{'))
        return {};
    const std::string_view name = text.substr(1, text.find('}') - 1);
    return name.size() + 2 <= text.size() && is_name(name) ? name : std::string_view{};
}

bool is_blank(char character) {
    return character == ' ';
}

void replace_all(std::string& text, std::string_view what) {
    if (what.empty())
        return;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + hidden.size()))
        text.replace(at, what.size(), hidden);
}

void mask_known(std::string& text, const captures& known) {
    for (const auto& [name, value] : known)
        if (is_secret_name(name))
            replace_all(text, value);
}

/// As passwords and codes are made: Latin letters and digits alone, a word of four at least. A sum without
/// its currency looks like a code, and is hidden with it.
bool may_be_secret(std::string_view word) {
    while (!word.empty() && std::string_view{".,;!\r "}.find(word.back()) != std::string_view::npos)
        word.remove_suffix(1);
    return word.size() >= shortest_secret && std::ranges::all_of(word, [](char each) {
               return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
                      (each >= '0' && each <= '9');
           });
}

/// Passwords stand after a colon and a space at the end of their line (self-care 6).
void mask_line_ends(std::string& text) {
    constexpr std::string_view mark = ": ";
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        at += mark.size();
        const std::size_t size = std::min({text.find('\n', at), text.find(mark, at), text.size()}) - at;
        if (may_be_secret(std::string_view{text}.substr(at, size)))
            text.replace(at, size, hidden);
    }
}

} // namespace

pattern::pattern(std::string_view source)
    : source_{source} {
    for (std::size_t at = 0; at < source.size(); ++at) {
        const std::string_view rest = source.substr(at);
        const bool begins_word = at == 0 || source[at - 1] == '\n' || is_blank(source[at - 1]);
        const bool ends_word = rest.size() == 1 || rest[1] == '\n' || is_blank(rest[1]);
        const std::string_view name = name_at(rest);
        if (rest[0] == '*' && begins_word && ends_word) {
            read_star();
            at += rest.size() > 1 && is_blank(rest[1]) ? 1 : 0;
        } else if (rest.starts_with("{{")) {
            add_literal('{');
            ++at;
        } else if (!name.empty()) {
            pieces_.push_back({kind::capture, std::string{name}});
            at += name.size() + 1;
        } else {
            add_literal(rest[0]);
        }
    }
}

/// The blanks around a star are its own.
void pattern::read_star() {
    if (!pieces_.empty() && pieces_.back().is == kind::literal && is_blank(pieces_.back().text.back()))
        pieces_.back().text.pop_back();
    if (!pieces_.empty() && pieces_.back().is == kind::literal && pieces_.back().text.empty())
        pieces_.pop_back();
    pieces_.push_back({kind::anything, {}});
}

void pattern::add_literal(char character) {
    if (pieces_.empty() || pieces_.back().is != kind::literal)
        pieces_.push_back({kind::literal, {}});
    pieces_.back().text += character;
}

std::vector<std::string> pattern::names() const {
    std::vector<std::string> names;
    for (const piece& each : pieces_)
        if (each.is == kind::capture)
            names.push_back(each.text);
    return names;
}

bool pattern::matches(std::string_view text, captures& known) const {
    captures tried = known;
    if (!matches_from(pieces_.begin(), text, tried))
        return false;
    known = std::move(tried);
    return true;
}

bool pattern::matches_from(place at, std::string_view rest, captures& known) const {
    if (at == pieces_.end())
        return rest.empty();
    switch (at->is) {
    case kind::literal:
        return rest.starts_with(at->text) && matches_from(at + 1, rest.substr(at->text.size()), known);
    case kind::anything:
        return matches_anything(at, rest, known);
    case kind::capture:
        return matches_capture(at, rest, known);
    }
    return false;
}

bool pattern::matches_anything(place at, std::string_view rest, captures& known) const {
    for (std::size_t size = 0; size <= rest.size(); ++size)
        if (matches_from(at + 1, rest.substr(size), known))
            return true;
    return false;
}

bool pattern::matches_capture(place at, std::string_view rest, captures& known) const {
    if (const auto held = known.find(at->text); held != known.end())
        return rest.starts_with(held->second) &&
               matches_from(at + 1, rest.substr(held->second.size()), known);
    const std::size_t longest = std::min(rest.find('\n'), rest.size());
    for (std::size_t size = 1; size <= longest; ++size) {
        const auto held = known.insert_or_assign(at->text, std::string{rest.substr(0, size)}).first;
        if (matches_from(at + 1, rest.substr(size), known))
            return true;
        known.erase(held);
    }
    return false;
}

std::string fill_in(std::string_view text, const captures& known) {
    std::string filled;
    while (!text.empty()) {
        const std::string_view name = name_at(text);
        const auto held = name.empty() ? known.end() : known.find(name);
        if (held != known.end()) {
            filled += held->second;
            text.remove_prefix(name.size() + 2);
            continue;
        }
        filled += text.front();
        text.remove_prefix(text.starts_with("{{") ? 2 : 1);
    }
    return filled;
}

bool is_secret_name(std::string_view name) {
    constexpr std::array<std::string_view, 6> words{"password", "code", "pin", "ticket", "session", "device"};
    return std::ranges::any_of(
        words, [name](std::string_view word) { return name.find(word) != std::string_view::npos; });
}

std::string mask(std::string_view text, const pattern& expected, const captures& known) {
    std::string masked{text};
    mask_known(masked, known);
    captures taken;
    if (expected.matches(text, taken))
        mask_known(masked, taken);
    else
        mask_line_ends(masked);
    return masked;
}

std::string mask(std::string_view text, const captures& known) {
    std::string masked{text};
    mask_known(masked, known);
    mask_line_ends(masked);
    return masked;
}

} // namespace kabinet::simulator
