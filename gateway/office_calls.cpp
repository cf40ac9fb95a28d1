// Who is to be called back, for the operator's people who do it.
#include "gateway/at_store.hpp"
#include "gateway/office.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::size_t read_at_once = 500; // in one batch with what subscribers wait for

std::string written(const store::awaited_call& of, utc_time now) {
    return fmt::format("{}  by {}{}  asked {} by {}, speaks {}", of.who.text(), write_for_eyes(of.due),
                       of.due < now ? ", overdue" : "", write_for_eyes(of.asked), store::name_of(of.by),
                       of.speaks.code());
}

} // namespace

/// Whom it was promised for the earliest stands first.
asio::awaitable<int> office::list_calls(arguments, counter& at) {
    std::vector<store::awaited_call> all;
    msisdn after;
    while (true) {
        auto read = [after](store::backend& rows) { return rows.list_calls(after, read_at_once); };
        result<std::vector<store::awaited_call>> some = co_await at_store(store_, read);
        if (!some) {
            at.complain(some.error().message());
            co_return errand_refused;
        }
        if (some->empty())
            break;
        after = some->back().who;
        std::ranges::move(*some, std::back_inserter(all));
    }
    std::ranges::stable_sort(all, {}, &store::awaited_call::due);
    const utc_time now = read_clocks().utc;
    for (const store::awaited_call& each : all)
        at.print(written(each, now));
    if (all.empty())
        at.print("nobody awaits a call");
    co_return errand_done;
}

asio::awaitable<int> office::end_call(arguments typed, counter& at) {
    const auto who = read_number(typed[0], at);
    if (!who)
        co_return errand_broken;
    auto work = [who = *who, now = read_clocks().utc](store::backend& rows) {
        return rows.end_call(who, now);
    };
    const result<bool> came = co_await at_store(store_, work);
    if (!came || !*came) {
        at.complain(came ? fmt::format("{}: awaits no call", who->text()) : came.error().message());
        co_return errand_refused;
    }
    at.print(fmt::format("{}: the call was made", who->text()));
    co_return errand_done;
}

} // namespace kabinet::gateway
