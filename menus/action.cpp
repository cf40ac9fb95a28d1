#include "menus/action.hpp"

#include <array>

namespace kabinet::menus {

std::string_view name_of(action_kind kind) {
    constexpr std::array<std::string_view, std::variant_size_v<action>> names{
        "issue_password", "choose_password", "tell", "set_language", "list_archive"};
    return names.at(static_cast<std::size_t>(kind));
}

} // namespace kabinet::menus
