#include "gateway/walk_absences.hpp"

#include "menus/machine.hpp"
#include "values/access_level.hpp"
#include "values/text.hpp"

#include <fmt/format.h>

namespace kabinet::gateway {
namespace {

std::string describe(const menus::definition& pack, const menus::fact& of) {
    const std::string word{menus::name_of(of.kind)};
    if (of.kind == menus::fact_kind::language)
        return fmt::format("{} {}", word, menus::keys_of(pack).languages.at(of.which));
    if (of.kind == menus::fact_kind::level)
        return fmt::format("{} {}", word, name_of(static_cast<access_level>(of.which)));
    if (of.kind == menus::fact_kind::has)
        return fmt::format("{} {}", word, view(pack.offers.at(of.which).name));
    return word;
}

std::string describe(const menus::definition& pack, const menus::condition& when) {
    std::string said;
    const auto add = [&](bool holds, const std::string& fact) {
        said += fmt::format("{}{}{}", said.empty() ? "" : " and ", holds ? "" : "not ", fact);
    };
    for (std::size_t at = 0; at < pack.facts.size(); ++at)
        if (when.holding.has(at) || when.lacking.has(at))
            add(when.holding.has(at), describe(pack, pack.facts[at]));
    if (when.has)
        add(*when.has, std::string{menus::name_of(menus::fact_kind::connected)});
    return said;
}

} // namespace

std::vector<std::string> tell_absences(const menus::definition& pack, const menus::place& at) {
    std::vector<std::string> told;
    const menus::screen* here = menus::find_screen(pack, at);
    if (here == nullptr || here->kind == menus::screen_kind::prompt)
        return told;
    for (std::uint8_t key = 1; key <= menus::most_items; ++key)
        if (here->items[key].index() != 0 && !menus::is_there(pack, *here, at, key))
            told.push_back(
                fmt::format("  {} isn't there: it wants {}", key, describe(pack, here->when[key])));
    const menus::offer* about = menus::find_offer(pack, at);
    if (about != nullptr && !about->is_sold)
        told.push_back(fmt::format(
            "  {} isn't sold any more: whoever has it keeps it, and may let it go here", view(about->name)));
    return told;
}

} // namespace kabinet::gateway
