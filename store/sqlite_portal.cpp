#include "store/sqlite_portal.hpp"

#include "store/sqlite_access.hpp"

#include <algorithm>
#include <utility>

namespace kabinet::store::sqlite {
namespace {

constexpr std::chrono::hours between_notices{24}; // that the access is closed

/// As the wish has it, without its secret.
result_sms notice_of(const result_sms& wished, std::string_view action, result_sms::birth birth) {
    result_sms made;
    made.when_done = made.when_refused = birth;
    made.action = action;
    made.is_notice = wished.is_notice;
    made.from = wished.from;
    made.to = wished.to;
    made.group = wished.group;
    made.life = wished.life;
    return made;
}

/// One more SMS of its purpose.
void count(code_row& of, utc_time now) {
    std::erase_if(of.sent, [&](utc_time at) { return is_over(at + longest_window, now, longest_window); });
    of.sent.push_back(now);
}

} // namespace

login_facts portal_desk::look(msisdn who, std::uint32_t most_wrong, utc_time now) {
    const auto found = in_.accounts.find(who);
    const account_row nobodys = in_.accounts.find_nobody();
    const account_row& account = found ? *found : nobodys;
    const auto place = account_rows::place_of(account, keys_.number_token(who));
    login_facts facts;
    facts.is_closed = in_.accounts.find_guesses(place).in_a_row >= most_wrong;
    facts.version = account.version;
    std::vector<std::uint8_t> sealed = in_.accounts.read_sealed(account.id);
    if (account.secret && account.secret->is_live(now)) {
        facts.kind = account.secret->kind;
        facts.account = account.id;
        facts.sealed = std::move(sealed);
    }
    return facts;
}

std::optional<outcome> portal_desk::answer(const request& wish, std::optional<account_row>& account) {
    const auto subject = [&] { return account ? std::move(*account) : in_.accounts.find_nobody(); };
    if (wish.proof)
        if (auto refused = refuse(wish, account))
            return refused;
    if (const auto* attempt = std::get_if<log_in>(&wish.what))
        return judge(wish, *attempt, subject());
    if (const auto* attempt = std::get_if<log_in_by_pin>(&wish.what))
        return judge(wish, *attempt, subject());
    if (const auto* attempt = std::get_if<log_in_by_sim>(&wish.what))
        return judge(wish, *attempt, subject());
    if (const auto* code = std::get_if<send_code>(&wish.what))
        return send(wish, *code, subject());
    const auto* issued = std::get_if<issue_password>(&wish.what);
    if (issued != nullptr && issued->is_for_anyone)
        return limit(wish, *issued, account ? *account : in_.accounts.find_nobody());
    return std::nullopt;
}

outcome portal_desk::judge(const request& wish, const log_in& attempt, account_row account) {
    const auto place = place_of(wish, account);
    const bool is_second_step = wish.proof.has_value();
    standing facts = standing_of(account, wish.now.utc, wish.idle_after);
    facts.wrong = in_.accounts.find_guesses(place);
    facts.wants_code = facts.wants_code && !is_second_step;

    outcome came = begin(wish, account);
    came.is = kabinet::store::judge(attempt, facts, wish.by, wish.now.utc).is;
    came.failures = facts.wrong.in_a_row;
    came.level = level_of(wish.by.who);
    came.version = account.version;
    const bool was_closed = is_closed(attempt, facts);
    if (is_second_step && is_refusal(came.is) && !was_closed)
        came.is = verdict::wrong_password; // replaced meanwhile: nobody guessed
    const bool closes = came.is == verdict::locked_out && !was_closed;
    enter(wish, account, effect_kind::log_in, came.is);
    const bool is_let_in = !is_refusal(came.is) && came.is != verdict::code_wanted;
    if (is_let_in) {
        account.active = came.at;
        in_.accounts.put_guesses(place, {});
    } else if (is_refusal(came.is) && !was_closed && !is_second_step)
        in_.accounts.put_guesses(place, {facts.wrong.in_a_row + 1, facts.wrong.in_all + 1});
    if (closes)
        close(wish, account, came);
    if (came.is == verdict::logged_in_once)
        account.secret->used = came.at;
    if (closes || !is_refusal(came.is)) // a guess changes nothing of the account
        in_.accounts.update_access(account, closes);
    return came;
}

/// After the last wrong password.
void portal_desk::close(const request& wish, account_row& account, outcome& came) {
    enter(wish, account, effect_kind::block, verdict::account_changed);
    const outbox_id told_by = account.secret ? account.secret->told_by.value_or(outbox_id{}) : outbox_id{};
    if (in_.outbox.cancel(told_by) != 0)
        came.overtaken.push_back(told_by);
    const bool is_stranger = account.id == nobody;
    const bool is_noticed =
        account.noticed && !is_over(*account.noticed + between_notices, came.at, between_notices);
    if (!is_stranger)
        account.blocked = came.at;
    if (is_noticed && !is_stranger)
        return;
    account.noticed = came.at;
    tell_closed(wish, account, came);
}

void portal_desk::tell_closed(const request& wish, account_row& account, outcome& came) {
    if (!wish.sms)
        return;
    const bool is_told = is_reached(standing_of(account, came.at, wish.idle_after), came.at);
    const outbox_id row = in_.outbox.next_id();
    const auto birth = is_told ? result_sms::birth::due : result_sms::birth::never;
    in_.outbox.add(row, notice_of(*wish.sms, wish.sms->closing, birth), wish.by.who, came, false, came.at);
    if (is_told)
        came.sms = row;
}

outcome portal_desk::send(const request& wish, const send_code& what, account_row account) {
    const auto in_feed = in_.subscribers.find(wish.by.who);
    if (account.id == nobody && in_feed && is_open(state_of(in_feed->is), matter::ways_in)) {
        account = open_account(in_, wish.by.who, keys_.number_token(wish.by.who), in_feed, wish.by.speaks,
                               wish.now.utc);
        in_.accounts.update(account);
    }
    const auto place = place_of(wish, account);
    code_row code = in_.codes.find(place, what.what_for);
    standing facts = standing_of(account, wish.now.utc, wish.idle_after);
    facts.issues = code.sent;

    outcome came = begin(wish, account);
    const decision decided = kabinet::store::judge(what, facts, wish.by, came.at);
    came.is = decided.is;
    came.until = decided.until;
    enter(wish, account, effect_kind::send_code, came.is);
    if (came.is == verdict::code_under_way)
        came.until = code.expires;
    if (came.is == verdict::code_sent) {
        const bool is_sent = is_reached(facts, came.at);
        code.code = what.code;
        code.expires = came.at + what.life;
        code.life = what.life;
        code.tries = 0;
        count(code, came.at);
        result_sms sms = notice_of(*wish.sms, wish.sms->action,
                                   is_sent ? result_sms::birth::due : result_sms::birth::never);
        sms.clear = wish.sms->clear.clone();
        const outbox_id row = in_.outbox.next_id();
        if (in_.outbox.cancel(code.told_by) != 0) // an older code would be typed, and be wrong
            came.overtaken.push_back(code.told_by);
        code.told_by = row;
        in_.codes.put(place, what.what_for, code);
        in_.outbox.add(row, sms, wish.by.who, came, is_sent, came.at);
        if (is_sent)
            came.sms = row;
        in_.accounts.update_access(account, false);
    }
    return came;
}

/// Counted for any number, sent or not.
std::optional<outcome> portal_desk::limit(const request& wish, const issue_password& what,
                                          account_row account) {
    const auto place = place_of(wish, account);
    code_row asked = in_.codes.find(place, code_purpose::no_code);
    const auto again = allowed_again(asked.sent, {what.per_hour, what.per_day}, wish.now.utc);
    if (!again) {
        asked.expires = wish.now.utc;
        count(asked, wish.now.utc);
        in_.codes.put(place, code_purpose::no_code, asked);
        // it opens what wrong passwords closed, so whatever comes of it nobody may see whether there was
        // anything
        if (const guesses wrong = in_.accounts.find_guesses(place); wrong.in_a_row >= what.most_wrong)
            in_.accounts.put_guesses(place, {0, wrong.in_all});
        return std::nullopt;
    }
    outcome came = begin(wish, account);
    came.is = verdict::portal_limit;
    came.until = again;
    enter(wish, account, effect_kind::issue_password, came.is);
    return came;
}

account_rows::place portal_desk::place_of(const request& wish, const account_row& account) const {
    return account_rows::place_of(account, keys_.number_token(wish.by.who));
}

outcome portal_desk::begin(const request& wish, const account_row& account) {
    outcome came;
    came.at = wish.now.utc;
    came.born = account.created;
    came.speaks = account.id == nobody ? wish.by.speaks : account.speaks;
    return came;
}

/// The audit's row. What came to nothing doesn't stand in the account's list: whoever tries often at the
/// portal would push out of it what was done.
void portal_desk::enter(const request& wish, account_row& account, effect_kind what, verdict came) {
    const bool is_listed = !is_refusal(came) && came != verdict::code_under_way;
    in_.audit.add({wish.now.utc, keys_.number_token(wish.by.who), wish.by.by, what, came, {}},
                  is_listed ? &account.last_audit : nullptr);
}

} // namespace kabinet::store::sqlite
