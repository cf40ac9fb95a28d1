#include "gateway/at_store.hpp"
#include "gateway/office.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using boost::system::result;

namespace {

constexpr auto movements_go_back = 183 * 24h; // as L3 tells its subscriber
constexpr std::size_t movements_shown = 10;

std::string write_purse(const store::purse_view& of) {
    std::string told = write_money(of.balance);
    if (of.points != 0)
        told += fmt::format(", {} points", of.points);
    return of.seen ? fmt::format("{}, as it was at {}", told, write_for_eyes(*of.seen)) : told;
}

std::string write_days(std::chrono::seconds period) {
    if (period % std::chrono::days{1} != 0s) // a billing system elsewhere may have such
        return fmt::format("{} s", period.count());
    const auto days = std::chrono::duration_cast<std::chrono::days>(period).count();
    return days == 1 ? "a day" : fmt::format("{} days", days);
}

std::string write_allowance(const store::holding& of) {
    struct unit {
        std::int64_t holds;
        std::int64_t left;
        std::string_view of_what;
    };
    std::string told;
    for (const unit& each :
         {unit{of.holds.minutes, of.left.minutes, "minutes"}, unit{of.holds.sms, of.left.sms, "SMS"},
          unit{of.holds.megabytes, of.left.megabytes, "MB"}})
        if (each.holds != 0)
            told += fmt::format(", {} of {} {} left", each.left, each.holds, each.of_what);
    return told;
}

/// What becomes of it, and when.
std::string write_next(const store::holding& of) {
    std::string told = of.is_paused ? ", its fee can't be paid" : "";
    if (of.due)
        told += fmt::format(", {} {}",
                            of.is_paused ? "ends"
                            : of.renews  ? "next fee"
                                         : "not renewed, ends",
                            write_for_eyes(*of.due));
    return told;
}

std::string write_holding(const store::holding& of) {
    const std::string fee =
        of.fee == money{} ? "free" : fmt::format("{} for {}", write_money(of.fee), write_days(of.period));
    return fmt::format("{} {}, {}{}, since {}{}", store::name_of(of.kind), of.name, fee, write_allowance(of),
                       write_for_eyes(of.since), write_next(of));
}

std::string write_movement(const store::movement& of) {
    return fmt::format("{}  {}{} {}", write_for_eyes(of.at), of.amount > money{} ? "+" : "",
                       write_money(of.amount), store::name_of(of.what));
}

} // namespace

asio::awaitable<void> office::show_money(msisdn who, counter& at) {
    if (with_.money == nullptr) {
        at.print("balance   is kept by the billing system; a running gateway would ask it");
        co_return;
    }
    auto ask_purse = [&](store::completion<store::purse_view> done) {
        with_.money->read_purse(who, std::move(done));
    };
    const result<store::purse_view> purse = co_await await_completion<store::purse_view>(ask_purse);
    if (!purse) {
        at.print(fmt::format("balance   isn't known: {}", purse.error().message()));
        co_return; // whoever can't tell this can't tell the rest
    }
    // of such numbers a system elsewhere isn't asked, or doesn't know them
    if (with_.money->is_elsewhere() && purse->status != store::account_status::active &&
        purse->bar != store::bar_reason::debt) {
        at.print("balance   isn't asked for: the number is barred or has left");
        co_return;
    }
    at.print(fmt::format("balance   {}", write_purse(*purse)));
    if (purse->promise)
        at.print(fmt::format("promised  {}, goes back {}", write_money(purse->promise->amount),
                             write_for_eyes(purse->promise->due)));

    auto ask_holdings = [&](store::completion<store::holdings_view> done) {
        with_.money->read_holdings(who, std::move(done));
    };
    const result<store::holdings_view> holdings =
        co_await await_completion<store::holdings_view>(ask_holdings);
    if (!holdings)
        at.print(fmt::format("has       isn't known: {}", holdings.error().message()));
    else
        for (const store::holding& each : holdings->has)
            at.print(fmt::format("has       {}", write_holding(each)));

    const utc_time now = read_clocks().utc;
    const store::movements_query query{now, now - movements_go_back, movements_shown};
    auto ask_movements = [&](store::completion<store::movements_view> done) {
        with_.money->read_movements(who, query, std::move(done));
    };
    const result<store::movements_view> moved =
        co_await await_completion<store::movements_view>(ask_movements);
    if (!moved)
        at.print(fmt::format("moved     isn't known: {}", moved.error().message()));
    else
        for (const store::movement& each : moved->last)
            at.print(fmt::format("moved     {}", write_movement(each)));
}

} // namespace kabinet::gateway
