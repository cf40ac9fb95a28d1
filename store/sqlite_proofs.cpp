#include "store/sqlite_portal.hpp"

#include <algorithm>

namespace kabinet::store::sqlite {

word_facts portal_desk::look_at_word(msisdn who, std::uint32_t most_wrong, utc_time now) {
    const auto found = in_.accounts.find(who);
    const account_row nobodys = in_.accounts.find_nobody();
    const auto place = account_rows::place_of(found ? *found : nobodys, keys_.number_token(who));
    const code_row wrong = in_.codes.find(place, code_purpose::word);
    word_facts facts;
    facts.who = who;
    facts.is_closed = wrong.tries >= most_wrong && !is_over(wrong.expires, now, wrong.life);
    facts.sealed = in_.subscribers.read_code_word(who);
    return facts;
}

std::optional<outcome> portal_desk::refuse(const request& wish, const std::optional<account_row>& account) {
    account_row subject = account ? *account : in_.accounts.find_nobody();
    outcome came = begin(wish, subject);
    const bool stands =
        std::visit([&](const auto& proof) { return examine(wish, proof, subject, came); }, *wish.proof);
    if (stands)
        return std::nullopt;
    enter(wish, subject, kind_of(wish.what), came.is);
    return came;
}

/// A code is good for one wish, whatever comes of that; a wrong one is counted. Where no code was sent any is
/// wrong, and counted too.
bool portal_desk::examine(const request& wish, const code_proof& proof, account_row& account, outcome& came) {
    const auto place = place_of(wish, account);
    code_row code = in_.codes.find(place, proof.what_for);
    const bool is_right = !code.sent.empty() && code.tries < proof.most_tries &&
                          !is_over(code.expires, wish.now.utc, code.life) && code.code == proof.code;
    code.tries = is_right ? proof.most_tries : std::min(code.tries + 1, proof.most_tries);
    in_.codes.put(place, proof.what_for, code);
    came.is = verdict::wrong_code;
    return is_right && account.id != nobody;
}

bool portal_desk::examine(const request& wish, const login_proof& proof, account_row& account,
                          outcome& came) {
    const login_view seen = look_through(wish.by.who, proof, account);
    came.is = seen.is;
    return !is_refusal(seen.is);
}

login_view portal_desk::look_through(msisdn who, const login_proof& proof) {
    const auto account = in_.accounts.find(who);
    return account ? look_through(who, proof, *account) : login_view{};
}

/// A new password ends the logins of the one before, a closed access all of them.
login_view portal_desk::look_through(msisdn who, const login_proof& proof, const account_row& account) {
    login_view seen;
    const bool holds = account.id != nobody && account.created == proof.born &&
                       account.version == proof.version && !account.blocked &&
                       is_open(account.state(), matter::login);
    if (!holds)
        return seen;
    seen.reaches = std::min(proof.reaches, level_of(who).value_or(proof.reaches));
    seen.is = seen.reaches >= proof.wants ? verdict::told : verdict::level;
    return seen;
}

/// Wrong words are counted for a day after the last. A word that the feed changed while it was looked at is
/// wrong: it may be of an owner before.
bool portal_desk::examine(const request& wish, const word_proof& proof, account_row& account, outcome& came) {
    const auto place = place_of(wish, account);
    code_row wrong = in_.codes.find(place, code_purpose::word);
    if (is_over(wrong.expires, wish.now.utc, wrong.life))
        wrong.tries = 0;
    came.is = verdict::locked_out;
    if (wrong.tries >= proof.most_wrong)
        return false;
    const bool is_right = proof.is_right && in_.subscribers.read_code_word(wish.by.who) == proof.held_against;
    wrong.tries = is_right ? 0 : wrong.tries + 1;
    wrong.life = proof.closed_for;
    wrong.expires = wish.now.utc + proof.closed_for;
    in_.codes.put(place, code_purpose::word, wrong);
    if (is_right && tells_network(wish.what)) // of the number, not of its access
        return true;
    if (is_right) {
        const bool is_cooling = account.cooldown_until && wish.now.utc < *account.cooldown_until;
        came.is = verdict::blocked; // what wrong passwords closed or was unused for long, only the SIM opens
        if (is_cooling) {           // nor does the SIM
            came.is = verdict::cooldown;
            came.until = account.cooldown_until;
        }
        const bool is_off = account.secret && is_idle(account.last_use(), wish.idle_after, wish.now.utc);
        return !is_cooling && !account.blocked && !is_off &&
               in_.accounts.find_guesses(place).in_a_row < proof.most_wrong;
    }
    if (wrong.tries < proof.most_wrong)
        came.is = verdict::wrong_word;
    else
        tell_closed(wish, account, came); // for a day, so once a day
    return false;
}

outcome portal_desk::judge(const request& wish, const log_in_by_pin& attempt, account_row account) {
    const standing facts = standing_of(account, wish.now.utc, wish.idle_after);
    outcome came = begin(wish, account);
    came.level = level_of(wish.by.who);
    came.version = account.version;
    came.is = kabinet::store::judge(attempt, facts, wish.by, wish.now.utc).is;
    const bool is_set =
        account.pin && account.pin_version == attempt.version && account.created == attempt.born;
    if (!is_set) {
        came.is = verdict::no_login;
    } else if (!is_refusal(came.is)) {
        came.failures = account.pin->wrong;
        account.pin->wrong = account.pin->mark == attempt.pin ? 0 : account.pin->wrong + 1;
        if (account.pin->wrong != 0)
            came.is = verdict::wrong_password;
    }
    if (is_set && account.pin->wrong >= attempt.most_wrong) {
        came.is = verdict::locked_out;
        account.pin.reset();
    }
    if (!is_refusal(came.is))
        account.active = came.at;
    enter(wish, account, effect_kind::log_in_by_pin, came.is);
    if (came.is == verdict::locked_out)
        tell_closed(wish, account, came);
    in_.accounts.update(account);
    return came;
}

outcome portal_desk::judge(const request& wish, const log_in_by_sim& attempt, account_row account) {
    const standing facts = standing_of(account, wish.now.utc, wish.idle_after);
    outcome came = begin(wish, account);
    came.level = level_of(wish.by.who);
    came.version = account.version;
    came.is = account.is_automatic ? kabinet::store::judge(attempt, facts, wish.by, wish.now.utc).is
                                   : verdict::no_login;
    if (!is_refusal(came.is))
        account.active = came.at;
    enter(wish, account, effect_kind::log_in_by_sim, came.is);
    in_.accounts.update(account);
    return came;
}

std::optional<access_level> portal_desk::level_of(msisdn who) {
    const auto in_feed = in_.subscribers.find(who);
    return in_feed ? in_feed->is.level : std::nullopt;
}

} // namespace kabinet::store::sqlite
