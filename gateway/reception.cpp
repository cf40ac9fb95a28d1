#include "gateway/reception_frame.hpp"

#include "gateway/at_store.hpp"
#include "gateway/clocks.hpp"
#include "gateway/log.hpp"
#include "gateway/translate.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto keys_hold_for = 24h;    // as long as the store remembers wishes
constexpr auto asks_again_after = 60s; // where nobody says until when an action is closed

} // namespace

std::string_view name_of(portal_verdict which) {
    switch (which) {
    case portal_verdict::ok:
        return "ok";
    case portal_verdict::denied:
        return "denied";
    case portal_verdict::blocked:
        return "blocked";
    case portal_verdict::code_sent:
        return "code_sent";
    case portal_verdict::logged_out:
        return "logged_out";
    case portal_verdict::under_way:
        return "under_way";
    case portal_verdict::refused:
        return "refused";
    case portal_verdict::too_many:
        return "too_many_numbers";
    case portal_verdict::try_later:
        return "try_later";
    case portal_verdict::conflict:
        return "conflict";
    case portal_verdict::impossible:
        return "impossible";
    }
    return "unknown";
}

reception::reception(asio::io_context& loop, const colleagues& with, packs_in_force packs, limits allowed)
    : loop_{loop}
    , with_{with}
    , packs_{std::move(packs)}
    , limits_{allowed}
    , visitors_{allowed.visitor_numbers_per_hour} {}

asio::awaitable<bool> reception::take_turn(msisdn who) {
    auto initiate = [this, who](auto resume) {
        auto shared = std::make_shared<decltype(resume)>(std::move(resume)); // a std::function copies
        // the desk may be gone when the loop's coroutines go, and their turns with them
        const auto go_on = [&loop = loop_, shared](bool may) {
            asio::post(loop, [shared, may] { (*shared)(may); });
        };
        if (!turns_->enter(who, [go_on] { go_on(true); }))
            go_on(false);
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(initiate,
                                                                                       asio::use_awaitable);
}

std::optional<portal_answer> reception::refuse_early(wish_kind what, const portal_wish& asked) {
    portal_answer stop;
    if (!is_taking_)
        return stop;
    const steady_time now = read_clocks().steady;
    const bool is_let_in = what == wish_kind::account; // and was looked at when it came
    if (const auto again =
            asked.from && !is_let_in ? visitors_.admit(*asked.from, asked.who, now) : std::nullopt) {
        stop.is = portal_verdict::too_many;
        stop.retry_after = std::chrono::ceil<std::chrono::seconds>(*again - now);
        return stop;
    }
    return std::nullopt;
}

std::optional<portal_answer> reception::refuse_closed(std::optional<menus::action_kind> does) const {
    if (!does || with_.closed == nullptr)
        return std::nullopt;
    const utc_time now = read_clocks().utc;
    const std::optional<closure> found = with_.closed->find(*does, now);
    if (!found)
        return std::nullopt;
    portal_answer stop;
    stop.retry_after =
        found->until ? std::chrono::ceil<std::chrono::seconds>(*found->until - now) : asks_again_after;
    return stop;
}

std::unique_ptr<sms_place> reception::take_sms_place(portal_answer& told) {
    const steady_time now = read_clocks().steady;
    if (now >= this_minute_->ends)
        *this_minute_ = {now + 1min};
    if (this_minute_->sms < limits_.sms_per_minute)
        return std::make_unique<sms_place>(this_minute_);
    if (!std::exchange(this_minute_->is_told, true))
        spdlog::error("the portal asks for more than {} SMS a minute: the rest is put off",
                      limits_.sms_per_minute);
    told.retry_after = std::chrono::ceil<std::chrono::seconds>(this_minute_->ends - now);
    return nullptr;
}

portal_answer reception::note(wish_kind what, const portal_wish& asked, portal_answer answer) {
    ++told_[static_cast<std::size_t>(what)][static_cast<std::size_t>(answer.is)];
    const std::string_view name = wish_names[static_cast<std::size_t>(what)];
    with_.lately.note(asked.who, read_clocks().utc, fmt::format("portal {}:", name), name_of(answer.is));
    return answer;
}

portal_answer reception::put_off(wish_kind what, const portal_wish& asked, portal_answer answer) {
    if (asked.from && what != wish_kind::account)
        visitors_.take_back(*asked.from, asked.who);
    return note(what, asked, std::move(answer));
}

asio::awaitable<portal_answer> reception::log_in(login_attempt asked) {
    const auto began = std::chrono::steady_clock::now();
    portal_answer answer = co_await receive(wish_kind::login, std::move(asked), &reception::judge);
    if (answer.is == portal_verdict::ok || answer.is == portal_verdict::denied ||
        answer.is == portal_verdict::blocked)
        logins_.add(std::chrono::steady_clock::now() - began);
    co_return answer;
}

asio::awaitable<portal_answer> reception::judge(const login_attempt& asked, const menus::definition& pack) {
    store::request wish = make_request("portal login", asked, pack);
    store::log_in attempt;
    attempt.ends_generated = pack.logins.is_once;
    attempt.most_wrong = pack.allowed.wrong_passwords;
    auto look = [who = asked.who, most = attempt.most_wrong, now = wish.now.utc](store::backend& rows) {
        return rows.look_before_login(who, most, now);
    };
    portal_answer told;
    if (!with_.pool.has_room(hash_work::logins)) // a flood isn't for the store to look at
        co_return told;
    const boost::system::result<store::login_facts> facts = co_await at_store(with_.store, look);
    if (!facts)
        co_return told;
    attempt.version = facts->version;
    if (!facts->is_closed) {
        auto work = [&check = with_.check, &typed = asked.typed, &found = *facts] {
            return check.is_right(typed, found);
        };
        const auto is_right = co_await with_.pool.run(hash_work::logins, work);
        if (!is_right || !*is_right)
            co_return told;
        attempt.is_right = **is_right;
    }
    wish.what = attempt;
    wish.typed = mark(asked, {&asked.typed});
    wish.sms->closing = "notice.access_closed";
    wish.sms->is_notice = true;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    if (came->is == store::verdict::code_wanted) {
        store::request code = make_request("portal login code", asked, pack);
        if (!asked.idempotency_key.empty()) // a wish of its own, once for each login
            code.id = with_.keys.name_request({"portal login code", asked.idempotency_key});
        static_cast<void>(
            co_await have_code_sent(std::move(code), store::code_purpose::log_in, *came->version, told));
        if (told.is == portal_verdict::ok)
            told.is = portal_verdict::code_sent;
        co_return told;
    }
    let_in_by_password(asked.who, *came, pack, told);
    co_return told;
}

store::request reception::make_request(std::string_view kind, const portal_wish& asked,
                                       const menus::definition& pack) const {
    store::request wish;
    wish.id = asked.idempotency_key.empty() ? store::keys::draw_request_id()
                                            : with_.keys.name_request({"portal", asked.idempotency_key});
    if (!asked.idempotency_key.empty())
        wish.typed = with_.keys.mark_typed(kind, {}); // for whoever sets nothing better
    wish.repeats_within = keys_hold_for;
    wish.by.who = asked.who;
    wish.by.by = store::channel::portal;
    wish.by.speaks = pack.languages.front().code;
    wish.by.may_register = false; // the SIM registers, or the feed does
    wish.sms.emplace();
    wish.sms->when_refused = store::result_sms::birth::never;
    wish.sms->from = sender_address(pack.sender);
    wish.sms->to = subscriber_address(asked.who);
    wish.idle_after = pack.accounts.idle_after;
    wish.now = read_clocks();
    return wish;
}

/// None without a key: that wish never comes again, and a mark without the portal's key in it would be a
/// guess's test.
store::fingerprint reception::mark(const portal_wish& asked,
                                   std::initializer_list<const secret*> typed) const {
    return asked.idempotency_key.empty() ? store::fingerprint{}
                                         : with_.keys.mark_typed(asked.idempotency_key, typed);
}

asio::awaitable<std::optional<store::outcome>> reception::make_true(store::request wish,
                                                                    portal_answer& answer) {
    // the row that the store makes for us to send, from what it is given: nothing is read back
    store::outgoing_sms row =
        wish.sms ? store::begin_sms(wish.by.who, *wish.sms, wish.now.utc) : store::outgoing_sms{};
    const bool is_notice = wish.sms && wish.sms->is_notice;
    const std::string closing = wish.sms ? wish.sms->closing : std::string{};
    const msisdn who = wish.by.who;
    boost::system::result<store::outcome> came = store::store_error::busy;
    if (store::tells_network(wish.what))
        came = co_await with_.numbers->fulfil(std::move(wish));
    else
        came = co_await once(with_.store, with_.money, std::move(wish));
    if (!came) {
        if (came.error() == store::store_error::conflict)
            answer.is = portal_verdict::conflict;
        if (came.error() == store::store_error::rejected) {
            answer.is = portal_verdict::impossible;
            spdlog::error("the store refuses a wish of the portal's for good: {} {}", who.masked(),
                          with_.keys.token(who));
        }
        co_return std::nullopt;
    }
    for (const store::outbox_id each : came->overtaken)
        with_.sends.forget(who, each);
    if (came->sms && came->is != store::verdict::under_way) { // else that row tells the end
        store::finish_sms(row, *came);
        if (came->is == store::verdict::locked_out)
            row.action = closing;
        if (is_notice)
            row.what.is = store::verdict::told; // by its name alone
        with_.sends.send(std::move(row));
    }
    co_return *came;
}

} // namespace kabinet::gateway
