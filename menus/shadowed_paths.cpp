#include "menus/shadowed_paths.hpp"

#include "menus/dialled.hpp"

#include <algorithm>

namespace kabinet::menus {
namespace {

bool is_same(const draft_target& one, const draft_target& other) {
    return one.opens == other.opens && one.does == other.does && one.tells == other.tells &&
           one.offer == other.offer && one.language == other.language;
}

/// The longest code that the whole of this one begins with.
const draft_entry* find_above(const draft& pack, const code_parts& whole) {
    const draft_entry* found = nullptr;
    std::size_t longest = 0;
    for (const draft_entry& each : pack.codes) {
        const code_parts own = parts_of_code(each.typed);
        if (own.size() < whole.size() && own.size() > longest &&
            std::equal(own.begin(), own.end(), whole.begin())) {
            found = &each;
            longest = own.size();
        }
    }
    return found;
}

/// What those keys lead to from there; nothing where they do not, or stop at a screen that takes no path.
const draft_target* follow(const draft& pack, const draft_target& from, const code_parts& keys) {
    const draft_target* leads = &from;
    for (const std::string_view key : keys) {
        const auto screen = std::ranges::find(pack.screens, leads->opens, &draft_screen::name);
        if (screen == pack.screens.end() || screen->kind != screen_kind::menu)
            return nullptr;
        const auto item = std::ranges::find(screen->items, key, &draft_item::key);
        if (item == screen->items.end())
            return nullptr;
        leads = &item->leads;
    }
    return leads;
}

} // namespace

void refuse_shadowed_paths(const draft& pack, std::vector<finding>& findings) {
    for (const draft_entry& code : pack.codes) {
        const code_parts whole = parts_of_code(code.typed);
        const draft_entry* above = find_above(pack, whole);
        if (above == nullptr)
            continue;
        const auto taken = static_cast<std::ptrdiff_t>(parts_of_code(above->typed).size());
        const draft_target* item = follow(pack, above->leads, {whole.begin() + taken, whole.end()});
        if (item != nullptr && !is_same(*item, code.leads))
            findings.emplace_back(
                code.leads.where,
                code.typed + " is the path to the item at line " + std::to_string(item->where.line) +
                    ", too, which leads elsewhere: " + "whoever dials it never comes to that item");
    }
}

} // namespace kabinet::menus
