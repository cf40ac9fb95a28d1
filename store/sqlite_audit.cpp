#include "store/sqlite_audit.hpp"

#include <algorithm>
#include <array>

namespace kabinet::store::sqlite {
namespace {

fingerprint link_after(const keys& with, const fingerprint& last, std::int64_t seq, const audit_row& row) {
    const std::array<std::uint64_t, 7> fields{static_cast<std::uint64_t>(seq),
                                              static_cast<std::uint64_t>(row.at.time_since_epoch().count()),
                                              row.token,
                                              static_cast<std::uint64_t>(row.by),
                                              static_cast<std::uint64_t>(row.what),
                                              static_cast<std::uint64_t>(row.came),
                                              static_cast<std::uint64_t>(row.previous.value_or(0))};
    std::array<std::uint8_t, 8 * fields.size()> octets{};
    for (std::size_t at = 0; at < octets.size(); ++at)
        octets[at] = static_cast<std::uint8_t>(fields[at / 8] >> (8 * (at % 8)));
    return with.chain(last, octets);
}

} // namespace

audit_rows::audit_rows(connection& on, const keys& with)
    : keys_{with}
    , add_{on, "INSERT INTO audit (seq, at, token, channel, action, verdict, previous, link)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"} {
    statement newest{on, "SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1"};
    auto rows = newest.select();
    if (!rows.next())
        return;
    last_.seq = rows.integer(0);
    const auto link = rows.blob(1);
    std::copy_n(link.begin(), std::min(link.size(), last_.link.size()), last_.link.begin());
}

void audit_rows::add(const audit_row& row) {
    const head added{next(), link_after(keys_, last_.link, next(), row)};
    add_.run(added.seq, row.at, row.token, row.by, row.what, row.came, row.previous, octets{added.link});
    last_ = added;
}

} // namespace kabinet::store::sqlite
