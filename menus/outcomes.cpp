#include "menus/outcomes.hpp"

#include "values/text.hpp"

#include <algorithm>
#include <array>

namespace kabinet::menus {
namespace {

using enum placeholder;

constexpr placeholders when{until};
constexpr placeholders secret_words{password, login, until};
constexpr placeholders archive_words{operations, count};
constexpr placeholders purse_words{balance, points};
constexpr placeholders sold_words{title, amount, fee, period, balance, until};
constexpr placeholders free_words{title, amount, balance};
constexpr placeholders due_words{title, amount, balance, until};
constexpr placeholders listed_words{holdings, count};
constexpr placeholders loan_words{balance, points, amount, until};
constexpr placeholders dated_words{balance, points, at};

// Outcomes that name a rule are those of password_rules.hpp.
constexpr std::array outcome_rows{
    outcome_row{action_kind::issue_password, "issued", secret_words, true},
    outcome_row{action_kind::issue_password, "replaced", secret_words, true},
    outcome_row{action_kind::issue_password, "replaced_chosen", secret_words, true},
    outcome_row{action_kind::issue_password, "restored", secret_words, true},
    outcome_row{
        action_kind::issue_password, "restored_idle", secret_words, true, false, false, 1, {}, {}, true},
    outcome_row{action_kind::issue_password, "repeated", {at, login}},
    outcome_row{action_kind::issue_password, "limit", when},
    outcome_row{action_kind::issue_password, "cooldown", when},
    outcome_row{action_kind::issue_password, "barred", {}},
    outcome_row{action_kind::issue_password, "unknown_number", {}},
    outcome_row{action_kind::issue_password, "untrusted", {}},
    outcome_row{action_kind::issue_password, "busy", {}},

    outcome_row{action_kind::choose_password, "chosen", {login}},
    outcome_row{action_kind::choose_password, "restored", {login}},
    outcome_row{action_kind::choose_password, "restored_idle", {login}, false, false, false, 1, {}, {}, true},
    outcome_row{action_kind::choose_password, "too_short", {}, false, false, true},
    outcome_row{action_kind::choose_password, "too_long", {}, false, false, true},
    outcome_row{action_kind::choose_password, "blanks", {}, false, false, true},
    outcome_row{action_kind::choose_password, "bad_characters", {}, false, false, true},
    outcome_row{action_kind::choose_password, "too_plain", {}, false, false, true},
    outcome_row{action_kind::choose_password, "common", {}, false, false, true},
    outcome_row{action_kind::choose_password, "own_number", {}, false, false, true},
    outcome_row{action_kind::choose_password, "limit", when},
    outcome_row{action_kind::choose_password, "cooldown", when},
    outcome_row{action_kind::choose_password, "barred", {}},
    outcome_row{action_kind::choose_password, "unknown_number", {}},
    outcome_row{action_kind::choose_password, "untrusted", {}},
    outcome_row{action_kind::choose_password, "busy", {}},

    outcome_row{action_kind::tell, "told", {}},

    outcome_row{action_kind::set_language, "set", {}},
    outcome_row{action_kind::set_language, "barred", {}},
    outcome_row{action_kind::set_language, "unknown_number", {}},
    outcome_row{action_kind::set_language, "untrusted", {}},
    outcome_row{action_kind::set_language, "busy", {}},

    outcome_row{action_kind::list_archive, "listed", archive_words, false, false, false, most_sms_parts},
    outcome_row{action_kind::list_archive, "empty", {}},
    outcome_row{action_kind::list_archive, "barred", {}},
    outcome_row{action_kind::list_archive, "unknown_number", {}},
    outcome_row{action_kind::list_archive, "untrusted", {}},
    outcome_row{action_kind::list_archive, "busy", {}},

    outcome_row{action_kind::explain_login, "unregistered", {}}, // there was never a password
    outcome_row{action_kind::explain_login, "blocked", {}},
    outcome_row{action_kind::explain_login, // unused for so long that it is switched off
                "idle",
                {},
                false,
                false,
                false,
                1,
                {},
                {},
                true},
    outcome_row{action_kind::explain_login, "used", {}},
    outcome_row{
        action_kind::explain_login, "many_wrong", {}}, // so a login counts only shortly after the SIM asked
    outcome_row{action_kind::explain_login, "expired", {}},
    outcome_row{action_kind::explain_login, "one_time", when, false, false, false, 1, when},
    outcome_row{action_kind::explain_login, "static", {}},
    outcome_row{action_kind::explain_login, "limit", when, false, false, false, 1, when},
    outcome_row{action_kind::explain_login, "cooldown", when, false, false, false, 1, when},
    outcome_row{action_kind::explain_login, "debt", {}}, // a login is good for little
    outcome_row{action_kind::explain_login, "barred", {}},
    outcome_row{action_kind::explain_login, "unknown_number", {}},
    outcome_row{action_kind::explain_login, "untrusted", {}},
    outcome_row{action_kind::explain_login, "busy", {}},

    outcome_row{action_kind::close_portal, "closed", {}},
    outcome_row{action_kind::close_portal, "barred", {}},
    outcome_row{action_kind::close_portal, "unknown_number", {}},
    outcome_row{action_kind::close_portal, "untrusted", {}},
    outcome_row{action_kind::close_portal, "busy", {}},

    outcome_row{action_kind::ask_code, "switched_on", {}},
    outcome_row{action_kind::ask_code, "barred", {}},
    outcome_row{action_kind::ask_code, "unknown_number", {}},
    outcome_row{action_kind::ask_code, "untrusted", {}},
    outcome_row{action_kind::ask_code, "busy", {}},

    outcome_row{action_kind::skip_code, "switched_off", {}},
    outcome_row{action_kind::skip_code, "barred", {}},
    outcome_row{action_kind::skip_code, "level", {}}, // the feed keeps the number from it
    outcome_row{action_kind::skip_code, "unknown_number", {}},
    outcome_row{action_kind::skip_code, "untrusted", {}},
    outcome_row{action_kind::skip_code, "busy", {}},

    outcome_row{action_kind::show_balance, "shown", purse_words},
    outcome_row{action_kind::show_balance, "owing", loan_words},  // what was promised isn't paid back yet
    outcome_row{action_kind::show_balance, "dated", dated_words}, // as it was last seen
    outcome_row{action_kind::show_balance, "barred", {}},
    outcome_row{action_kind::show_balance, "unknown_number", {}},
    outcome_row{action_kind::show_balance, "untrusted", {}},
    outcome_row{action_kind::show_balance, "busy", {}},

    outcome_row{action_kind::top_up, "topped_up", {amount, balance}},
    outcome_row{action_kind::top_up, "wrong_voucher", {}},
    outcome_row{action_kind::top_up, "used_voucher", {}},
    outcome_row{action_kind::top_up, "old_voucher", {}},
    outcome_row{action_kind::top_up, "vouchers_closed", when}, // too many were wrong
    outcome_row{action_kind::top_up, "bad_voucher", {}, false, false, true},
    outcome_row{action_kind::top_up, "full_purse", {}},
    outcome_row{action_kind::top_up, "barred", {}},
    outcome_row{action_kind::top_up, "level", {}},
    outcome_row{action_kind::top_up, "unknown_number", {}},
    outcome_row{action_kind::top_up, "untrusted", {}},
    outcome_row{action_kind::top_up, "busy", {}},

    outcome_row{action_kind::take_promise, "promised", {amount, fee, balance, until}},
    outcome_row{action_kind::take_promise, "promise_open", when},
    outcome_row{action_kind::take_promise, "promise_unpaid", {balance}},
    outcome_row{action_kind::take_promise, "below_floor", {balance}},
    outcome_row{action_kind::take_promise, "full_purse", {}},
    outcome_row{action_kind::take_promise, "barred", {}},
    outcome_row{action_kind::take_promise, "level", {}},
    outcome_row{action_kind::take_promise, "unknown_number", {}},
    outcome_row{action_kind::take_promise, "untrusted", {}},
    outcome_row{action_kind::take_promise, "busy", {}},

    outcome_row{action_kind::transfer, "transferred", {amount, fee, balance, party}},
    // before it: what is agreed to, or how to ask for it
    outcome_row{.of = action_kind::transfer,
                .outcome = "terms",
                .may_say = {amount, fee, party, password, until},
                .issues_secret = true,
                .of_reply = true},
    outcome_row{.of = action_kind::transfer, // the same was done on a reply just now
                .outcome = "terms_again",
                .may_say = {amount, fee, party, password, until},
                .issues_secret = true,
                .of_reply = true},
    outcome_row{.of = action_kind::transfer, .outcome = "how", .may_say = {}, .of_reply = true},
    outcome_row{action_kind::transfer, "short_of", {amount, balance}},
    outcome_row{action_kind::transfer, "unknown_party", {party}},
    outcome_row{action_kind::transfer, "to_oneself", {}},
    outcome_row{action_kind::transfer, "promise_open", when}, // what was lent isn't for giving away
    outcome_row{action_kind::transfer, "limit", when},
    outcome_row{action_kind::transfer, "day_limit", when},
    outcome_row{action_kind::transfer, "cooldown", when},
    outcome_row{action_kind::transfer, "full_purse", {}},
    outcome_row{action_kind::transfer, "barred", {}},
    outcome_row{action_kind::transfer, "level", {}},
    outcome_row{action_kind::transfer, "unknown_number", {}},
    outcome_row{action_kind::transfer, "untrusted", {}},
    outcome_row{action_kind::transfer, "busy", {}},

    outcome_row{
        action_kind::show_spending, "shown", {income, spent, totals}, false, false, false, most_sms_parts},
    outcome_row{action_kind::show_spending, "empty", {}}, // nothing came or went
    outcome_row{action_kind::show_spending, "barred", {}},
    outcome_row{action_kind::show_spending, "unknown_number", {}},
    outcome_row{action_kind::show_spending, "untrusted", {}},
    outcome_row{action_kind::show_spending, "busy", {}},

    outcome_row{action_kind::list_movements,
                "listed",
                {movements, count},
                false,
                true,
                false,
                most_sms_parts,
                {},
                {movements, count}},
    outcome_row{action_kind::list_movements, "empty", {}},
    outcome_row{action_kind::list_movements, "barred", {}},
    outcome_row{action_kind::list_movements, "unknown_number", {}},
    outcome_row{action_kind::list_movements, "untrusted", {}},
    outcome_row{action_kind::list_movements, "busy", {}},

    outcome_row{action_kind::block_number, "number_blocked", {}},
    outcome_row{.of = action_kind::block_number,
                .outcome = "terms",
                .may_say = {password, until},
                .issues_secret = true,
                .of_reply = true},
    outcome_row{action_kind::block_number, "barred", {}},
    outcome_row{action_kind::block_number, "unknown_number", {}},
    outcome_row{action_kind::block_number, "untrusted", {}},
    outcome_row{action_kind::block_number, "busy", {}},

    outcome_row{action_kind::block_other, "number_blocked", {party}},
    outcome_row{action_kind::block_other, "wrong_word", {}},        // or a number of nobody's
    outcome_row{action_kind::block_other, "locked_out", {}},        // too many were wrong today
    outcome_row{action_kind::block_other, "limit", when},           // this phone tried too many
    outcome_row{action_kind::block_other, "party_barred", {party}}, // the operator did so, and more
    outcome_row{action_kind::block_other, "barred", {}},
    outcome_row{action_kind::block_other, "unknown_number", {}},
    outcome_row{action_kind::block_other, "untrusted", {}},
    outcome_row{action_kind::block_other, "busy", {}},

    outcome_row{action_kind::unblock_other, "number_unblocked", {party}},
    outcome_row{action_kind::unblock_other, "still_barred", {party}}, // by the operator
    outcome_row{action_kind::unblock_other, "not_blocked", {party}},
    outcome_row{action_kind::unblock_other, "wrong_word", {}},
    outcome_row{action_kind::unblock_other, "locked_out", {}},
    outcome_row{action_kind::unblock_other, "limit", when},
    outcome_row{action_kind::unblock_other, "party_barred", {party}},
    outcome_row{action_kind::unblock_other, "barred", {}},
    outcome_row{action_kind::unblock_other, "unknown_number", {}},
    outcome_row{action_kind::unblock_other, "untrusted", {}},
    outcome_row{action_kind::unblock_other, "busy", {}},

    outcome_row{action_kind::call_back, "call_promised", when}, // by then
    outcome_row{action_kind::call_back, "call_awaited", when},  // it was asked for before
    outcome_row{action_kind::call_back, "limit", when},
    outcome_row{action_kind::call_back, "unknown_number", {}},
    outcome_row{action_kind::call_back, "untrusted", {}},
    outcome_row{action_kind::call_back, "busy", {}},

    outcome_row{action_kind::connect_service, "connected", sold_words},
    outcome_row{action_kind::connect_service, "connected_free", free_words}, // no fee is ever due
    outcome_row{action_kind::connect_service, "already_connected", {title}},
    outcome_row{action_kind::connect_service, "conflict", {title, other}},
    outcome_row{action_kind::connect_service, "short_of", free_words},
    outcome_row{action_kind::connect_service, "level", {}},
    outcome_row{action_kind::connect_service, "barred", {}},
    outcome_row{action_kind::connect_service, "unknown_number", {}},
    outcome_row{action_kind::connect_service, "untrusted", {}},
    outcome_row{action_kind::connect_service, "busy", {}},

    outcome_row{action_kind::disconnect_service, "disconnected", {title}},
    outcome_row{action_kind::disconnect_service, "not_connected", {title}},
    outcome_row{action_kind::disconnect_service, "level", {}},
    outcome_row{action_kind::disconnect_service, "barred", {}},
    outcome_row{action_kind::disconnect_service, "unknown_number", {}},
    outcome_row{action_kind::disconnect_service, "untrusted", {}},
    outcome_row{action_kind::disconnect_service, "busy", {}},

    outcome_row{action_kind::change_tariff, "switched", sold_words},
    outcome_row{action_kind::change_tariff, "switched_free", free_words},
    outcome_row{action_kind::change_tariff, "already_connected", {title}},
    outcome_row{action_kind::change_tariff, "short_of", free_words},
    outcome_row{action_kind::change_tariff, "level", {}},
    outcome_row{action_kind::change_tariff, "barred", {}},
    outcome_row{action_kind::change_tariff, "unknown_number", {}},
    outcome_row{action_kind::change_tariff, "untrusted", {}},
    outcome_row{action_kind::change_tariff, "busy", {}},

    outcome_row{action_kind::buy_package, "bought", sold_words},
    outcome_row{action_kind::buy_package, "extended", sold_words}, // it was there before
    outcome_row{action_kind::buy_package, "short_of", free_words},
    outcome_row{action_kind::buy_package, "full_purse", {}},
    outcome_row{action_kind::buy_package, "level", {}},
    outcome_row{action_kind::buy_package, "barred", {}},
    outcome_row{action_kind::buy_package, "unknown_number", {}},
    outcome_row{action_kind::buy_package, "untrusted", {}},
    outcome_row{action_kind::buy_package, "busy", {}},

    outcome_row{action_kind::stop_package, "stopped", {title, until}},
    outcome_row{action_kind::stop_package, "not_connected", {title}},
    outcome_row{action_kind::stop_package, "level", {}},
    outcome_row{action_kind::stop_package, "barred", {}},
    outcome_row{action_kind::stop_package, "unknown_number", {}},
    outcome_row{action_kind::stop_package, "untrusted", {}},
    outcome_row{action_kind::stop_package, "busy", {}},

    outcome_row{action_kind::list_services, "listed", listed_words, false, false, false, most_sms_parts},
    // more than a screen has room for
    outcome_row{
        action_kind::list_services, "sent", listed_words, false, true, false, most_sms_parts, {}, {holdings}},
    outcome_row{action_kind::list_services, "empty", {}},
    outcome_row{action_kind::list_services, "barred", {}},
    outcome_row{action_kind::list_services, "unknown_number", {}},
    outcome_row{action_kind::list_services, "untrusted", {}},
    outcome_row{action_kind::list_services, "busy", {}},

    outcome_row{action_kind::show_tariff, "shown", {title, fee, period, until}},
    outcome_row{action_kind::show_tariff, "shown_free", {title}},
    outcome_row{action_kind::show_tariff, "paused", {title, fee, balance}}, // its fee could not be paid
    outcome_row{action_kind::show_tariff, "barred", {}},
    outcome_row{action_kind::show_tariff, "unknown_number", {}},
    outcome_row{action_kind::show_tariff, "untrusted", {}},
    outcome_row{action_kind::show_tariff, "busy", {}},

    outcome_row{action_kind::show_packages, "listed", {holdings}, false, false, false, most_sms_parts},
    outcome_row{
        action_kind::show_packages, "sent", {holdings}, false, true, false, most_sms_parts, {}, {holdings}},
    outcome_row{action_kind::show_packages, "empty", {}},
    outcome_row{action_kind::show_packages, "barred", {}},
    outcome_row{action_kind::show_packages, "unknown_number", {}},
    outcome_row{action_kind::show_packages, "untrusted", {}},
    outcome_row{action_kind::show_packages, "busy", {}},
};

constexpr std::array sold{
    ware_text{offer_kind::service, "notice.service_paused", due_words}, // until then it waits for money
    ware_text{offer_kind::service, "notice.service_resumed", due_words},
    ware_text{offer_kind::service, "notice.service_ended", {title, amount, balance}},
    ware_text{offer_kind::tariff, "notice.tariff_paused", {title, amount, balance}},
    ware_text{offer_kind::tariff, "notice.tariff_resumed", due_words},
    ware_text{offer_kind::package, "notice.package_paused", due_words},
    ware_text{offer_kind::package, "notice.package_resumed", due_words},
    ware_text{offer_kind::package, "notice.package_renewed", due_words},
    ware_text{offer_kind::package, "notice.package_ended", {title, amount, balance}},
};

constexpr std::array house{
    house_text{"gateway.busy", true, false, {}},
    house_text{"gateway.failed", true, false, {}},
    house_text{"gateway.slow", true, false, {}},    // what was asked takes long: its answer comes by SMS
    house_text{"gateway.not_done", true, true, {}}, // by the system that was asked, for certain
    house_text{"gateway.declined", true, true, {}}, // by that system, for a reason of its own
    house_text{"gateway.foreign", true, false, {}}, // another country's number dials
    house_text{"gateway.too_often", true, true, {}},
    house_text{"gateway.maintenance", true, false, {}},
    house_text{"gateway.maintenance_until", true, false, when},
    house_text{
        "gateway.action_closed", true, true, {}, false, true}, // what was asked, while the rest goes on
    house_text{"gateway.action_closed_until", true, true, when, false, true},
    house_text{"notice.access_closed", false, true, {}},                      // after the last wrong password
    house_text{"notice.code_password", false, true, {password, until}, true}, // for a new password
    house_text{"notice.code_regime", false, true, {password, until}, true},   // for one-time passwords again
    house_text{"notice.code_log_in", false, true, {password, until}, true},   // for a login that wants one
    house_text{"notice.password_changed", false, true, {}},                   // at the portal
    house_text{"notice.sim_changed", false, true, {}},                        // so nobody logs in any more
    house_text{"notice.code_word_closed", false, true, {}},                   // after the last wrong one
    house_text{"notice.two_step_on", false, true, {}},                        // at the portal, as all below
    house_text{"notice.two_step_off", false, true, {}},
    house_text{"notice.automatic_on", false, true, {}},
    house_text{"notice.automatic_off", false, true, {}},
    house_text{"notice.pin_set", false, true, {}},
    house_text{"notice.pin_closed", false, true, {}},                          // after the last wrong one
    house_text{"notice.transfer_came", false, true, {amount, balance, party}}, // from another subscriber
    house_text{"notice.promise_returned", false, true, {amount, balance}},     // what was lent, at its term
    house_text{"gateway.expired", true, false, {}},                    // typed into a dialogue that is over
    house_text{"any.barred_debt", true, true, {}, false, true},        // whatever was asked, as all below
    house_text{"any.barred_own_request", true, true, {}, false, true}, // or a long suspension
    house_text{"any.barred_inactivity", true, true, {}, false, true},
    house_text{"any.barred_fraud", true, true, {}, false, true},
    house_text{"any.barred_lost", true, true, {}, false, true},
    house_text{"any.barred_ended", true, true, {}, false, true},    // the contract
    house_text{"any.barred_by_owner", true, true, {}, false, true}, // lost or stolen, and blocked for that
    house_text{"notice.number_blocked", false, true, {}},           // at the portal, or from another phone
    house_text{"notice.number_unblocked", false, true, {}},
};

constexpr std::string_view for_all = "any.";

template <class... Parts>
text_name join_name(std::string_view first, Parts... rest) {
    text_name name{first.data(), first.size()};
    ((name += '.', name.append(rest.data(), rest.size())), ...);
    return name;
}

} // namespace

std::string_view name_of(channel way) {
    return way == channel::screen ? "screen" : "sms";
}

std::span<const outcome_row> all_outcomes() {
    return outcome_rows;
}

const outcome_row* find_outcome(action_kind of, std::string_view outcome) {
    const auto found = std::ranges::find_if(
        outcome_rows, [&](const outcome_row& row) { return row.of == of && row.outcome == outcome; });
    return found == outcome_rows.end() ? nullptr : &*found;
}

std::span<const house_text> house_texts() {
    return house;
}

std::string_view house_text_of(std::string_view outcome) {
    if (outcome == "under_way")
        return "gateway.slow";
    if (outcome == "not_done")
        return "gateway.not_done";
    return outcome == "declined" ? "gateway.declined" : std::string_view{};
}

std::span<const ware_text> ware_texts() {
    return sold;
}

text_name name_result(std::string_view asked, std::string_view outcome) {
    const bool is_alike = std::ranges::any_of(house, [&](const house_text& each) {
        return each.name.starts_with(for_all) && each.name.substr(for_all.size()) == outcome;
    });
    return join_name(is_alike ? for_all.substr(0, for_all.size() - 1) : asked, outcome);
}

text_name name_text(std::string_view asked, std::string_view outcome, channel way) {
    return join_name(view(name_result(asked, outcome)), name_of(way));
}

text_name name_text(std::string_view name, channel way) {
    return join_name(name, name_of(way));
}

} // namespace kabinet::menus
