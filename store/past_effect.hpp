// What was done on an account: which kind of effect, when and by which way. Plain values.
#pragma once

#include "values/instant.hpp"

#include <cstdint>
#include <string_view>

namespace kabinet::store {

/// By which way a wish came. The numbers are on disk.
enum class channel : std::uint8_t { ussd = 1, sms = 2, portal = 3, staff = 4, feed = 5 };
/// `ussd`, `sms` and so on.
[[nodiscard]] std::string_view name_of(channel);

/// The numbers are on disk.
enum class effect_kind : std::uint8_t {
    issue_password = 1,
    choose_password = 2,
    tell = 3,
    set_language = 4,
    log_in = 5,
    send_code = 6,
    close_portal = 7,
    set_switch = 8,
    set_pin = 9,
    log_in_by_pin = 10,
    log_in_by_sim = 11,
    top_up = 12,
    take_promise = 13,
    pay_in = 14,
    transfer = 15,

    set_bar = 20, // from here on by the operator's people (staff.hpp)
    block = 21,
    cool_down = 22,
    lift_limits = 23,
    leave = 24,            // the number is no longer the operator's
    change_owner = 25,     // it is somebody else's
    erase = 26,            // the person asked to be forgotten
    knock = 27,            // of nobody's account: a request at the portal's door without its token
    receive_transfer = 29, // from another subscriber
    return_promise = 28,   // what was lent went back at its term

    connect_service = 40,
    disconnect_service = 41,
    change_tariff = 42,
    buy_package = 43,
    stop_package = 44,
    pause_ware = 45, // from here on by itself: its fee could not be paid
    resume_ware = 46,
    renew_ware = 47,
    end_ware = 48,
    block_number = 49, // a subscriber's again
    unblock_number = 50,
    call_back = 51,
    make_call = 52, // by the operator's people
};
/// As a row of an archive names it: `issue_password`.
[[nodiscard]] std::string_view name_of(effect_kind);

/// One that took effect.
struct past_effect {
    utc_time at{};
    effect_kind what{};
    channel by{};

    friend bool operator==(const past_effect&, const past_effect&) = default;
};

} // namespace kabinet::store
