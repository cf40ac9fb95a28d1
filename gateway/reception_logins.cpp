#include "gateway/at_store.hpp"
#include "gateway/reception_frame.hpp"
#include "menus/password_rules.hpp"

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;

void reception::let_in(msisdn who, const store::outcome& came, access_level most, bool knew_password,
                       const menus::definition& pack, portal_answer& told) const {
    told.is = portal_verdict::ok;
    told.who = who;
    told.failures = came.failures;
    told.level = std::min(most, came.level.value_or(access_level::all_numbers));
    store::ticket session{who, store::ticket_use::session, came.at + pack.logins.session};
    session.version = came.version.value_or(0);
    session.born = came.born;
    session.reaches = told.level;
    session.knew_password = knew_password;
    told.until = session.expires;
    told.session = store::write_ticket(with_.keys, session);
}

void reception::let_in_by_password(msisdn who, const store::outcome& came, const menus::definition& pack,
                                   portal_answer& told) const {
    switch (came.is) {
    case store::verdict::logged_in_once:
    case store::verdict::logged_in:
    case store::verdict::logged_in_chosen: {
        const bool is_generated = came.is != store::verdict::logged_in_chosen;
        told.kind = is_generated ? store::secret_kind::generated : store::secret_kind::chosen;
        told.must_change = is_generated && pack.logins.must_change;
        let_in(who, came, is_generated ? pack.logins.generated : pack.logins.chosen, true, pack, told);
        break;
    }
    case store::verdict::locked_out:
        told.is = portal_verdict::blocked;
        break;
    default:
        told.is = portal_verdict::denied;
        break;
    }
}

asio::awaitable<portal_answer> reception::confirm_login(code_entry asked) {
    const auto meant = store::read_ticket(with_.keys, asked.ticket);
    if (!meant || meant->use != store::ticket_use::log_in || meant->expires <= read_clocks().utc) {
        portal_answer answer;
        answer.is = portal_verdict::denied; // as if the code were wrong
        co_return note(wish_kind::second_step, asked, std::move(answer));
    }
    asked.who = meant->who;
    asked.password_version = meant->version;
    co_return co_await receive(wish_kind::second_step, std::move(asked), &reception::judge_code);
}

asio::awaitable<portal_answer> reception::judge_code(const code_entry& asked, const menus::definition& pack) {
    portal_answer told;
    store::request wish = make_request("portal login entry", asked, pack);
    wish.typed = mark(asked, {&asked.code});
    wish.sms.reset(); // whatever comes of it, nothing is closed
    store::log_in attempt;
    attempt.version = asked.password_version;
    attempt.is_right = true; // it was; the code is what is judged
    attempt.ends_generated = pack.logins.is_once;
    attempt.most_wrong = pack.allowed.wrong_passwords;
    wish.what = attempt;
    store::code_proof proof;
    proof.what_for = store::code_purpose::log_in;
    proof.code = with_.keys.mark_code(asked.who, proof.what_for, asked.code);
    wish.proof = proof;
    const auto came = co_await make_true(std::move(wish), told);
    if (came)
        let_in_by_password(asked.who, *came, pack, told);
    co_return told;
}

asio::awaitable<portal_answer> reception::log_in_by_pin(pin_attempt asked) {
    const auto device = store::read_ticket(with_.keys, asked.device);
    if (!device || device->use != store::ticket_use::device) {
        portal_answer answer;
        answer.is = portal_verdict::logged_out;
        co_return note(wish_kind::pin, asked, std::move(answer));
    }
    asked.who = device->who;
    asked.set = *device;
    co_return co_await receive(wish_kind::pin, std::move(asked), &reception::judge_pin);
}

asio::awaitable<portal_answer> reception::judge_pin(const pin_attempt& asked, const menus::definition& pack) {
    portal_answer told;
    store::request wish = make_request("portal PIN", asked, pack);
    wish.typed = mark(asked, {&asked.pin});
    wish.sms->is_notice = true;
    wish.sms->closing = "notice.pin_closed";
    store::log_in_by_pin attempt;
    attempt.pin = with_.keys.mark_pin(asked.who, asked.pin);
    attempt.version = asked.set.version;
    attempt.born = asked.set.born;
    attempt.most_wrong = pack.allowed.wrong_passwords;
    wish.what = attempt;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    if (came->is == store::verdict::logged_in_otherwise)
        let_in(asked.who, *came, pack.logins.pin, false, pack, told);
    else if (came->is == store::verdict::no_login)
        told.is = portal_verdict::logged_out;
    else
        told.is = came->is == store::verdict::locked_out ? portal_verdict::blocked : portal_verdict::denied;
    co_return told;
}

asio::awaitable<portal_answer> reception::log_in_by_sim(portal_wish asked) {
    return receive(wish_kind::sim, std::move(asked), &reception::judge_sim);
}

asio::awaitable<portal_answer> reception::judge_sim(const portal_wish& asked, const menus::definition& pack) {
    portal_answer told;
    store::request wish = make_request("portal SIM", asked, pack);
    wish.sms.reset();
    wish.what = store::log_in_by_sim{};
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    told.is = portal_verdict::denied;
    if (came->is == store::verdict::logged_in_otherwise)
        let_in(asked.who, *came, pack.logins.automatic, false, pack, told);
    co_return told;
}

asio::awaitable<portal_answer> reception::restore(word_attempt asked) {
    return receive(wish_kind::word, std::move(asked), &reception::judge_word,
                   menus::action_kind::choose_password);
}

asio::awaitable<portal_answer> reception::judge_word(const word_attempt& asked,
                                                     const menus::definition& pack) {
    portal_answer told;
    const menus::refusal bad = menus::examine_password(asked.chosen, pack.passwords, asked.who);
    if (bad != menus::refusal::none) { // no word is looked at for a password that can't be
        told.is = portal_verdict::refused;
        told.reason = menus::name_of(bad);
        co_return told;
    }
    store::request wish = make_request("portal code word", asked, pack);
    store::word_proof proof;
    proof.most_wrong = pack.allowed.wrong_passwords;
    if (!with_.pool.has_room(hash_work::chosen))
        co_return told;
    auto look = [who = asked.who, most = proof.most_wrong, now = wish.now.utc](store::backend& rows) {
        return rows.look_before_word(who, most, now);
    };
    const boost::system::result<store::word_facts> facts = co_await at_store(with_.store, look);
    if (!facts)
        co_return told;
    store::choose_password what;
    what.per_hour = pack.allowed.passwords_per_hour;
    what.per_day = pack.allowed.passwords_per_day;
    if (!facts->is_closed) {
        // both for any number: the time must not tell whether the word was right
        auto work = [&check = with_.check, &asked, &found = *facts] {
            return std::pair{check.is_right(asked.word, found), store::hash_chosen(asked.chosen)};
        };
        auto made = co_await with_.pool.run(hash_work::chosen, work);
        if (!made || !made->first || !made->second)
            co_return told;
        proof.is_right = *made->first;
        what.hash = std::move(*made->second);
    }
    proof.held_against = facts->sealed;
    wish.proof = std::move(proof);
    wish.what = std::move(what);
    wish.typed = mark(asked, {&asked.word, &asked.chosen});
    co_return co_await order_by_word(std::move(wish), "notice.password_changed");
}

asio::awaitable<portal_answer> reception::order_by_word(store::request wish, const char* notice) {
    portal_answer told;
    wish.sms->is_notice = true;
    wish.sms->action = notice;
    wish.sms->closing = "notice.code_word_closed";
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    told.is = portal_verdict::ok;
    if (came->is == store::verdict::wrong_word)
        told.is = portal_verdict::denied;
    else if (came->is == store::verdict::locked_out)
        told.is = portal_verdict::blocked;
    else if (store::is_refusal(came->is))
        tell_refusal(*came, told);
    told.is_still_barred = came->is == store::verdict::still_barred;
    co_return told;
}

} // namespace kabinet::gateway
