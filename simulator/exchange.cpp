#include "simulator/exchange.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace kabinet::simulator {

namespace {

constexpr std::string_view verdict = "verdict";
constexpr unsigned usual_status = 200;

bool is_made_of(std::string_view text, std::string_view signs) {
    return !text.empty() && std::ranges::all_of(text, [signs](char each) {
        return (each >= 'a' && each <= 'z') || (each >= '0' && each <= '9') ||
               signs.find(each) != std::string_view::npos;
    });
}

bool is_switch_word(std::string_view text) {
    return text == "true" || text == "false";
}

/// The next word without its blanks; one with a quoted value goes on to the closing quote.
std::string_view take_word(std::string_view& rest) {
    rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
    std::size_t size = std::min(rest.find(' '), rest.size());
    const std::size_t opening = rest.substr(0, size).find("=\"");
    if (opening != std::string_view::npos)
        if (const auto closing = rest.find('"', opening + 2); closing != std::string_view::npos)
            size = std::max(closing + 1, std::min(rest.find(' ', closing), rest.size()));
    const std::string_view word = rest.substr(0, size);
    rest.remove_prefix(size);
    return word;
}

std::optional<field> read_field(std::string_view word) {
    const std::size_t sign = word.find('=');
    if (sign == std::string_view::npos || !is_made_of(word.substr(0, sign), "_-"))
        return std::nullopt;
    std::string_view value = word.substr(sign + 1);
    const bool is_switch = is_switch_word(value);
    if (value.find('"') != std::string_view::npos) {
        const bool is_quoted = value.size() >= 2 && value.find('"', 1) == value.size() - 1;
        if (!is_quoted || value.front() != '"')
            return std::nullopt;
        value = value.substr(1, value.size() - 2);
    }
    return field{std::string{word.substr(0, sign)}, std::string{value}, is_switch};
}

std::string complain(std::string_view word) {
    return fmt::format("'{}' is not NAME=VALUE; a value with blanks stands between quotes", word);
}

template <class Fields>
std::string complain_of_twin(const Fields& fields, std::string_view name) {
    const bool is_there = std::ranges::any_of(fields, [name](const auto& each) { return each.name == name; });
    return is_there ? fmt::format("'{}' stands there twice", name) : std::string{};
}

std::string join(const std::vector<std::string>& rows) {
    std::string all;
    for (const std::string& each : rows)
        all += (&each == &rows.front() ? "" : "\n") + each;
    return all;
}

const field* find(const reply& in, std::string_view name) {
    const auto found = std::ranges::find(in.fields, name, &field::name);
    return found == in.fields.end() ? nullptr : &*found;
}

std::string write_value(const field& of) {
    if (is_secret_name(of.name) && !is_switch_word(of.value))
        return "****";
    return of.value.find(' ') == std::string::npos ? of.value : fmt::format("\"{}\"", of.value);
}

} // namespace

std::string read_request(std::string_view words, ask_door& into) {
    into.path = take_word(words);
    if (!is_made_of(into.path, "-/") || into.path.front() == '/')
        return "what is asked? 'portal login msisdn=NUMBER password=WORDS'";
    for (std::string_view word = take_word(words); !word.empty(); word = take_word(words)) {
        auto read = read_field(word);
        if (!read)
            return complain(word);
        if (std::string twin = complain_of_twin(into.fields, read->name); !twin.empty())
            return twin;
        into.fields.push_back(std::move(*read));
    }
    return {};
}

std::string read_expectation(std::string_view words, expect_reply& into) {
    into.source = words;
    std::string_view word = take_word(words);
    if (word.empty())
        return "what is said? 'says ok', 'says denied', 'says 422'";
    if (word.size() == 3 && word.find_first_not_of("0123456789") == std::string_view::npos) {
        into.status = static_cast<unsigned>(std::stoul(std::string{word}));
        into.has_more = into.status != usual_status;
        word = take_word(words);
    } else if (is_made_of(word, "_") && word.front() >= 'a') {
        into.fields.push_back({std::string{verdict}, pattern{word}});
        word = take_word(words);
    }
    for (; !word.empty(); word = take_word(words)) {
        if (into.has_more && into.status == usual_status)
            return "'*' stands at the end";
        if (word == "*") {
            into.has_more = true;
            continue;
        }
        auto read = read_field(word);
        if (!read)
            return complain(word);
        if (std::string twin = complain_of_twin(into.fields, read->name); !twin.empty())
            return twin;
        into.fields.push_back({std::move(read->name), pattern{read->value}});
    }
    return {};
}

bool expect_reply::matches(const reply& came, captures& known) const {
    if (came.status != status || (!has_more && came.fields.size() != fields.size()))
        return false;
    captures tried = known;
    for (const expected_field& each : fields) {
        const field* const found = find(came, each.name);
        if (found == nullptr || !each.value.matches(found->value, tried))
            return false;
    }
    const bool is_any = rows.empty() && has_more;
    if (!is_any && !pattern{rows}.matches(join(came.rows), tried))
        return false;
    known = std::move(tried);
    return true;
}

std::vector<std::string> expect_reply::names() const {
    std::vector<std::string> all = pattern{rows}.names();
    for (const expected_field& each : fields)
        std::ranges::move(each.value.names(), std::back_inserter(all));
    return all;
}

std::string describe(const reply& came, const captures& known) {
    std::string words;
    const field* const said = find(came, verdict);
    if (came.status != usual_status)
        words = fmt::format("{}", came.status);
    else if (said != nullptr)
        words = said->value;
    for (const field& each : came.fields)
        if (came.status != usual_status || &each != said)
            words += fmt::format("{}{}={}", words.empty() ? "" : " ", each.name, write_value(each));
    if (!came.rows.empty())
        words += '\n' + join(came.rows);
    return mask(words, known);
}

} // namespace kabinet::simulator
