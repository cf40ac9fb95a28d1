#include "gateway/demo/ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>

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

/// Its prompt takes the code that is dialled behind the path.
bool asks_for_voucher(const menus::definition& pack, const menus::target& leads) {
    const auto* opened = std::get_if<menus::opens>(&leads);
    if (opened == nullptr)
        return false;
    const menus::screen& at = pack.screens[opened->screen];
    return at.kind == menus::screen_kind::prompt && at.rule == menus::entry_rule::voucher &&
           at.enters.what == action_kind::top_up;
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

/// Without its `#`; empty where nothing that is wanted is found.
std::string find_code(const menus::definition& pack,
                      const std::function<bool(const menus::target&)>& is_wanted) {
    std::deque<reached> ahead = codes_of(pack);
    while (!ahead.empty()) {
        const reached here = std::move(ahead.front());
        ahead.pop_front();
        if (is_wanted(*here.leads))
            return here.code;
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

ways find_ways(const menus::definition& pack, const std::optional<voucher>& lent) {
    ways found;
    found.new_password = find_code(
        pack, [](const menus::target& leads) { return is_action(leads, action_kind::issue_password); });
    if (!found.new_password.empty())
        found.new_password += '#';
    found.menu = find_menu(pack);
    found.new_password_by_sms = find_message(pack, action_kind::issue_password);
    found.own_password_by_sms = find_message(pack, action_kind::choose_password, own_password);
    if (!lent)
        return found;
    const std::string prompt =
        find_code(pack, [&](const menus::target& leads) { return asks_for_voucher(pack, leads); });
    if (!prompt.empty())
        found.top_up = fmt::format("{}*{}#", prompt, lent->code.reveal());
    found.top_up_by_sms = find_message(pack, action_kind::top_up, lent->code.reveal());
    return found;
}

std::string tell_way(const std::string& code, const short_message& sms) {
    if (!code.empty())
        return fmt::format("dial {}", code);
    return sms.to.empty() ? std::string{} : fmt::format("text: sms {} {}", sms.to, sms.text);
}

std::string write_hint(const ways& of) {
    const std::string& code = of.menu.empty() ? of.new_password : of.menu;
    const short_message& sms =
        of.new_password_by_sms.to.empty() ? of.own_password_by_sms : of.new_password_by_sms;
    return fmt::format("Dial a code{}, or text: {}", code.empty() ? "" : " such as " + code,
                       sms.to.empty() ? "sms NUMBER WORDS" : fmt::format("sms {} {}", sms.to, sms.text));
}

} // namespace kabinet::gateway::demo
