// How a centre misbehaves: plain settings that may change while it runs. A fresh set is a centre without
// fault.
#pragma once

#include "smpp/command.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

namespace kabinet::simulator {

inline constexpr std::uint32_t for_ever = std::numeric_limits<std::uint32_t>::max();

/// What follows the header of a bind response that refuses (centres differ).
enum class refusal_body : std::uint8_t { none, one_nul, whole };

struct bind_refusal {
    smpp::status with = smpp::status::bind_failed;
    refusal_body body = refusal_body::none;
    std::uint32_t times = for_ever;
};

enum class submit_kind : std::uint8_t { any, ussd, sms };

struct submit_refusal {
    smpp::status with = smpp::status::system_error;
    std::uint32_t times = for_ever;
    submit_kind of = submit_kind::any;
};

/// Delivery receipts for SMS submitted with registered_delivery, seen from the submit_sm_resp.
enum class receipt_moment : std::uint8_t { never, after_response, before_response };

struct faults {
    std::chrono::milliseconds response_delay{0}; // of our answers to submits
    bool answers_submits = true;                 // when not, the text still reaches the phone
    bool answers_enquire_link = true;
    std::optional<bind_refusal> refuse_binds;
    std::optional<submit_refusal> refuse_submits; // what is refused never reaches the phone
    receipt_moment receipts = receipt_moment::after_response;
};

} // namespace kabinet::simulator
