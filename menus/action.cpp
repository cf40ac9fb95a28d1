#include "menus/action.hpp"

#include <algorithm>
#include <array>

namespace kabinet::menus {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<action>> action_names{
    "issue_password",  "choose_password",    "tell",          "set_language",  "list_archive",
    "explain_login",   "close_portal",       "ask_code",      "skip_code",     "show_balance",
    "top_up",          "take_promise",       "transfer",      "show_spending", "list_movements",
    "connect_service", "disconnect_service", "change_tariff", "buy_package",   "stop_package",
    "list_services",   "show_tariff",        "show_packages", "block_number",  "block_other",
    "unblock_other",   "call_back"};

} // namespace

std::string_view name_of(action_kind kind) {
    return action_names.at(static_cast<std::size_t>(kind));
}

std::optional<action_kind> find_action(std::string_view word) {
    const auto found = std::ranges::find(action_names, word);
    return found == action_names.end()
               ? std::nullopt
               : std::optional{static_cast<action_kind>(found - action_names.begin())};
}

} // namespace kabinet::menus
