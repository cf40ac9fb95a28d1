#include "store/sqlite_orders.hpp"

#include "store/sqlite_sums.hpp"

#include <tuple>

namespace kabinet::store::sqlite {
namespace {

constexpr std::size_t name_octets = std::tuple_size_v<request_id>;

std::optional<money> money_at(const statement::rows& rows, int column) {
    const auto minor = rows.maybe<std::int64_t>(column);
    return minor ? std::optional{money::from_minor(*minor)} : std::nullopt;
}

std::optional<msisdn> number_at(const statement::rows& rows, int column) {
    const auto digits = rows.maybe<std::uint64_t>(column);
    return digits ? std::optional{msisdn::from_digits(*digits)} : std::nullopt;
}

} // namespace

order_rows::order_rows(connection& on)
    : add_{on,
           "INSERT INTO orders (name, request, msisdn, account, effect, channel, amount, fee, party, told,"
           " is_last_try, outbox, when_done, when_refused, at, about, period)"
           " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"}
    , find_open_{on,
                 "SELECT request, msisdn, account, effect, channel, amount, fee, party, told, is_last_try,"
                 " outbox, when_done, when_refused, at, about, '', period"
                 " FROM orders WHERE name = ? AND verdict IS NULL"}
    , end_{on, "UPDATE orders SET verdict = ?2, ended_at = ?3 WHERE name = ?1 AND verdict IS NULL"}
    , list_open_{on, "SELECT seq, name, effect FROM orders INDEXED BY orders_open"
                     " WHERE verdict IS NULL AND seq > ? ORDER BY seq LIMIT ?"}
    // what is open counts as given: a limit may not be passed while an answer is on its way
    , list_given_{on, "SELECT at, amount FROM orders INDEXED BY orders_of WHERE account = ?1 AND effect = ?2"
                      " AND at > ?3 AND (verdict IS NULL OR verdict = ?4) ORDER BY at"}
    , prune_{on, "DELETE FROM orders WHERE seq IN (SELECT seq FROM orders ORDER BY seq LIMIT ?)"
                 " AND ended_at <= ?"} {}

void order_rows::add(const order_row& one) {
    add_.run(octets{one.name}, octets{one.wish}, one.who, one.account, one.what, one.by, one.amount, one.fee,
             one.party, std::string_view{one.told}, one.is_last_try, one.sms, one.when_done, one.when_refused,
             one.at, std::string_view{one.about.what}, one.about.period);
}

std::optional<order_row> order_rows::find_open(const request_id& name) {
    auto rows = find_open_.select(octets{name});
    if (!rows.next())
        return std::nullopt;
    order_row found;
    found.name = name;
    found.wish = rows.fixed_blob<name_octets>(0);
    found.who = number_at(rows, 1);
    found.account = rows.integer(2);
    found.what = rows.as<effect_kind>(3);
    found.by = rows.as<channel>(4);
    found.amount = money_at(rows, 5);
    found.fee = money_at(rows, 6);
    found.party = number_at(rows, 7);
    found.told = rows.text(8);
    found.is_last_try = rows.integer(9) != 0;
    found.sms = rows.maybe<outbox_id>(10);
    found.when_done = rows.as<result_sms::birth>(11);
    found.when_refused = rows.as<result_sms::birth>(12);
    found.at = rows.time(13);
    found.about = subject_at(rows, 14);
    return found;
}

void order_rows::end(const request_id& name, verdict is, utc_time now) {
    end_.run(octets{name}, is, now);
}

std::vector<open_order> order_rows::list_open(std::int64_t after, std::size_t most) {
    std::vector<open_order> open;
    for (auto rows = list_open_.select(after, most); rows.next();)
        open.push_back({rows.integer(0), rows.fixed_blob<name_octets>(1), rows.as<effect_kind>(2)});
    return open;
}

std::vector<moved> order_rows::list_given(std::int64_t account, utc_time since) {
    std::vector<moved> given;
    for (auto rows = list_given_.select(account, effect_kind::transfer, since, verdict::transferred);
         rows.next();)
        given.push_back({rows.time(0), money::from_minor(rows.integer(1))});
    return given;
}

std::size_t order_rows::prune(std::size_t most, utc_time until) {
    return prune_.run(most, until);
}

} // namespace kabinet::store::sqlite
