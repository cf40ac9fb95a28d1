#include "config/toml.hpp"

#include "values/text.hpp"

#include <toml.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <sstream>

namespace kabinet::config {
namespace {

toml_value convert(const toml::value& value, const std::string& file);

toml_table convert_table(const toml::table& table, const std::string& file) {
    toml_table made;
    for (const auto& [key, value] : table)
        made.push_back({key, convert(value, file)});
    std::ranges::sort(made, {}, [](const toml_entry& one) {
        return std::pair{one.value.where.line, one.key};
    });
    return made;
}

toml_value convert(const toml::value& value, const std::string& file) {
    toml_value made{{}, {file, value.location().line()}};
    switch (value.type()) {
    case toml::value_t::boolean:
        made.is = value.as_boolean();
        break;
    case toml::value_t::integer:
        made.is = std::int64_t{value.as_integer()};
        break;
    case toml::value_t::floating:
        made.is = value.as_floating();
        break;
    case toml::value_t::string:
        made.is = value.as_string().str;
        break;
    case toml::value_t::table:
        made.is = convert_table(value.as_table(), file);
        break;
    case toml::value_t::array: {
        toml_array items;
        for (const toml::value& item : value.as_array())
            items.push_back(convert(item, file));
        made.is = std::move(items);
        break;
    }
    default:
        break; // no setting is a date
    }
    return made;
}

/// Of the lines that the library draws the first one's number: what stood there before.
std::string first_drawn_line(std::string_view what) {
    for (std::size_t at = what.find('\n'); at != std::string_view::npos; at = what.find('\n', at + 1)) {
        const std::size_t digits = what.find_first_not_of(' ', at + 1);
        const std::size_t end = what.find_first_not_of("0123456789", digits);
        if (digits != std::string_view::npos && end != digits && what.substr(end, 2) == " |")
            return std::string{what.substr(digits, end - digits)};
    }
    return {};
}

/// `insert_value: value ("a") already exists.`
std::string said_of_doubled_key(std::string_view what) {
    const std::string_view sentence = what.substr(0, what.find('\n'));
    const std::size_t begins = sentence.find("(\"");
    const std::size_t ends = sentence.find("\") already exists");
    const std::string first = first_drawn_line(what);
    if (begins >= ends || ends == std::string_view::npos || first.empty())
        return {};
    return std::string{sentence.substr(begins + 2, ends - begins - 2)} + " is given twice, first at line " +
           first;
}

std::string_view line_of(std::string_view text, std::size_t number) {
    for (; number > 1 && !text.empty(); --number)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return text.substr(0, text.find('\n'));
}

/// What whoever writes a pack gets wrong in a name: the library says only that it is none.
std::string_view said_of_name(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (line.starts_with('[') && line.find(']') == std::string_view::npos)
        return "the name of a table ends with ]";
    if (line.substr(0, line.find('=')).find_first_of("*#") != std::string_view::npos)
        return "a name with * or # stands in quotes";
    return {};
}

/// The library's first line, without the name of its function; in our words where they say more. `line` is
/// where it stumbled.
std::string one_sentence(std::string_view what, std::string_view line) {
    const std::string prefix = "not TOML: ";
    if (const std::string doubled = said_of_doubled_key(what); !doubled.empty())
        return prefix + doubled;
    if (const std::string_view named = said_of_name(line);
        !named.empty() && what.find("invalid key") != std::string_view::npos)
        return prefix + std::string{named};
    what = what.substr(0, what.find('\n'));
    if (what.find("unknown value appeared") != std::string_view::npos)
        return prefix + "what stands after = is no value; a text stands in quotes";
    if (const std::size_t named = what.find("toml::"); named != std::string_view::npos)
        if (const std::size_t colon = what.find(": ", named); colon != std::string_view::npos)
            what.remove_prefix(colon + 2);
    return prefix + std::string{what};
}

/// toml11 3.7.1 reads out of bounds where a string isn't UTF-8: such a file isn't given to it.
std::optional<std::uint32_t> line_of_broken_utf8(std::string_view text) {
    std::uint32_t line = 1;
    while (!text.empty()) {
        const code_point next = next_code_point(text);
        if (next.size == 0)
            return line;
        if (next.value == U'\n')
            ++line;
        text.remove_prefix(next.size);
    }
    return std::nullopt;
}

struct quoted {
    std::size_t size = 0; // its quotes too; 0: no string
    std::string_view quote{};
    bool is_closed = true;
};

/// The string that `text` begins with. One of a single quote ends with its line.
quoted string_at(std::string_view text) {
    for (const std::string_view quote : {R"(""")", "'''", R"(")", "'"}) {
        if (!text.starts_with(quote))
            continue;
        std::size_t at = quote.size();
        while (at < text.size() && !text.substr(at).starts_with(quote)) {
            if (quote.size() == 1 && text[at] == '\n')
                return {at, quote, false};
            at += quote.front() == '"' && text[at] == '\\' ? 2 : 1;
        }
        if (at >= text.size())
            return {text.size(), quote, false};
        at += quote.size();
        for (int more = 0; quote.size() == 3 && more < 2 && text.substr(at).starts_with(quote.front());
             ++more)
            ++at; // """"a"""" has quotes within
        return {at, quote, true};
    }
    return {};
}

std::size_t size_of_string(std::string_view text) {
    return string_at(text).size;
}

std::size_t size_of_comment(std::string_view text) {
    return text.starts_with('#') ? std::min(text.size(), text.find('\n')) : 0;
}

std::string say_unclosed(std::string_view text, std::string_view quote) {
    constexpr std::size_t shown = 20;
    text = text.substr(quote.size(), text.find_first_of("\r\n", quote.size()) - quote.size());
    std::size_t size = 0;
    while (size < text.size() && size < shown)
        size += next_code_point(text.substr(size)).size;
    const std::string where =
        text.empty() ? "at the end of this line"
                     : "before " + std::string{text.substr(0, size)} + (size < text.size() ? "…" : "");
    return "not TOML: the quote " + std::string{quote} + ' ' + where + " is not closed" +
           (quote.size() == 1 ? " on its line" : "");
}

/// The library tells of it where it stumbles, which may be many lines further.
std::optional<std::pair<std::uint32_t, std::string>> find_unclosed_quote(std::string_view text) {
    std::uint32_t line = 1;
    while (!text.empty()) {
        const quoted found = string_at(text);
        if (!found.is_closed)
            return std::pair{line, say_unclosed(text, found.quote)};
        const std::size_t size = std::max({found.size, size_of_comment(text), std::size_t{1}});
        line += static_cast<std::uint32_t>(std::ranges::count(text.substr(0, size), '\n'));
        text.remove_prefix(size);
    }
    return std::nullopt;
}

/// toml11 parses a value within a value by recursion, without an end but the stack's: such a file isn't given
/// to it. A dotted key is as deep as its parts.
std::optional<std::uint32_t> line_of_deep_nesting(std::string_view text) {
    constexpr std::size_t deepest = 32; // a pack has four
    std::uint32_t line = 1;
    std::size_t depth = 0;
    std::size_t dots = 0;
    while (!text.empty()) {
        const std::size_t size = std::max(size_of_string(text), size_of_comment(text));
        if (size != 0) {
            line += static_cast<std::uint32_t>(std::ranges::count(text.substr(0, size), '\n'));
            text.remove_prefix(size);
            continue;
        }
        const char next = text.front();
        if (next == '[' || next == '{')
            ++depth;
        else if ((next == ']' || next == '}') && depth != 0)
            --depth;
        if (next == '.')
            ++dots;
        else if (std::string_view{"[{,=\n"}.find(next) != std::string_view::npos)
            dots = 0;
        if (depth + dots > deepest)
            return line;
        if (next == '\n')
            ++line;
        text.remove_prefix(1);
    }
    return std::nullopt;
}

} // namespace

std::optional<toml_table> parse_toml(std::string_view text, const std::string& file,
                                     std::vector<finding>& findings) {
    if (const auto line = line_of_broken_utf8(text)) {
        findings.emplace_back(mark{file, *line}, "not UTF-8", finding::weight::gap);
        return std::nullopt;
    }
    if (const auto line = line_of_deep_nesting(text)) {
        findings.emplace_back(mark{file, *line}, "nested too deep", finding::weight::gap);
        return std::nullopt;
    }
    if (const auto unclosed = find_unclosed_quote(text)) {
        findings.emplace_back(mark{file, unclosed->first}, unclosed->second, finding::weight::gap);
        return std::nullopt;
    }
    try {
        std::istringstream stream{std::string{text}};
        const toml::value parsed = toml::parse(stream, file);
        return convert_table(parsed.as_table(), file);
    } catch (const toml::exception& error) {
        const auto line = error.location().line();
        findings.emplace_back(mark{file, line}, one_sentence(error.what(), line_of(text, line)),
                              finding::weight::gap);
    } catch (const std::exception& error) {
        findings.emplace_back(mark{file, 0}, one_sentence(error.what(), {}), finding::weight::gap);
    }
    return std::nullopt;
}

std::optional<std::string> read_file(const std::filesystem::path& path, std::vector<finding>& findings) {
    std::error_code no_matter;
    const bool is_folder = std::filesystem::is_directory(path, no_matter);
    std::ifstream stream{path, std::ios::binary};
    if (stream && !is_folder)
        return std::string{std::istreambuf_iterator<char>{stream}, {}};
    const char* reason = is_folder ? "it is a folder" : std::strerror(errno);
    findings.emplace_back(mark{path.string(), 0}, std::string{"can't be read: "} + reason,
                          finding::weight::gap);
    return std::nullopt;
}

} // namespace kabinet::config
