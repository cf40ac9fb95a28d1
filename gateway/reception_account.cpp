#include "gateway/at_store.hpp"
#include "gateway/listed_lines.hpp"
#include "gateway/perform.hpp"
#include "gateway/reception_frame.hpp"

#include <algorithm>

namespace kabinet::gateway {

namespace asio = boost::asio;
using boost::system::result;
using store::account_switch;

namespace {

constexpr std::size_t pin_digits = 4;

std::string_view notice_of(account_switch which, bool is_on) {
    if (which == account_switch::two_step)
        return is_on ? "notice.two_step_on" : "notice.two_step_off";
    return is_on ? "notice.automatic_on" : "notice.automatic_off";
}

/// Digits that are all alike, or follow each other up or down, are what is tried first.
bool is_simple(std::string_view digits) {
    const int step = digits[1] - digits[0];
    if (step < -1 || step > 1)
        return false;
    for (std::size_t at = 2; at < digits.size(); ++at)
        if (digits[at] - digits[at - 1] != step)
            return false;
    return true;
}

/// The rule a PIN breaks; empty where it breaks none.
std::string_view wrong_with(const pin_wish& asked) {
    const std::string_view digits = asked.pin.reveal();
    if (digits.size() != pin_digits || digits.find_first_not_of("0123456789") != std::string_view::npos)
        return "four_digits";
    if (asked.again.reveal() != digits)
        return "not_equal";
    if (is_simple(digits))
        return "too_simple";
    return asked.who.text().ends_with(digits) ? "own_number" : std::string_view{};
}

struct seen {
    store::login_view login;
    archive all;
};

result<seen> find(store::backend& in, msisdn who, const store::login_proof& proof, utc_time now) {
    const auto login = in.look_through(who, proof);
    if (!login)
        return login.error();
    auto all = find_archive(in, who, now);
    if (!all)
        return all.error();
    return seen{*login, std::move(*all)};
}

} // namespace

store::login_proof reception::proof_of(const store::ticket& login, access_level wants) {
    return {login.born, login.version, login.reaches, wants};
}

store::request reception::make_request(std::string_view kind, const account_wish& asked, access_level wants,
                                       const menus::definition& pack) const {
    store::request wish = make_request(kind, static_cast<const portal_wish&>(asked), pack);
    wish.proof = proof_of(asked.login, wants);
    wish.sms->is_notice = true;
    return wish;
}

asio::awaitable<portal_answer> reception::set_switch(switch_wish asked) {
    std::optional<menus::action_kind> does; // an automatic login is no action of the menus
    if (asked.which == account_switch::two_step)
        does = asked.is_on ? menus::action_kind::ask_code : menus::action_kind::skip_code;
    return admit(std::move(asked), &reception::turn, does);
}

asio::awaitable<portal_answer> reception::turn(const switch_wish& asked, const menus::definition& pack) {
    const bool is_two_step = asked.which == account_switch::two_step;
    if ((is_two_step || asked.is_on) && !asked.login.knew_password)
        co_return refuse("password");
    if (!is_two_step && asked.is_on && !asked.is_over_mobile)
        co_return refuse("mobile_data");
    const auto least =
        least_level(asked.is_on ? menus::action_kind::ask_code : menus::action_kind::skip_code);
    store::request wish = make_request("portal switch", asked, least, pack);
    wish.what = store::set_switch{asked.which, asked.is_on};
    wish.sms->action = notice_of(asked.which, asked.is_on);
    portal_answer told;
    const auto came = co_await make_true(std::move(wish), told);
    if (came)
        tell_of_account(*came, told);
    co_return told;
}

asio::awaitable<portal_answer> reception::set_pin(pin_wish asked) {
    return admit(std::move(asked), &reception::keep_pin, std::nullopt); // no action of the menus
}

asio::awaitable<portal_answer> reception::keep_pin(const pin_wish& asked, const menus::definition& pack) {
    if (!asked.login.knew_password)
        co_return refuse("password");
    if (const std::string_view wrong = wrong_with(asked); !wrong.empty())
        co_return refuse(wrong);
    const auto least = least_level(menus::action_kind::choose_password);
    store::request wish = make_request("portal PIN set", asked, least, pack);
    wish.what = store::set_pin{with_.keys.mark_pin(asked.who, asked.pin)};
    wish.typed = mark(asked, {&asked.pin});
    wish.sms->action = "notice.pin_set";
    portal_answer told;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    tell_of_account(*came, told);
    if (told.is == portal_verdict::ok) {
        store::ticket device{asked.who, store::ticket_use::device, {}};
        device.version = came->version.value_or(0);
        device.born = came->born;
        told.device = store::write_ticket(with_.keys, device);
    }
    co_return told;
}

asio::awaitable<portal_answer> reception::set_language(language_wish asked) {
    return admit(std::move(asked), &reception::speak, menus::action_kind::set_language);
}

asio::awaitable<portal_answer> reception::speak(const language_wish& asked, const menus::definition& pack) {
    const auto chosen = language::from(asked.chosen);
    const bool is_spoken =
        chosen && std::ranges::any_of(pack.languages, [&](const auto& each) { return each.code == *chosen; });
    if (!is_spoken)
        co_return refuse("language");
    const auto least = least_level(menus::action_kind::set_language);
    store::request wish = make_request("portal language", asked, least, pack);
    wish.what = store::set_language{*chosen};
    wish.sms.reset();
    portal_answer told;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    tell_of_account(*came, told);
    if (told.is == portal_verdict::ok && !came->is_repeat) // another may have been chosen since
        with_.hear(asked.who, *chosen);
    co_return told;
}

asio::awaitable<portal_answer> reception::call_back(account_wish asked) {
    return admit(std::move(asked), &reception::ask_for_call, menus::action_kind::call_back);
}

asio::awaitable<portal_answer> reception::ask_for_call(const account_wish& asked,
                                                       const menus::definition& pack) {
    if (!pack.leads_to(menus::action_kind::call_back))
        co_return refuse("offer");
    store::request wish =
        make_request("portal call", asked, least_level(menus::action_kind::call_back), pack);
    wish.what = promise_call(pack, wish.now.utc);
    wish.sms.reset(); // the call is told by its coming
    portal_answer told;
    const auto came = co_await make_true(std::move(wish), told);
    if (!came)
        co_return told;
    tell_of_account(*came, told);
    told.until = came->until;
    co_return told;
}

asio::awaitable<portal_answer> reception::show_account(account_wish asked) {
    return admit(std::move(asked), &reception::look, menus::action_kind::list_archive);
}

/// Changes nothing, so that there is nothing to do once.
asio::awaitable<portal_answer> reception::look(const account_wish& asked, const menus::definition&) {
    portal_answer told;
    const auto proof = proof_of(asked.login, least_level(menus::action_kind::list_archive));
    auto read = [who = asked.who, proof, now = read_clocks().utc](store::backend& rows) {
        return find(rows, who, proof, now);
    };
    const result<seen> found = co_await at_store(with_.store, read);
    if (!found)
        co_return told;
    store::outcome came;
    came.is = found->login.is;
    tell_of_account(came, told);
    if (told.is != portal_verdict::ok)
        co_return told;
    told.who = asked.who;
    told.level = found->login.reaches;
    told.account = found->all.account;
    told.operations = operations_of(found->all.operations);
    co_return told;
}

void reception::tell_of_account(const store::outcome& came, portal_answer& told) {
    told.is = portal_verdict::ok;
    if (came.is == store::verdict::no_login)
        told.is = portal_verdict::logged_out;
    else if (came.is == store::verdict::under_way)
        told.is = portal_verdict::under_way;
    else if (store::is_refusal(came.is))
        tell_refusal(came, told);
}

} // namespace kabinet::gateway
