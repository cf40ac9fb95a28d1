#include "store/sqlite_ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace kabinet::store::sqlite {

ledger_rows::ledger_rows(connection& on, const keys& with)
    : on_{on}
    , keys_{with}
    , find_{on, "SELECT mark FROM operations WHERE name = ?"}
    , has_moved_{on, "SELECT 1 FROM entries WHERE purse = ?2"
                     " AND seq = (SELECT seq FROM operations WHERE name = ?1) LIMIT 1"}
    , add_{on, "INSERT INTO operations (name, mark, at) VALUES (?, ?, ?)"}
    , add_entry_{on, "INSERT INTO entries (purse, seq, line, unit, kind, amount) VALUES (?, ?, ?, ?, ?, ?)"}
    , read_sums_{on, "SELECT balance, points FROM accounts WHERE id = ?"}
    , change_sums_{on, "UPDATE accounts SET balance = balance + ?2, points = points + ?3"
                       " WHERE id = ?1 AND (?2 >= 0 OR balance + ?2 >= ?4)"}
    , list_given_{on, "SELECT o.at, -e.amount FROM entries AS e JOIN operations AS o ON o.seq = e.seq"
                      " WHERE e.purse = ?1 AND e.kind = ?2 AND e.amount < 0"
                      " AND e.seq > coalesce((SELECT seq FROM operations WHERE at <= ?3"
                      " ORDER BY at DESC LIMIT 1), 0)"
                      " AND o.at > ?3 ORDER BY e.seq"}
    , sum_brought_{on,
                   "SELECT coalesce(sum(e.amount), 0) FROM entries AS e JOIN operations AS o ON o.seq = e.seq"
                   " WHERE e.purse = ?1 AND e.unit = 1 AND e.amount > 0 AND o.at > ?2"
                   " AND e.kind IN (?3, ?4, ?5)"} {}

posting ledger_rows::post(const operation& what) {
    if (!is_balanced(what.entries))
        throw std::logic_error{"an operation whose entries don't sum to nothing"};
    if (const auto known = find(what))
        return *known;
    const std::vector<sums> changes = sum_up(what.entries);
    for (const sums& each : changes)
        if (!has_enough(each, what.least))
            return posting::short_of;
    add_.run(octets{what.name}, octets{mark_of(what)}, what.at);
    const std::int64_t seq = on_.last_row();
    int line = 0;
    for (const ledger_entry& each : what.entries)
        add_entry_.run(each.of, seq, line++, each.in, each.what, each.amount);
    const std::int64_t floor = what.least ? what.least->minor() : std::numeric_limits<std::int64_t>::min();
    for (const sums& each : changes)
        if (change_sums_.run(each.account, each.money, each.points, floor) != 1)
            throw std::logic_error{"an account's sums changed within a transaction"};
    return posting::posted;
}

std::optional<posting> ledger_rows::find(const operation& what) {
    auto known = find_.select(octets{what.name});
    if (!known.next())
        return std::nullopt;
    const auto mark = known.fixed_blob<std::tuple_size_v<fingerprint>>(0);
    if (mark == mark_of(what))
        return posting::repeated;
    operation by_account = what; // as payments were marked before they were named for their number
    by_account.named_for.reset();
    return mark == mark_of(by_account) ? posting::repeated : posting::conflict;
}

bool ledger_rows::has_moved(const request_id& name, std::int64_t account) {
    return has_moved_.select(octets{name}, account).next();
}

std::vector<moved> ledger_rows::list_given(std::int64_t account, entry_kind what, utc_time since) {
    std::vector<moved> given;
    for (auto rows = list_given_.select(account, what, since); rows.next();)
        given.push_back({rows.time(0), money::from_minor(rows.integer(1))});
    return given;
}

money ledger_rows::sum_brought(std::int64_t account, utc_time since) {
    auto rows =
        sum_brought_.select(account, since, entry_kind::voucher, entry_kind::payment, entry_kind::transfer);
    return rows.next() ? money::from_minor(rows.integer(0)) : money{};
}

money ledger_rows::leave(std::int64_t account, const request_id& name, utc_time now) {
    operation last{name, now, {}, std::nullopt};
    money balance;
    {
        auto held = read_sums_.select(account);
        if (!held.next())
            return balance;
        balance = money::from_minor(held.integer(0));
        last.move(purse_of(account), purse::left, entry_kind::leaving, balance);
        last.move_points(purse_of(account), purse::left, entry_kind::leaving, held.integer(1));
    }
    if (!last.entries.empty() && post(last) != posting::posted)
        throw std::logic_error{"an account that can't be left"};
    return balance;
}

std::vector<ledger_rows::sums> ledger_rows::sum_up(std::span<const ledger_entry> entries) {
    std::vector<sums> all;
    for (const ledger_entry& each : entries) {
        if (!is_of_account(each.of))
            continue;
        const auto account = static_cast<std::int64_t>(each.of);
        auto found = std::ranges::find(all, account, &sums::account);
        if (found == all.end())
            found = all.insert(all.end(), {account, 0, 0});
        (each.in == unit::money ? found->money : found->points) += each.amount;
    }
    return all;
}

/// What only comes in is never too little, whatever the balance was.
bool ledger_rows::has_enough(const sums& change, std::optional<money> least) {
    auto held = read_sums_.select(change.account);
    if (!held.next())
        throw std::logic_error{"an entry of an account that there isn't"};
    const money balance = money::from_minor(held.integer(0) + change.money);
    const std::int64_t points = held.integer(1) + change.points;
    const bool is_above = change.money >= 0 || !least || balance >= *least;
    return is_above && balance >= -most_money && balance <= most_money && points >= 0 &&
           points <= most_money.minor();
}

fingerprint ledger_rows::mark_of(const operation& what) const {
    std::string all;
    if (what.named_for)
        fmt::format_to(std::back_inserter(all), "{};", what.named_for->digits());
    const auto purse_in = [&](purse of) { // the number says whose; its account may change
        return what.named_for && is_of_account(of) ? std::int64_t{0} : static_cast<std::int64_t>(of);
    };
    for (const ledger_entry& each : what.entries)
        fmt::format_to(std::back_inserter(all), "{} {} {} {};", purse_in(each.of), static_cast<int>(each.in),
                       static_cast<int>(each.what), each.amount);
    return keys_.mark("operation", all);
}

ledger_check verify_ledger(connection& on) {
    ledger_check checked;
    checked.operations = on.ask("SELECT count(*) FROM operations");
    statement unbalanced{on, "SELECT seq FROM entries GROUP BY seq, unit HAVING sum(amount) != 0"
                             " UNION ALL SELECT seq FROM"
                             "  (SELECT seq FROM operations EXCEPT SELECT seq FROM entries)"
                             " ORDER BY 1 LIMIT 1"};
    if (auto rows = unbalanced.select(); rows.next())
        checked.unbalanced = rows.integer(0);
    statement wrong{on, "SELECT id FROM (SELECT id, balance, points FROM accounts"
                        " UNION ALL SELECT DISTINCT purse, 0, 0 FROM entries"
                        "  WHERE purse > 0 AND purse NOT IN (SELECT id FROM accounts)) AS held"
                        " WHERE balance != (SELECT coalesce(sum(amount), 0) FROM entries"
                        "  WHERE purse = held.id AND unit = 1)"
                        " OR points != (SELECT coalesce(sum(amount), 0) FROM entries"
                        "  WHERE purse = held.id AND unit = 2) ORDER BY 1 LIMIT 1"};
    if (auto rows = wrong.select(); rows.next())
        checked.wrong_sum = rows.integer(0);
    return checked;
}

} // namespace kabinet::store::sqlite
