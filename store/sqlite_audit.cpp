#include "store/sqlite_audit.hpp"

#include <array>
#include <string>
#include <tuple>
#include <utility>

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

constexpr std::size_t checked_at_once = 10'000;

std::int64_t seal_of(const keys& with, std::int64_t seq, const fingerprint& link) {
    std::string end = std::to_string(seq);
    end.append(link.begin(), link.end());
    return with.short_mark("audit's end", end);
}

} // namespace

audit_rows::audit_rows(connection& on, const keys& with)
    : keys_{with}
    , add_{on, "INSERT INTO audit (seq, at, token, channel, action, verdict, previous, link)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"}
    , find_{on, "SELECT at, channel, action, verdict, previous FROM audit WHERE seq = ?"}
    , seal_{on, "UPDATE meta SET value = ? WHERE name = 'audit'"} {
    statement newest{on, "SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1"};
    auto rows = newest.select();
    if (!rows.next())
        return;
    last_.seq = rows.integer(0);
    last_.link = rows.fixed_blob<std::tuple_size_v<fingerprint>>(1);
    sealed_ = last_.seq;
}

void audit_rows::seal_end() {
    if (last_.seq == sealed_)
        return;
    seal_.run(seal_of(keys_, last_.seq, last_.link));
    sealed_ = last_.seq;
}

void audit_rows::add(const audit_row& row) {
    const head added{next(), link_after(keys_, last_.link, next(), row)};
    add_.run(added.seq, row.at, row.token, row.by, row.what, row.came, row.previous, octets{added.link});
    last_ = added;
}

void audit_rows::add(audit_row row, std::optional<std::int64_t>* newest) {
    if (newest != nullptr)
        row.previous = std::exchange(*newest, next());
    add(row);
}

std::vector<audit_entry> audit_rows::list(std::optional<std::int64_t> newest, std::size_t most) {
    std::vector<audit_entry> found;
    while (newest && found.size() < most) {
        auto rows = find_.select(*newest);
        if (!rows.next())
            break;
        found.push_back(
            {*newest, rows.time(0), rows.as<channel>(1), rows.as<effect_kind>(2), rows.as<verdict>(3)});
        newest = rows.maybe<std::int64_t>(4);
    }
    return found;
}

audit_check verify_audit(connection& on, const keys& with) {
    statement page{on, "SELECT seq, at, token, channel, action, verdict, previous, link"
                       " FROM audit WHERE seq > ? ORDER BY seq LIMIT ?"};
    audit_check came;
    fingerprint last{};
    for (bool is_over = false; !is_over;) {
        is_over = true;
        on.run("BEGIN"); // the last page and the seal are of one moment
        {
            auto rows = page.select(came.rows, checked_at_once);
            while (rows.next()) {
                is_over = false;
                const audit_row row{rows.time(1),        rows.as<std::uint64_t>(2),
                                    rows.as<channel>(3), rows.as<effect_kind>(4),
                                    rows.as<verdict>(5), rows.maybe<std::int64_t>(6)};
                const auto link = link_after(with, last, came.rows + 1, row);
                if (rows.integer(0) != came.rows + 1 ||
                    rows.fixed_blob<std::tuple_size_v<fingerprint>>(7) != link) {
                    came.first_broken = came.rows + 1;
                    return came;
                }
                last = link;
                ++came.rows;
            }
        }
        const auto sealed = on.ask("SELECT value FROM meta WHERE name = 'audit'");
        on.run("COMMIT");
        const bool is_empty = came.rows == 0 && sealed == 0;
        if (is_over && !is_empty && sealed != seal_of(with, came.rows, last))
            came.first_broken = came.rows + 1;
    }
    return came;
}

} // namespace kabinet::store::sqlite
