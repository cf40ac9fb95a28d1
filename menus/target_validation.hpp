// What is wrong with one thing that leads somewhere: a code, an item, a keyword, what a prompt does.
#pragma once

#include "menus/doubts.hpp"
#include "menus/draft.hpp"
#include "menus/make_action.hpp"
#include "values/finding.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace kabinet::menus {

inline constexpr std::size_t longest_name = 64; // leaves room in text_name for an outcome and a channel

/// How a target came to be asked for, which decides what it may be.
enum class asked_by : std::uint8_t { code, item, prompt, kept_entry, command, empty_command };

struct standing {
    asked_by whence;
    bool is_confirming = false; // an item of a confirmation
    bool is_about = false;      // an item of a screen that was opened with an offer
};

class target_examiner {
  public:
    /// They outlive it.
    target_examiner(const draft&, const doubts&, std::vector<finding>&);

    void examine(const draft_target&, const standing&);

  private:
    void add(const mark& where, std::string what) { findings_.emplace_back(where, std::move(what)); }
    /// What was meant isn't known.
    void miss(const mark& where, std::string what) {
        findings_.emplace_back(where, std::move(what), finding::weight::gap);
    }
    void examine_opened(const draft_target&, const standing&);
    void examine_action(const draft_target&, const standing&);
    void examine_place(const draft_target&, action_kind, const standing&);
    void examine_language(const draft_target&, action_kind);
    void examine_sale(const draft_target&, action_kind, const standing&);
    void examine_offer_named(const draft_target&);
    void examine_kind(const draft_target&, offer_kind is, std::optional<offer_kind> wanted);
    void examine_opened_terms(const draft_target&, const standing&);
    [[nodiscard]] const draft_screen* find_screen(const std::string& name) const;

    const draft& pack_;
    const doubts& doubts_;
    std::vector<finding>& findings_;
};

/// For the end of a sentence about what isn't there: the nearest of those that are, or all.
[[nodiscard]] std::string guess_or_list(const std::string& name, const std::vector<std::string>& known);

} // namespace kabinet::menus
