#include "config/section.hpp"

#include "values/nearest.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace kabinet::config {

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::int64_t>, 5> units{
        {{"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{})
        return std::nullopt;
    const std::string_view unit{end, static_cast<std::size_t>(text.data() + text.size() - end)};
    const auto found = std::ranges::find(units, unit, &std::pair<std::string_view, std::int64_t>::first);
    if (found == units.end())
        return std::nullopt;
    return std::chrono::milliseconds{count * found->second};
}

const toml_value* section::find(std::string_view key) const {
    const auto found = std::ranges::find(*table_, key, &toml_entry::key);
    return found == table_->end() ? nullptr : &found->value;
}

const toml_value* section::take(std::string_view key) {
    taken_.emplace(key);
    return find(key);
}

template <class Type>
const Type* section::take_as(std::string_view key, std::string_view wanted) {
    const toml_value* value = take(key);
    if (value == nullptr)
        return nullptr;
    const Type* typed = std::get_if<Type>(&value->is);
    if (typed == nullptr)
        miss(key, "must be " + std::string{wanted});
    return typed;
}

bool section::read(std::string_view key, std::string& into) {
    const std::string* text = take_as<std::string>(key, "a text in quotes");
    if (text != nullptr)
        into = *text;
    return text != nullptr;
}

bool section::read(std::string_view key, bool& into) {
    const bool* choice = take_as<bool>(key, "true or false");
    if (choice != nullptr)
        into = *choice;
    return choice != nullptr;
}

bool section::read(std::string_view key, std::chrono::milliseconds& into) {
    const std::string* text = take_as<std::string>(key, "a time such as \"30s\"");
    if (text == nullptr)
        return false;
    const std::optional<std::chrono::milliseconds> duration = parse_duration(*text);
    if (duration)
        into = *duration;
    else
        refuse(key,
               "is \"" + *text + "\", not a time such as \"500ms\", \"30s\", \"10min\", \"24h\" or \"7d\"");
    return duration.has_value();
}

bool section::read(std::string_view key, std::vector<std::string>& into) {
    const toml_array* items = take_as<toml_array>(key, "a list of texts");
    if (items == nullptr)
        return false;
    std::vector<std::string> texts;
    for (const toml_value& item : *items) {
        const std::string* text = std::get_if<std::string>(&item.is);
        if (text == nullptr) {
            miss(key, "must be a list of texts");
            return false;
        }
        texts.push_back(*text);
    }
    into = std::move(texts);
    return true;
}

bool section::read_number(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& into) {
    const std::int64_t* number = take_as<std::int64_t>(key, "a whole number");
    if (number == nullptr)
        return false;
    const bool is_within = *number >= least && *number <= most;
    if (is_within)
        into = *number;
    else
        refuse(key, "is " + std::to_string(*number) + ", not " + std::to_string(least) + " to " +
                        std::to_string(most));
    return is_within;
}

std::optional<section> section::open(std::string_view key) {
    const toml_table* table = take_as<toml_table>(key, "a table");
    return table == nullptr ? std::nullopt : std::optional{section{*table, where(key), *findings_}};
}

std::vector<section> section::open_all(std::string_view key) {
    std::vector<section> opened;
    const std::string wanted = "tables, each headed [[" + std::string{key} + "]]";
    const toml_array* items = take_as<toml_array>(key, wanted);
    if (items == nullptr)
        return opened;
    for (const toml_value& item : *items) {
        is_understood_ = is_understood_ && std::holds_alternative<toml_table>(item.is);
        if (const toml_table* table = std::get_if<toml_table>(&item.is))
            opened.emplace_back(*table, item.where, *findings_);
        else
            findings_->emplace_back(item.where, std::string{key} + " must be " + wanted,
                                    finding::weight::gap);
    }
    return opened;
}

std::vector<std::pair<std::string, section>> section::open_each() {
    std::vector<std::pair<std::string, section>> opened;
    for (const toml_entry* entry : untaken())
        if (!std::holds_alternative<toml_table>(entry->value.is) && !guess_for(*entry).empty()) {
            refuse_unknown(*entry);
            taken_.insert(entry->key);
        } else if (std::optional<section> table = open(entry->key)) {
            opened.emplace_back(entry->key, std::move(*table));
        }
    return opened;
}

std::vector<const toml_entry*> section::untaken() const {
    std::vector<const toml_entry*> left;
    for (const toml_entry& entry : *table_)
        if (!taken_.contains(entry.key))
            left.push_back(&entry);
    return left;
}

void section::refuse_unknown() {
    for (const toml_entry* entry : untaken())
        refuse_unknown(*entry);
}

void section::refuse_unknown(const toml_entry& entry) {
    is_understood_ = false;
    findings_->emplace_back(entry.value.where,
                            "there is no setting " + entry.key + " here" + guess_for(entry),
                            finding::weight::gap);
}

/// A key that is given already was hardly meant, but a table may be one more of its kind.
std::string section::guess_for(const toml_entry& unknown) const {
    std::vector<std::string> known;
    for (const std::string& key : taken_)
        if (std::holds_alternative<toml_table>(unknown.value.is) || !has(key))
            known.push_back(key);
    return guess(unknown.key, known);
}

void section::refuse(std::string_view key, std::string what) {
    findings_->emplace_back(where(key), std::string{key} + ' ' + std::move(what));
}

void section::miss(std::string_view key, std::string what) {
    is_understood_ = false;
    findings_->emplace_back(where(key), std::string{key} + ' ' + std::move(what), finding::weight::gap);
}

void section::require(std::string_view key) {
    if (!has(key))
        refuse(std::string{key} + " is missing");
}

mark section::where(std::string_view key) const {
    const toml_value* value = find(key);
    return value == nullptr ? where_ : value->where;
}

} // namespace kabinet::config
