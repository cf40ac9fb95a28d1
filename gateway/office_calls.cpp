// Who is to be called back, for the operator's people who do it.
#include "gateway/at_store.hpp"
#include "gateway/office.hpp"
#include "store/rules.hpp"
#include "values/written_time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::size_t read_at_once = 100; // in one batch with what subscribers wait for

/// And what whoever calls should know of the number first.
struct listed_call {
    store::awaited_call is;
    std::string_view barred; // empty where it isn't
    bool is_cooling = false; // its SIM or its owner changed lately
};

result<listed_call> look_at(store::backend& rows, const store::awaited_call& of, utc_time now) {
    listed_call made{of, {}, false};
    const auto account = rows.inspect(of.who, now);
    if (!account)
        return account.error();
    const auto in_feed = rows.find_subscriber(of.who);
    if (!in_feed)
        return in_feed.error();
    store::number_state state;
    if (*account)
        state = {(*account)->status, (*account)->bar};
    else if (*in_feed)
        state = store::state_of(**in_feed);
    if (state.is != store::account_status::active)
        made.barred = store::name_of(store::refusal_of(state));
    made.is_cooling = *account && (*account)->cooldown_until && now < *(*account)->cooldown_until;
    return made;
}

std::string written(const listed_call& of, utc_time now) {
    const store::awaited_call& call = of.is;
    return fmt::format("{}  by {}{}  asked {} by {}, speaks {}{}{}{}", call.who.text(),
                       write_for_eyes(call.due), call.due < now ? ", overdue" : "",
                       write_for_eyes(call.asked), store::name_of(call.by), call.speaks.code(),
                       of.barred.empty() ? "" : ", ", of.barred, of.is_cooling ? ", new SIM or owner" : "");
}

} // namespace

/// Whom it was promised for the earliest stands first.
asio::awaitable<int> office::list_calls(arguments, counter& at) {
    std::vector<listed_call> all;
    msisdn after;
    const utc_time now = read_clocks().utc;
    while (true) {
        auto read = [after, now](store::backend& rows) -> result<std::vector<listed_call>> {
            const auto some = rows.list_calls(after, read_at_once);
            if (!some)
                return some.error();
            std::vector<listed_call> made;
            for (const store::awaited_call& each : *some) {
                auto seen = look_at(rows, each, now);
                if (!seen)
                    return seen.error();
                made.push_back(std::move(*seen));
            }
            return made;
        };
        result<std::vector<listed_call>> some = co_await at_store(with_.rows, read);
        if (!some) {
            at.complain(some.error().message());
            co_return errand_refused;
        }
        if (some->empty())
            break;
        after = some->back().is.who;
        std::ranges::move(*some, std::back_inserter(all));
    }
    std::ranges::stable_sort(all, {}, [](const listed_call& each) { return each.is.due; });
    for (const listed_call& each : all)
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
    const result<bool> came = co_await at_store(with_.rows, work);
    if (!came || !*came) {
        at.complain(came ? fmt::format("{}: awaits no call", who->text()) : came.error().message());
        co_return errand_refused;
    }
    at.print(fmt::format("{}: the call was made", who->text()));
    co_return errand_done;
}

} // namespace kabinet::gateway
