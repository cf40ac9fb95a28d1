#include "gateway/demo/voucher.hpp"

#include "store/keys.hpp"
#include "store/sqlite.hpp"

#include <array>
#include <string>
#include <string_view>

namespace kabinet::gateway::demo {
namespace {

constexpr money worth = money::from_minor(500 * minor_of_major);

secret draw_digits(std::size_t count, const store::draw& draw) {
    constexpr std::string_view digits = "0123456789";
    std::string drawn(count, ' ');
    for (char& each : drawn)
        each = digits[draw(static_cast<std::uint32_t>(digits.size()))];
    secret made{drawn};
    wipe(drawn.data(), drawn.size());
    return made;
}

} // namespace

std::optional<voucher> draw_voucher(const menus::definition& pack, const store::draw& draw) {
    if (!pack.leads_to(menus::action_kind::top_up))
        return std::nullopt;
    return voucher{draw_digits(pack.vouchers.max_digits, draw), worth, pack.currency};
}

void bring_in(const voucher& lent, const store::settings& into) {
    const store::keys keys = store::keys::read(into.key_file);
    store::sqlite_backend rows{into.database, keys};
    const std::array sold{store::voucher{keys.mark_voucher(lent.code), lent.worth, std::nullopt}};
    rows.begin().value();
    (void)rows.add_vouchers(sold).value();
    rows.commit().value();
}

} // namespace kabinet::gateway::demo
