// What bodies say and what answers say, for every path alike. Knows no path and no socket.
#pragma once

#include "gateway/door/fields.hpp"
#include "gateway/door/http.hpp"
#include "gateway/reception.hpp"
#include "values/msisdn.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string_view>

namespace kabinet::gateway::door {

inline constexpr std::string_view json_type = "application/json";

/// An answer that explains an error to whoever wrote the client (RFC 9457).
[[nodiscard]] answer refuse(unsigned status, std::string_view title, std::string_view detail);
[[nodiscard]] answer wrong_field(std::string_view detail);
[[nodiscard]] answer put_off(std::chrono::seconds retry_after);

[[nodiscard]] answer say(const nlohmann::ordered_json&);
/// Nothing but the verdict.
[[nodiscard]] answer say_verdict(std::string_view);
/// What every wish may come to; what is its own stands in `ok`.
[[nodiscard]] answer tell(const portal_answer&, const nlohmann::ordered_json& ok);
/// A code that was sent: its ticket, and for how many seconds what holds.
[[nodiscard]] nlohmann::ordered_json describe_code(const portal_answer&);
/// Seconds from now, at least one.
[[nodiscard]] std::int64_t seconds_until(utc_time);

// Each takes its fields out of the body. An answer is why they can't be meant.

/// What all wishes of the portal's say of themselves.
[[nodiscard]] std::optional<answer> read_wish(fields&, const request&, portal_wish& into);
[[nodiscard]] std::optional<answer> read_number(fields&, const numbering_plan&, portal_wish& into);
/// Somebody who pretends to be a thousand people is for the portal to see.
[[nodiscard]] std::optional<answer> read_challenge(fields&);
/// The same of the SIM that asks over mobile data.
[[nodiscard]] std::optional<answer> read_mobile_data(fields&);
/// A password, a code, a PIN, a word or a ticket.
[[nodiscard]] std::optional<answer> read_typed(fields&, std::string_view name, secret& into);
[[nodiscard]] std::optional<answer> read_typed(fields&, std::string_view name, std::string& into);
[[nodiscard]] std::optional<answer> read_switch(fields&, std::string_view name, bool& into);
/// What nobody took isn't known here.
[[nodiscard]] std::optional<answer> refuse_rest(const fields&);

} // namespace kabinet::gateway::door
