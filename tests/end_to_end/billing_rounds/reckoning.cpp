#include "tests/end_to_end/billing_rounds/reckoning.hpp"

#include "simulator/billing_books.hpp"
#include "tests/end_to_end/billing_rounds/course.hpp"
#include "tests/support/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace kabinet::tests {

using simulator::operation_state;
using simulator::order_refusal;
using store::channel;
using store::effect_kind;
using store::verdict;

namespace {

constexpr std::string_view texted_number = "000110"; // its replies come from there
constexpr std::string_view sender = "MegaFon";       // what tells of a dial later

std::string national(std::uint64_t digits) {
    return std::to_string(digits).substr(1);
}

/// Of those that the load can meet.
verdict verdict_of(order_refusal why) {
    switch (why) {
    case order_refusal::wrong_voucher:
        return verdict::wrong_voucher;
    case order_refusal::used_voucher:
        return verdict::used_voucher;
    case order_refusal::promise_open:
        return verdict::promise_open;
    case order_refusal::short_of:
        return verdict::short_of;
    default:
        throw std::runtime_error{"the books refuse what nobody can have wished"};
    }
}

verdict done_verdict(effect_kind what) {
    switch (what) {
    case effect_kind::top_up:
        return verdict::topped_up;
    case effect_kind::take_promise:
        return verdict::promised;
    case effect_kind::connect_service:
        return verdict::connected;
    case effect_kind::change_tariff:
        return verdict::switched;
    case effect_kind::buy_package:
        return verdict::bought;
    default:
        return verdict::transferred;
    }
}

bool says(std::string_view text, const std::string& first, const std::string& last) {
    return text.starts_with(first) && text.ends_with(last);
}

/// A screen says more than an SMS has room for.
bool says_sold(std::string_view text, const money_wish& of, const std::string& left) {
    const std::string price = as_told(of.amount);
    if (of.what == effect_kind::connect_service)
        return text.starts_with(fmt::format("{}: подключено", of.ware->title)) &&
               has(text, fmt::format(" {} р. Далее ", price));
    if (of.what == effect_kind::change_tariff)
        return text.starts_with(fmt::format("Тариф {}, списано {} р. Далее ", of.ware->title, price));
    const std::string taken = fmt::format(", списано {} р.", price);
    return says(text, fmt::format("{}: куплено до ", of.ware->title), taken + left) ||
           says(text, fmt::format("{}: до ", of.ware->title), taken);
}

bool says_done(std::string_view text, const money_wish& of, const simulator::operation_end& came) {
    const std::string left = fmt::format(" Баланс {} р.", as_told(came.balance.value()));
    if (of.ware != nullptr)
        return says_sold(text, of, left);
    if (of.what == effect_kind::top_up)
        return text == fmt::format("Счет пополнен на {} р.", as_told(came.amount.value())) + left;
    if (of.what == effect_kind::take_promise)
        return says(text, fmt::format("Зачислено {} р. до ", as_told(of.amount)), left);
    return says(text, fmt::format("Переведено {} р. на {}", as_told(of.amount), national(of.party)), left);
}

bool says_refused(std::string_view text, const money_wish& of, const simulator::operation_end& came) {
    switch (came.reason.value()) {
    case order_refusal::wrong_voucher:
        return text.starts_with("Код не найден, деньги не зачислены.");
    case order_refusal::used_voucher:
        return text.starts_with("Этот код уже использован.");
    case order_refusal::promise_open:
        return of.what == effect_kind::transfer ? says(text, "Не переведено: до ", " у вас обещанный платеж.")
                                                : text.starts_with("Обещанный платеж уже взят, до ");
    case order_refusal::short_of:
        if (of.ware != nullptr)
            return text.starts_with(fmt::format("{}: нужно {} р. Баланс {} р., ", of.ware->title,
                                                as_told(of.amount), as_told(came.balance.value())));
        return text == fmt::format("Не переведено: баланс {} р. Пополните или уменьшите сумму.",
                                   as_told(came.balance.value()));
    default:
        return false;
    }
}

bool is_sold(const simulator::billing_order& of, const money_wish& wished) {
    const auto is_it = [&]<class Order>(const Order& order) {
        if constexpr (requires { order.on; })
            return order.who.digits() == wished.who && order.on.name == wished.ware->name &&
                   order.on.at_once() == wished.amount;
        return false;
    };
    return std::visit(is_it, of);
}

/// Nobody orders one kind twice, and no period is over within a run: so what is charged is charged once.
void check_sold(const simulator::billing_change& of,
                std::map<std::pair<std::uint64_t, std::size_t>, money>& sold) {
    const auto check = [&]<class Order>(const Order& order) {
        if constexpr (requires { order.on; }) {
            money taken;
            for (const simulator::billing_entry& each : of.entries)
                if (each.purse == simulator::billing_purse{order.who})
                    taken = taken - each.amount;
            insist(taken == order.on.at_once(), "what is sold is charged what was read: " + of.id);
            insist(sold.emplace(std::pair{order.who.digits(), of.order->index()}, taken).second,
                   "nobody is sold the same twice: " + of.id);
        }
    };
    std::visit(check, *of.order);
}

bool is_content(const simulator::billing_order& of, const money_wish& wished) {
    if (const auto* filled = std::get_if<simulator::top_up>(&of))
        return filled->who.digits() == wished.who && filled->voucher == wished.voucher;
    if (const auto* lent = std::get_if<simulator::take_promise>(&of))
        return lent->who.digits() == wished.who && lent->amount == wished.amount;
    if (wished.ware != nullptr)
        return is_sold(of, wished);
    const auto& given = std::get<simulator::transfer>(of);
    return given.who.digits() == wished.who && given.to.digits() == wished.party &&
           given.amount == wished.amount;
}

std::string describe(const money_wish& of) {
    return fmt::format("{} of {} by {}", store::name_of(of.what), of.who, store::name_of(of.by));
}

} // namespace

reckoning::reckoning(const std::vector<step>& journal, const std::vector<order_seen>& orders,
                     const inboxes& seen)
    : journal_{journal}
    , orders_{orders}
    , inboxes_{seen} {
    for (const step& each : journal_)
        if (each.is == step::step::ended || each.is == step::step::cancelled)
            ends_.emplace(each.id, &each);
}

void reckoning::check_books() const {
    simulator::billing_books again; // refuses what can't follow from what was before
    std::set<std::string> ended;
    std::set<std::string> begun;
    std::set<std::string> vouchers;
    std::map<std::pair<std::uint64_t, std::size_t>, money>
        sold; // whom and by which kind of order, for how much
    for (const step& each : journal_) {
        again.enter(each);
        insist(each.is != step::step::charged, "no fee is due within a run");
        if (each.is == step::step::began)
            begun.insert(each.id);
        if (each.is != step::step::ended && each.is != step::step::cancelled)
            continue;
        insist(ended.insert(each.id).second, "an operation ends once: " + each.id);
        begun.erase(each.id);
        const bool is_done = each.came.state == operation_state::done;
        const auto* filled = each.order ? std::get_if<simulator::top_up>(&*each.order) : nullptr;
        insist(filled == nullptr || !is_done || vouchers.insert(filled->voucher).second,
               "a voucher is worth something once");
        if (is_done)
            check_sold(each, sold);
    }
    insist(begun.empty(), "what was begun ends");
    insist(again.sum() == money{}, "the books sum to nothing");
}

void reckoning::check_orders() {
    std::set<std::string> ordered;
    for (const order_seen& each : orders_) {
        insist(ordered.insert(each.name).second, "an order has a name of its own: " + each.name);
        insist(orders_of_.emplace(wish_key{each.who.digits(), each.what, each.by}, &each).second,
               fmt::format("{} ordered once by {}", store::name_of(each.what), each.who.digits()));
        check_order(each);
    }
    for (const auto& [name, end] : ends_)
        insist(ordered.contains(name), "what the books ended was ordered: " + name);
}

void reckoning::check_order(const order_seen& of) {
    insist(of.came.has_value(), "no order is open: " + of.name);
    const step* const end = find_end(of);
    verdict right = verdict::not_done;
    if (end == nullptr) {
        ++counted_.unseen;
    } else if (end->came.state == operation_state::done) {
        ++counted_.done;
        right = done_verdict(of.what);
    } else if (end->came.state == operation_state::refused) {
        ++counted_.refused;
        right = verdict_of(end->came.reason.value());
    } else {
        ++counted_.cancelled;
    }
    insist(of.came == right,
           fmt::format("the order {} of {} ended as the books say, {}, and not as {}", of.name,
                       of.who.digits(), store::name_of(right), store::name_of(*of.came)));
}

void reckoning::check_wishes(const std::vector<money_wish>& wishes) {
    for (const money_wish& each : wishes)
        check_wish(each);
    check_inboxes(wishes);
    std::set<wish_key> wished;
    for (const money_wish& each : wishes)
        wished.insert({each.who, each.what, each.by});
    for (const auto& [key, order] : orders_of_)
        insist(wished.contains(key), "nothing is ordered that nobody wished: " + order->name);
}

void reckoning::check_wish(const money_wish& of) {
    counted_.acknowledged += of.is_acknowledged ? 1 : 0;
    const order_seen* const order = find_order(of);
    const step* const end = order == nullptr ? nullptr : find_end(*order);
    if (end != nullptr && end->order)
        insist(is_content(*end->order, of), "what was ordered is what was wished: " + describe(of));
    insist(of.screen.empty() || says_end(of.screen, of),
           fmt::format("the screen says what came of it, {}: {}", describe(of), of.screen));
    const std::string_view from = of.by == channel::sms ? texted_number : sender;
    std::size_t told = of.screen.empty() ? 0 : 1;
    if (const auto inbox = inboxes_.find(of.who); inbox != inboxes_.end())
        told += static_cast<std::size_t>(std::ranges::count_if(inbox->second, [&](const seen_sms& each) {
            return each.from == from && says_end(each.text, of);
        }));
    insist(!of.is_acknowledged || told != 0,
           fmt::format("whoever had his wish acknowledged is told: {}; his order {}; he has {}", describe(of),
                       order == nullptr ? "isn't there" : store::name_of(order->came.value()),
                       list_inbox(of.who)));
    counted_.untold += told == 0 ? 1 : 0;
    counted_.told_twice += told > 1 ? 1 : 0;
    counted_.told_late += of.screen.empty() && of.by == channel::ussd && told != 0 ? 1 : 0;
}

/// Nothing untrue comes by SMS, either.
void reckoning::check_inboxes(const std::vector<money_wish>& wishes) const {
    std::map<std::uint64_t, std::vector<const money_wish*>> of;
    std::set<std::pair<std::uint64_t, std::string>> given; // whom, and how it is told
    for (const money_wish& each : wishes) {
        of[each.who].push_back(&each);
        const order_seen* const order = find_order(each);
        if (each.what == effect_kind::transfer && order != nullptr && order->came == verdict::transferred)
            given.emplace(each.party, fmt::format("Вам перевели {} р. с номера {}.", as_told(each.amount),
                                                  national(each.who)));
    }
    for (const auto& [who, texts] : inboxes_)
        for (const seen_sms& each : texts) {
            const auto& wished = of[who];
            const bool is_true =
                is_notice(each.text)
                    ? given.contains({who, each.text.substr(0, each.text.find(" Баланс"))})
                    : std::ranges::any_of(wished, [&](const money_wish* one) {
                          return each.from == (one->by == channel::sms ? texted_number : sender) &&
                                 says_end(each.text, *one);
                      });
            insist(is_true, fmt::format("what {} is told by SMS is so: {}", who, each.text));
        }
}

std::string reckoning::list_inbox(std::uint64_t who) const {
    const auto inbox = inboxes_.find(who);
    if (inbox == inboxes_.end() || inbox->second.empty())
        return "no SMS";
    std::string all;
    for (const seen_sms& each : inbox->second)
        fmt::format_to(std::back_inserter(all), "\"{}\" from {}; ", each.text, each.from);
    return all;
}

const order_seen* reckoning::find_order(const money_wish& of) const {
    const auto found = orders_of_.find({of.who, of.what, of.by});
    return found == orders_of_.end() ? nullptr : found->second;
}

const reckoning::step* reckoning::find_end(const order_seen& of) const {
    const auto found = ends_.find(of.name);
    return found == ends_.end() ? nullptr : found->second;
}

bool reckoning::says_end(std::string_view text, const money_wish& of) const {
    const order_seen* const order = find_order(of);
    if (order == nullptr)
        return has(text, "ничего не изменено");
    const step* const end = find_end(*order);
    if (end == nullptr || end->is == step::step::cancelled)
        return text.starts_with("Не получилось, деньги на месте.");
    return end->came.state == operation_state::done ? says_done(text, of, end->came)
                                                    : says_refused(text, of, end->came);
}

} // namespace kabinet::tests
