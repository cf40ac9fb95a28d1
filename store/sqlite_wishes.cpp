#include "store/sqlite_wishes.hpp"

#include "store/rules.hpp"
#include "store/secrets.hpp"
#include "store/sqlite_access.hpp"
#include "store/sqlite_standing.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace kabinet::store::sqlite {
namespace {

/// Who wished what. A password's hash isn't part of it: each delivery makes another one.
std::string describe(const request& wish) {
    struct {
        std::string_view operator()(const issue_password&) const { return {}; }
        std::string_view operator()(const choose_password&) const { return {}; }
        std::string_view operator()(const tell&) const { return {}; } // what is told may be another by now
        std::string_view operator()(const set_language& what) const { return what.chosen.code(); }
        std::string_view operator()(const log_in&) const { return {}; }
        std::string_view operator()(const close_portal&) const { return {}; }
        std::string_view operator()(const send_code& what) const {
            return what.what_for == code_purpose::password ? "password"
                   : what.what_for == code_purpose::regime ? "regime"
                                                           : "log_in";
        }
        std::string_view operator()(const set_switch& what) const {
            if (what.which == account_switch::two_step)
                return what.is_on ? "two_step on" : "two_step off";
            return what.is_on ? "automatic on" : "automatic off";
        }
        std::string_view operator()(const set_pin&) const { return {}; }
        std::string_view operator()(const log_in_by_pin&) const { return {}; }
        std::string_view operator()(const log_in_by_sim&) const { return {}; }
        std::string_view operator()(const top_up& what) const {
            return {reinterpret_cast<const char*>(what.voucher.data()), what.voucher.size()};
        }
        std::string_view operator()(const take_promise& what) const { return what.offer; }
        std::string_view operator()(const pay_in&) const { return {}; } // its numbers stand beside
        std::string_view operator()(const transfer&) const { return {}; }
        std::string_view operator()(const connect_service& what) const { return what.on.name; }
        std::string_view operator()(const disconnect_service& what) const { return what.name; }
        std::string_view operator()(const change_tariff& what) const { return what.on.name; }
        std::string_view operator()(const buy_package& what) const { return what.on.name; }
        std::string_view operator()(const stop_package& what) const { return what.name; }
        std::string_view operator()(const block_number&) const { return {}; }
        std::string_view operator()(const unblock_number&) const { return {}; }
        std::string_view operator()(const call_back&) const { return {}; }
    } constexpr detail;
    std::string said = fmt::format("{} {} {}", static_cast<int>(kind_of(wish.what)), wish.by.who.digits(),
                                   std::visit(detail, wish.what));
    if (const auto* paid = std::get_if<pay_in>(&wish.what))
        fmt::format_to(std::back_inserter(said), "{} {}", paid->amount.minor(), paid->points);
    if (const auto* given = std::get_if<transfer>(&wish.what))
        fmt::format_to(std::back_inserter(said), "{} {}", given->to.digits(), given->amount.minor());
    if (wish.typed != fingerprint{})
        said.append(" ").append(reinterpret_cast<const char*>(wish.typed.data()), wish.typed.size());
    return said;
}

bool makes_a_secret(const effect& what) {
    return std::holds_alternative<issue_password>(what) || std::holds_alternative<choose_password>(what);
}

/// Whether what comes of it is of use for who has it.
bool lets_in(const effect& what) {
    return std::holds_alternative<log_in>(what) || std::holds_alternative<log_in_by_pin>(what) ||
           std::holds_alternative<log_in_by_sim>(what) || std::holds_alternative<set_pin>(what);
}

/// A clock stepped back a little doesn't make a second delivery another wish.
bool is_within(std::chrono::microseconds span, utc_time heard, utc_time now) {
    return std::chrono::abs(now - heard) < span;
}

/// Whoever asks has the SIM in hand, and not only another phone with the code word.
bool is_sim(const request& wish) {
    const caller& by = wish.by;
    return by.is_vouched_for && !wish.proof && (by.by == channel::ussd || by.by == channel::sms);
}

std::optional<language> speaks_of(const std::optional<subscriber_row>& in_feed) {
    return in_feed ? in_feed->is.speaks : std::nullopt;
}

} // namespace

boost::system::result<outcome> wishes::fulfil(const request& wish) {
    const auto mark = keys_.mark("wish", describe(wish));
    auto account = in_.accounts.find(wish.by.who);
    if (const auto heard = answer_heard(wish, account, mark, false))
        return *heard;
    decision decided;
    outcome came = decide(wish, account, false, decided);
    return conclude(wish, account, std::move(came), decided, mark);
}

boost::system::result<begun_order> wishes::begin_order(const request& wish) {
    const auto mark = keys_.mark("wish", describe(wish));
    auto account = in_.accounts.find(wish.by.who);
    if (const auto heard = answer_heard(wish, account, mark, true)) {
        if (!*heard)
            return heard->error();
        return begun_order{**heard, std::nullopt};
    }
    decision decided;
    outcome came = decide(wish, account, true, decided);
    if (is_refusal(came.is))
        return begun_order{conclude(wish, account, std::move(came), decided, mark), std::nullopt};
    return open(wish, *account, std::move(came), mark);
}

std::optional<boost::system::result<outcome>> wishes::answer_heard(const request& wish,
                                                                   std::optional<account_row>& account,
                                                                   const fingerprint& mark,
                                                                   bool is_elsewhere) {
    const auto heard = in_.inbox.find(wish.id);
    if (heard && is_within(wish.repeats_within, heard->came.at, wish.now.utc)) {
        if (heard->mark != mark)
            return store_error::conflict;
        const bool is_anew = is_meant_anew(wish, *heard, account, is_elsewhere);
        if (const auto same = is_anew ? std::nullopt : repeat(wish, *heard, account))
            return *same;
    }
    if (heard)
        in_.inbox.forget(wish.id);
    if (const auto entered = money_.find_entered(wish, account)) {
        if (entered == posting::conflict)
            return store_error::conflict;
        return repeat_payment(wish, account);
    }
    if (auto came = portal_.answer(wish, account)) {
        in_.inbox.add(wish.id, {mark, *came, came->version});
        return *came;
    }
    return std::nullopt;
}

/// What was refused changed nothing, so that nothing takes effect twice: whoever topped up meanwhile and
/// sends the same again isn't told once more that there is too little. A language is chosen anew where
/// another one was since, and a number blocked anew where it was unblocked. A key of the portal's or the
/// operator's names a wish for good.
bool wishes::is_meant_anew(const request& wish, const inbox_row& heard,
                           const std::optional<account_row>& account, bool is_elsewhere) {
    if (!account || !is_sim(wish))
        return false;
    if (const auto* language = std::get_if<set_language>(&wish.what); language != nullptr)
        return account->speaks != language->chosen;
    if (std::holds_alternative<block_number>(wish.what) && heard.came.is == verdict::number_blocked)
        return !account->stopped;                                      // somebody unblocked it since
    const bool is_counted = std::holds_alternative<top_up>(wish.what); // a wrong code would count twice
    if (!is_refusal(heard.came.is) || is_counted || heard.came.is == verdict::not_done)
        return false;
    if (is_elsewhere && wish.now.utc < heard.came.at + tried_again_after)
        return false;
    std::optional<account_row> as_it_is = account;
    decision decided;
    return decide(wish, as_it_is, is_elsewhere, decided).is != heard.came.is;
}

/// The SMS that was to tell it ended otherwise than sent, and no screen had told it before.
bool wishes::has_never_arrived(const secret_row& of) {
    const auto told = of.told_by ? in_.outbox.find_state(*of.told_by) : std::nullopt;
    return told == row_state::failed || told == row_state::expired;
}

std::optional<outcome> wishes::repeat(const request& wish, const inbox_row& heard,
                                      const std::optional<account_row>& account) {
    const utc_time now = wish.now.utc;
    if (wish.by.by == channel::portal ||
        wish.proof) { // told alike, whatever happened since; its SMS goes its way
        auto same = heard.came;
        const bool is_blocked = account && account->stopped;
        if (wish.by.by != channel::portal && tells_network(wish.what) && !is_refusal(same.is) &&
            is_blocked != (same.is == verdict::number_blocked))
            return std::nullopt; // the other way round since: it is meant anew
        if (lets_in(wish.what) && !is_refusal(same.is)) {
            if (!account || account->created > same.at) // the number is somebody else's
                return std::nullopt;
            same.born = account->created;
        }
        const auto in_feed = in_.subscribers.find(wish.by.who);
        same.level = in_feed ? in_feed->is.level : std::nullopt;
        same.is_repeat = true;
        same.sms.reset();
        return same;
    }
    if (heard.version) {
        const bool is_live = account && account->secret && account->version == heard.version &&
                             account->secret->is_live(std::max(now, heard.came.at));
        if (!is_live || has_never_arrived(*account->secret))
            return std::nullopt;
        if (heard.came.sms)
            in_.outbox.release(*heard.came.sms);
    } else if (is_refusal(heard.came.is) && heard.came.until && now >= *heard.came.until) {
        return std::nullopt;
    }
    auto same = heard.came;
    same.is_repeat = true;
    if (account)
        same.speaks = account->speaks;
    if (const auto* said = std::get_if<tell>(&wish.what)) { // of the account as it is now
        same.sums = said->sums;
        same.until = said->until;
        same.movements = said->movements;
        same.about = said->about;
        same.holdings = said->holdings;
        same.operations = said->operations;
    }
    say_again(wish, same);
    return same;
}

/// Who has no screen hears something all the same: by the row of the first time if that is still to come,
/// else by another one, without the secret.
void wishes::say_again(const request& wish, outcome& same) {
    const auto told_by = std::exchange(same.sms, std::nullopt);
    if (!wish.sms || wish.by.by == channel::ussd)
        return;
    if (told_by && in_.outbox.find_state(*told_by).value_or(row_state::sent) < row_state::sent)
        return;
    same.sms = in_.outbox.next_id();
    in_.outbox.add(*same.sms, *wish.sms, wish.by.who, same, false, wish.now.utc);
    in_.inbox.tell_by(wish.id, *same.sms);
}

outcome wishes::decide(const request& wish, std::optional<account_row>& account, bool is_elsewhere,
                       decision& decided) {
    const bool asks_feed = !account || wish.by.wants > access_level::view;
    const auto in_feed = asks_feed ? in_.subscribers.find(wish.by.who) : std::nullopt;
    auto facts = standing_of(account, in_feed, wish.now.utc, wish.idle_after);
    if (in_feed)
        facts.level = in_feed->is.level.value_or(facts.level);
    std::visit(
        [&]<class Effect>(const Effect& what) {
            if constexpr (of_money<Effect>)
                facts.purse = is_elsewhere ? money_.look_elsewhere(wish, what, account)
                                           : money_.look(wish, what, account);
            else if constexpr (of_wares<Effect>)
                facts.purse = is_elsewhere ? grant_elsewhere(wish.what) : wares_.look(what, account);
            else if constexpr (std::same_as<Effect, call_back>)
                facts.calls = in_.calls.look(wish.by.who, wish.now.utc);
        },
        wish.what);
    decided =
        std::visit([&](const auto& what) { return judge(what, facts, wish.by, wish.now.utc); }, wish.what);
    const bool is_done = !is_refusal(decided.is);
    if (is_done && !account && !std::holds_alternative<tell>(wish.what)) {
        account = open_account(in_, wish.by.who, keys_.number_token(wish.by.who), in_feed, wish.by.speaks,
                               wish.now.utc);
    }
    if (is_done && account && is_sim(wish)) {
        account->asked = wish.now.utc;
        if (!facts.is_idle) // else only a new password opens it
            account->active = wish.now.utc;
    }

    outcome came;
    came.is = decided.is;
    came.at = wish.now.utc;
    came.until = decided.until;
    came.speaks = account ? account->speaks : speaks_of(in_feed).value_or(wish.by.speaks);
    if (moves_money(wish.what) && !is_elsewhere)
        came.sums.balance = facts.purse.balance;
    if (const auto* given = std::get_if<transfer>(&wish.what)) {
        came.sums.party = given->to;
        came.sums.amount = given->amount;
    }
    if (const auto price = price_of(wish.what))
        came.sums.amount = price;
    came.about = subject_of(wish.what, facts.purse);
    if (const auto* said = std::get_if<tell>(&wish.what)) {
        came.sums = said->sums;
        came.until = said->until;
        came.movements = said->movements;
        came.about = said->about;
        came.holdings = said->holdings;
        came.operations = said->operations;
    }
    return came;
}

outcome wishes::conclude(const request& wish, std::optional<account_row>& account, outcome came,
                         const decision& decided, const fingerprint& mark) {
    const bool is_done = !is_refusal(came.is);
    if (wish.sms)
        came.sms = in_.outbox.next_id();
    // what the portal asks in vain would push out of the account's list what was done
    const bool is_listed = account && wish.by.is_vouched_for && (is_done || wish.by.by != channel::portal);
    enter(wish.by.who, wish.by.by, kind_of(wish.what), came, is_listed ? &*account : nullptr);
    if (is_done && account)
        std::visit(
            [&]<class Effect>(const Effect& what) {
                if constexpr (of_money<Effect>) {
                    money_.make(wish, what, *account, came);
                    in_.accounts.update(*account);
                } else if constexpr (of_wares<Effect>) {
                    wares_.make(wish, what, *account, came);
                    in_.accounts.update(*account);
                } else if constexpr (of_number<Effect> || std::same_as<Effect, call_back>) {
                    make(wish, what, *account, came);
                } else {
                    make(what, *account, came);
                }
            },
            wish.what);
    else if (is_listed)
        in_.accounts.update(*account);
    if (!is_done)
        money_.note_refused(wish, account, decided);
    // the network may know better, or worse: said again it does no harm
    if (std::holds_alternative<unblock_number>(wish.what) && came.is == verdict::not_blocked)
        in_.news.put(wish.by.who, false, came.at);

    std::optional<std::int64_t> version = came.version;
    if (is_done && makes_a_secret(wish.what))
        version = account->version;
    if (wish.sms) {
        const bool carries_secret = is_done && !wish.sms->clear.empty();
        in_.outbox.add(*came.sms, *wish.sms, wish.by.who, came, carries_secret, came.at);
        if (!is_done && wish.sms->when_refused == result_sms::birth::never)
            came.sms.reset(); // nobody is to send it
    }
    in_.inbox.add(wish.id, {mark, came, version});
    return came;
}

/// In the audit, and in the account's own list where there is one to stand in.
void wishes::enter(msisdn who, channel by, effect_kind what, const outcome& came, account_row* listed) {
    in_.audit.add({came.at, keys_.number_token(who), by, what, came.is, {}},
                  listed == nullptr ? nullptr : &listed->last_audit);
}

/// The wish is forgotten, and its payment isn't. The number may have another owner since, or none: what he
/// has is nothing that this payment changed.
outcome wishes::repeat_payment(const request& wish, const std::optional<account_row>& account) {
    outcome same;
    same.is = verdict::paid_in;
    same.is_repeat = true;
    same.at = wish.now.utc;
    same.sums.amount = std::get<pay_in>(wish.what).amount;
    if (!account || !in_.ledger.has_moved(wish.id, account->id))
        return same;
    same.speaks = account->speaks;
    same.sums.balance = account->balance;
    same.sums.points = account->points;
    return same;
}

void wishes::make(const issue_password& what, account_row& account, outcome& came) {
    secret_row made;
    made.kind = secret_kind::generated;
    made.made = came.at;
    made.expires = came.at + what.life;
    made.life = what.life;
    made.told_by = came.sms;
    came.until = made.expires;
    replace_secret(account, made, what.hash, came, !what.is_for_anyone);
}

void wishes::make(const choose_password& what, account_row& account, outcome& came) {
    secret_row made;
    made.kind = secret_kind::chosen;
    made.made = came.at;
    replace_secret(account, made, what.hash, came, true);
}

void wishes::make(const set_language& what, account_row& account, outcome& came) {
    account.speaks = what.chosen;
    came.speaks = what.chosen;
    in_.accounts.update(account);
}

void wishes::make(const tell&, account_row& account, outcome&) {
    in_.accounts.update(account);
}

void wishes::make(const close_portal&, account_row& account, outcome& came) {
    came.overtaken = end_access(in_, account, came.at);
}

void wishes::make(const set_switch& what, account_row& account, outcome&) {
    (what.which == account_switch::two_step ? account.asks_code : account.is_automatic) = what.is_on;
    in_.accounts.update(account);
}

void wishes::make(const set_pin& what, account_row& account, outcome& came) {
    account.pin = pin_row{what.pin, 0};
    came.version = ++account.pin_version;
    came.born = account.created;
    in_.accounts.update(account);
}

void wishes::make(const request& wish, const block_number&, account_row& account, outcome& came) {
    in_.news.put(wish.by.who, true, came.at);
    account.stopped = came.at;
    came.overtaken = end_access_of_sim(in_, account);
}

void wishes::make(const request& wish, const unblock_number&, account_row& account, outcome& came) {
    in_.news.put(wish.by.who, false, came.at);
    account.stopped.reset();
    in_.accounts.update(account);
}

void wishes::make(const request& wish, const call_back& what, account_row& account, outcome& came) {
    in_.calls.add({wish.by.who, came.at, came.at + what.within, wish.by.by, account.speaks});
    in_.accounts.update(account);
}

/// What a stranger asks for at the portal is counted elsewhere: it uses up nothing of the subscriber's.
void wishes::replace_secret(account_row& account, secret_row made, const password_hash& hash, outcome& came,
                            bool counts) {
    const utc_time now = came.at;
    if (account.secret && account.secret->told_by && in_.outbox.cancel(*account.secret->told_by) != 0)
        came.overtaken.push_back(*account.secret->told_by);
    account.secret = made;
    account.version += 1;
    account.blocked.reset();
    account.active = now;
    if (came.is == verdict::restored_idle) { // with the password the other ways in were over
        account.pin.reset();
        account.is_automatic = false;
        in_.accounts.update(account);
    }
    std::erase_if(account.issues,
                  [=](utc_time at) { return is_over(at + longest_window, now, longest_window); });
    if (counts) {
        account.issues.push_back(now);
        in_.accounts.forgive(account.id);
    }
    const auto sealed = seal(keys_, hash, account_binding{account.id, made.kind, account.version});
    in_.accounts.update_with_secret(account, sealed);
}

} // namespace kabinet::store::sqlite
