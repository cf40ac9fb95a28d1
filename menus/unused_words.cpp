#include "menus/unused_words.hpp"

#include <algorithm>
#include <array>

namespace kabinet::menus {
namespace {

constexpr std::array<std::string_view, 2> said_on_pages{"support", "new_password"}; // gateway/account/pages

bool is_said(const draft& pack, const std::string& word, std::string_view except = {}) {
    const std::string braced = '{' + word + '}';
    const auto says = [&](const draft_text& text) {
        const bool is_left_out = !except.empty() && text.name.starts_with(except);
        return !is_left_out && text.words.find(braced) != std::string::npos;
    };
    return std::ranges::any_of(pack.languages,
                               [&](const draft_language& in) { return std::ranges::any_of(in.texts, says); });
}

} // namespace

void refuse_unused_words(const draft& pack, const doubts& of, std::vector<finding>& findings) {
    const bool is_all_read = std::ranges::all_of(pack.languages, [](const draft_language& in) {
        return in.is_read && std::ranges::all_of(in.texts, &draft_text::is_known);
    });
    if (!is_all_read || of.of_tables)
        return;
    for (const auto& [name, word] : pack.words)
        if (std::ranges::find(said_on_pages, name) == said_on_pages.end() && !is_said(pack, name))
            findings.emplace_back(word.where, "no text says the word " + name);
    for (const auto& [name, address] : pack.contacts)
        if (!is_said(pack, name, texts_of_contacts))
            findings.emplace_back(address.where,
                                  "no text says the contact " + name + ": only the portal tells it",
                                  finding::weight::warning);
}

} // namespace kabinet::menus
