#include "gateway/archive.hpp"

#include "menus/page.hpp"

namespace kabinet::gateway {
namespace {

constexpr std::size_t rows_looked_at = 50; // refusals of the SIM's wishes among them aren't operations

bool is_operation(const store::audit_entry& row) {
    return !store::is_refusal(row.came) && row.came != store::verdict::code_wanted &&
           row.what != store::effect_kind::tell;
}

} // namespace

boost::system::result<archive> find_archive(store::backend& in, msisdn who, utc_time now) {
    auto account = in.inspect(who, now);
    if (!account)
        return account.error();
    const auto rows = in.trace(who, rows_looked_at);
    if (!rows)
        return rows.error();
    archive found;
    found.account = std::move(*account);
    for (const store::audit_entry& each : *rows)
        if (is_operation(each) && found.operations.size() < menus::most_operations)
            found.operations.push_back({each.at, each.what, each.by});
    return found;
}

} // namespace kabinet::gateway
