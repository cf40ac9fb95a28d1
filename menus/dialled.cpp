#include "menus/dialled.hpp"

namespace kabinet::menus {
namespace {

constexpr std::string_view borders{"*# \t\r\n\0", 7};

} // namespace

dialled_parts take_apart(std::string_view dialled) {
    dialled_parts taken;
    const std::size_t first = dialled.find_first_not_of(borders);
    if (first == std::string_view::npos)
        return taken;
    taken.whole = dialled.substr(first, dialled.find_last_not_of(borders) - first + 1);
    for (std::size_t from = 0; from <= taken.whole.size();) {
        const std::size_t to = std::min(taken.whole.find_first_of(borders, from), taken.whole.size());
        if (taken.parts.size() == taken.parts.max_size())
            return {};
        taken.parts.push_back(taken.whole.substr(from, to - from));
        from = to + 1;
    }
    return taken;
}

code_parts parts_of_code(std::string_view code) {
    const dialled_parts taken = take_apart(code);
    return {taken.parts.begin(), taken.parts.end()};
}

} // namespace kabinet::menus
