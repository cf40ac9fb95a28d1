#include "gateway/account/pages.hpp"

#include "gateway/account/browser.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace kabinet::gateway::account {

namespace {

constexpr std::string_view words_ending = ".txt";

std::string_view find_file(std::string_view name) {
    const auto found = std::ranges::find(page_files(), name, &page_file::name);
    if (found == page_files().end())
        throw std::logic_error{"no page is called " + std::string{name}};
    return found->text;
}

/// FNV-1a: it tells two versions of a file apart, no more is wanted of it.
std::uint64_t hash(std::string_view text) {
    std::uint64_t made = 0xcbf29ce484222325;
    for (const char each : text)
        made = (made ^ static_cast<unsigned char>(each)) * 0x100000001b3;
    return made;
}

asset make_asset(std::string_view file, std::string_view content_type) {
    const std::string_view text = find_file(file);
    const auto dot = file.rfind('.');
    return {fmt::format("/account/{}-{:016x}{}", file.substr(0, dot), hash(text), file.substr(dot)),
            content_type, text};
}

/// What a text or a template may name, the nearest first.
struct known {
    const page_values& values;
    const words* spoken;
    const menus::pack_words& pack;
    const page_rows* rows = nullptr;
    const page_values* row = nullptr;

    [[nodiscard]] std::string find(std::string_view name) const {
        if (const std::string* found = find_in_row(name))
            return *found;
        if (const auto found = values.find(name); found != values.end())
            return found->second;
        if (const std::string* found = spoken == nullptr ? nullptr : spoken->find(name))
            return pages::fill(*found, values, pack);
        const auto found = pack.find(name);
        return found == pack.end() ? std::string{} : found->second;
    }
    [[nodiscard]] bool has(std::string_view name) const {
        if (const std::string* found = find_in_row(name))
            return !found->empty();
        if (const auto found = values.find(name); found != values.end())
            return !found->second.empty();
        return pack.contains(name);
    }

  private:
    [[nodiscard]] const std::string* find_in_row(std::string_view name) const {
        if (row == nullptr)
            return nullptr;
        const auto found = row->find(name);
        return found == row->end() ? nullptr : &found->second;
    }
};

class renderer {
  public:
    renderer(std::string_view body, const known& from)
        : body_{body}
        , from_{from} {}

    /// Up to the template's end, or behind the `{end}` that closes what was opened before; returns the rest.
    std::string_view write(std::string_view rest, bool is_shown) {
        while (true) {
            const auto open = rest.find('{');
            if (is_shown)
                made_ += rest.substr(0, open);
            if (open == std::string_view::npos)
                return {};
            const auto close = rest.find('}', open);
            if (close == std::string_view::npos)
                throw std::logic_error{"a page has a brace that isn't closed"};
            const std::string_view tag = rest.substr(open + 1, close - open - 1);
            rest.remove_prefix(close + 1);
            if (tag == "end")
                return rest;
            rest = follow(tag, rest, is_shown);
        }
    }
    [[nodiscard]] std::string take() { return std::move(made_); }

  private:
    std::string_view follow(std::string_view tag, std::string_view rest, bool is_shown) {
        constexpr std::string_view when_not = "if not ", when = "if ", each = "each ", part = "part ";
        if (tag.starts_with(when_not))
            return write(rest, is_shown && !from_.has(tag.substr(when_not.size())));
        if (tag.starts_with(when))
            return write(rest, is_shown && from_.has(tag.substr(when.size())));
        if (tag.starts_with(each))
            return write_each(tag.substr(each.size()), rest, is_shown);
        if (!is_shown)
            return rest;
        if (tag.starts_with(part))
            write_part(tag.substr(part.size()));
        else
            made_ += escape(from_.find(tag));
        return rest;
    }
    std::string_view write_each(std::string_view name, std::string_view rest, bool is_shown) {
        const auto found = from_.rows->find(name);
        if (is_shown && found != from_.rows->end())
            for (const page_values& row : found->second) {
                known in_row = from_;
                in_row.row = &row;
                renderer writing{body_, in_row};
                writing.write(rest, true);
                made_ += writing.take();
            }
        return write(rest, false);
    }
    void write_part(std::string_view name) {
        write(find_file(std::string{name == "body" ? body_ : name} + ".html"), true);
    }

    std::string_view body_;
    const known& from_;
    std::string made_;
};

} // namespace

words::words(language code, std::string_view lines)
    : code_{code} {
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        const std::string_view line = trim(lines.substr(0, end));
        lines.remove_prefix(end == std::string_view::npos ? lines.size() : end + 1);
        if (line.empty() || line.starts_with('#'))
            continue;
        const auto sign = line.find('=');
        if (sign == std::string_view::npos ||
            !all_.emplace(trim(line.substr(0, sign)), trim(line.substr(sign + 1))).second)
            throw std::logic_error{"words of a page: " + std::string{line}};
    }
}

const std::string* words::find(std::string_view name) const {
    const auto found = all_.find(name);
    return found == all_.end() ? nullptr : &found->second;
}

std::string_view words::say(std::string_view name) const {
    const std::string* found = find(name);
    return found == nullptr ? std::string_view{} : *found;
}

std::string_view words::say(std::string_view name, std::size_t which) const {
    std::string_view forms = say(name);
    for (auto bar = forms.find('|'); bar != std::string_view::npos && which > 0; bar = forms.find('|')) {
        forms.remove_prefix(bar + 1);
        --which;
    }
    return forms.substr(0, forms.find('|'));
}

pages::pages() {
    for (const page_file& each : page_files())
        if (each.name.ends_with(words_ending))
            if (const auto code = language::from(each.name.substr(0, each.name.size() - words_ending.size())))
                languages_.emplace_back(*code, each.text);
    assets_.emplace("style", make_asset("style.css", "text/css; charset=utf-8"));
    assets_.emplace("script", make_asset("script.js", "text/javascript; charset=utf-8"));
    assets_.emplace("icon", make_asset("mark.svg", "image/svg+xml"));
}

const words* pages::speak(language reads) const {
    const auto found = std::ranges::find(languages_, reads, &words::code);
    return found == languages_.end() ? nullptr : &*found;
}

std::string pages::render(std::string_view body, const words& in, const page_values& values,
                          const menus::pack_words& pack, const page_rows& rows) const {
    const known from{values, &in, pack, &rows};
    renderer writing{body, from};
    writing.write(find_file("page.html"), true);
    return writing.take();
}

std::string pages::fill(std::string_view text, const page_values& values, const menus::pack_words& pack) {
    const known from{values, nullptr, pack};
    std::string made;
    while (!text.empty()) {
        const auto open = text.find('{');
        made += text.substr(0, open);
        const auto close = open == std::string_view::npos ? open : text.find('}', open);
        if (close == std::string_view::npos)
            break;
        made += from.find(text.substr(open + 1, close - open - 1));
        text.remove_prefix(close + 1);
    }
    return made;
}

std::string escape(std::string_view text) {
    std::string made;
    made.reserve(text.size());
    for (const char each : text) {
        switch (each) {
        case '&':
            made += "&amp;";
            break;
        case '<':
            made += "&lt;";
            break;
        case '>':
            made += "&gt;";
            break;
        case '"':
            made += "&quot;";
            break;
        case '\'':
            made += "&#39;";
            break;
        default:
            made += each;
        }
    }
    return made;
}

} // namespace kabinet::gateway::account
