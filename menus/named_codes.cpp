#include "menus/named_codes.hpp"

#include "menus/dialled.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

/// Each `*`, digits and `*` to a `#` in it.
std::vector<std::string_view> find_codes(std::string_view text) {
    std::vector<std::string_view> codes;
    for (std::size_t at = text.find('*'); at != std::string_view::npos; at = text.find('*', at)) {
        const std::size_t end = std::min(text.find_first_not_of("*0123456789", at), text.size());
        if (end < text.size() && text[end] == '#' && end > at + 1)
            codes.push_back(text.substr(at, end - at + 1));
        at = end;
    }
    return codes;
}

class code_follower {
  public:
    explicit code_follower(const draft& pack)
        : pack_{pack} {}

    [[nodiscard]] bool leads_somewhere(std::string_view code) const {
        const code_parts parts = parts_of_code(code);
        const draft_entry* longest = nullptr;
        std::size_t taken = 0;
        for (const draft_entry& entry : pack_.codes) {
            const code_parts own = parts_of_code(entry.typed);
            const bool leads =
                own.size() <= parts.size() && std::equal(own.begin(), own.end(), parts.begin());
            if (leads && own.size() > taken) {
                longest = &entry;
                taken = own.size();
            }
        }
        return longest != nullptr &&
               follow(longest->leads, {parts.begin() + static_cast<long>(taken), parts.end()});
    }

  private:
    /// A confirmation and a prompt are shown, whatever follows; an action takes nothing more.
    [[nodiscard]] bool follow(const draft_target& from, const code_parts& keys) const {
        const draft_target* leads = &from;
        for (std::string_view key : keys) {
            const auto screen = std::ranges::find(pack_.screens, leads->opens, &draft_screen::name);
            if (screen == pack_.screens.end())
                return false;
            if (screen->kind != screen_kind::menu)
                return true;
            const auto item = std::ranges::find(screen->items, key, &draft_item::key);
            if (item == screen->items.end())
                return false;
            leads = &item->leads;
        }
        return true;
    }

    const draft& pack_;
};

} // namespace

void warn_of_named_codes(const draft& pack, std::vector<finding>& findings) {
    const code_follower codes{pack};
    const auto examine = [&](const std::string& name, const std::string& words, const mark& where) {
        for (std::string_view code : find_codes(words))
            if (!codes.leads_somewhere(code))
                findings.emplace_back(where,
                                      name + " names " + std::string{code} +
                                          ", which leads nowhere by the codes of this pack",
                                      finding::weight::warning);
    };
    for (const auto& [name, word] : pack.words)
        examine("the word " + name, word.text, word.where);
    for (const auto& [name, address] : pack.contacts)
        examine("the contact " + name, address.text, address.where);
    for (const draft_language& in : pack.languages)
        for (const draft_text& text : in.texts)
            examine("the text " + text.name, text.words, text.where);
}

} // namespace kabinet::menus
