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

/// The library's first line, without the name of its function.
std::string one_sentence(std::string_view what) {
    what = what.substr(0, what.find('\n'));
    if (const std::size_t named = what.find("toml::"); named != std::string_view::npos)
        if (const std::size_t colon = what.find(": ", named); colon != std::string_view::npos)
            what.remove_prefix(colon + 2);
    return "not TOML: " + std::string{what};
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

/// Of the string that `text` begins with, its quotes too; 0 where it begins with none.
std::size_t size_of_string(std::string_view text) {
    for (const std::string_view quote : {R"(""")", "'''", R"(")", "'"}) {
        if (!text.starts_with(quote))
            continue;
        std::size_t at = quote.size();
        while (at < text.size() && !text.substr(at).starts_with(quote)) {
            if (quote.size() == 1 && text[at] == '\n') // an error, and for the library to name
                return at;
            at += quote.front() == '"' && text[at] == '\\' ? 2 : 1;
        }
        return std::min(text.size(), at + quote.size());
    }
    return 0;
}

/// toml11 parses a value within a value by recursion, without an end but the stack's: such a file isn't given
/// to it. A dotted key is as deep as its parts.
std::optional<std::uint32_t> line_of_deep_nesting(std::string_view text) {
    constexpr std::size_t deepest = 32; // a pack has four
    std::uint32_t line = 1;
    std::size_t depth = 0;
    std::size_t dots = 0;
    while (!text.empty()) {
        std::size_t size = size_of_string(text);
        if (text.front() == '#')
            size = std::min(text.size(), text.find('\n'));
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
        findings.emplace_back(mark{file, *line}, "not UTF-8");
        return std::nullopt;
    }
    if (const auto line = line_of_deep_nesting(text)) {
        findings.emplace_back(mark{file, *line}, "nested too deep");
        return std::nullopt;
    }
    try {
        std::istringstream stream{std::string{text}};
        const toml::value parsed = toml::parse(stream, file);
        return convert_table(parsed.as_table(), file);
    } catch (const toml::exception& error) {
        findings.emplace_back(mark{file, error.location().line()}, one_sentence(error.what()));
    } catch (const std::exception& error) {
        findings.emplace_back(mark{file, 0}, one_sentence(error.what()));
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
    findings.emplace_back(mark{path.string(), 0}, std::string{"can't be read: "} + reason);
    return std::nullopt;
}

} // namespace kabinet::config
