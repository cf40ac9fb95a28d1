#include "gateway/perform.hpp"

#include "gateway/at_store.hpp"
#include "gateway/make_effect.hpp"
#include "gateway/perform_words.hpp"
#include "gateway/sell.hpp"
#include "menus/call_hours.hpp"
#include "menus/outcomes.hpp"
#include "values/text.hpp"

#include <algorithm>
#include <array>

namespace kabinet::gateway {

using namespace outcome_words;

namespace asio = boost::asio;
using boost::system::result;
using menus::action_kind;

namespace {

/// One row an action. What isn't here yet (confirmation, amounts) comes with the actions that need it.
struct action_row {
    action_kind what;
    bool needs_trust;   // the link must vouch for the source
    access_level least; // of a login at the portal
    access_level
        of_sim; // that the feed must allow the number; whose login it is, is the SIM's to say in any case
};
constexpr std::array action_rows{
    action_row{action_kind::issue_password, true, access_level::own_number, access_level::view},
    action_row{action_kind::choose_password, true, access_level::own_number, access_level::view},
    action_row{action_kind::tell, false, access_level::view, access_level::view},
    action_row{action_kind::set_language, true, access_level::own_number, access_level::view},
    action_row{action_kind::list_archive, true, access_level::view,
               access_level::view}, // shows what is nobody else's
    action_row{action_kind::explain_login, true, access_level::view, access_level::view},
    action_row{action_kind::close_portal, true, access_level::own_number, access_level::view},
    action_row{action_kind::ask_code, true, access_level::own_number, access_level::view},
    action_row{action_kind::skip_code, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::show_balance, true, access_level::view, access_level::view},
    action_row{action_kind::top_up, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::take_promise, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::transfer, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::show_spending, true, access_level::view, access_level::view},
    action_row{action_kind::list_movements, true, access_level::view, access_level::view},
    action_row{action_kind::connect_service, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::disconnect_service, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::change_tariff, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::buy_package, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::stop_package, true, access_level::own_number, access_level::own_number},
    action_row{action_kind::list_services, true, access_level::view, access_level::view},
    action_row{action_kind::show_tariff, true, access_level::view, access_level::view},
    action_row{action_kind::show_packages, true, access_level::view, access_level::view},
    action_row{action_kind::block_number, true, access_level::own_number, access_level::view},
    action_row{action_kind::block_other, true, access_level::own_number, access_level::view},
    action_row{action_kind::unblock_other, true, access_level::own_number, access_level::view},
    action_row{action_kind::call_back, true, access_level::view, access_level::view},
};
static_assert([] {
    for (std::size_t at = 0; at < action_rows.size(); ++at)
        if (static_cast<std::size_t>(action_rows[at].what) != at)
            return false;
    return action_rows.size() == std::variant_size_v<menus::action>;
}());

constexpr std::string_view repeated = "repeated";
constexpr std::string_view maintenance = "maintenance";

/// The SMS an action leaves: its text's name, and whether it goes out at once or only if the screen fails.
struct sms_plan {
    using birth = store::result_sms::birth;
    std::string action;
    birth when_done;
    birth when_refused;
};

sms_plan plan_sms(const wish& of, const performed& so_far) {
    const bool answers_an_sms = of.by.by != store::channel::ussd; // or staff asked: there is no screen
    const std::string_view hoped = store::name_of(store::verdict::issued);
    const bool is_wanted = of.pack->wants_sms(so_far.asked, so_far.word.empty() ? hoped : so_far.word);
    const std::string_view named = so_far.told.empty() ? menus::name_of(so_far.asked) : view(so_far.told);
    return {std::string{named}, answers_an_sms || is_wanted ? sms_plan::birth::due : sms_plan::birth::held,
            of.by.by == store::channel::sms ? sms_plan::birth::due : sms_plan::birth::held};
}

store::result_sms make_row(const wish& of, const sms_plan& plan, const secret& clear) {
    store::result_sms row;
    row.when_done = plan.when_done;
    row.when_refused = plan.when_refused;
    row.action = plan.action;
    row.from = of.sms_from;
    row.to = of.sms_to;
    row.group = of.group;
    row.clear = clear.clone();
    row.life = sms_life;
    return row;
}

/// A password that was told before isn't told again: the words are others.
std::string_view word_for(const store::outcome& came, std::string_view action) {
    const bool is_begun = came.is == store::verdict::connected || came.is == store::verdict::switched;
    if (is_begun && !came.until)
        return came.is == store::verdict::connected ? "connected_free" : "switched_free";
    const bool is_old_password = came.is_repeat && !store::is_refusal(came.is) &&
                                 action == menus::name_of(action_kind::issue_password);
    return is_old_password ? repeated : store::name_of(came.is);
}

/// The action is closed for a while.
store::effect say_closed(const closure& closed, performed& into) {
    into.word = maintenance;
    into.told = menus::text_name{closed.until ? "gateway.action_closed_until" : "gateway.action_closed"};
    into.came.until = closed.until;
    return store::tell{std::string{view(into.told)}, {}, closed.until, {}};
}

/// The row that `once` made for us to send, from what we gave it: nothing is read back.
store::outgoing_sms take_due(const wish& of, const sms_plan& plan, const performed& done) {
    store::outgoing_sms row = store::begin_sms(of.by.who, make_row(of, plan, done.clear), of.now.utc);
    store::finish_sms(row, done.came);
    return row;
}

} // namespace

access_level least_level(action_kind what) {
    return action_rows[static_cast<std::size_t>(what)].least;
}

access_level level_of_sim(action_kind what) {
    return action_rows[static_cast<std::size_t>(what)].of_sim;
}

menus::text_name performed::text(menus::channel way) const {
    return told.empty() ? menus::name_text(menus::name_of(asked), word, way)
                        : menus::name_text(view(told), way);
}

menus::fields fields_of(const store::outcome& came, msisdn who, const secret& clear) {
    menus::fields known;
    known.until = came.until;
    known.at = came.at;
    known.login = who;
    known.password = clear.empty() ? nullptr : &clear;
    known.balance = came.sums.balance;
    known.points = came.sums.points;
    known.amount = came.sums.amount;
    known.fee = came.sums.fee;
    known.party = came.sums.party;
    known.income = came.sums.income;
    known.spent = came.sums.spent;
    known.title = title_of(came.about);
    known.other = other_of(came.about);
    known.period = came.about.period;
    known.count = came.holdings.size();
    return known;
}

menus::text_name text_of(const store::outgoing_sms& row) {
    const std::string_view word = word_for(row.what, row.action);
    if (const std::string_view house = menus::house_text_of(word); !house.empty())
        return menus::name_text(house, menus::channel::sms);
    return row.what.is == store::verdict::told ? menus::name_text(row.action, menus::channel::sms)
                                               : menus::name_text(row.action, word, menus::channel::sms);
}

store::take_promise lend(const menus::take_promise& asked) {
    return {std::string{asked.on.name.data(), asked.on.name.size()}, asked.on.amount, asked.on.fee,
            asked.on.term, asked.floor};
}

store::transfer give(const menus::transfer& asked, const menus::definition& pack) {
    const menus::transfer_policy& rules = pack.transfers;
    return {asked.to,      asked.amount,          asked.fee, rules.least, rules.per_hour,
            rules.per_day, "notice.transfer_came"};
}

store::top_up redeem(const secret& voucher, const store::keys& with, const menus::definition& pack) {
    return {with.mark_voucher(voucher), pack.vouchers.most_wrong, pack.vouchers.closed_for};
}

store::call_back promise_call(const menus::definition& pack, utc_time now) {
    const utc_time due = menus::call_due(pack.calls, pack.zone, now);
    return {std::chrono::ceil<std::chrono::seconds>(due - now), pack.calls.per_day};
}

performer::performer(store::store& store, store::billing& billing, const store::keys& keys, hash_pool& pool,
                     const closed_actions* closed, number_desk* numbers)
    : store_{store}
    , billing_{billing}
    , keys_{keys}
    , pool_{pool}
    , closed_{closed}
    , numbers_{numbers}
    , uses_{store} {}

/// What is told of it is no answer to the wish.
store::request_id performer::name_beside(const wish& of, std::string_view why) const {
    const std::string_view own{reinterpret_cast<const char*>(of.id.data()), of.id.size()};
    return keys_.name_request({why, own});
}

asio::awaitable<performed> performer::run(wish of) {
    performed made;
    made.asked = menus::kind_of(of.asked);
    made.came.speaks = of.by.speaks;
    const auto closed = closed_ == nullptr ? std::nullopt : closed_->find(made.asked, of.now.utc);
    if (closed) { // the wish may be delivered again when it is open
        of.id = name_beside(of, maintenance);
        co_await finish(of, say_closed(*closed, made), made);
        co_return made;
    }
    if (const look first = look_of(made.asked); first != nullptr && of.by.is_vouched_for) {
        co_await (this->*first)(of, made);
        const bool is_on_screen = of.by.by == store::channel::ussd;
        if (made.word == busy || (is_on_screen && !of.pack->wants_sms(made.asked, made.word)))
            co_return made;
    }
    if (action_rows[static_cast<std::size_t>(made.asked)].needs_trust && !of.by.is_vouched_for) {
        of.id = name_beside(of, store::name_of(store::verdict::untrusted)); // or by a link that vouches
        co_await finish(of, say_only(store::name_of(store::verdict::untrusted), made), made);
        co_return made;
    }
    if (of.asks_first) {
        co_await tell_terms(of, made);
        if (made.word != busy)
            co_await finish(of, say_only(made.word, made), made);
        co_return made;
    }
    std::optional<store::effect> what = co_await make_effect(of, made, keys_, pool_);
    co_await finish(of, std::move(what), made);
    co_return made;
}

asio::awaitable<void> performer::finish(const wish& of, std::optional<store::effect> what, performed& made) {
    const bool only_says =
        what && std::holds_alternative<store::tell>(*what) && !of.pack->wants_sms(made.asked, made.word);
    if (only_says && of.by.by == store::channel::ussd) { // a screen that changes nothing writes nothing
        made.is_done = true;
        co_return;
    }
    if (what)
        co_await make_true(of, std::move(*what), made);
    if (!made.is_done) {
        made.word = busy;
        made.clear.wipe();
    }
}

asio::awaitable<void> performer::make_true(const wish& of, store::effect what, performed& made) {
    made.is_done = false; // whatever was read before: what is acknowledged has its row
    const sms_plan plan = plan_sms(of, made);
    store::request asked;
    asked.id = of.id;
    asked.repeats_within = of.repeats_within;
    asked.by = of.by;
    asked.by.wants = level_of_sim(made.asked);
    asked.what = std::move(what);
    asked.sms = make_row(of, plan, made.clear);
    asked.idle_after = of.pack->accounts.idle_after;
    asked.now = of.now;
    const bool is_of_number = store::tells_network(asked.what);
    if (is_of_number && numbers_ == nullptr)
        co_return;
    if (const auto* voucher = std::get_if<menus::top_up>(&of.asked))
        asked.carried = voucher->code.clone();
    result<store::outcome> came = store::store_error::busy;
    if (is_of_number)
        came = co_await numbers_->fulfil(std::move(asked));
    else
        came = co_await once(store_, billing_, std::move(asked), of.kept);
    if (!came) {
        made.is_hopeless = came.error() != store::store_error::busy;
        co_return;
    }
    made.came = *came;
    made.is_done = true;
    const bool is_refused = store::is_refusal(came->is);
    if (made.told.empty())
        made.word = word_for(*came, menus::name_of(made.asked));
    if (const std::string_view house = menus::house_text_of(made.word); !house.empty())
        made.told = menus::text_name{house.data(), house.size()};
    if (came->is_repeat || is_refused)
        made.clear.wipe();
    if (!came->sms || came->is == store::verdict::under_way) // that row tells the end
        co_return;
    if ((is_refused ? plan.when_refused : plan.when_done) == sms_plan::birth::due)
        made.due = take_due(of, plan, made);
    else
        made.held = came->sms;
}

} // namespace kabinet::gateway
