#include "gateway/at_store.hpp"
#include "gateway/perform.hpp"
#include "gateway/reception_frame.hpp"
#include "menus/entry.hpp"

#include <algorithm>
#include <iterator>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;
using menus::action_kind;

namespace {

constexpr std::size_t movements_on_page = 50;

bool is_lent(const menus::offer& each) {
    return each.kind == menus::offer_kind::promise;
}

/// A pack without a way there has no words for what comes of it: then the portal leads nobody there either.
bool leads_to(const menus::definition& pack, std::string_view what_came) {
    return pack.find_text(what_came).has_value();
}

} // namespace

/// The subscriber hears by SMS of what somebody did for him at the portal.
store::request reception::make_order(std::string_view kind, const account_wish& asked, action_kind what,
                                     const menus::definition& pack) const {
    store::request wish = make_request(kind, asked, least_level(what), pack);
    wish.sms->is_notice = false;
    wish.sms->action = menus::name_of(what);
    return wish;
}

asio::awaitable<portal_answer> reception::show_purse(account_wish asked) {
    return admit(std::move(asked), &reception::look_in_purse, action_kind::show_balance);
}

/// Whether the login holds; `told` says so where it doesn't.
asio::awaitable<bool> reception::may_look(const account_wish& asked, action_kind what, portal_answer& told) {
    const auto proof = proof_of(asked.login, least_level(what));
    auto look = [who = asked.who, proof](store::backend& rows) { return rows.look_through(who, proof); };
    const result<store::login_view> login = co_await at_store(with_.store, look);
    if (!login)
        co_return false;
    store::outcome came;
    came.is = login->is;
    tell_of_account(came, told);
    co_return told.is == portal_verdict::ok;
}

asio::awaitable<portal_answer> reception::look_in_purse(const account_wish& asked,
                                                        const menus::definition& pack) {
    portal_answer told;
    const bool may = co_await may_look(asked, action_kind::show_balance, told);
    if (!may)
        co_return told;
    auto start = [&](store::completion<store::purse_view> done) {
        with_.money.read_purse(asked.who, std::move(done));
    };
    const result<store::purse_view> seen = co_await await_completion<store::purse_view>(start);
    if (!seen)
        co_return portal_answer{};
    told.who = asked.who;
    told.purse = *seen;
    std::ranges::copy_if(pack.offers, std::back_inserter(told.offers), is_lent);
    told.currency = pack.currency;
    if (leads_to(pack, "transfer.transferred.sms"))
        told.transfers = pack.transfers;
    else
        told.transfers.min = told.transfers.max = told.transfers.fee = money{};
    co_return told;
}

asio::awaitable<portal_answer> reception::show_movements(statement_wish asked) {
    return admit(std::move(asked), &reception::list_movements, action_kind::list_movements);
}

/// One more is looked for than is told: what is told of ends before the time of that one, for the entries of
/// one operation stay together.
asio::awaitable<portal_answer> reception::list_movements(const statement_wish& asked,
                                                         const menus::definition& pack) {
    portal_answer told;
    const bool may = co_await may_look(asked, action_kind::list_movements, told);
    if (!may)
        co_return told;
    store::movements_query query;
    query.totals_since = query.listed_since = asked.since;
    query.until = asked.until;
    query.most = movements_on_page + 1;
    auto start = [&](store::completion<store::movements_view> done) {
        with_.money.read_movements(asked.who, query, std::move(done));
    };
    result<store::movements_view> seen = co_await await_completion<store::movements_view>(start);
    if (!seen)
        co_return portal_answer{};
    auto& listed = seen->last;
    if (listed.size() > movements_on_page) {
        const utc_time next = listed.back().at;
        std::erase_if(listed, [next](const store::movement& each) { return each.at <= next; });
        if (!listed.empty())
            told.older_until = listed.back().at;
    }
    told.currency = pack.currency;
    told.movements = std::move(*seen);
    co_return told;
}

asio::awaitable<portal_answer> reception::top_up(voucher_wish asked) {
    return admit(std::move(asked), &reception::redeem_voucher, action_kind::top_up);
}

asio::awaitable<portal_answer> reception::redeem_voucher(const voucher_wish& asked,
                                                         const menus::definition& pack) {
    if (!leads_to(pack, "top_up.topped_up.sms"))
        co_return refuse("declined");
    const secret code = menus::digits_of_voucher(asked.voucher.reveal());
    if (const auto why = menus::examine_voucher(code, pack.vouchers); why != menus::refusal::none)
        co_return refuse(menus::name_of(why));
    store::request wish = make_order("portal voucher", asked, action_kind::top_up, pack);
    wish.what = redeem(code, with_.keys, pack);
    wish.carried = code.clone();
    co_return co_await order(std::move(wish));
}

asio::awaitable<portal_answer> reception::take_promise(promise_wish asked) {
    return admit(std::move(asked), &reception::lend_on, action_kind::take_promise);
}

asio::awaitable<portal_answer> reception::lend_on(const promise_wish& asked, const menus::definition& pack) {
    const auto found = std::ranges::find_if(pack.offers, [&](const menus::offer& each) {
        return is_lent(each) && view(each.name) == asked.offer;
    });
    if (found == pack.offers.end() || !leads_to(pack, "take_promise.promised.sms"))
        co_return refuse("offer");
    store::request wish = make_order("portal promise", asked, action_kind::take_promise, pack);
    wish.what = lend({*found, pack.promise_floor});
    co_return co_await order(std::move(wish));
}

asio::awaitable<portal_answer> reception::transfer(transfer_wish asked) {
    return admit(std::move(asked), &reception::give_to, action_kind::transfer);
}

asio::awaitable<portal_answer> reception::give_to(const transfer_wish& asked, const menus::definition& pack) {
    if (!leads_to(pack, "transfer.transferred.sms") || asked.amount < pack.transfers.min ||
        asked.amount > pack.transfers.max)
        co_return refuse("amount");
    store::request wish = make_order("portal transfer", asked, action_kind::transfer, pack);
    wish.what = give({asked.to, asked.amount, pack.transfers.fee}, pack);
    co_return co_await order(std::move(wish));
}

/// The operator's own word: the number is his, whatever the feed says.
asio::awaitable<portal_answer> reception::pay_in(payment_wish asked) {
    return receive(wish_kind::payment, std::move(asked), &reception::enter_payment);
}

asio::awaitable<portal_answer> reception::enter_payment(const payment_wish& asked,
                                                        const menus::definition& pack) {
    store::request wish = make_request("operator payment", asked, pack);
    wish.id = with_.keys.name_request({"operator", asked.idempotency_key}); // apart from the portal's keys
    wish.by.by = store::channel::feed;
    wish.by.may_register = true;
    wish.what = store::pay_in{asked.amount, asked.points};
    wish.sms.reset();
    co_return co_await order(std::move(wish));
}

asio::awaitable<portal_answer> reception::order(store::request wish) {
    portal_answer told;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    tell_of_account(*came, told);
    told.sums = came->sums;
    if (came->is == store::verdict::conflict)
        told.other = came->about.other.substr(came->about.other.find('.') + 1);
    if (told.is == portal_verdict::ok)
        told.until = came->until;
    co_return told;
}

} // namespace kabinet::gateway
