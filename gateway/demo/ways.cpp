#include "gateway/demo/ways.hpp"

#include <algorithm>
#include <deque>

namespace kabinet::gateway::demo {
namespace {

using menus::action_kind;

constexpr std::string_view own_password = "fakeWord1234";

struct reached {
    const menus::target* leads;
    std::string code; // without its `#`
    std::size_t keys = 0;
};

bool is_action(const menus::target& leads, action_kind wanted) {
    const auto* what = std::get_if<menus::does>(&leads);
    return what != nullptr && what->what == wanted;
}

const menus::screen* menu_at(const menus::definition& pack, const menus::target& leads) {
    const auto* opened = std::get_if<menus::opens>(&leads);
    if (opened == nullptr || pack.screens[opened->screen].kind != menus::screen_kind::menu)
        return nullptr;
    return &pack.screens[opened->screen];
}

/// Nearer ones first; a dialled path goes through menus alone.
std::deque<reached> codes_of(const menus::definition& pack) {
    std::deque<reached> codes;
    for (const menus::service_code& each : pack.codes) {
        std::string code;
        for (const std::string& part : each.parts)
            code += '*' + part;
        codes.push_back({&each.leads, std::move(code)});
    }
    std::ranges::stable_sort(codes, {}, [](const reached& each) { return each.code.size(); });
    return codes;
}

std::string find_code(const menus::definition& pack, action_kind wanted) {
    std::deque<reached> ahead = codes_of(pack);
    while (!ahead.empty()) {
        const reached here = std::move(ahead.front());
        ahead.pop_front();
        if (is_action(*here.leads, wanted))
            return here.code + '#';
        const menus::screen* menu = menu_at(pack, *here.leads);
        if (menu == nullptr || here.keys == menus::most_depth)
            continue;
        for (std::uint8_t key = 1; key <= menus::most_items; ++key)
            if (menu->items[key].index() != 0 && menu->when[key].empty())
                ahead.push_back({&menu->items[key], here.code + '*' + std::to_string(key), here.keys + 1});
    }
    return {};
}

std::string find_menu(const menus::definition& pack) {
    for (const reached& each : codes_of(pack))
        if (menu_at(pack, *each.leads) != nullptr)
            return each.code + '#';
    return {};
}

/// A keyword that any keyboard has goes before another.
short_message find_message(const menus::definition& pack, action_kind wanted, std::string_view behind = {}) {
    short_message found;
    for (const menus::short_number& each : pack.short_numbers)
        for (const menus::command& one : each.commands) {
            const bool is_plain = std::ranges::all_of(one.keyword, [](char letter) { return letter > ' '; });
            if (one.what.what != wanted || (!found.to.empty() && !is_plain))
                continue;
            found = {each.number, one.keyword + (behind.empty() ? "" : " " + std::string{behind})};
            if (is_plain)
                return found;
        }
    return found;
}

} // namespace

ways find_ways(const menus::definition& pack) {
    return {find_code(pack, action_kind::issue_password), find_menu(pack),
            find_message(pack, action_kind::issue_password),
            find_message(pack, action_kind::choose_password, own_password)};
}

} // namespace kabinet::gateway::demo
