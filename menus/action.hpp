// What a subscriber can ask for that somebody else must make true. Knows neither the channel it came by
// nor whether it may be done.
#pragma once

#include "menus/offer.hpp"
#include "values/language.hpp"
#include "values/money.hpp"
#include "values/msisdn.hpp"
#include "values/secret.hpp"

#include <boost/static_string/static_string.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace kabinet::menus {

/// The name of a text in a pack, such as `issue_password.replaced.screen`.
using text_name = boost::static_string<95>;

struct issue_password {};

/// Not yet held against the rules of password_rules.hpp when it comes from an SMS or a dialled string.
struct choose_password {
    secret chosen;
};

/// Says `<text>.screen` or `<text>.sms` and changes nothing: a closed service, an unknown keyword.
struct tell {
    text_name text;
};

struct set_language {
    language chosen;
};

struct list_archive {};

/// Why a login at the portal fails, or that it would not.
struct explain_login {};

/// Nobody logs in any more, until the SIM asks for a password.
struct close_portal {};

/// From now on a login at the portal wants a code from an SMS after the password.
struct ask_code {};

/// The password is enough again.
struct skip_code {};

struct show_balance {};

/// The code as it is printed, blanks and dashes left out.
struct top_up {
    secret code;
};

/// What came in and went in the month.
struct show_spending {};

/// The last movements, by SMS.
struct list_movements {};

/// On the terms that were shown.
struct take_promise {
    offer on;
    money floor; // the lowest balance that it is given at
};

/// To another subscriber, of what was typed and read.
struct transfer {
    msisdn to;
    money amount;
    money fee;

    friend bool operator==(const transfer&, const transfer&) = default;
};

struct connect_service {
    offer on;
};

struct disconnect_service {
    offer_name name;
};

struct change_tariff {
    offer on;
};

struct buy_package {
    offer on;
};

/// It ends with its period.
struct stop_package {
    offer_name name;
};

/// Which ones are connected.
struct list_services {};

struct show_tariff {};

/// What is left of them.
struct show_packages {};

/// The phone is lost, or stolen: its SIM is to be let do nothing more.
struct block_number {
    friend bool operator==(const block_number&, const block_number&) = default;
};

/// Of a subscriber who asks from another phone.
struct number_and_word {
    msisdn whose; // nobody's: what was typed is no number
    secret word;  // given at registration
};
struct block_other : number_and_word {};
struct unblock_other : number_and_word {};

/// Somebody of the operator's is to call him back.
struct call_back {};

using action = std::variant<issue_password, choose_password, tell, set_language, list_archive, explain_login,
                            close_portal, ask_code, skip_code, show_balance, top_up, take_promise, transfer,
                            show_spending, list_movements, connect_service, disconnect_service, change_tariff,
                            buy_package, stop_package, list_services, show_tariff, show_packages,
                            block_number, block_other, unblock_other, call_back>;

/// Which action, without what it carries; the order is that of `action`.
enum class action_kind : std::uint8_t {
    issue_password,
    choose_password,
    tell,
    set_language,
    list_archive,
    explain_login,
    close_portal,
    ask_code,
    skip_code,
    show_balance,
    top_up,
    take_promise,
    transfer,
    show_spending,
    list_movements,
    connect_service,
    disconnect_service,
    change_tariff,
    buy_package,
    stop_package,
    list_services,
    show_tariff,
    show_packages,
    block_number,
    block_other,
    unblock_other,
    call_back,
};

[[nodiscard]] constexpr action_kind kind_of(const action& asked) {
    return static_cast<action_kind>(asked.index());
}

/// The word packs use, such as `issue_password`. It is the first part of the names of its texts.
[[nodiscard]] std::string_view name_of(action_kind);
[[nodiscard]] inline std::string_view name_of(const action& asked) {
    return name_of(kind_of(asked));
}

/// Nothing for a word that is no action.
[[nodiscard]] std::optional<action_kind> find_action(std::string_view word);

} // namespace kabinet::menus
