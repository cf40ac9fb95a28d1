// Takes typed settings out of one table of a file. Every mistake becomes a finding with its line, and
// reading goes on, so that all of them are told at once.
#pragma once

#include "config/toml.hpp"
#include "values/finding.hpp"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kabinet::config {

/// `500ms`, `30s`, `10min`, `24h`, `7d`.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view);

/// One table. Each `read` leaves `into` as it is, and is false, when the key is missing or, with a
/// finding, of the wrong type or out of bounds.
class section {
  public:
    section(const toml_table& table, mark where, std::vector<finding>& findings)
        : table_{&table}
        , where_{std::move(where)}
        , findings_{&findings} {}

    bool read(std::string_view key, std::string& into);
    bool read(std::string_view key, bool& into);
    bool read(std::string_view key, std::chrono::milliseconds& into);
    bool read(std::string_view key, std::vector<std::string>& into);
    bool read_number(std::string_view key, std::int64_t least, std::int64_t most, std::int64_t& into);

    template <class Number>
    bool read_number(std::string_view key, Number& into, std::int64_t least = 0,
                     std::int64_t most = std::numeric_limits<Number>::max()) {
        std::int64_t number = 0;
        if (!read_number(key, least, most, number))
            return false;
        into = static_cast<Number>(number);
        return true;
    }

    /// One of a few words.
    template <class Choice>
    bool read_choice(std::string_view key, Choice& into,
                     std::initializer_list<std::pair<std::string_view, Choice>> choices) {
        std::string word;
        if (!read(key, word))
            return false;
        std::string known;
        for (const auto& [name, choice] : choices) {
            if (name == word) {
                into = choice;
                return true;
            }
            known.append(known.empty() ? "\"" : ", \"").append(name).append("\"");
        }
        miss(key, "is \"" + word + "\", not one of " + known);
        return false;
    }

    /// A table within; nothing when missing, with a finding when it is no table.
    [[nodiscard]] std::optional<section> open(std::string_view key);
    /// The tables of `[[key]]`.
    [[nodiscard]] std::vector<section> open_all(std::string_view key);
    /// The table's own tables, each with its key; anything else in it is a finding.
    [[nodiscard]] std::vector<std::pair<std::string, section>> open_each();

    /// Every key that nobody asked for, each with its value.
    [[nodiscard]] std::vector<const toml_entry*> untaken() const;
    /// Says so for each of them. Called last.
    void refuse_unknown();

    /// Whether all that was read here until now was what its key may be, and every key known.
    [[nodiscard]] bool is_understood() const { return is_understood_; }

    void refuse(std::string what) { findings_->emplace_back(where_, std::move(what)); }
    void refuse(std::string_view key, std::string what);
    /// The same, and what was meant isn't known.
    void miss(std::string_view key, std::string what);
    void require(std::string_view key);

    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    [[nodiscard]] const mark& where() const { return where_; }
    [[nodiscard]] mark where(std::string_view key) const;

  private:
    [[nodiscard]] const toml_value* find(std::string_view key) const;
    const toml_value* take(std::string_view key);
    template <class Type>
    const Type* take_as(std::string_view key, std::string_view wanted);
    void refuse_unknown(const toml_entry&);
    /// For the end of a sentence.
    [[nodiscard]] std::string guess_for(const toml_entry& unknown) const;

    const toml_table* table_;
    mark where_;
    std::vector<finding>* findings_;
    std::set<std::string, std::less<>> taken_;
    bool is_understood_ = true;
};

} // namespace kabinet::config
