// What a subscriber only wants to see: read, judged and put into words; nothing is written.
#include "gateway/archive.hpp"
#include "gateway/at_store.hpp"
#include "gateway/listed_lines.hpp"
#include "gateway/perform.hpp"
#include "gateway/perform_words.hpp"
#include "gateway/sell.hpp"
#include "menus/outcomes.hpp"
#include "store/rules.hpp"

#include <algorithm>

namespace kabinet::gateway {

using namespace outcome_words;

namespace asio = boost::asio;
using boost::system::result;
using menus::action_kind;

namespace {

constexpr std::chrono::days listed_for{183};
constexpr std::string_view sent = "sent";
constexpr std::string_view unregistered = "unregistered";
constexpr std::string_view owing = "owing";
constexpr std::string_view dated = "dated";
constexpr std::string_view debt = "debt";
constexpr std::string_view idle = "idle";

/// What keeps a login from succeeding, the first thing to mend first; or which password is good for one.
std::string_view why_no_login(const store::account_facts& account, bool is_idle,
                              std::optional<utc_time> issued_again, utc_time now) {
    const store::number_state state{account.status, account.bar};
    if (!store::is_open(state, store::matter::ways_in))
        return store::name_of(store::refusal_of(state));
    const bool is_live = account.is_live && !is_idle;
    const bool is_good_with_sim = is_live && account.wants_sim;
    if (is_live && !is_good_with_sim && !store::is_open(state, store::matter::other))
        return debt;
    if (is_live && !is_good_with_sim)
        return account.kind == store::secret_kind::chosen ? "static" : "one_time";
    if (account.cooldown_until && now < *account.cooldown_until)
        return store::name_of(store::verdict::cooldown);
    if (issued_again) // whatever the reason is, what mends it isn't to be had now
        return store::name_of(store::verdict::limit);
    if (account.blocked)
        return "blocked";
    if (!account.kind)
        return unregistered;
    if (is_idle)
        return idle;
    if (is_good_with_sim)
        return "many_wrong";
    return account.used ? "used" : "expired";
}

/// Empty where it is told.
std::string_view why_not_shown(bool is_known, store::number_state state, store::matter what,
                               const store::caller& by) {
    if (!is_known && !by.may_register)
        return store::name_of(store::verdict::unknown_number);
    return store::is_open(state, what) ? std::string_view{} : store::name_of(store::refusal_of(state));
}

/// An account, or what the feed says of a number that has none.
struct whose {
    std::optional<store::account_facts> account;
    std::optional<store::subscriber> in_feed;

    [[nodiscard]] bool is_known() const { return account || in_feed; }
    [[nodiscard]] store::number_state state() const {
        if (account)
            return {account->status, account->bar};
        return in_feed ? store::state_of(*in_feed) : store::number_state{};
    }
    [[nodiscard]] language speaks(language else_this) const {
        if (account)
            return account->speaks;
        return in_feed ? in_feed->speaks.value_or(else_this) : else_this;
    }
};

result<whose> find_whose(store::backend& rows, msisdn who, utc_time now) {
    auto account = rows.inspect(who, now);
    if (!account)
        return account.error();
    whose found;
    found.account = std::move(*account);
    if (found.account)
        return found;
    auto in_feed = rows.find_subscriber(who);
    if (!in_feed)
        return in_feed.error();
    found.in_feed = std::move(*in_feed);
    return found;
}

} // namespace

performer::look performer::look_of(action_kind what) {
    switch (what) {
    case action_kind::list_archive:
        return &performer::read_archive;
    case action_kind::explain_login:
        return &performer::explain_login;
    case action_kind::show_balance:
        return &performer::read_balance;
    case action_kind::show_spending:
    case action_kind::list_movements:
        return &performer::read_movements;
    case action_kind::list_services:
    case action_kind::show_tariff:
    case action_kind::show_packages:
        return &performer::read_holdings;
    case action_kind::block_other:
    case action_kind::unblock_other:
        return &performer::use_word; // which is another number's wish; to whoever asks it is only told
    case action_kind::issue_password:
    case action_kind::choose_password:
    case action_kind::tell:
    case action_kind::set_language:
    case action_kind::close_portal:
    case action_kind::ask_code:
    case action_kind::skip_code:
    case action_kind::top_up:
    case action_kind::take_promise:
    case action_kind::transfer:
    case action_kind::connect_service:
    case action_kind::disconnect_service:
    case action_kind::change_tariff:
    case action_kind::buy_package:
    case action_kind::stop_package:
    case action_kind::block_number:
    case action_kind::call_back:
        break;
    }
    return nullptr;
}

asio::awaitable<bool> performer::may_ask(const wish& of, performed& made) {
    auto read = [who = of.by.who, now = of.now.utc](store::backend& rows) {
        return find_whose(rows, who, now);
    };
    const result<whose> found = co_await at_store(store_, read);
    if (!found)
        co_return false;
    made.is_done = true;
    made.came.speaks = found->speaks(of.by.speaks);
    const std::string_view why =
        why_not_shown(found->is_known(), found->state(), store::matter::ways_in, of.by);
    if (why.empty())
        co_return true;
    made.word = why;
    co_return false;
}

asio::awaitable<void> performer::tell_terms(const wish& of, performed& made) {
    struct seen {
        whose owner;
        access_level level{};
    };
    auto read = [who = of.by.who, now = of.now.utc](store::backend& rows) -> result<seen> {
        auto owner = find_whose(rows, who, now);
        if (!owner)
            return owner.error();
        const auto in_feed = rows.find_subscriber(who);
        if (!in_feed)
            return in_feed.error();
        const std::optional<access_level> most = *in_feed ? (*in_feed)->level : std::nullopt;
        return seen{std::move(*owner), most.value_or(store::account_traits{}.level)};
    };
    const result<seen> found = co_await at_store(store_, read);
    if (!found) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    made.came.speaks = found->owner.speaks(of.by.speaks);
    const auto* given = std::get_if<menus::transfer>(&of.asked);
    made.word = why_not_shown(found->owner.is_known(), found->owner.state(),
                              given == nullptr ? store::matter::ways_in : store::matter::other, of.by);
    if (made.word.empty() && found->level < level_of_sim(made.asked))
        made.word = store::name_of(store::verdict::level);
    if (made.word.empty() && given != nullptr && given->to == of.by.who)
        made.word = store::name_of(store::verdict::to_oneself);
    if (!made.word.empty())
        co_return;
    made.word = given != nullptr && of.asks_first->is_again ? terms_again : terms;
    made.clear = of.asks_first->code.clone();
    made.came.until = of.asks_first->until;
    if (given == nullptr)
        co_return;
    made.came.sums.amount = given->amount;
    made.came.sums.fee = given->fee;
    made.came.sums.party = given->to;
}

asio::awaitable<void> performer::read_archive(const wish& of, performed& made) {
    auto read = [who = of.by.who,
                 now = of.now.utc](store::backend& rows) -> result<std::pair<whose, archive>> {
        auto all = find_archive(rows, who, now);
        if (!all)
            return all.error();
        auto owner = find_whose(rows, who, now);
        if (!owner)
            return owner.error();
        return std::pair{std::move(*owner), std::move(*all)};
    };
    const result<std::pair<whose, archive>> found = co_await at_store(store_, read);
    if (!found) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    const auto& [owner, all] = *found;
    note_look(of.by.who, *of.pack, of.now);
    made.came.speaks = owner.speaks(of.by.speaks);
    made.word = why_not_shown(owner.is_known(), owner.state(), store::matter::other, of.by);
    if (!made.word.empty())
        co_return;
    made.came.operations = all.operations;
    made.word = made.came.operations.empty() ? empty : listed;
}

asio::awaitable<void> performer::explain_login(const wish& of, performed& made) {
    auto read = [who = of.by.who, now = of.now.utc](store::backend& rows) {
        return find_whose(rows, who, now);
    };
    const result<whose> found = co_await at_store(store_, read);
    if (!found) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    note_look(of.by.who, *of.pack, of.now);
    made.came.speaks = found->speaks(of.by.speaks);
    if (!found->account) { // what mends it is a first password
        made.word = why_not_shown(found->is_known(), found->state(), store::matter::ways_in, of.by);
        if (made.word.empty())
            made.word = unregistered;
        co_return;
    }
    const store::account_facts& account = *found->account;
    const menus::limits& allowed = of.pack->allowed;
    const auto again = store::allowed_again(
        account.issues, {allowed.passwords_per_hour, allowed.passwords_per_day}, of.now.utc);
    const bool is_idle = store::is_idle(account.last_use, of.pack->accounts.idle_after, of.now.utc);
    made.word = why_no_login(account, is_idle, again, of.now.utc);
    if (made.word == store::name_of(store::verdict::cooldown))
        made.came.until = account.cooldown_until;
    else if (made.word == store::name_of(store::verdict::limit))
        made.came.until = again;
    else if (account.is_live)
        made.came.until = account.expires;
}

asio::awaitable<void> performer::read_balance(const wish& of, performed& made) {
    auto start = [&](store::completion<store::purse_view> done) {
        billing_.read_purse(of.by.who, std::move(done));
    };
    const result<store::purse_view> seen = co_await await_completion<store::purse_view>(start);
    if (!seen) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    note_look(of.by.who, *of.pack, of.now);
    made.came.speaks = seen->speaks.value_or(of.by.speaks);
    made.word = why_not_shown(seen->is_known, {seen->status, seen->bar}, store::matter::purse, of.by);
    if (!made.word.empty())
        co_return;
    made.word = seen->promise ? owing : shown;
    if (seen->seen) {
        made.word = dated;
        made.came.at = *seen->seen;
    }
    made.came.sums.balance = seen->balance;
    made.came.sums.points = seen->points;
    if (seen->promise && !seen->seen) {
        made.came.sums.amount = seen->promise->amount;
        made.came.until = seen->promise->due;
    }
}

/// The sums are of the pack's month; the list goes back half a year.
asio::awaitable<void> performer::read_movements(const wish& of, performed& made) {
    store::movements_query asked;
    asked.totals_since = menus::month_begins(of.pack->zone, of.now.utc);
    asked.listed_since = of.now.utc - listed_for;
    asked.most = menus::most_movements;
    auto start = [&](store::completion<store::movements_view> done) {
        billing_.read_movements(of.by.who, asked, std::move(done));
    };
    const result<store::movements_view> seen = co_await await_completion<store::movements_view>(start);
    if (!seen) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    note_look(of.by.who, *of.pack, of.now);
    made.came.speaks = seen->speaks.value_or(of.by.speaks);
    made.word = why_not_shown(seen->is_known, {seen->status, seen->bar}, store::matter::other, of.by);
    if (!made.word.empty())
        co_return;
    if (made.asked == action_kind::show_spending) {
        made.word = seen->totals.empty() ? empty : shown;
        made.came.sums.income = seen->income;
        made.came.sums.spent = seen->spent;
        for (const store::total& each : seen->totals)
            made.came.movements.push_back({asked.totals_since, each.what, each.amount});
        co_return;
    }
    made.word = seen->last.empty() ? empty : listed;
    made.came.movements = seen->last;
}

asio::awaitable<void> performer::read_holdings(const wish& of, performed& made) {
    auto start = [&](store::completion<store::holdings_view> done) {
        billing_.read_holdings(of.by.who, std::move(done));
    };
    const result<store::holdings_view> seen = co_await await_completion<store::holdings_view>(start);
    if (!seen) {
        made.word = busy;
        co_return;
    }
    made.is_done = true;
    note_look(of.by.who, *of.pack, of.now);
    made.came.speaks = seen->speaks.value_or(of.by.speaks);
    made.word = why_not_shown(seen->is_known, {seen->status, seen->bar}, store::matter::other, of.by);
    if (!made.word.empty())
        co_return;
    made.came.sums.balance = seen->balance;
    if (made.asked == action_kind::show_tariff) {
        made.word = tell_tariff(*seen, *of.pack, made.came);
        co_return;
    }
    const auto wanted =
        made.asked == action_kind::list_services ? store::ware_kind::service : store::ware_kind::package;
    std::ranges::copy_if(seen->has, std::back_inserter(made.came.holdings),
                         [=](const store::holding& each) { return each.kind == wanted; });
    const listed_lines lines{made.came};
    made.word = lines.empty() ? empty : listed;
    if (of.by.by != store::channel::ussd || lines.empty())
        co_return;
    menus::fields known = fields_of(made.came, of.by.who, made.clear);
    lines.add_to(known);
    if (!menus::shows_all(*of.pack, view(made.text(menus::channel::screen)), made.came.speaks, known))
        made.word = sent;
}

} // namespace kabinet::gateway
