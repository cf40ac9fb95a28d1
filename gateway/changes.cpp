#include "gateway/changes.hpp"

#include "gateway/at_store.hpp"
#include "gateway/translate.hpp"

#include <array>

namespace kabinet::gateway {

namespace asio = boost::asio;

store::feed_terms change_terms(const menus::definition& pack) {
    store::feed_terms made;
    made.cooldown = change_cooldown;
    made.usual = pack.languages.front().code;
    made.notice.emplace();
    made.notice->action = "notice.sim_changed";
    made.notice->from = sender_address(pack.sender);
    made.notice->to = subscriber_address;
    return made;
}

void spread(store::feed_outcome&& came, change_listener& to) {
    for (const msisdn each : came.recycled)
        to.forget(each);
    for (store::ended_access& each : came.ended)
        to.end_access(std::move(each));
}

asio::awaitable<bool> take_change(store::store& in, const menus::definition& pack, change_listener& listener,
                                  change_notice said) {
    store::subscriber row;
    row.who = said.who;
    (said.what == change_notice::of::sim ? row.sim_changed : row.owner_changed) = said.at;
    store::feed_terms terms = change_terms(pack);
    terms.adds_numbers = false; // whose number it is, the feed says
    auto take = [row, terms, now = read_clocks().utc](store::backend& rows) {
        return rows.take_feed(std::array{row}, terms, now);
    };
    boost::system::result<store::feed_outcome> came = co_await at_store(in, take);
    if (!came)
        co_return false;
    spread(std::move(*came), listener);
    co_return true;
}

} // namespace kabinet::gateway
