#include "gateway/clocks.hpp"
#include "gateway/reception_frame.hpp"
#include "menus/password_rules.hpp"
#include "store/secrets.hpp"

namespace kabinet::gateway {

namespace asio = boost::asio;
using store::code_purpose;

namespace {

std::string_view notice_for(code_purpose what_for) {
    switch (what_for) {
    case code_purpose::password:
        return "notice.code_password";
    case code_purpose::regime:
        return "notice.code_regime";
    case code_purpose::log_in:
        return "notice.code_log_in";
    case code_purpose::no_code:
    case code_purpose::word:
    case code_purpose::voucher:
        break;
    }
    return {};
}

store::issue_password generated_by(const menus::definition& pack, store::password_hash hash) {
    store::issue_password made;
    made.hash = std::move(hash);
    made.life = pack.passwords.life;
    made.per_hour = pack.allowed.passwords_per_hour;
    made.per_day = pack.allowed.passwords_per_day;
    return made;
}

} // namespace

asio::awaitable<portal_answer> reception::send_password(sms_wish asked) {
    return receive(wish_kind::password, std::move(asked), &reception::issue,
                   menus::action_kind::issue_password);
}

/// The SIM hears what came of it; here every number is answered alike.
asio::awaitable<portal_answer> reception::issue(const sms_wish& asked, const menus::definition& pack) {
    portal_answer told;
    const auto place = take_sms_place(told);
    if (!place)
        co_return told;
    store::request wish = make_request("portal password", asked, pack);
    wish.sms->action = "issue_password";
    wish.sms->clear = store::generate_password();
    auto work = [&clear = wish.sms->clear] { return store::hash_generated(clear); };
    auto hash = co_await with_.pool.run(hash_work::generated, work);
    if (!hash || !*hash)
        co_return told;
    store::issue_password issued = generated_by(pack, std::move(**hash));
    issued.is_for_anyone = true;
    issued.most_wrong = pack.allowed.wrong_passwords;
    wish.what = std::move(issued);
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    told.is = portal_verdict::ok;
    place->is_kept = !came->is_repeat && came->is != store::verdict::portal_limit;
    co_return told;
}

asio::awaitable<portal_answer> reception::send_code(sms_wish asked) {
    return receive(wish_kind::code, std::move(asked), &reception::send);
}

asio::awaitable<portal_answer> reception::send(const sms_wish& asked, const menus::definition& pack) {
    portal_answer told;
    const auto place = take_sms_place(told);
    if (!place)
        co_return told;
    store::request wish = make_request("portal code", asked, pack);
    place->is_kept = co_await have_code_sent(std::move(wish), asked.what_for, 0, told);
    co_return told;
}

asio::awaitable<bool> reception::have_code_sent(store::request wish, code_purpose what_for,
                                                std::int64_t version, portal_answer& told) {
    const msisdn who = wish.by.who;
    wish.sms->action = notice_for(what_for);
    wish.sms->is_notice = true;
    wish.sms->clear = store::generate_code();
    wish.sms->life = code_life;
    store::send_code what;
    what.what_for = what_for;
    what.code = with_.keys.mark_code(who, what_for, wish.sms->clear);
    what.life = code_life;
    what.again_after = code_again_after;
    wish.what = what;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return false;
    if (came->is == store::verdict::limit) {
        tell_refusal(*came, told);
        co_return false;
    }
    told.is = portal_verdict::ok;
    told.until = came->until.value_or(came->at + code_life);
    store::ticket good_for{who, store::use_of(what_for), *told.until};
    good_for.version = version;
    told.ticket = store::write_ticket(with_.keys, good_for);
    co_return !came->is_repeat && came->is == store::verdict::code_sent;
}

void reception::tell_refusal(const store::outcome& came, portal_answer& told) {
    told.is = portal_verdict::refused;
    told.reason = store::name_of(came.is);
    told.until = came.until;
}

asio::awaitable<portal_answer> reception::use_code(code_entry asked) {
    portal_answer answer;
    answer.is = portal_verdict::denied;
    const auto meant = store::read_ticket(with_.keys, asked.ticket);
    const auto wanted = asked.chosen.empty() ? code_purpose::regime : code_purpose::password;
    if (!meant || meant->use != store::use_of(wanted) || meant->expires <= read_clocks().utc)
        co_return note(wish_kind::entry, asked, std::move(answer)); // as if the code were wrong
    asked.who = meant->who;
    const auto does =
        asked.chosen.empty() ? menus::action_kind::issue_password : menus::action_kind::choose_password;
    co_return co_await receive(wish_kind::entry, std::move(asked), &reception::change, does);
}

asio::awaitable<portal_answer> reception::change(const code_entry& asked, const menus::definition& pack) {
    portal_answer told;
    const bool is_chosen = !asked.chosen.empty();
    if (is_chosen) { // the code is not used up by a password that can't be
        const menus::refusal wrong = menus::examine_password(asked.chosen, pack.passwords, asked.who);
        if (wrong != menus::refusal::none) {
            told.is = portal_verdict::refused;
            told.reason = menus::name_of(wrong);
            co_return told;
        }
    }
    store::request wish = make_request("portal entry", asked, pack);
    wish.typed = mark(asked, {&asked.code, &asked.chosen});
    store::code_proof proof;
    proof.what_for = is_chosen ? code_purpose::password : code_purpose::regime;
    proof.code = with_.keys.mark_code(asked.who, proof.what_for, asked.code);
    wish.proof = proof;
    if (!is_chosen)
        wish.sms->clear = store::generate_password();
    auto work = [is_chosen, &chosen = asked.chosen, &generated = wish.sms->clear] {
        return is_chosen ? store::hash_chosen(chosen) : store::hash_generated(generated);
    };
    auto hash = co_await with_.pool.run(is_chosen ? hash_work::chosen : hash_work::generated, work);
    if (!hash || !*hash)
        co_return told;
    if (is_chosen) {
        wish.sms->action = "notice.password_changed";
        wish.sms->is_notice = true;
        store::choose_password what;
        what.hash = std::move(**hash);
        what.per_hour = pack.allowed.passwords_per_hour;
        what.per_day = pack.allowed.passwords_per_day;
        wish.what = std::move(what);
    } else {
        wish.sms->action = "issue_password";
        wish.what = generated_by(pack, std::move(**hash));
    }
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    told.is = portal_verdict::ok;
    if (came->is == store::verdict::wrong_code)
        told.is = portal_verdict::denied;
    else if (store::is_refusal(came->is))
        tell_refusal(*came, told);
    co_return told;
}

} // namespace kabinet::gateway
