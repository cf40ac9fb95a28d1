// What a login may ask about what is sold, and what the operator's systems tell of it.
#include "gateway/at_store.hpp"
#include "gateway/fixed_words.hpp"
#include "gateway/perform.hpp"
#include "gateway/reception_frame.hpp"
#include "gateway/sell.hpp"
#include "menus/make_action.hpp"

#include <algorithm>
#include <iterator>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;
using menus::action_kind;

namespace {

/// Under which of the menus' actions what is sold of a kind is listed.
action_kind list_of(menus::offer_kind what) {
    if (what == menus::offer_kind::tariff)
        return action_kind::show_tariff;
    return what == menus::offer_kind::package ? action_kind::show_packages : action_kind::list_services;
}

std::string write_title(const menus::definition& pack, language reads, menus::offer_kind kind,
                        std::string_view name) {
    std::string title = fixed_words(pack, reads, view(menus::title_of(kind, name)));
    return title.empty() ? std::string{name} : title; // the pack has it no more
}

/// What the pack has of that kind, each with what the account has of it, and what the pack has no more.
std::vector<ware_line> list_wares(const menus::definition& pack, menus::offer_kind kind,
                                  const store::holdings_view& seen) {
    const language reads = seen.speaks.value_or(pack.languages.front().code);
    const store::ware_kind of = ware_kind_of(kind);
    std::vector<ware_line> lines;
    for (const menus::offer& each : pack.offers) {
        if (each.kind != kind)
            continue;
        ware_line line{each, {}, false, write_title(pack, reads, kind, view(each.name))};
        if (const store::holding* const own = seen.find(of, view(each.name)))
            line.own = *own;
        line.is_usual = each.is_default && seen.find_tariff() == nullptr;
        if (each.is_sold || line.own)
            lines.push_back(std::move(line));
    }
    for (const store::holding& each : seen.has) {
        const bool is_listed = std::ranges::any_of(
            lines, [&](const ware_line& line) { return line.own && line.own->name == each.name; });
        if (each.kind != of || is_listed)
            continue;
        menus::offer gone{{each.name.data(), each.name.size()}, {}, each.fee, each.period, kind};
        gone.is_sold = false;
        lines.push_back({gone, each, false, write_title(pack, reads, kind, each.name)});
    }
    return lines;
}

} // namespace

asio::awaitable<portal_answer> reception::show_wares(ware_wish asked) {
    const action_kind does = list_of(asked.of);
    return admit(std::move(asked), &reception::look_at_wares, does);
}

asio::awaitable<portal_answer> reception::look_at_wares(const ware_wish& asked,
                                                        const menus::definition& pack) {
    portal_answer told;
    const bool may = co_await may_look(asked, list_of(asked.of), told);
    if (!may)
        co_return told;
    auto start = [&](store::completion<store::holdings_view> done) {
        with_.money.read_holdings(asked.who, std::move(done));
    };
    const result<store::holdings_view> seen = co_await await_completion<store::holdings_view>(start);
    if (!seen)
        co_return portal_answer{};
    told.who = asked.who;
    told.currency = pack.currency;
    told.sums.balance = seen->balance;
    told.wares = list_wares(pack, asked.of, *seen);
    co_return told;
}

asio::awaitable<portal_answer> reception::order_ware(ware_wish asked) {
    const action_kind does = asked.what;
    return admit(std::move(asked), &reception::sell_to, does);
}

/// What was shown at the portal is what is agreed to: where the pack says something else by now, nothing is
/// done.
asio::awaitable<portal_answer> reception::sell_to(const ware_wish& asked, const menus::definition& pack) {
    const auto found = std::ranges::find_if(pack.offers, [&](const menus::offer& each) {
        return each.kind == asked.of && view(each.name) == asked.offer;
    });
    const bool ends = menus::ends_something(asked.what);
    const bool is_known = found != pack.offers.end() && (found->is_sold || ends);
    const bool may_be_had = ends && asked.offer.size() <= menus::offer_name{}.max_size();
    if (!(is_known || may_be_had) || !pack.leads_to(asked.what))
        co_return refuse("offer");
    store::request wish = make_order("portal ware", asked, asked.what, pack);
    if (!is_known) { // whoever still has what the pack forgot can end it: the store knows it by its name
        const menus::offer gone{{asked.offer.data(), asked.offer.size()}, {}, {}};
        wish.what = *order_of(asked.what, gone);
        portal_answer told = co_await order(std::move(wish));
        if (told.reason == store::name_of(store::verdict::not_connected))
            told.reason = "offer"; // nobody's, and no name of the pack's
        co_return told;
    }
    if ((asked.price && *asked.price != found->price()) || (asked.fee && *asked.fee != found->fee))
        co_return refuse("terms");
    wish.what = *order_of(asked.what, *found);
    co_return co_await order(std::move(wish));
}

asio::awaitable<portal_answer> reception::tell_left(left_wish asked) {
    return receive(wish_kind::remainder, std::move(asked), &reception::enter_left);
}

/// The latest stands: told again, it changes nothing more.
asio::awaitable<portal_answer> reception::enter_left(const left_wish& asked, const menus::definition&) {
    if (with_.money.is_elsewhere()) // who sells the packages counts them
        co_return refuse("elsewhere");
    auto work = [who = asked.who, package = asked.offer, left = asked.left](store::backend& rows) {
        return rows.tell_left(who, package, left);
    };
    const result<bool> came = co_await at_store(with_.store, work);
    if (!came)
        co_return portal_answer{};
    if (!*came)
        co_return refuse("offer");
    portal_answer told;
    told.is = portal_verdict::ok;
    co_return told;
}

} // namespace kabinet::gateway
