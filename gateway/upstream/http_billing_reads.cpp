// What a number has, as the operator's billing system says and as the store knows the number.
#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/spawn.hpp"
#include "gateway/upstream/http_billing.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::gateway::upstream {

namespace asio = boost::asio;
using boost::system::result;

namespace {

constexpr std::chrono::hours remembered_for{24};

/// Whoever had his number blocked looks at the portal all the same.
template <class View>
bool is_for_nobody(const View& own) {
    const store::number_state state{own.status, own.bar};
    return !store::is_open(state, store::matter::purse) && !store::is_open(state, store::matter::login);
}

/// Whose number it is, without what the store's own ledger has from before that system's time.
template <class View>
View only_whose(const View& own) {
    View made;
    made.is_known = own.is_known;
    made.status = own.status;
    made.bar = own.bar;
    made.speaks = own.speaks;
    return made;
}

/// Whose number it is stands in the store, what it has there.
template <class View>
View join(const View& own, View seen) {
    const bool is_nobodys = !seen.is_known; // the billing system has no such number: as good as left
    seen.is_known = own.is_known;
    seen.status = is_nobodys ? store::account_status::left : own.status;
    seen.bar = own.bar;
    seen.speaks = own.speaks;
    return seen;
}

} // namespace

void http_billing::read_purse(msisdn who, store::completion<store::purse_view> done) {
    spawn(loop_, look_at_purse(who, std::move(done)));
}

asio::awaitable<void> http_billing::look_at_purse(msisdn who, store::completion<store::purse_view> done) {
    const counted mine{under_way_};
    const auto own =
        co_await read_store(store_, [who](store::reading_backend& rows) { return rows.read_purse(who); });
    if (!own)
        co_return done(own);
    if (is_for_nobody(*own))
        co_return done(only_whose(*own));
    const auto read = [](const http_answer& came) { return upstream::read_purse(came); };
    const auto seen = co_await theirs_.ask(ask_purse(who), read);
    const utc_time now = read_clocks().utc;
    if (seen) {
        last_seen_.put(who, *seen, now);
        co_return done(join(*own, *seen));
    }
    const auto before = last_seen_.find(who, now - remembered_for);
    if (!before)
        co_return done(seen.error());
    store::purse_view old = join(*own, before->first);
    old.seen = before->second;
    done(old);
}

void http_billing::read_movements(msisdn who, const store::movements_query& asked,
                                  store::completion<store::movements_view> done) {
    spawn(loop_, look_at_movements(who, asked, std::move(done)));
}

asio::awaitable<void> http_billing::look_at_movements(msisdn who, store::movements_query asked,
                                                      store::completion<store::movements_view> done) {
    const counted mine{under_way_};
    store::movements_query none = asked;
    none.most = 0;
    const auto own = co_await read_store(
        store_, [who, none](store::reading_backend& rows) { return rows.read_movements(who, none); });
    if (!own)
        co_return done(own);
    if (is_for_nobody(*own))
        co_return done(only_whose(*own));
    const auto read = [](const http_answer& came) { return upstream::read_movements(came); };
    auto seen = co_await theirs_.ask(ask_movements(who, asked), read);
    if (!seen)
        co_return done(seen.error());
    seen->last.resize(std::min(seen->last.size(), asked.most));
    done(join(*own, *seen));
}

void http_billing::read_holdings(msisdn who, store::completion<store::holdings_view> done) {
    spawn(loop_, look_at_holdings(who, std::move(done)));
}

asio::awaitable<void> http_billing::look_at_holdings(msisdn who,
                                                     store::completion<store::holdings_view> done) {
    const counted mine{under_way_};
    const auto own =
        co_await read_store(store_, [who](store::reading_backend& rows) { return rows.read_holdings(who); });
    if (!own)
        co_return done(own);
    if (is_for_nobody(*own))
        co_return done(only_whose(*own));
    const auto read = [](const http_answer& came) { return upstream::read_holdings(came); };
    auto seen = co_await theirs_.ask(ask_holdings(who), read);
    if (!seen)
        co_return done(seen.error());
    done(join(*own, std::move(*seen)));
}

} // namespace kabinet::gateway::upstream
