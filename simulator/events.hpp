// What a centre sees happen, in the words of phones and links.
// Texts are views: whoever keeps one past the callback copies it.
#pragma once

#include "smpp/command.hpp"
#include "values/msisdn.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>

namespace kabinet::simulator {

/// Links are numbered from 1 in the order they connect; a number is never given again.
using link_number = std::uint32_t;

struct bound {
    link_number link = 0;
    smpp::command as{}; // bind_receiver, bind_transmitter or bind_transceiver
    std::string_view system_id;
};

/// The connection of a bound link is gone, by unbind or without.
struct unbound {
    link_number link = 0;
};

struct screen_shown {
    msisdn to;
    std::string_view text;
    bool awaits_input = false; // when not, the dialogue is over
};

/// A dialogue is over without a last screen: the gateway released it, or its link is lost.
struct dialogue_ended {
    msisdn of;
};

/// Of a long message, before the last one makes it whole.
struct part_received {
    msisdn to;
    std::uint16_t reference = 0;
    std::uint8_t total = 0;
    std::uint8_t number = 0;
    std::string_view text;
};

/// A whole message: its parts are joined.
struct sms_received {
    msisdn to;
    std::string_view from;
    std::string_view text;
};

/// What the gateway answered to the deliver_sm of a subscriber; nothing when it didn't in time, or its
/// link was lost.
struct delivered {
    msisdn from;
    std::optional<smpp::status> answer;
};

/// A submit the centre answered with an error, for a reason of its own or because a fault asked for it.
struct refused {
    msisdn to;
    smpp::status with{};
    std::string_view why;
};

using event = std::variant<bound, unbound, screen_shown, dialogue_ended, part_received, sms_received,
                           delivered, refused>;
using event_handler = std::function<void(const event&)>;

} // namespace kabinet::simulator
